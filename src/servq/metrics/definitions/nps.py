"""净推荐值 NPS: the share of promoters minus the share of detractors, in points."""

from __future__ import annotations

from servq.measures import BAND_ANSWERS, LIKELIHOODS, NPS_BANDS
from servq.metrics.metric import RESPONSE_DIMENSIONS, Facts, Family, Metric, state_of
from servq.metrics.readings import NO_ANSWERS, NO_RESPONSES, left_out, measured, nothing, told_effective
from servq.metrics.statistics.clustering import effective_n
from servq.metrics.statistics.intervals import nps_interval
from servq.records import Label, Reading


def _answers(band: str) -> tuple[str, ...]:
    lowest, highest = NPS_BANDS[band]
    return (*LIKELIHOODS[lowest : highest + 1], BAND_ANSWERS[band])


DETRACTORS = _answers("detractor")
"""The measures of detractors' answers."""
PROMOTERS = _answers("promoter")
"""The measures of promoters' answers; passives are in n, not in the difference."""
ANSWERS = (*LIKELIHOODS, *BAND_ANSWERS.values())
"""The measures of all answers: numbers, and bands told alone."""


def read_nps(facts: Facts) -> Reading:
    """NPS in points, −100 … 100: share of promoters minus share of detractors, of all valid answers.

    An answer that tells its band alone (推荐者, 中立者, 贬损者) counts as one of that band.

    Source: Reichheld 2003, Harvard Business Review 81(12); interval: Rocks 2016 (adjusted Wald).
    """
    responses = measured(facts, "responses")
    if responses == 0:
        return nothing(NO_RESPONSES)
    answers = facts.responses
    promoters = sum(answers.get(answer, 0) for answer in PROMOTERS)
    detractors = sum(answers.get(answer, 0) for answer in DETRACTORS)
    n = int(sum(answers.get(answer, 0) for answer in ANSWERS))
    excluded = left_out(no_answer=responses - n)
    if n == 0:
        return nothing(NO_ANSWERS, excluded)
    worth = effective_n(answers, "likelihood", n)
    low, high = nps_interval(promoters * worth / n, detractors * worth / n, worth)
    value, told = float(100 * (promoters - detractors) / n), told_effective(n, worth)
    return Reading(value, n, state_of(worth), excluded, low, high, effective=told)


NPS = Metric(
    name="nps",
    label=Label("净推荐值 NPS", "Net Promoter Score"),
    question=Label("客户愿意把我们推荐给别人吗？", "Would customers recommend us?"),
    unit="points",
    better="higher",
    needs=frozenset({"responses"}),
    dimensions=RESPONSE_DIMENSIONS,
    drill="responses",
    counted="likelihood",
    counted_as=Label(
        "作答了“推荐意愿”或给出推荐类别的答卷", "answers with “Likelihood to recommend”, or with its band"
    ),
    family=Family.RESULT,
    formula=Label(
        "100 ×（9–10 分人数 − 0–6 分人数）÷ 有效作答人数；7–8 分只计入分母",
        "100 × (answers 9–10 − answers 0–6) ÷ valid answers; 7–8 count in the denominator only",
    ),
    reference=Label(
        "Reichheld 2003；区间：adjusted Wald, Rocks 2016", "Reichheld 2003; interval: adjusted Wald, Rocks 2016"
    ),
    read=read_nps,
)
