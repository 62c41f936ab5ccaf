"""Score and text that contradict each other: how often, and how many each way.

A high score with an angry text is seldom a happy customer; a low score with praise is often a misread scale, or a
misheard text: the list behind each count is for reading, not for correcting scores.
"""

from __future__ import annotations

from servq.measures import COMPARED, MISMATCHES
from servq.metrics.metric import RESPONSE_DIMENSIONS, Facts, Family, Metric
from servq.metrics.readings import (
    NO_RESPONSES,
    NO_SURVEYS_LOADED,
    NOT_COMPARED,
    left_out,
    measured,
    nothing,
    share_reading,
)
from servq.records import Label, Reading, State


def read_mismatch_share(facts: Facts) -> Reading:
    """Share of answers whose score and text contradict each other, in percent of those where both say something."""
    responses, n = measured(facts, "responses"), measured(facts, COMPARED)
    hits = sum(measured(facts, name) for name in MISMATCHES)
    excluded = left_out(not_compared=responses - n)
    return share_reading(hits, n, excluded, NOT_COMPARED if responses else NO_RESPONSES)


def read_high_score_negative(facts: Facts) -> Reading:
    """Answers of 9–10 with a negative text, 0 … ∞; None where no survey is loaded."""
    return _count(facts, MISMATCHES[0])


def read_low_score_positive(facts: Facts) -> Reading:
    """Answers of 0–6 with a positive text, 0 … ∞; None where no survey is loaded."""
    return _count(facts, MISMATCHES[1])


def _count(facts: Facts, name: str) -> Reading:
    if "responses" not in facts.responses:
        return nothing(NO_SURVEYS_LOADED)
    n = measured(facts, name)
    return Reading(float(n), n, State.JUDGEABLE, left_out(no_mismatch=measured(facts, "responses") - n))


MISMATCH_SHARE = Metric(
    name="mismatch_share",
    label=Label("分数与文字不符", "Score and text contradict"),
    question=Label("多少客户打的分与写的话相反？", "How many customers score one way and write the other?"),
    unit="percent",
    better="none",
    needs=frozenset({"responses"}),
    dimensions=RESPONSE_DIMENSIONS,
    drill="responses",
    counted=COMPARED,
    counted_as=Label("评 9–10 或 0–6 分且文字已判定情感的答卷", "answers of 9–10 or 0–6 with a scored text"),
    family=Family.PERCEPTION,
    formula=Label(
        "100 ×（9–10 分而文字负面 + 0–6 分而文字正面）÷ 评 9–10 或 0–6 分且文字已判定情感的答卷数；不确定的文字算相符",
        "100 × (9–10 with a negative text + 0–6 with a positive one) ÷ answers of 9–10 or 0–6 with a scored text; "
        "an uncertain text contradicts nothing",
    ),
    reference=Label("区间：Wilson 1927", "interval: Wilson 1927"),
    read=read_mismatch_share,
)

HIGH_SCORE_NEGATIVE = Metric(
    name="high_score_negative",
    label=Label("高分差评", "High score, negative text"),
    question=Label("谁打了 9–10 分却写了不满？", "Who gave 9–10 and wrote a complaint?"),
    unit="count",
    better="none",
    needs=frozenset({"responses"}),
    dimensions=RESPONSE_DIMENSIONS,
    drill="responses",
    counted=MISMATCHES[0],
    counted_as=Label("评 9–10 分而文字为负面的答卷", "answers of 9–10 with a negative text"),
    family=Family.PERCEPTION,
    formula=Label("评 9–10 分而文字判为负面的答卷数", "answers of 9–10 whose text is negative"),
    reference=Label("计数", "count"),
    read=read_high_score_negative,
)

LOW_SCORE_POSITIVE = Metric(
    name="low_score_positive",
    label=Label("低分好评", "Low score, positive text"),
    question=Label("谁打了 0–6 分却写了满意？", "Who gave 0–6 and wrote praise?"),
    unit="count",
    better="none",
    needs=frozenset({"responses"}),
    dimensions=RESPONSE_DIMENSIONS,
    drill="responses",
    counted=MISMATCHES[1],
    counted_as=Label("评 0–6 分而文字为正面的答卷", "answers of 0–6 with a positive text"),
    family=Family.PERCEPTION,
    formula=Label("评 0–6 分而文字判为正面的答卷数", "answers of 0–6 whose text is positive"),
    reference=Label("计数", "count"),
    read=read_low_score_positive,
)
