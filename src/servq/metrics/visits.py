"""神秘访客得分: what was seen on the checklist, of what was possible. Never mixed with customers' scores."""

from __future__ import annotations

import numpy as np
import pandas as pd

from servq.metrics.definition import VISIT_DIMENSIONS, Facts, Metric, state_of
from servq.metrics.intervals import ratio_interval
from servq.metrics.readings import NO_VISITS, left_out, nothing
from servq.records import Label, Reading


def read_visit_score(facts: Facts) -> Reading:
    """Points given in percent of the points possible, 0 … 100, over all checklist items of the group.

    n is visits, not items: the items of one visit are seen by one pair of eyes on one day, so the interval is taken
    across visits (ratio of sums, linearised, t). Items without points, or with none possible, do not count.

    Source: Cochran 1977, 6.4.
    """
    visits = facts.visits
    if visits is None or visits.empty:
        return nothing(NO_VISITS)
    codes, names = pd.factorize(visits["visit_id"])
    points, possible = visits["points"].to_numpy(dtype=float), visits["points_possible"].to_numpy(dtype=float)
    usable = ~np.isnan(points) & (possible > 0)
    given = np.bincount(codes, np.where(usable, points, 0.0), len(names))
    most = np.bincount(codes, np.where(usable, possible, 0.0), len(names))
    seen = most > 0
    n = int(seen.sum())
    excluded = left_out(no_points=len(names) - n)
    if n == 0:
        return nothing(NO_VISITS, excluded)
    low, high = ratio_interval(given[seen], most[seen]) or (None, None)
    return Reading(float(100 * given.sum() / most.sum()), n, state_of(n), excluded, low, high)


VISIT_SCORE = Metric(
    name="visit_score",
    label=Label("神秘访客得分", "Mystery-shopping score"),
    question=Label("现场做到了检查表上的多少？", "How much of the checklist is kept on the spot?"),
    unit="percent",
    better="higher",
    needs=frozenset({"visits"}),
    dimensions=VISIT_DIMENSIONS,
    drill="visits",
    counted="visit_id",
    formula=Label(
        "100 × 得分之和 ÷ 可得分之和；n 为检查次数", "100 × sum of points ÷ sum of possible points; n is visits"
    ),
    reference=Label(
        "区间（按访问）：Cochran 1977, 6.4 比率估计", "interval across visits: Cochran 1977, 6.4 (ratio estimate)"
    ),
    read=read_visit_score,
)
