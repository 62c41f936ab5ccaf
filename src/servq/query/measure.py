"""From a question to readings: one metric, a slice, the dimensions to cut by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import pandas as pd

from servq.errors import UsageError
from servq.measures import MEASURES
from servq.metrics.catalog import get_metric
from servq.metrics.definition import Facts, Metric
from servq.metrics.suppression import hidden, hidden_groups
from servq.query.attributed import by_cause
from servq.query.slices import cells_of, rows_of
from servq.query.snapshot import Snapshot
from servq.records import DIMENSIONS, Label, Reading, Slice, State


@dataclass(frozen=True)
class Row:
    """One group of a question and its figure; `dims` are dimension -> value as text (weeks as ISO Mondays)."""

    dims: Mapping[str, str]
    reading: Reading


def measure(snapshot: Snapshot, name: str, by: tuple[str, ...] = (), kept: Slice | None = None) -> list[Row]:
    """One metric over a slice, for each group of the `by` dimensions, recomputed from measures at every level.

    A source of which nothing is loaded gives no value and a reason; an empty slice of a loaded one is a true 0.

    Answers of fewer customers than the snapshot's viewing minimum are hidden, and with them what would give them away.

    Returns:
        Rows sorted by their dimensions; without `by` exactly one, also when nothing is there. A group that
        no fact belongs to has no row.

    Raises:
        UsageError: the metric does not know one of the `by` dimensions.
    """
    metric, kept = get_metric(name), kept or Slice()
    _check_dimensions(metric, by)
    blind = kept.dimensions - metric.dimensions
    if blind:
        return [Row({}, _cannot_filter(blind))] if not by else []
    groups = _groups(snapshot, metric, by, kept) if by else [((), _whole(snapshot, metric, kept))]
    read: dict[tuple[str, ...], Reading] = {key: metric.read(facts) for key, facts in groups}
    minimum = snapshot.viewing_minimum
    out = hidden_groups({key: one.n for key, one in read.items()}, minimum) if metric.tells_opinions else {}
    return [
        Row(dict(zip(by, key, strict=True)), hidden(one, minimum, small=out[key]) if key in out else one)
        for key, one in read.items()
    ]


def _whole(snapshot: Snapshot, metric: Metric, kept: Slice) -> Facts:
    known = metric.needs & snapshot.held
    return Facts(
        _added(piece.total() for piece in cells_of(snapshot, kept)) if "responses" in known else {},
        rows_of(snapshot, "complaints", kept) if "complaints" in known else None,
        rows_of(snapshot, "visits", kept) if "visits" in known else None,
    )


def _groups(
    snapshot: Snapshot, metric: Metric, by: tuple[str, ...], kept: Slice
) -> Iterator[tuple[tuple[str, ...], Facts]]:
    """The groups that have any fact of the needed kinds, brought together by their dimension values."""
    sums: dict[tuple[str, ...], dict[str, float]] = {}
    known = metric.needs & snapshot.held
    if "responses" in known:
        for piece in cells_of(snapshot, kept):
            for key, found in piece.grouped(by):
                sums[key] = _added((sums.get(key, {}), found))
    complaints = _cut(snapshot, "complaints", by, kept) if "complaints" in known else _UNKNOWN
    visits = _cut(snapshot, "visits", by, kept) if "visits" in known else _UNKNOWN
    nothing = dict.fromkeys(MEASURES, 0.0) if "responses" in known else {}
    for key in sorted({*sums, *complaints.groups, *visits.groups}):
        yield key, Facts(sums.get(key, nothing), complaints.of(key), visits.of(key))


@dataclass(frozen=True)
class _Pieces:
    """One kind of rows, cut into groups; a group without rows is an empty frame.

    A kind that is not needed, or of which nothing is loaded, is None for every group.
    """

    groups: Mapping[tuple[str, ...], pd.DataFrame]
    empty: pd.DataFrame | None

    def of(self, key: tuple[str, ...]) -> pd.DataFrame | None:
        return self.groups.get(key, self.empty)


_UNKNOWN = _Pieces({}, None)


@lru_cache(maxsize=20)
def _cut(snapshot: Snapshot, kind: Literal["complaints", "visits"], by: tuple[str, ...], kept: Slice) -> _Pieces:
    """The rows of a slice in groups. Kept for a moment: the metrics of one page ask for the same cuts one by one."""
    frame = rows_of(snapshot, kind, kept)
    if kind == "complaints":
        frame = by_cause(frame, snapshot, by, kept)
    groups = {tuple(map(str, key)): piece for key, piece in frame.groupby(list(by), observed=True)}
    return _Pieces(groups, frame.iloc[:0])


def _added(sums: Iterable[Mapping[str, float]]) -> dict[str, float]:
    """Measures added up: they stay true over any set of cells."""
    found: dict[str, float] = {}
    for part in sums:
        for name, value in part.items():
            found[name] = found.get(name, 0.0) + value
    return found


def _check_dimensions(metric: Metric, by: tuple[str, ...]) -> None:
    unknown = [name for name in by if name not in metric.dimensions]
    if unknown:
        known = ", ".join(sorted(metric.dimensions))
        raise UsageError(
            f"指标 {metric.name} 不能按 {unknown[0]} 拆分",
            f"the metric {metric.name} cannot be cut by {unknown[0]}",
            hint_zh=f"可用：{known}",
            hint_en=f"Known: {known}",
        )


def _cannot_filter(blind: frozenset[str]) -> Reading:
    names = sorted(blind)
    zh, en = "、".join(DIMENSIONS[name].zh for name in names), ", ".join(DIMENSIONS[name].en for name in names)
    return Reading(None, 0, State.TOO_FEW, reason=Label(f"该指标的数据不含{zh}", f"its data do not know: {en}"))
