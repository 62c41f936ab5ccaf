"""A metric of one answer per customer and period: the first, or the last one.

    customer  4/27  4/29  5/4         the whole period   by week
    A         9     3     8     last  8                  3, 8
    B         –     10    –           10                 10

Counted from the facts, since cells do not know customers. How many answers are passed over is told beside the figures.
"""

from __future__ import annotations

from dataclasses import dataclass

from servq.errors import UsageError, unknown
from servq.measures import ASKED
from servq.metrics.catalog import get_metric
from servq.metrics.metric import Facts, Metric
from servq.metrics.suppression import hidden, hidden_groups
from servq.query.cells import Cells
from servq.query.measure import Row, measure, unsuppressed
from servq.query.snapshot import Snapshot
from servq.records import Slice
from servq.warehouse.reads.first_or_last import cells_once

WHICH = ("first", "last")


@dataclass(frozen=True)
class Once:
    """The groups of a question, with one answer per customer.

    Attributes:
        passed_over: how many further answers of the same customers are not counted.
    """

    rows: list[Row]
    passed_over: int


def measure_once(
    snapshot: Snapshot, name: str, which: str, by: tuple[str, ...] = (), slice_: Slice | None = None
) -> Once:
    """One metric over a slice with one answer per customer, for each group of the `by` dimensions.

    By week it is one per customer and week, else one in all the slice; only answers that the metric counts are picked.

    Raises:
        UsageError: the metric is not one of answers, or does not know a dimension; or `which` is neither.
    """
    metric, kept = get_metric(name), slice_ or Slice()
    if which not in WHICH:
        raise unknown("选择", "choice", which, WHICH)
    _check(metric)
    every = unsuppressed(snapshot, name, by, kept)  # checks the dimensions
    if kept.dimensions - metric.dimensions or not every or "responses" not in snapshot.held:
        return Once(measure(snapshot, name, by, kept), 0)
    with snapshot.warehouse.read() as connection:
        frame = cells_once(connection, kept, metric.counted, which == "last", each_week="week" in by)
    cells = Cells.from_frame(frame)
    for dimension, values in kept.where:
        cells = cells.with_values(dimension, values)
    sums = dict(cells.grouped(by)) if len(frame) or by else {(): cells.total()}
    rows = [Row(dict(zip(by, key, strict=True)), metric.read(Facts(responses=found))) for key, found in sums.items()]
    whole = unsuppressed(snapshot, name, ("week",) if "week" in by else (), kept)
    picked = cells.total()["responses"]
    over = sum(row.reading.n for row in whole) - int(picked)
    if not metric.tells_opinions:
        return Once(rows, over)
    minimum = snapshot.viewing_minimum
    small = hidden_groups({_key(row): metric.answered(row.reading) for row in rows}, minimum)
    shown = [
        Row(row.dims, hidden(row.reading, minimum, small=small[_key(row)])) if _key(row) in small else row
        for row in rows
    ]
    return Once(shown, over)


def _key(row: Row) -> tuple[str, ...]:
    return tuple(row.dims.values())


def is_of_answers(metric: Metric) -> bool:
    """Whether a metric is made of what customers answered, so that there is one answer of each."""
    return metric.needs == {"responses"} and not metric.out_of and metric.counted not in ("", ASKED[0])


def _check(metric: Metric) -> None:
    if not is_of_answers(metric):
        raise UsageError(
            f"{metric.label.zh}（{metric.name}）不是由答卷的回答算出，不能每位客户只算一份",
            f"{metric.name} is not made of customers' answers: there is no one answer per customer",
            hint_zh="可用于 nps、csat、各分项等",
            hint_en="It can be asked of nps, csat, the items and their kind",
        )
