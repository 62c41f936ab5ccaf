"""The complaint log: one row per complaint, oldest first."""

from __future__ import annotations

from typing import Any

import numpy as np

from data.generate import clocks
from data.generate.files import Cell as Value
from data.generate.people import Crowd, order_number, phone_number
from data.generate.surveys import moment
from data.generate.truths import TRUTHS, WEEKS, ramp, week_index
from data.generate.words import load, one_of
from data.generate.world import (
    CELLS,
    COMPLAINT_SHARE,
    COMPLAINTS_A_WEEK,
    MIN_WEEKLY_COMPLAINTS,
    SEASON,
    SEED,
    pick,
    pick_partner,
    pick_product,
)

SHEET = "投诉台账"
HEADERS = (
    "投诉单号", "受理时间", "首次响应时间", "办结时间", "重开时间", "渠道", "责任班组", "投诉类别", "投诉子类", "严重程度",
    "状态", "会员编号", "订单号", "产品", "合作方", "投诉内容", "处理结果",
)  # fmt: skip
SEVERITY = {"低": 36.0, "中": 49.0, "高": 15.0}


def severity(rng: np.random.Generator, team: str) -> str:
    """How grave a case is; the desk for hard cases gets the grave ones."""
    hard = TRUTHS["hard_cases"]
    if team != hard["team"]:
        return pick(rng, SEVERITY)
    grave = hard["severe_share"]
    return pick(rng, {"低": 0.3 * (1 - grave), "中": 0.7 * (1 - grave), "高": grave})


class ComplaintWriter:
    """Chooses what is complained of, and in which words."""

    def __init__(self) -> None:
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

    def complain(self, rng: np.random.Generator, cause: dict[str, Any], facts: dict[str, str]) -> str:
        """The complainant's words; hardly two complaints are alike."""
        for _ in range(6):
            text = self._attempt(rng, cause["texts"], facts)
            if text not in self._seen:
                break
        self._seen.add(text)
        return text

    def _attempt(self, rng: np.random.Generator, mains: list[str], facts: dict[str, str]) -> str:
        first, second = rng.permutation(len(mains))[:2]
        text = one_of(rng, self._seams["openers"]) if rng.random() < 0.4 else ""
        text += mains[first]
        if rng.random() < 0.38:
            text += f"{one_of(rng, ('。', '。', '，', '；', '。而且'))}{mains[second]}"
        if rng.random() < 0.5:
            text += (one_of(rng, ("。", "！", "，", "。")) if text[-1] not in "？！。" else "") + one_of(
                rng, self._seams["demands"]
            )
        elif text[-1] not in "？！。":
            text += one_of(rng, ("。", "。", "！", "", ""))
        if rng.random() < 0.06:
            text = f"{text.rstrip('，')} {one_of(rng, self._seams['contacts'])}"
        return fill(rng, text, facts)

    def answer(self, rng: np.random.Generator, category: str, facts: dict[str, str]) -> str:
        """What was done about it, as the desk writes it down."""
        return "" if rng.random() < 0.06 else fill(rng, one_of(rng, self._answers[category]), facts)


def fill(rng: np.random.Generator, text: str, facts: dict[str, str]) -> str:
    """The text with its blanks filled; a fresh amount for each text."""
    amount = one_of(
        rng, ("38", "60", "88", "120", "199", "236", "300", "458", "520", "680", "1280", "1860", "2399", "3500")
    )
    days = str(3 + int(rng.integers(15)))
    return text.format(amount=amount, days=days, phone=phone_number(rng), **facts)


def planted(cause: dict[str, Any], week: int, channel: str, team: str) -> float:
    """How much likelier the planted truths make a cause."""
    broken, decline, rules = TRUTHS["broken_promise"], TRUTHS["slow_decline"], TRUTHS["two_rule_books"]
    if cause["subcategory"] == rules["subcategory"]:
        return float(rules["times_as_likely"]) if channel == rules["channel"] else 1.0
    if cause["category"] == "服务态度" and team == decline["team"]:
        return 1.0 + (decline["attitude_complaints"] - 1.0) * ramp(week)
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
    facts = {"product": product, "partner": partner or "合作方", "order": order or order_number(rng)}
    cause, grade = writer.cause(rng, week, channel, team, product), severity(rng, team)
    opened = clocks.sunday_night(rng, channel) if late else moment(rng, week)
    clock = clocks.run(rng, opened, week, channel, cause["category"], grade)
    text = writer.complain(rng, cause, facts)
    answer = writer.answer(rng, cause["category"], facts) if clock.resolved else ""
    known = "" if rng.random() < 0.07 else customer
    return [
        clock.opened, clock.first_response, clock.resolved, clock.reopened, channel, team, cause["category"],
        cause["subcategory"], grade, clock.status, known, order, product, partner, text, answer,
    ]  # fmt: skip


def rows() -> list[list[Value]]:
    """The log without its header, numbered in the order of arrival."""
    crowd, writer, sizes = Crowd(), ComplaintWriter(), np.random.default_rng([SEED, 5])
    everything: list[list[Value]] = []
    for week in range(WEEKS):
        for place, (channel, share) in enumerate(COMPLAINT_SHARE.items()):
            wanted = COMPLAINTS_A_WEEK * share / sum(COMPLAINT_SHARE.values()) * SEASON[week] / np.mean(SEASON)
            count = max(MIN_WEEKLY_COMPLAINTS.get(channel, 1), round(wanted + 0.6 * sizes.normal() * wanted**0.5))
            rng = np.random.default_rng([SEED, 6, week, place])
            late = clocks.LATE_ARRIVALS.get(channel, 0) if week == WEEKS - 1 else 0
            everything += [complaint(rng, crowd, writer, week, channel, late=turn < late) for turn in range(count)]
    everything.sort(key=lambda row: str(row[0]))
    return [
        [f"TS2026{number:05d}", *(value or None for value in row)] for number, row in enumerate(everything, start=1)
    ]
