"""神秘访客 metrics: points given in percent of the points possible, and the share of visits with a failed item.

Never mixed with customers' scores; one visit alone is never judged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from servq.metrics.columns import Columns, column
from servq.metrics.metric import VISIT_DIMENSIONS, Facts, Family, Metric, state_of
from servq.metrics.readings import NO_VISITS, left_out, nothing, share_reading
from servq.metrics.statistics.intervals import ratio_interval
from servq.records import Label, Reading

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

PASS_PERCENT = 80
"""An item fails when it has less than this share of its possible points: 7 of 10, 3 of 5."""

_ROUNDING = 1e-12
"""The rounding error of 2.32 · 100 and 2.9 · 80 as floats: real marks differ by more."""


def failed(points: NDArray[Any], possible: NDArray[Any]) -> NDArray[np.bool_]:
    """Whether checklist items have less than `PASS_PERCENT` of their possible points; exactly so many pass.

    >>> failed(np.array([2.32, 2.31]), np.array([2.9, 2.9])).tolist()
    [False, True]
    """
    short: NDArray[np.bool_] = 100 * points < PASS_PERCENT * possible * (1 - _ROUNDING)
    return short


def read_visit_score(facts: Facts) -> Reading:
    """Points given in percent of the points possible, 0 … 100, over all checklist items of the group.

    n is visits, not items: the items of one visit are seen by one pair of eyes on one day, so the interval is taken
    across visits (ratio of sums, linearised, t). Items without points, or with none possible, do not count.

    Source: Cochran 1977, 6.4.
    """
    if facts.visits is None or not len(facts.visits):
        return nothing(NO_VISITS)
    items = _items(facts.visits)
    given, most = items.per_visit(items.points), items.per_visit(items.possible)
    seen = most > 0
    n = int(seen.sum())
    excluded = left_out(no_points=items.visits - n)
    if n == 0:
        return nothing(NO_VISITS, excluded)
    low, high = ratio_interval(given[seen], most[seen]) or (None, None)
    return Reading(float(100 * given.sum() / most.sum()), n, state_of(n), excluded, low, high)


def read_visit_failed(facts: Facts) -> Reading:
    """Share of visits, in percent, in which at least one of the checklist items looked at failed.

    Cut by item it is the item's own rate of failure. n is visits: the items of one visit are no independent trials,
    visits are, so Wilson's interval holds.
    """
    if facts.visits is None or not len(facts.visits):
        return nothing(NO_VISITS)
    items = _items(facts.visits)
    seen = items.per_visit(items.possible) > 0
    hit = items.per_visit(failed(items.points, items.possible)) > 0
    n = int(seen.sum())
    return share_reading(int(hit.sum()), n, left_out(no_points=items.visits - n), NO_VISITS)


class _Items(NamedTuple):
    """Checklist items: to which visit each belongs, and its points; 0 of 0 where it does not count."""

    codes: NDArray[np.intp]
    visits: int
    points: NDArray[np.float64]
    possible: NDArray[np.float64]

    def per_visit(self, values: NDArray[Any]) -> NDArray[Any]:
        """The sum over the items of each visit."""
        return np.bincount(self.codes, values, self.visits)


def _items(rows: pd.DataFrame | Columns) -> _Items:
    names, codes = np.unique(column(rows, "visit_id"), return_inverse=True)
    points, possible = (column(rows, name).astype(float) for name in ("points", "points_possible"))
    usable = ~np.isnan(points) & (possible > 0)
    return _Items(codes, len(names), np.where(usable, points, 0.0), np.where(usable, possible, 0.0))


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
    counted_as=Label("有有效检查项的访问", "visits with a usable checklist item"),
    family=Family.PROCESS,
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
    counted_as=Label("有有效检查项的访问", "visits with a usable checklist item"),
    family=Family.PROCESS,
    formula=Label(
        f"100 × 至少一项不合格的访问 ÷ 访问次数；得分低于满分的 {PASS_PERCENT}% 为不合格；按检查项拆分即该项的不合格率",
        f"100 × visits with at least one failed item ÷ visits; an item fails below {PASS_PERCENT} % of its points; "
        "cut by item it is that item's rate",
    ),
    reference=Label("区间：Wilson 1927", "interval: Wilson 1927"),
    read=read_visit_failed,
)
