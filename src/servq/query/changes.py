"""What changed between two periods: every cell that a page looks at, judged together as one family.

One family for the whole page, so that its first sentence, its cards and its matrix never contradict each other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from servq.metrics.catalog import get_metric
from servq.metrics.comparison import Change, compare_many
from servq.query.measure import measure
from servq.query.snapshot import Snapshot
from servq.records import Reading, Slice, State

LEVELS: tuple[tuple[str, ...], ...] = ((), ("channel",), ("team",), ("team", "channel"))
"""From the whole slice down to one team in one channel."""

NOTHING_BEFORE = Reading(None, 0, State.TOO_FEW)

Key = tuple[str, tuple[tuple[str, str], ...]]


@dataclass(frozen=True)
class Found:
    """One cell: which metric of whom, then and now, and what may be said."""

    metric: str
    dims: Mapping[str, str]
    now: Reading
    before: Reading
    change: Change


@dataclass(frozen=True)
class Family:
    """All cells that were judged together.

    Attributes:
        cells: every cell with rows now, once.
        tested: how many had enough rows then and now to be tested.
    """

    cells: tuple[Found, ...]
    tested: int

    def of(self, metric: str, dims: Mapping[str, str]) -> Found | None:
        """The cell of a metric and some dimension values; a team that works in one channel only is there once."""
        team = {name: value for name, value in dims.items() if name == "team"}
        return self.by_key.get(_key(metric, dims)) or self.by_key.get(_key(metric, team))

    @cached_property
    def by_key(self) -> dict[Key, Found]:
        """The cells by metric and dimension values."""
        return {_key(cell.metric, cell.dims): cell for cell in self.cells}


def changes_between(snapshot: Snapshot, metrics: Sequence[str], now: Slice, before: Slice) -> Family:
    """Each metric at every level, now against before (Benjamini–Hochberg over all of them together)."""
    found: list[tuple[str, Mapping[str, str], Reading, Reading]] = []
    for name in metrics:
        alone = {row.dims["team"]: row.reading.n for row in measure(snapshot, name, ("team",), now)}
        for by in LEVELS:
            earlier = {_key(name, row.dims): row.reading for row in measure(snapshot, name, by, before)}
            for row in measure(snapshot, name, by, now):
                if len(by) == 2 and row.reading.n == alone[row.dims["team"]]:
                    continue  # the team works in this channel only: its own cell says the same
                found.append((name, row.dims, row.reading, earlier.get(_key(name, row.dims), NOTHING_BEFORE)))
    judged = compare_many([(reading, past, get_metric(name).better) for name, _, reading, past in found])
    cells = tuple(Found(*cell, change) for cell, change in zip(found, judged.changes, strict=True))
    return Family(cells, judged.tested)


def _key(metric: str, dims: Mapping[str, str]) -> Key:
    return metric, tuple(sorted(dims.items()))
