"""SERVQUAL gaps: what customers experienced minus what they expected, item by item, paired within each answer.

    answer   expected  experienced   own gap
    A            5          4          −1
    B            4          4           0        mean −0.67 with Student's t interval over the three
    C            5          4          −1

Expectations run high everywhere; paired within the answer they cancel what a customer's own way of marking adds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from servq.measures import GAPS, ITEMS
from servq.metrics.definitions.items import HIGHEST, LOWEST
from servq.metrics.metric import RESPONSE_DIMENSIONS, Facts, Family, Metric
from servq.metrics.readings import NOT_EXPECTED, left_out, mean_reading, measured
from servq.records import Label, Reading

if TYPE_CHECKING:
    from collections.abc import Callable

WIDTH = HIGHEST - LOWEST
"""The largest possible difference of experience and expectation."""

_NAMES: dict[str, Label] = {
    "attitude": Label("服务态度", "attitude"),
    "responsiveness": Label("响应速度", "responsiveness"),
    "resolution": Label("问题解决", "problem solving"),
    "communication": Label("沟通效率", "communication"),
}


def gap_of(gap: str) -> Callable[[Facts], Reading]:
    """The formula of one gap: mean of experience − expectation, −4 … 4, with Student's t interval from two answers on.

    n is the answers that give both; below 0 the experience falls short.

    Source: Parasuraman, Zeithaml & Berry 1988, Journal of Retailing 64; interval: Student 1908.
    """

    def read(facts: Facts) -> Reading:
        excluded = left_out(not_expected=measured(facts, "responses") - measured(facts, f"{gap}_n"))
        return mean_reading(facts, gap, (-WIDTH, WIDTH), excluded, NOT_EXPECTED)

    return read


def _gap(gap: str, item: str) -> Metric:
    name = _NAMES[item]
    return Metric(
        name=gap,
        label=Label(f"{name.zh}：体验−期望", f"{name.en.capitalize()}: experience − expectation"),
        question=Label(f"{name.zh}达到客户的期望了吗？", f"Does our {name.en} meet what customers expect?"),
        unit="gap",
        better="higher",
        needs=frozenset({"responses"}),
        dimensions=RESPONSE_DIMENSIONS,
        drill="responses",
        counted=gap,
        counted_as=Label("该项的期望与体验都作答的答卷", "answers that give both expectation and experience"),
        family=Family.PERCEPTION,
        formula=Label(
            "同一份答卷里该项体验分 − 期望分，取平均（−4 – 4；低于 0 即不及期望）",
            "mean of experience − expectation of the item within one answer (−4 to 4; below 0: short of it)",
        ),
        reference=Label(
            "SERVQUAL：Parasuraman, Zeithaml & Berry 1988；区间：Student 1908（t 分布）",
            "SERVQUAL: Parasuraman, Zeithaml & Berry 1988; interval: Student 1908 (t)",
        ),
        read=gap_of(gap),
    )


ITEM_GAPS = tuple(_gap(gap, item) for gap, item in zip(GAPS, ITEMS, strict=True))
