"""Repurchase by what customers said: the rate in each band of likelihood, and promoters' rate minus detractors'.

    银发族       known  bought again            words and purchases contradict
    9–10 分       100        20     20.0 %      80 would recommend and did not return   嘴上推荐却没再买
    7–8 分         40        18     45.0 %
    0–6 分         50        25     50.0 %      25 would not and returned: bound        不推荐却又买了

Promoters − detractors: −30.0 points, by Newcombe's interval (the two Wilson intervals combined) −44.9 – −14.0.
It says what goes together, never what causes what: an old couple's trip may be booked by their children.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from servq.measures import LIKELIHOODS, REPURCHASES
from servq.metrics.judgement.comparison import compare
from servq.metrics.metric import RESPONSE_DIMENSIONS, Facts, Family, Metric
from servq.metrics.readings import (
    NO_RESPONSES,
    NO_SURVEYS_LOADED,
    NOT_FOLLOWED,
    left_out,
    measured,
    nothing,
    share_reading,
)
from servq.metrics.statistics.clustering import effective_n
from servq.metrics.verdicts import Change
from servq.records import Label, Reading, State

if TYPE_CHECKING:
    from collections.abc import Callable

PROMOTERS, PASSIVES, DETRACTORS = REPURCHASES
"""The three rates; the measures behind each are `_n` (known) and `_yes` (bought again)."""

_WHO: dict[str, Label] = {
    PROMOTERS: Label("推荐者", "promoters"),
    PASSIVES: Label("中立者", "passives"),
    DETRACTORS: Label("不推荐者", "detractors"),
}

KNOWN_LATER = Label(
    "标记填写之后；期限未到应留空，空即不知",
    "once the flag is filled in; left empty until its days are over, empty is not known",
)
"""When a deed has ripened: the export decides, servq never takes an empty flag for a no."""


def rate_of(band: str) -> Callable[[Facts], Reading]:
    """The formula of one band: share of its customers who bought again, in percent of those for whom this is known.

    Source: Wilson 1927.
    """
    low, high = REPURCHASES[band]

    def read(facts: Facts) -> Reading:
        responses, n = measured(facts, "responses"), measured(facts, f"{band}_n")
        inside = sum(measured(facts, answer) for answer in LIKELIHOODS[low : high + 1])
        excluded = left_out(not_followed=inside - n, other_band=responses - inside)
        reason = NOT_FOLLOWED if responses else NO_RESPONSES
        worth = effective_n(facts.responses, band, n)
        return share_reading(measured(facts, f"{band}_yes"), n, excluded, reason, effective=worth)

    return read


def read_promoters_lost(facts: Facts) -> Reading:
    """Answers of 9–10 of customers who are known not to have bought again, 0 … base."""
    return _contrary(facts, PROMOTERS, returned=False)


def read_detractors_bound(facts: Facts) -> Reading:
    """Answers of 0–6 of customers who nevertheless bought again, 0 … base."""
    return _contrary(facts, DETRACTORS, returned=True)


def _contrary(facts: Facts, band: str, *, returned: bool) -> Reading:
    if "responses" not in facts.responses:
        return nothing(NO_SURVEYS_LOADED)
    known, again = measured(facts, f"{band}_n"), measured(facts, f"{band}_yes")
    n = again if returned else known - again
    excluded = left_out(not_contrary=measured(facts, "responses") - n)
    return Reading(float(n), n, State.JUDGEABLE, excluded, base=known)


def words_and_deeds(promoters: Reading, detractors: Reading) -> Change:
    """Promoters' rate − detractors' rate; below 0, those who would recommend return less than those who would not.

    The interval is Newcombe's: MOVER of two Wilson intervals.

    Source: Newcombe 1998, Statistics in Medicine 17 (method 10).
    """
    return compare(promoters, detractors, "higher")


def _rate(band: str) -> Metric:
    who, (low, high) = _WHO[band], REPURCHASES[band]
    return Metric(
        name=band,
        label=Label(f"{who.zh}复购率", f"{who.en.capitalize()} who bought again"),
        question=Label(f"{who.zh}（{low}–{high} 分）又买了吗？", f"Did the {who.en} ({low}–{high}) buy again?"),
        unit="percent",
        better="higher",
        needs=frozenset({"responses"}),
        dimensions=RESPONSE_DIMENSIONS,
        drill="responses",
        counted=band,
        counted_as=Label(
            f"推荐分 {low}–{high}、已知是否复购的答卷", f"answers of {low}–{high}, known whether they bought again"
        ),
        family=Family.RESULT,
        formula=Label(
            f"100 × 推荐分 {low}–{high} 且已复购的答卷 ÷ 推荐分 {low}–{high} 且已知是否复购的答卷；"
            "标记为空即不知，不算没复购",
            f"100 × answers of {low}–{high} whose customer bought again ÷ answers of {low}–{high} of which that is "
            "known; an empty flag is not known, never a no",
        ),
        reference=Label("区间：Wilson 1927", "interval: Wilson 1927"),
        read=rate_of(band),
        maturity=KNOWN_LATER,
    )


REPURCHASE_RATES = tuple(map(_rate, REPURCHASES))

PROMOTERS_LOST = Metric(
    name="promoters_lost",
    label=Label("嘴上推荐却没再买", "Would recommend, did not return"),
    question=Label("谁给了 9–10 分，却没有再买？", "Who gave 9–10 and did not buy again?"),
    unit="count",
    better="none",
    needs=frozenset({"responses"}),
    dimensions=RESPONSE_DIMENSIONS,
    drill="responses",
    counted="promoters_lost",
    counted_as=Label("推荐分 9–10 而未复购的答卷", "answers of 9–10 of customers who did not buy again"),
    family=Family.RESULT,
    formula=Label("推荐分 9–10 而已知未复购的答卷数", "answers of 9–10 of customers known not to have bought again"),
    reference=Label("计数；推荐者太少时一并隐藏", "count; hidden where the promoters are too few"),
    read=read_promoters_lost,
    maturity=KNOWN_LATER,
    out_of=PROMOTERS,
)

DETRACTORS_BOUND = Metric(
    name="detractors_bound",
    label=Label("不推荐却又买了", "Would not recommend, returned"),
    question=Label("谁只给 0–6 分，却又买了？", "Who gave 0–6 and bought again all the same?"),
    unit="count",
    better="none",
    needs=frozenset({"responses"}),
    dimensions=RESPONSE_DIMENSIONS,
    drill="responses",
    counted="detractors_bound",
    counted_as=Label("推荐分 0–6 而又复购的答卷", "answers of 0–6 of customers who bought again"),
    family=Family.RESULT,
    formula=Label("推荐分 0–6 而已复购的答卷数", "answers of 0–6 of customers who bought again"),
    reference=Label(
        "计数；不是忠诚，更像没有别的选择；不推荐者太少时一并隐藏",
        "count; bound rather than loyal; hidden where the detractors are too few",
    ),
    read=read_detractors_bound,
    maturity=KNOWN_LATER,
    out_of=DETRACTORS,
)
