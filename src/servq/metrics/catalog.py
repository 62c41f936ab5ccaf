"""Every metric of servq, one line each, in the order in which they are listed everywhere."""

from __future__ import annotations

from servq.errors import unknown
from servq.metrics.definitions.counts import COMPLAINTS, COMPLAINTS_PER_100, OPEN_COMPLAINTS, RESPONSE_RATE, RESPONSES
from servq.metrics.definitions.effort import EFFORTS
from servq.metrics.definitions.items import ATTITUDE, COMMUNICATION, RESOLUTION, RESPONSIVENESS
from servq.metrics.definitions.mismatch import HIGH_SCORE_NEGATIVE, LOW_SCORE_POSITIVE, MISMATCH_SHARE
from servq.metrics.definitions.nps import NPS
from servq.metrics.definitions.other_scales import CSAT_OTHER
from servq.metrics.definitions.repurchase import DETRACTORS_BOUND, PROMOTERS_LOST, REPURCHASE_RATES
from servq.metrics.definitions.response_times import (
    FIRST_RESPONSE_MEDIAN,
    FIRST_RESPONSE_P90,
    FIRST_RESPONSE_USED,
    RESOLUTION_MEDIAN,
    RESOLUTION_P90,
)
from servq.metrics.definitions.servqual_gaps import ITEM_GAPS
from servq.metrics.definitions.shares import CSAT, NEGATIVE_SHARE, REOPEN_RATE, SLA_ATTAINMENT
from servq.metrics.definitions.visits import VISIT_FAILED, VISIT_SCORE
from servq.metrics.metric import Metric

_LISTED = (
    NPS,
    CSAT,
    CSAT_OTHER,
    *EFFORTS,
    ATTITUDE,
    RESPONSIVENESS,
    RESOLUTION,
    COMMUNICATION,
    *ITEM_GAPS,
    NEGATIVE_SHARE,
    MISMATCH_SHARE,
    HIGH_SCORE_NEGATIVE,
    LOW_SCORE_POSITIVE,
    *REPURCHASE_RATES,
    PROMOTERS_LOST,
    DETRACTORS_BOUND,
    RESPONSES,
    RESPONSE_RATE,
    COMPLAINTS,
    OPEN_COMPLAINTS,
    COMPLAINTS_PER_100,
    FIRST_RESPONSE_MEDIAN,
    FIRST_RESPONSE_P90,
    FIRST_RESPONSE_USED,
    RESOLUTION_MEDIAN,
    RESOLUTION_P90,
    SLA_ATTAINMENT,
    REOPEN_RATE,
    VISIT_SCORE,
    VISIT_FAILED,
)

METRICS: dict[str, Metric] = {metric.name: metric for metric in _LISTED}
"""Name -> metric."""


def get_metric(name: str) -> Metric:
    """The metric of that name.

    Raises:
        UsageError: there is none; the hint names the nearest.
    """
    if name not in METRICS:
        raise unknown("指标", "metric", name, METRICS)
    return METRICS[name]
