"""The company of the sample: its channels, teams, products and customers. All names are invented.

Shares are weights: they are scaled to 1 where they are drawn from.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import TypeVar

import numpy as np

from studies.sample.truths import TRUTHS

T = TypeVar("T")
SEED = 20260331
COMPLAINT_SEED = 20260333
"""Chosen among some hundred: what is planted shows clearly, and nothing else does (data/README.md)."""

RESPONSES = 12_000
COMPLAINTS_A_WEEK = 57
VISITS = 300

SEASON = (
    0.9, 0.95, 1.0, 1.05, 1.2, 1.15, 0.95, 0.95, 1.0, 1.0, 0.95, 1.1, 1.0,
    1.0, 1.05, 1.1, 1.15, 1.2, 1.15, 1.1, 1.05, 1.0, 0.9, 0.85, 0.9, 0.95,
)  # fmt: skip
"""Volume of each week against the mean: 五一 in W18, 端午 in W25, summer holidays in W28-W35."""


@dataclass(frozen=True)
class Cell:
    """A team at work in one channel; `share` is its part of all responses."""

    channel: str
    team: str
    share: float


CELLS = (
    Cell("官网", "官网客服一组", 0.096),
    Cell("官网", "官网客服二组", 0.064),
    Cell("APP", "APP客服组", 0.140),
    Cell("APP", "官网客服二组", 0.042),
    Cell("小程序", "小程序客服组", 0.170),
    Cell("OTA", "OTA对接一组", 0.095),
    Cell("OTA", "OTA对接二组", 0.065),
    Cell("社交媒体", "社媒运营组", 0.048),
    Cell("社交媒体", "热线一组", 0.020),
    Cell("门店", "西湖门店组", 0.050),
    Cell("门店", "外滩门店组", 0.042),
    Cell("门店", "春熙路门店组", 0.038),
    Cell("呼叫中心", "热线一组", 0.080),
    Cell("呼叫中心", "疑难专席", 0.050),
)

COMPLAINT_SHARE = {"官网": 7, "APP": 7.5, "小程序": 13, "OTA": 11.5, "社交媒体": 4.5, "门店": 6.5, "呼叫中心": 9}
MIN_WEEKLY_COMPLAINTS = {"小程序": 10}

PRODUCTS = {"机票": 16, "火车票": 10, "酒店": 20, "景区门票": 14, "周边游": 11, "国内跟团游": 14}
HARD_PRODUCTS = {"定制游": 5, "出境跟团游": 7, "邮轮": 3}
PARTNERS = {
    "机票": ["蓝翎航空", "启明航空"],
    "火车票": [""],
    "酒店": ["云栖里酒店", "海岚度假酒店", "半山居民宿", "城心快捷酒店"],
    "景区门票": ["青岩景区", "镜湖乐园", "古渡水乡"],
    "周边游": ["远山地接社", "青禾车队"],
    "国内跟团游": ["远山地接社", "顺程地接社", "青禾车队"],
    "定制游": ["顺程地接社", "一程定制工作室"],
    "出境跟团游": ["南洋假期", "星野海外地接"],
    "邮轮": ["云帆邮轮"],
}

SEGMENTS = ("Z世代", "商务客", "银发族", "亲子")
SEGMENT_SHARE = {
    "官网": (20, 40, 15, 25),
    "APP": (38, 30, 7, 25),
    "小程序": (45, 15, 12, 28),
    "OTA": (35, 30, 10, 25),
    "社交媒体": (60, 8, 6, 26),
    "门店": (8, 12, 55, 25),
    "呼叫中心": (10, 28, 37, 25),
}
TOUCHPOINTS = {"预决策": 28, "中体验": 40, "后传播": 32}
MODES = ("网页", "短信", "电话")
MODE_SHARE = {
    "官网": (80, 15, 5),
    "APP": (85, 13, 2),
    "小程序": (82, 15, 3),
    "OTA": (30, 60, 10),
    "社交媒体": (88, 10, 2),
    "门店": (12, 48, 40),
    "呼叫中心": (5, 35, 60),
}


def pick(rng: np.random.Generator, weighted: dict[T, float] | dict[T, int]) -> T:
    """One key, drawn by its weight."""
    keys = list(weighted)
    edges = list(accumulate(float(weighted[key]) for key in keys))
    return keys[bisect_right(edges, rng.random() * edges[-1])]


def pick_product(rng: np.random.Generator, team: str) -> str:
    """The product of a case: hard products are rare, except at the desk for hard cases."""
    hard = TRUTHS["hard_cases"]
    share = hard["product_share"] if team == hard["team"] else 0.15
    return pick(rng, HARD_PRODUCTS if rng.random() < share else PRODUCTS)


def pick_partner(rng: np.random.Generator, product: str) -> str:
    """A supplier of the product; sometimes nobody wrote it down."""
    names = PARTNERS[product]
    return "" if rng.random() < 0.12 else names[int(rng.integers(len(names)))]
