"""The sample's complaint log: one row per complaint, oldest first."""

from __future__ import annotations

from typing import Any

import numpy as np

from studies.sample import clocks
from studies.sample.files import Cell as Value
from studies.sample.people import Crowd, order_number, phone_number
from studies.sample.surveys import moment
from studies.sample.truths import TRUTHS, WEEKS, ramp, week_index
from studies.sample.words import load, one_of
from studies.sample.world import (
    CELLS,
    COMPLAINT_SEED,
    COMPLAINT_SHARE,
    COMPLAINTS_A_WEEK,
    MIN_WEEKLY_COMPLAINTS,
    SEASON,
    pick,
    pick_partner,
    pick_product,
)

SHEET = "投诉台账"
HEADERS = (
    "投诉单号", "受理时间", "首次响应时间", "办结时间", "重开时间", "渠道", "责任班组", "投诉类别", "投诉子类",
    "严重程度", "状态", "会员编号", "订单号", "产品", "合作方", "投诉内容", "处理结果",
)  # fmt: skip
SEVERITY = {"低": 36.0, "中": 49.0, "高": 15.0}


def severity(rng: np.random.Generator, team: str) -> str:
    """The severity of a case; the desk for hard cases gets the severe ones."""
    hard = TRUTHS["hard_cases"]
    if team != hard["team"]:
        return pick(rng, SEVERITY)
    grave = hard["severe_share"]
    return pick(rng, {"低": 0.3 * (1 - grave), "中": 0.7 * (1 - grave), "高": grave})


class ComplaintWriter:
    """Chooses cause and words of complaints, with its own random numbers, so that wording changes no figure."""

    def __init__(self) -> None:
        self._rng = np.random.default_rng([COMPLAINT_SEED, 9])
        texts = load("complaints.toml")
        self._causes: list[dict[str, Any]] = texts["cause"]
        self._seams, self._answers = texts["seams"], texts["resolution"]
        self._seen: set[str] = set()

    def cause(self, rng: np.random.Generator, week: int, channel: str, team: str, product: str) -> dict[str, Any]:
        """A cause that can happen with this product in this channel."""
        weights = {
            place: cause["weight"] * planted(cause, week, channel, team)
            for place, cause in enumerate(self._causes)
            if channel in cause.get("only", [channel]) and product in cause.get("products", [product])
        }
        return self._causes[pick(rng, weights)]

    def complain(self, cause: dict[str, Any], facts: dict[str, str]) -> str:
        """The complaint's text; two are hardly ever alike."""
        fits = {"products": facts["product"], "channels": facts["channel"]}
        special = [
            m["texts"] for m in cause.get("more", ()) if all(fits[key] in m.get(key, [fits[key]]) for key in fits)
        ]
        mains = cause["texts"] + [text for texts in special for text in texts]
        for _ in range(6):
            text = self._attempt(mains).format(**facts)
            if text not in self._seen:
                break
        self._seen.add(text)
        return text

    def _attempt(self, mains: list[str]) -> str:
        order = self._rng.permutation(len(mains))
        text = one_of(self._rng, self._seams["openers"]) if self._rng.random() < 0.4 else ""
        text += mains[order[0]]
        if len(mains) > 1 and self._rng.random() < 0.38:
            text = ended(text, one_of(self._rng, ("。", "。", "，", "；", "！"))) + mains[order[1]]
        if self._rng.random() < 0.5:
            text = ended(text, one_of(self._rng, ("。", "！", "，", "。"))) + one_of(self._rng, self._seams["demands"])
        else:
            text = ended(text, one_of(self._rng, ("。", "。", "！", "", "")))
        if self._rng.random() < 0.06:
            text = f"{ended(text, '。')}{one_of(self._rng, self._seams['contacts'])}"
        return text

    def answer(self, cause: dict[str, Any], facts: dict[str, str]) -> str:
        """The desk's note on what was done; sometimes empty."""
        if self._rng.random() < 0.06:
            return ""
        options = cause["resolutions"] if self._rng.random() < 0.75 else self._answers[cause["category"]]
        return one_of(self._rng, options).format(**facts)


