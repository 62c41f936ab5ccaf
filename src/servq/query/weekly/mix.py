"""The parts of a change between two periods: what its strata did themselves, and what their changed shares did.

    team A, by survey mode   before    now        told beside the raw change of A
    电话                     20 × 60   60 × 60    within groups 0, by a changed mix +8
    网页                     80 × 40   40 × 40

Strata are read from every answer; where some of them are hidden the parts may give them away, and are not told.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from servq.metrics.catalog import get_metric
from servq.metrics.statistics.mix_shift import MixShift as MixShift
from servq.metrics.statistics.mix_shift import mix_shift
from servq.query.measure import Row, measure, unsuppressed
from servq.query.snapshot import Snapshot
from servq.records import Reading, Slice, State

STRATA = ("channel", "team", "survey_mode")
"""The dimensions within which a change must hold: a mix of them that moved is no change of service."""

MEANS = frozenset({"points", "percent", "score"})
"""Units of figures that are means of their rows, so that a total is made of its parts."""

ENOUGH_UNKNOWN = 10
"""The number of hidden strata from which both parts are told. A total and its parts against three periods, for a group
and the few within it, are equations in the hidden figures: with fewer unknown ones they might be solved."""

Dims = Mapping[str, str]


def shift_between(snapshot: Snapshot, metric: str, dims: Dims, late: Slice, past: Slice) -> MixShift | None:
    """What the strata of a cell did between two periods, and what their mix did; None of what is no mean of its rows.

    Judged by, never shown as it is: see `told_shift`.
    """
    if get_metric(metric).unit not in MEANS or get_metric(metric).drill == "visits":
        return None
    return mix_shift(*(_strata(snapshot, metric, dims, period, unsuppressed) for period in (late, past)))


def told_shift(
    snapshot: Snapshot, metric: str, dims: Dims, late: Slice, past: Slice, shift: MixShift | None
) -> MixShift | None:
    """The same as it may be shown: None where hidden strata could be told from it."""
    if shift is None or not get_metric(metric).tells_opinions:
        return shift
    strata = [_strata(snapshot, metric, dims, period, measure) for period in (late, past)]
    unknown = sum(reading.state == State.HIDDEN for readings in strata for reading in readings.values())
    return None if 0 < unknown < ENOUGH_UNKNOWN else shift


def _strata(
    snapshot: Snapshot, metric: str, dims: Dims, period: Slice, ask: Callable[..., list[Row]]
) -> dict[tuple[str, ...], Reading]:
    by = tuple(name for name in STRATA if name in get_metric(metric).dimensions)
    return {tuple(row.dims.values()): row.reading for row in ask(snapshot, metric, by, period.and_(**dims))}
