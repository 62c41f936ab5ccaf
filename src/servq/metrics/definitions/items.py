"""The four items of the service index, each a mean score 1–5: 服务态度, 响应速度评分, 问题解决, 沟通效率."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servq.metrics.metric import RESPONSE_DIMENSIONS, Facts, Family, Metric
from servq.metrics.readings import NO_ANSWERS, left_out, mean_reading, measured
from servq.records import Label, Reading

if TYPE_CHECKING:
    from collections.abc import Callable

LOWEST, HIGHEST = 1.0, 5.0
"""The scale of an item."""


def mean_of(item: str) -> Callable[[Facts], Reading]:
    """The formula of one item: mean of the scores given, 1 … 5, with Student's t interval from two scores on."""

    def read(facts: Facts) -> Reading:
        excluded = left_out(no_answer=measured(facts, "responses") - measured(facts, f"{item}_n"))
        return mean_reading(facts, item, (LOWEST, HIGHEST), excluded, NO_ANSWERS)

    return read


def _item(name: str, label: Label, question: Label) -> Metric:
    return Metric(
        name=name,
        label=label,
        question=question,
        unit="score",
        better="higher",
        needs=frozenset({"responses"}),
        dimensions=RESPONSE_DIMENSIONS,
        drill="responses",
        counted=name,
        counted_as=Label(f"作答了“{label.zh}”的答卷", f"answers with “{label.en}”"),
        family=Family.PERCEPTION,
        formula=Label("该项得分之和 ÷ 评分人数（1–5 分）", "sum of the item's scores ÷ scores given (scale 1–5)"),
        reference=Label("区间：Student 1908（t 分布）", "interval: Student 1908 (t)"),
        read=mean_of(name),
    )


ATTITUDE = _item(
    "attitude",
    Label("服务态度", "Attitude"),
    Label("客户觉得我们态度好吗？", "Are we friendly, in the customers' eyes?"),
)
RESPONSIVENESS = _item(
    "responsiveness",
    Label("响应速度评分", "Responsiveness"),
    Label("客户觉得我们响应快吗？", "Do we answer fast, in the customers' eyes?"),
)
RESOLUTION = _item(
    "resolution",
    Label("问题解决", "Problem solving"),
    Label("客户的问题解决了吗？", "Was the customer's problem solved?"),
)
COMMUNICATION = _item(
    "communication",
    Label("沟通效率", "Communication"),
    Label("跟我们沟通顺畅吗？", "Is it easy to talk with us?"),
)