def ended(text: str, mark: str) -> str:
    """The text with this mark after it, unless it has one already."""
    if text[-1] in "吗呢":
        return text + "？"
    return text if text[-1] in "。？！" else text + mark


def money(rng: np.random.Generator, product: str) -> str:
    """A plausible disputed amount in yuan for this product."""
    middle = {"火车票": 60, "景区门票": 80, "机票": 350, "酒店": 320, "周边游": 260}.get(product, 1100)
    amount = middle * float(np.exp(0.6 * rng.normal()))
    return str(max(15, round(amount) if rng.random() < 0.5 else 10 * round(amount / 10)))


def planted(cause: dict[str, Any], week: int, channel: str, team: str) -> float:
    """The factor by which the planted truths make a cause more likely."""
    broken, decline, rules = TRUTHS["broken_promise"], TRUTHS["slow_decline"], TRUTHS["two_rule_books"]
    if cause["subcategory"] == rules["subcategory"]:
        return float(rules["times_as_likely"]) if channel == rules["channel"] else 1.0
    if cause["category"] == "服务态度" and team == decline["team"]:
        return 1.0 + (float(decline["attitude_complaints"]) - 1.0) * ramp(week)
    late = channel == broken["channel"] and week >= week_index(broken["from_week"])
    return float(broken["waiting_complaints"]) if late and cause["category"] == "响应与等待" else 1.0


def complaint(
    rng: np.random.Generator, crowd: Crowd, writer: ComplaintWriter, week: int, channel: str, late: bool
) -> list[Value]:
    """One complaint, all columns but its number."""
    team = pick(rng, {cell.team: cell.share for cell in CELLS if cell.channel == channel})
    product, customer = pick_product(rng, team), crowd.visitor(rng, channel)[0]
    partner = pick_partner(rng, product)
    order = order_number(rng) if rng.random() < 0.88 else ""
    facts = {
        "product": product,
        "channel": channel,
        "partner": partner or "合作方",
        "order": order or order_number(rng),
        "amount": money(rng, product),
        "days": str(3 + int(rng.integers(13))),
        "phone": phone_number(rng),
    }
    cause, grade = writer.cause(rng, week, channel, team, product), severity(rng, team)
    opened = clocks.sunday_night(rng, channel) if late else moment(rng, week)
    clock = clocks.run(rng, opened, week, channel, cause["category"], grade)
    text = writer.complain(cause, facts)
    answer = writer.answer(cause, facts) if clock.resolved else ""
    known = "" if rng.random() < 0.07 else customer
    return [
        clock.opened, clock.first_response, clock.resolved, clock.reopened, channel, team, cause["category"],
        cause["subcategory"], grade, clock.status, known, order, product, partner, text, answer,
    ]  # fmt: skip


def rows() -> list[list[Value]]:
    """The log without its header, numbered in the order of arrival."""
    crowd, writer, sizes = Crowd(), ComplaintWriter(), np.random.default_rng([COMPLAINT_SEED, 5])
    everything: list[list[Value]] = []
    for week in range(WEEKS):
        for place, (channel, share) in enumerate(COMPLAINT_SHARE.items()):
            wanted = COMPLAINTS_A_WEEK * share / sum(COMPLAINT_SHARE.values()) * SEASON[week] / np.mean(SEASON)
            count = max(MIN_WEEKLY_COMPLAINTS.get(channel, 1), round(wanted + 0.6 * sizes.normal() * wanted**0.5))
            rng = np.random.default_rng([COMPLAINT_SEED, 6, week, place])
            late = clocks.LATE_ARRIVALS.get(channel, 0) if week == WEEKS - 1 else 0
            everything += [complaint(rng, crowd, writer, week, channel, late=turn < late) for turn in range(count)]
    everything.sort(key=lambda row: str(row[0]))
    return [
        [f"TS2026{number:05d}", *(value or None for value in row)] for number, row in enumerate(everything, start=1)
    ]
