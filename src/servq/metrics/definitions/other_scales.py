"""满意度（其他量表）: satisfaction on another scale than 1–5, each answer judged by the threshold of its own scale.

    scale      satisfied from   answer
    0–10             8             7      not satisfied
    0–10             8             9      satisfied
    0–100           80            80      satisfied      two of three: 66.7 %

It is a figure of its own and never part of `csat`: 8 of 10 is not 4 of 5. A mean over scales would say nothing; none
is given.
"""

from __future__ import annotations

from servq.measures import OTHER_SCALE
from servq.metrics.metric import RESPONSE_DIMENSIONS, Facts, Family, Metric
from servq.metrics.readings import measured, share_of_answers
from servq.records import Label, Reading


def read_csat_other(facts: Facts) -> Reading:
    """Share of answers at or above the threshold of their own scale, in percent of those on another scale than 1–5."""
    n = measured(facts, f"{OTHER_SCALE}_n")
    return share_of_answers(facts, measured(facts, f"{OTHER_SCALE}_satisfied"), n, OTHER_SCALE)


CSAT_OTHER = Metric(
    name=OTHER_SCALE,
    label=Label("满意度（其他量表）", "Satisfaction (other scales)"),
    question=Label("非五分制的满意度题里，多大比例的客户满意？", "What share is satisfied where it was not asked 1–5?"),
    unit="percent",
    better="higher",
    needs=frozenset({"responses"}),
    dimensions=RESPONSE_DIMENSIONS,
    drill="responses",
    counted=OTHER_SCALE,
    counted_as=Label("按非五分制量表作答满意度的答卷", "answers of satisfaction on another scale than 1–5"),
    family=Family.PERCEPTION,
    formula=Label(
        "100 × 达到各自量表“满意”分界的人数 ÷ 按这些量表作答的人数；分界由映射写明，与答案一起保存；"
        "不与五分制相混，不求平均",
        "100 × answers at or above the “satisfied from” of their own scale ÷ answers on such scales; the map says it "
        "and it is kept beside the answer; never mixed with the five-point one, and no mean is taken",
    ),
    reference=Label("各量表的高分占比；区间：Wilson 1927", "top boxes of each scale; interval: Wilson 1927"),
    read=read_csat_other,
)
