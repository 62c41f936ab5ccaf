"""Shares of customers, orders or rows for channel overlap: hits in percent of the known ones; None without any."""

from __future__ import annotations

from servq.metrics.readings import share_reading
from servq.records import Label, Reading

NOBODY = Label("没有能认出的客户或订单", "no customer or order is known here")

MEANINGS: dict[str, Label] = {
    "overlap": Label(
        "渠道重叠 = 100 × 两个渠道都联系过的客户 ÷ 第一个渠道的客户（Wilson）",
        "overlap = 100 × customers in contact by both channels ÷ those of the first (Wilson)",
    ),
    "same_scores": Label(
        "同客异渠 = 同一客户、同一调查方式在两个渠道的均分之差（配对 t）",
        "same customers = difference of their own means in two channels, within the survey mode (paired t)",
    ),
    "repeated": Label(
        "订单反复联系 = 100 × 有两条及以上答卷或投诉的订单 ÷ 有订单号的订单（Wilson）",
        "orders heard of again = 100 × orders with several answers or complaints ÷ orders with a number (Wilson)",
    ),
    "unnamed": Label(
        "认不出 = 100 × 没有客户编号的行 ÷ 全部行（Wilson）",
        "not known = 100 × rows without a customer id ÷ all rows (Wilson)",
    ),
}
"""The figures of channel overlap -> their formulas."""


def part_of(hits: int, n: int) -> Reading:
    """hits of n in percent with Wilson's interval; no value when n is 0.

    Customers, and orders, are counted once each, so they are independent units however often they were in contact.

    By hand: of 40 customers of 官网 10 were seen in APP too: 25.0 %, Wilson 14.2 – 40.2 %.

    >>> found = part_of(10, 40)
    >>> found.value, round(found.low, 1), round(found.high, 1)
    (25.0, 14.2, 40.2)
    """
    return share_reading(hits, n, {}, NOBODY)
