"""All others of a unit: a metric over a slice without one channel or team, for every unit, from one grouping.

    team    own     all others, each without itself
    甲      10      30 = 20 + 10        no slice "all but one" is cut: for each of 200 teams it would read every cell
    乙      20      20 = 10 + 10        again. What stands before a unit is added to what stands behind it; nothing is
    丙      10      30 = 10 + 20        subtracted, so no digit is lost

Rows are those of `measure` and `unsuppressed` over the slice of the other units. What several answers of one customer
take from n is no sum over cells: it is counted without the unit's answers (`servq.query.clusters`).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TypeVar

import numpy as np

from servq.measures import MEASURES
from servq.metrics.catalog import get_metric
from servq.metrics.columns import Columns
from servq.metrics.metric import Facts
from servq.query.clusters import excess_of, excess_without
from servq.query.grouping import UNKNOWN, Key, Kind, Pieces, pieces_of, sums_of
from servq.query.measure import Row, shown, unsuppressed
from servq.query.snapshot import Snapshot
from servq.records import Slice

NOBODY = ""
"""In place of a unit: none is left out."""

Sums = Mapping[Key, Mapping[str, float]]
Found = TypeVar("Found", Sums, Pieces)


def slice_of_others(snapshot: Snapshot, name: str, unit: str, one: str, slice_: Slice) -> Slice | None:
    """The slice of all other units that a metric has rows of; None where there is no other one.

    Args:
        unit: `channel` or `team`.
        one: the unit that is left out.
    """
    rest = _units(snapshot, name, unit, slice_) - {one}
    return slice_.and_(**{unit: tuple(rest)}) if rest else None


def measure_others(snapshot: Snapshot, name: str, unit: str, one: str, by: Key, slice_: Slice) -> list[Row]:
    """What `measure` says of all other units; no rows where there is no other one. Arguments: `slice_of_others`."""
    against = slice_of_others(snapshot, name, unit, one, slice_)
    if against is None:
        return []
    rows = unsuppressed_others(snapshot, name, unit, one, by, slice_)
    return shown(snapshot, get_metric(name), by, against, rows)


def unsuppressed_others(snapshot: Snapshot, name: str, unit: str, one: str, by: Key, slice_: Slice) -> list[Row]:
    """The same rows with nothing hidden, to judge by and never to be shown."""
    units = _units(snapshot, name, unit, slice_)
    return list(_read(snapshot, name, unit, one if one in units else NOBODY, by, slice_)) if units - {one} else []


@lru_cache(maxsize=64)
def _units(snapshot: Snapshot, name: str, unit: str, slice_: Slice) -> frozenset[str]:
    return frozenset(row.dims[unit] for row in unsuppressed(snapshot, name, (unit,), slice_))


@lru_cache(maxsize=2_000)
def _read(snapshot: Snapshot, name: str, unit: str, one: str, by: Key, slice_: Slice) -> list[Row]:
    """As asked for, once for the judgement and once for what is shown."""
    metric = get_metric(name)
    known = metric.needs & snapshot.held
    sums = _of(one, _sums(snapshot, unit, by, slice_)) if "responses" in known else {}
    complaints, visits = (
        _of(one, _pieces(snapshot, kind, unit, by, slice_)) if kind in known else UNKNOWN for kind in _KINDS
    )
    nothing = dict.fromkeys(MEASURES, 0.0) if "responses" in known else {}
    keys = sorted({*sums, *complaints.groups, *visits.groups}) if by else [()]
    alike = snapshot.complaints_alike
    facts = {key: Facts(sums.get(key, nothing), complaints.of(key), visits.of(key), alike) for key in keys}
    return [Row(dict(zip(by, key, strict=True)), metric.read(found)) for key, found in facts.items()]


def _of(one: str, found: Mapping[str, Found]) -> Found:
    """What is left without a unit: all, where it has no facts of this kind."""
    return found.get(one, found[NOBODY])


_KINDS: tuple[Kind, Kind] = ("complaints", "visits")


@lru_cache(maxsize=8)
def _sums(snapshot: Snapshot, unit: str, by: Key, slice_: Slice) -> Mapping[str, Sums]:
    """Unit that is left out -> group -> the measures of all others."""
    own, names = sums_of(snapshot, (unit, *by), slice_), snapshot.cells.measures
    units, keys = sorted({key[0] for key in own}), sorted({key[1:] for key in own})
    at = {one: place for place, one in enumerate(units)}, {key: place for place, key in enumerate(keys)}
    parts = np.zeros((len(units) + 1, len(keys), len(names)))  # behind the last unit nobody, without whom it is all
    for key, sums in own.items():
        parts[at[0][key[0]], at[1][key[1:]]] = [sums[name] for name in names]
    rest = np.zeros_like(parts)
    rest[1:] += np.cumsum(parts, axis=0)[:-1]
    rest[:-1] += np.cumsum(parts[::-1], axis=0)[-2::-1]
    there = rest[:, :, names.index("responses")] + rest[:, :, names.index("unanswered")] > 0
    whole = excess_of(snapshot.clusters, by, slice_)
    less = excess_without(snapshot.clusters, unit, by, slice_)
    return {
        one: {
            key: dict(zip(names, row, strict=True)) | less.get((one, *key), whole.get(key, {}))
            for key, row, some in zip(keys, rest[place].tolist(), there[place], strict=True)
            if some
        }
        for place, one in enumerate([*units, NOBODY])
    }


@lru_cache(maxsize=8)
def _pieces(snapshot: Snapshot, kind: Kind, unit: str, by: Key, slice_: Slice) -> Mapping[str, Pieces]:
    """Unit that is left out -> the complaints or checklist items of all others, put together when they are read."""
    own = pieces_of(snapshot, kind, (unit, *by), slice_)
    keys: dict[Key, list[tuple[str, Columns]]] = {}
    for (of, *key), rows in own.groups.items():
        keys.setdefault(tuple(key), []).append((of, rows))
    found = {}
    for one in {NOBODY, *(of for of, *_ in own.groups)}:
        rest = {key: [rows for of, rows in some if of != one] for key, some in keys.items()}
        found[one] = Pieces({key: Columns.joined(some) for key, some in rest.items() if some}, own.empty)
    return found
