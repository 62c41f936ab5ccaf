"""Response and resolution times: median and P90. Open cases are censored: they count and are never dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from servq.metrics.columns import column
from servq.metrics.metric import CLOCK_LEAST, COMPLAINT_DIMENSIONS, USUAL_LEAST, Facts, Family, Metric, state_of
from servq.metrics.readings import (
    DAYS_ALONE,
    NO_COMPLAINTS,
    NOT_REACHED,
    NOT_RECORDED,
    left_out,
    nothing,
    told_effective,
    worth_of_complaints,
)
from servq.metrics.statistics.survival import clock_quantile
from servq.records import Label, Reading

if TYPE_CHECKING:
    from collections.abc import Callable

CENSORED = Label("随时；未结束的按删失计入", "at any time; those still running count as censored")
"""When a clock has ripened."""


MEDIAN = 0.5

A_DAY, FEW_DAYS = 24, 0.1
"""Where only days are known no hours can be told: of more than a tenth of such rows no
percentile below a day is told."""


def percentile_of(
    clock: str, share: float, least: tuple[int, int] = USUAL_LEAST, told_in: str = "hours"
) -> Callable[[Facts], Reading]:
    """The formula of one clock's percentile, 0 … ∞ (Kaplan–Meier): in calendar hours, or as another column tells it.

    n is the ended and the running clocks together, `censored` the running ones. The value is None while the curve has
    not come down to the share; `low` may then still say "at least". `high` is None where its end is not reached.

    Source: Kaplan & Meier 1958; interval: order statistics, or Brookmeyer & Crowley 1982 (log-log) when some still run.
    """

    def read(facts: Facts) -> Reading:
        complaints = facts.complaints
        if complaints is None or not len(complaints):
            return nothing(NO_COMPLAINTS)
        hours, ended = column(complaints, f"{clock}_{told_in}"), column(complaints, f"{clock}_seen")
        known = hours == hours  # NaN is not equal to itself
        n = int(np.count_nonzero(known))
        days = column(complaints, f"{clock}_by_day") == 1
        excluded = {}
        if n < len(known):
            by_day = int(np.count_nonzero(days & ~known))
            excluded = left_out(not_recorded=len(known) - n - by_day, by_day=by_day)
        if n == 0:
            return nothing(DAYS_ALONE if "by_day" in excluded else NOT_RECORDED[clock], excluded)
        if excluded:
            hours, ended, days = hours[known], ended[known], days[known]
        worth = worth_of_complaints(facts, clock, known if excluded else None)
        value, low, high = clock_quantile(hours, ended, share, worth)
        seen = int(np.count_nonzero(ended))
        why_not = NOT_REACHED if seen else NOT_RECORDED[clock]
        if value is not None and value < A_DAY and np.count_nonzero(days) / n > FEW_DAYS:
            value, low, high, why_not = None, None, None, DAYS_ALONE
        return Reading(
            value,
            n,
            state_of(worth, *least),
            excluded,
            low,
            high,
            censored=n - seen,
            reason=why_not if value is None else None,
            effective=told_effective(n, worth),
        )

    return read


_COUNTED_AS = {
    "first_response": Label("有首次响应或仍在等待的投诉", "complaints answered or still waiting"),
    "resolution": Label("全部投诉（未结的按已等时间计）", "all complaints; open ones with the time so far"),
}
_FAMILIES = {"first_response": Family.PROCESS, "resolution": Family.EFFICIENCY}
"""How soon somebody answers is part of how it is done; how soon it is over, of what it costs."""


def _clock(name: str, clock: str, share: float, label: Label, question: Label) -> Metric:
    least = CLOCK_LEAST if share == MEDIAN else USUAL_LEAST
    mark = Label("一半", "half") if share == MEDIAN else Label("九成", "90 %")
    return Metric(
        name=name,
        label=label,
        question=question,
        unit="hours",
        better="lower",
        needs=frozenset({"complaints"}),
        dimensions=COMPLAINT_DIMENSIONS,
        drill="complaints",
        counted=f"{clock}_hours",
        counted_as=_COUNTED_AS[clock],
        family=_FAMILIES[clock],
        formula=Label(
            f"{mark.zh}投诉在多少小时内完成（自然小时，Kaplan–Meier；未完成的按删失计入）",
            f"hours within which {mark.en} of the complaints are through "
            "(calendar hours, Kaplan–Meier; running ones are censored)",
        ),
        reference=Label(
            "Kaplan & Meier 1958；区间：次序统计量 / Brookmeyer & Crowley 1982",
            "Kaplan & Meier 1958; interval: order statistics / Brookmeyer & Crowley 1982",
        ),
        read=percentile_of(clock, share, least),
        maturity=CENSORED,
        shown_from=least[0],
        judgeable_from=least[1],
    )


FIRST_RESPONSE_MEDIAN = _clock(
    "first_response_median",
    "first_response",
    0.5,
    Label("首次响应中位数", "First response, median"),
    Label("投诉后通常多久有人回应？", "How long until somebody usually answers?"),
)
FIRST_RESPONSE_P90 = _clock(
    "first_response_p90",
    "first_response",
    0.9,
    Label("首次响应 P90", "First response, P90"),
    Label("九成投诉多久内有人回应？", "Within what time are nine of ten answered?"),
)
RESOLUTION_MEDIAN = _clock(
    "resolution_median",
    "resolution",
    0.5,
    Label("解决时长中位数", "Resolution, median"),
    Label("投诉通常多久解决？", "How long does it usually take to resolve?"),
)
RESOLUTION_P90 = _clock(
    "resolution_p90",
    "resolution",
    0.9,
    Label("解决时长 P90", "Resolution, P90"),
    Label("九成投诉多久内解决？", "Within what time are nine of ten resolved?"),
)
FIRST_RESPONSE_USED = Metric(
    name="first_response_used",
    label=Label("首次响应用去承诺时限", "First response, of the promised time"),
    question=Label("通常用去公布时限的多少才有人回应？", "How much of the published time is usually used up?"),
    unit="percent",
    better="lower",
    needs=frozenset({"complaints"}),
    dimensions=COMPLAINT_DIMENSIONS,
    drill="complaints",
    counted="first_response_used",
    counted_as=Label(
        "所在渠道公布了时限、有首次响应或仍在等待的投诉",
        "complaints of channels with a published limit, answered or still waiting",
    ),
    family=Family.PROCESS,
    formula=Label(
        "首次响应时长 ÷ 该渠道公布的时限，取中位数（%；超过 100% 即一半以上超时；未响应的按删失计入）",
        "median of first-response time ÷ the channel's published limit, in percent (above 100 %: more than half are "
        "late; unanswered ones are censored)",
    ),
    reference=Label(
        "Kaplan & Meier 1958；时限按渠道与日期：data/standards.toml",
        "Kaplan & Meier 1958; limit per channel and day: data/standards.toml",
    ),
    read=percentile_of("first_response", MEDIAN, CLOCK_LEAST, "used"),
    maturity=CENSORED,
    shown_from=CLOCK_LEAST[0],
    judgeable_from=CLOCK_LEAST[1],
)
"""Channels promise minutes or a day: only in parts of what each promised are they alike."""
