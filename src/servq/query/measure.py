"""From a question to readings: one metric, a slice, the dimensions to cut by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from servq.errors import UsageError
from servq.measures import MEASURES
from servq.metrics.catalog import get_metric
from servq.metrics.definition import Facts, Metric, Need
from servq.query.slices import part_of
from servq.query.snapshot import Snapshot
from servq.records import DIMENSIONS, Label, Reading, Slice, State


@dataclass(frozen=True)
class Row:
    """One group of a question and its figure; `dims` are dimension -> value as text (weeks as ISO Mondays)."""

    dims: Mapping[str, str]
    reading: Reading


def measure(snapshot: Snapshot, name: str, by: tuple[str, ...] = (), kept: Slice | None = None) -> list[Row]:
    """One metric over a slice, for each group of the `by` dimensions, recomputed from measures at every level.

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
    if not by:
        whole = {need: part_of(snapshot, need, kept) for need in metric.needs}
        return [Row({}, metric.read(_facts(whole)))]
    return [Row(dims, metric.read(_facts(parts))) for dims, parts in _groups(snapshot, metric, by, kept)]


def _facts(parts: Mapping[Need, pd.DataFrame]) -> Facts:
    cells = parts.get("responses")
    summed = {} if cells is None else dict(zip(MEASURES, cells[list(MEASURES)].sum().tolist(), strict=True))
    return Facts(summed, parts.get("complaints"), parts.get("visits"))


def _groups(
    snapshot: Snapshot, metric: Metric, by: tuple[str, ...], kept: Slice
) -> Iterator[tuple[dict[str, str], dict[Need, pd.DataFrame]]]:
    """The groups of every needed part, brought together by their dimension values."""
    parts = {need: part_of(snapshot, need, kept) for need in sorted(metric.needs)}
    found: dict[tuple[str, ...], dict[Need, pd.DataFrame]] = {}
    for need, frame in parts.items():
        if need == "responses":
            grouped = frame.groupby(list(by), observed=True)[list(MEASURES)].sum().reset_index()
            pieces: Iterator[tuple[Any, pd.DataFrame]] = (
                (tuple(row[: len(by)]), grouped.iloc[[place]])
                for place, row in enumerate(grouped.itertuples(index=False, name=None))
            )
        else:
            pieces = iter(frame.groupby(list(by), observed=True))
        for key, piece in pieces:
            found.setdefault(tuple(str(value) for value in key), {})[need] = piece
    for key in sorted(found):
        empty = {need: frame.iloc[:0] for need, frame in parts.items()}
        yield dict(zip(by, key, strict=True)), empty | found[key]


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
