"""The sample's mystery-shopping visits: one row per checklist item; some outlets have two shoppers on one day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from studies.sample.files import Cell as Value
from studies.sample.truths import FIRST_MONDAY, TRUTHS, WEEKS, ramp
from studies.sample.words import load, one_of
from studies.sample.world import SEED, VISITS, pick

SHEET = "神秘访客"
HEADERS = ("访问编号", "访问时间", "渠道", "被访班组", "网点", "访客编号", "检查维度", "检查项", "得分", "满分", "备注")
SHOPPERS = tuple(f"SP-{number:02d}" for number in range(1, 9))
VISITED = {
    ("门店", "西湖门店组"): 24, ("门店", "外滩门店组"): 24, ("门店", "春熙路门店组"): 20, ("呼叫中心", "热线一组"): 8,
    ("呼叫中心", "疑难专席"): 5, ("官网", "官网客服一组"): 4, ("官网", "官网客服二组"): 3, ("APP", "APP客服组"): 5,
    ("小程序", "小程序客服组"): 5, ("社交媒体", "社媒运营组"): 2,
}  # fmt: skip
"""How often each team is visited; OTA partners are not."""

DOUBLED = 0.16
DIMENSION_MEAN = {"形象与环境": 0.93, "接待礼仪": 0.89, "专业能力": 0.87, "流程与时效": 0.85}


@dataclass(frozen=True)
class Visit:
    """The place, time and shopper of a visit; `standing` is the quality of the place on that day."""

    at: datetime
    channel: str
    team: str
    outlet: str
    shopper: str
    standing: float


def points(rng: np.random.Generator, visit: Visit, dimension: str, possible: int) -> int:
    """Points of one item: whole points, never above the possible ones."""
    share = DIMENSION_MEAN[dimension] + visit.standing + 0.09 * rng.normal()
    harsh, decline = TRUTHS["harsh_shopper"], TRUTHS["slow_decline"]
    if visit.shopper == harsh["shopper"]:
        share += harsh["shift"]
    if visit.team == decline["team"] and dimension == "接待礼仪":
        share += decline["greeting_points"] * ramp((visit.at.date() - FIRST_MONDAY).days // 7)
    return int(np.clip(round(share * possible), 0, possible))


def draw_visits(rng: np.random.Generator) -> list[Visit]:
    """All visits, oldest first; a second shopper of the same place and day comes about two hours later."""
    outlets = load("visits.toml")["outlets"]
    visits: list[Visit] = []
    while len(visits) < VISITS:
        channel, team = pick(rng, VISITED)
        outlet = one_of(rng, outlets[team]) if team in outlets else ""
        minutes = int(rng.integers(WEEKS * 7)) * 1440 + 600 + int(rng.integers(300))
        at = datetime.combine(FIRST_MONDAY, datetime.min.time()) + timedelta(minutes=minutes)
        first, second = (SHOPPERS[index] for index in rng.permutation(len(SHOPPERS))[:2])
        standing = 0.035 * float(rng.normal())
        visits.append(Visit(at, channel, team, outlet, first, standing))
        if outlet and rng.random() < DOUBLED:
            later = at + timedelta(minutes=90 + int(rng.integers(60)))
            visits.append(Visit(later, channel, team, outlet, second, standing))
    return sorted(visits, key=lambda visit: (visit.at, visit.shopper))


def remark(rng: np.random.Generator, share: float, remarks: dict[str, list[str]]) -> str | None:
    """A note beside an item that went badly, or very well; mostly empty."""
    if share <= 0.6 and rng.random() < 0.45:
        return one_of(rng, remarks["low"])
    return one_of(rng, remarks["high"]) if share == 1 and rng.random() < 0.03 else None


def rows() -> list[list[Value]]:
    """The checklist export without its header."""
    rng, texts = np.random.default_rng([SEED, 7]), load("visits.toml")
    everything: list[list[Value]] = []
    for number, visit in enumerate(draw_visits(rng), start=1):
        checklist = texts["store" if visit.channel == "门店" else "remote"]
        head: list[Value] = [
            f"FW2026{number:04d}", visit.at, visit.channel, visit.team, visit.outlet or None, visit.shopper,
        ]  # fmt: skip
        for dimension, items in checklist.items():
            for item, possible in items:
                got = points(rng, visit, dimension, possible)
                note = remark(rng, got / possible, texts["remarks"])
                everything.append([*head, dimension, item, got, possible, note])
    return everything
