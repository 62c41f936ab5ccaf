"""客户费力度 CES: how easy it was for customers to get done what they wanted; the highest answer is always "very easy".

    1–7  "the company made it easy for me to handle my issue", from strongly disagree to strongly agree: 5–7 is easy
    1–5  the same on five points: 4–5 is easy

Means of the two scales are two metrics; the share of easy answers judges each by its own scale. A question of how much
effort it took runs the other way (1 is the best): a map turns it round in words, or it is not an effort of servq's.

Source: Dixon, Freeman & Toman 2010, Harvard Business Review 88(7/8); Dixon, Toman & DeLisi 2013, The Effortless
Experience (the agreement on 1–7, its mean and the share of 5–7).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from servq.measures import EASY_FROM, EFFORT_SCALES
from servq.metrics.metric import RESPONSE_DIMENSIONS, Facts, Family, Metric
from servq.metrics.readings import NO_ANSWERS, left_out, mean_reading, measured, share_of_answers
from servq.records import Label, Reading

if TYPE_CHECKING:
    from collections.abc import Callable


def mean_effort(name: str) -> Callable[[Facts], Reading]:
    """The formula of a mean: answers of one scale added and divided by their number, with Student's t interval."""

    def read(facts: Facts) -> Reading:
        excluded = left_out(no_answer=measured(facts, "responses") - measured(facts, f"{name}_n"))
        return mean_reading(facts, name, EFFORT_SCALES[name], excluded, NO_ANSWERS)

    return read


def read_easy(facts: Facts) -> Reading:
    """Share of easy answers, in percent: 5–7 of 1–7 and 4–5 of 1–5, of all that were asked how easy it was."""
    n, easy = (sum(measured(facts, f"{name}_{part}") for name in EASY_FROM) for part in ("n", "easy"))
    return share_of_answers(facts, easy, n, "easy")


def _mean(name: str, of: str, unit: str) -> Metric:
    low, high = (f"{end:g}" for end in EFFORT_SCALES[of])
    return Metric(
        name=name,
        label=Label(f"客户费力度 CES（{low}–{high}）", f"Customer Effort Score ({low}–{high})"),
        question=Label("客户觉得办成事容易吗？", "Was it easy for the customer to get it done?"),
        unit=unit,
        better="higher",
        needs=frozenset({"responses"}),
        dimensions=RESPONSE_DIMENSIONS,
        drill="responses",
        counted=of,
        counted_as=Label(
            f"按 {low}–{high} 分作答“办理轻松程度”的答卷", f"answers to “How easy was it?” on {low}–{high}"
        ),
        family=Family.PERCEPTION,
        formula=Label(
            f"轻松程度得分之和 ÷ 作答人数（{low}–{high} 分，{high} 为很轻松）",
            f"sum of the answers ÷ answers given (scale {low}–{high}, {high} is very easy)",
        ),
        reference=Label(
            "Dixon, Freeman & Toman 2010；Dixon, Toman & DeLisi 2013；区间：Student 1908（t 分布）",
            "Dixon, Freeman & Toman 2010; Dixon, Toman & DeLisi 2013; interval: Student 1908 (t)",
        ),
        read=mean_effort(of),
    )


CES = _mean("ces", "effort", "score_7")
CES_5 = _mean("ces_5", "effort_5", "score")
CES_EASY = Metric(
    name="ces_easy",
    label=Label("觉得轻松的占比", "Found it easy"),
    question=Label("多大比例的客户觉得办成事很轻松？", "What share of customers found it easy?"),
    unit="percent",
    better="higher",
    needs=frozenset({"responses"}),
    dimensions=RESPONSE_DIMENSIONS,
    drill="responses",
    counted="easy",
    counted_as=Label("作答了“办理轻松程度”的答卷", "answers to “How easy was it?”"),
    family=Family.PERCEPTION,
    formula=Label(
        f"100 × 七分制 {EASY_FROM['effort']}–7 分与五分制 {EASY_FROM['effort_5']}–5 分的人数 ÷ 作答人数，"
        "各按自己的量表",
        f"100 × answers {EASY_FROM['effort']}–7 of seven and {EASY_FROM['effort_5']}–5 of five ÷ answers given, each"
        " by its own scale",
    ),
    reference=Label(
        "Dixon, Toman & DeLisi 2013（5–7 为轻松）；区间：Wilson 1927",
        "Dixon, Toman & DeLisi 2013 (5–7 is easy); interval: Wilson 1927",
    ),
    read=read_easy,
)

EFFORTS = (CES, CES_5, CES_EASY)
