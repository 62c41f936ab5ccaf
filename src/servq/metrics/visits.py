"""神秘访客: what was seen on the checklist, of what was possible, and which items fail. Never mixed with customers'
scores; one visit alone is never judged."""

from __future__ import annotations

import numpy as np
import pandas as pd

from servq.metrics.definition import VISIT_DIMENSIONS, Facts, Metric, state_of
from servq.metrics.intervals import ratio_interval
from servq.metrics.readings import NO_VISITS, left_out, nothing, share_reading
from servq.records import Label, Reading

PASS_PERCENT = 80
"""An item fails when it has less than this share of its possible points: 7 of 10, 3 of 5."""


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


def read_visit_failed(facts: Facts) -> Reading:
    """Share of visits, in percent, in which at least one of the checklist items looked at failed.

    Cut by item it is the item's own rate of failure. n is visits: the items of one visit are no independent trials,
    visits are, so Wilson's interval holds.
    """
    visits = facts.visits
    if visits is None or visits.empty:
        return nothing(NO_VISITS)
    codes, names = pd.factorize(visits["visit_id"])
    points, possible = visits["points"].to_numpy(dtype=float), visits["points_possible"].to_numpy(dtype=float)
    usable = ~np.isnan(points) & (possible > 0)
    failed = usable & (100 * points < PASS_PERCENT * possible)
    seen, hit = (np.bincount(codes[rows], minlength=len(names)) > 0 for rows in (usable, failed))
    n = int(seen.sum())
    return share_reading(int(hit.sum()), n, left_out(no_points=len(names) - n), NO_VISITS)


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

VISIT_FAILED = Metric(
    name="visit_failed",
    label=Label("检查项不合格率", "Checklist failures"),
    question=Label("多大比例的访问里有检查项不合格？", "In what share of visits does a checklist item fail?"),
    unit="percent",
    better="lower",
    needs=frozenset({"visits"}),
    dimensions=VISIT_DIMENSIONS,
    drill="visits",
    counted="visit_id",
    formula=Label(
        f"100 × 至少一项不合格的访问 ÷ 访问次数；得分低于满分的 {PASS_PERCENT}% 为不合格；按检查项拆分即该项的不合格率",
        f"100 × visits with at least one failed item ÷ visits; an item fails below {PASS_PERCENT} % of its points; "
        "cut by item it is that item's rate",
    ),
    reference=Label("区间：Wilson 1927", "interval: Wilson 1927"),
    read=read_visit_failed,
)
