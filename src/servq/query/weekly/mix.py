"""The parts of a change between two periods: what its strata did themselves, and what their changed shares did.

    team A, by survey mode   before    now        told beside the raw change of A
    电话                     20 × 60   60 × 60    within groups 0, by a changed mix +8
    网页                     80 × 40   40 × 40

Judged by strata of every answer. What is shown is computed from shown figures alone: hidden strata stand together in
it, and their figure together is the total less the shown ones. So the parts tell nothing that the tables do not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set

from servq.metrics.catalog import get_metric
from servq.metrics.statistics.mix_shift import MixShift as MixShift
from servq.metrics.statistics.mix_shift import mix_shift
from servq.query.measure import Row, measure, unsuppressed
from servq.query.snapshot import Snapshot
from servq.records import Reading, Slice, State

STRATA = ("channel", "team", "survey_mode")
"""The dimensions within which a change must hold: a mix of them that moved is no change of service."""

MEANS = frozenset({"points", "percent", "score", "score_7"})
"""Units of figures that are means of their rows, so that a total is made of its parts."""

MOST_TOGETHER = 0.2
"""The largest share of answers in hidden strata of which parts are told: what moved among these counts as their own."""

Dims = Mapping[str, str]
Stratum = tuple[str, ...]


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
    """The same as it may be shown, with the hidden strata as one; None where they are more than `MOST_TOGETHER`."""
    if shift is None or not get_metric(metric).tells_opinions:
        return shift
    shown = [_strata(snapshot, metric, dims, period, measure) for period in (late, past)]
    hidden = {name for readings in shown for name, reading in readings.items() if reading.state == State.HIDDEN}
    if not hidden:
        return shift
    read = [_strata(snapshot, metric, dims, period, unsuppressed) for period in (late, past)]
    for strata in read:
        if sum(strata[name].n for name in hidden & strata.keys()) > MOST_TOGETHER * sum(r.n for r in strata.values()):
            return None
    return mix_shift(*(_as_one(strata, hidden) for strata in read))


def _as_one(strata: Mapping[Stratum, Reading], hidden: Set[Stratum]) -> dict[Stratum, Reading]:
    """The strata with the hidden ones put together."""
    found = {name: reading for name, reading in strata.items() if name not in hidden}
    together = [reading for name, reading in strata.items() if name in hidden and reading.value is not None]
    n = sum(reading.n for reading in together)
    if n:
        value = sum(reading.n * (reading.value or 0.0) for reading in together) / n
        worth = sum(reading.worth for reading in together)
        found["hidden",] = Reading(value, n, State.HIDDEN, effective=worth)
    return found


def _strata(
    snapshot: Snapshot, metric: str, dims: Dims, period: Slice, ask: Callable[..., list[Row]]
) -> dict[Stratum, Reading]:
    by = tuple(name for name in STRATA if name in get_metric(metric).dimensions)
    if ask is unsuppressed and dims.keys() <= set(by):  # every cell has its strata among those of the whole: read once
        rows = [row for row in ask(snapshot, metric, by, period) if dims.items() <= row.dims.items()]
    else:
        rows = ask(snapshot, metric, by, period.and_(**dims))
    return {tuple(row.dims.values()): row.reading for row in rows}
