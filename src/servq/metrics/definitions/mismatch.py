"""Contradictions between score and text: their share, and the counts in each direction.

A high score with an angry text is seldom a happy customer; a low score with praise is often a misread scale, or a
misheard text: the list behind each count is for reading, not for correcting scores.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

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
from servq.metrics.statistics.clustering import effective_n
from servq.records import Label, Reading, State

if TYPE_CHECKING:
    from collections.abc import Callable


def read_mismatch_share(facts: Facts) -> Reading:
    """Share of answers whose score and text contradict each other, in percent of those where both say something."""
    responses, n = measured(facts, "responses"), measured(facts, COMPARED)
    hits = sum(measured(facts, name) for name in MISMATCHES)
    excluded = left_out(not_compared=responses - n)
    worth = effective_n(facts.responses, COMPARED, n)
    return share_reading(hits, n, excluded, NOT_COMPARED if responses else NO_RESPONSES, effective=worth)


def count_of(way: str) -> Callable[[Facts], Reading]:
    """The formula of one way to contradict: the answers, 0 … ∞; None where no survey is loaded."""

    def read(facts: Facts) -> Reading:
        if "responses" not in facts.responses:
            return nothing(NO_SURVEYS_LOADED)
        n = measured(facts, way)
        return Reading(float(n), n, State.JUDGEABLE, left_out(no_mismatch=measured(facts, "responses") - n))

    return read


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


def _way(name: str, way: str, label: Label, question: Label, counted_as: Label, formula: Label) -> Metric:
    return Metric(
        name=name,
        label=label,
        question=question,
        unit="count",
        better="none",
        needs=frozenset({"responses"}),
        dimensions=RESPONSE_DIMENSIONS,
        drill="responses",
        counted=way,
        counted_as=counted_as,
        family=Family.PERCEPTION,
        formula=formula,
        reference=Label("计数", "count"),
        read=count_of(way),
    )


HIGH_SCORE_NEGATIVE = _way(
    "high_score_negative",
    MISMATCHES[0],
    Label("高分差评", "High score, negative text"),
    Label("谁打了 9–10 分却写了不满？", "Who gave 9–10 and wrote a complaint?"),
    Label("评 9–10 分而文字为负面的答卷", "answers of 9–10 with a negative text"),
    Label("评 9–10 分而文字判为负面的答卷数", "answers of 9–10 whose text is negative"),
)
LOW_SCORE_POSITIVE = _way(
    "low_score_positive",
    MISMATCHES[1],
    Label("低分好评", "Low score, positive text"),
    Label("谁打了 0–6 分却写了满意？", "Who gave 0–6 and wrote praise?"),
    Label("评 0–6 分而文字为正面的答卷", "answers of 0–6 with a positive text"),
    Label("评 0–6 分而文字判为正面的答卷数", "answers of 0–6 whose text is positive"),
)
