"""One metric over a slice, cut by dimensions: from a question to readings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from servq.errors import UsageError
from servq.measures import MEASURES
from servq.metrics.catalog import get_metric
from servq.metrics.metric import Facts, Metric
from servq.metrics.suppression import hidden, hidden_groups
from servq.query.grouping import UNKNOWN, Key, pieces_of, sums_of
from servq.query.respondents import customers_of
from servq.query.snapshot import Snapshot
from servq.records import DIMENSIONS, Label, Reading, Slice, State


@dataclass(frozen=True)
class Row:
    """One group of a question and its figure; `dims` are dimension -> value as text (weeks as ISO Mondays)."""

    dims: Mapping[str, str]
    reading: Reading


def measure(snapshot: Snapshot, name: str, by: tuple[str, ...] = (), slice_: Slice | None = None) -> list[Row]:
    """One metric over a slice, for each group of the `by` dimensions, recomputed from measures at every level.

    A source of which nothing is loaded gives no value and a reason; an empty slice of a loaded one is a true 0.

    Answers of fewer customers than the snapshot's viewing minimum are hidden, and with them what would give them away.

    Returns:
        Rows sorted by their dimensions; without `by` exactly one, also when nothing is there. A group that
        no fact belongs to has no row.

    Raises:
        UsageError: the metric does not know one of the `by` dimensions.
    """
    return list(_shown(snapshot, name, by, slice_ or Slice()))


@lru_cache(maxsize=64)
def _shown(snapshot: Snapshot, name: str, by: tuple[str, ...], slice_: Slice) -> list[Row]:
    """As asked for, once for each cell of a table."""
    return shown(snapshot, get_metric(name), by, slice_, _read(snapshot, name, by, slice_))


def shown(snapshot: Snapshot, metric: Metric, by: Key, slice_: Slice, rows: list[Row]) -> list[Row]:
    """Rows of a metric as they may be shown: those of few customers, and what would give them away, are hidden."""
    if not metric.tells_opinions:
        return rows
    minimum = snapshot.viewing_minimum
    answers = {_key(row): metric.answered(row.reading) for row in rows}
    people = customers_of(snapshot, metric, by, slice_, answers)
    out = hidden_groups(people, minimum)
    return [
        Row(row.dims, _hidden(metric, row.reading, minimum, out[_key(row)])) if _key(row) in out else row
        for row in rows
    ]


def weekly(snapshot: Snapshot, name: str, slice_: Slice) -> dict[str, Reading]:
    """One metric for each week of a slice that has rows, by its ISO Monday, as a chart shows it.

    Each week is a question of its own, as its card and its link ask it: a week of few answers hides itself only. In a
    table by week, which stands beside its total, `measure` hides another week with it.
    """
    rows, metric = unsuppressed(snapshot, name, ("week",), slice_), get_metric(name)
    found = {row.dims["week"]: row.reading for row in rows}
    if not metric.tells_opinions:
        return found
    answers: dict[Key, int] = {(week,): metric.answered(reading) for week, reading in found.items()}
    people, minimum = customers_of(snapshot, metric, ("week",), slice_, answers), snapshot.viewing_minimum
    return {
        week: _hidden(metric, reading, minimum, True) if 0 < people[week,] < minimum else reading
        for week, reading in found.items()
    }


def unsuppressed(snapshot: Snapshot, name: str, by: tuple[str, ...] = (), slice_: Slice | None = None) -> list[Row]:
    """The same rows with nothing hidden, to judge by and never to be shown.

    What is judged on the shown rows alone loses whole groups for the sake of a few answers beside them.

    Raises:
        UsageError: the metric does not know one of the `by` dimensions.
    """
    return list(_read(snapshot, name, by, slice_ or Slice()))


@lru_cache(maxsize=128)
def _read(snapshot: Snapshot, name: str, by: tuple[str, ...], slice_: Slice) -> list[Row]:
    """As asked for, once for the judgement and once for what is shown."""
    metric = get_metric(name)
    _check_dimensions(metric, by)
    blind = slice_.dimensions - metric.dimensions
    if blind:
        return [Row({}, _cannot_filter(blind))] if not by else []
    return [
        Row(dict(zip(by, key, strict=True)), metric.read(facts)) for key, facts in _groups(snapshot, metric, by, slice_)
    ]


def hidden_like(reading: Reading, other: Reading, snapshot: Snapshot) -> Reading:
    """A reading hidden where another one is: all the others' figure tells one group's as well as its own does."""
    if other.state != State.HIDDEN or not reading.n or reading.state == State.HIDDEN:
        return reading
    return hidden(reading, snapshot.viewing_minimum, small=False)


def _key(row: Row) -> Key:
    return tuple(row.dims.values())


def _hidden(metric: Metric, reading: Reading, minimum: int, small: bool) -> Reading:
    """The number of answers to compare with the viewing minimum; of a count that gives a share away, its base."""
    if metric.out_of:
        reading = replace(reading, n=metric.answered(reading), excluded={}, base=None)
    return hidden(reading, minimum, small=small)


def _groups(snapshot: Snapshot, metric: Metric, by: tuple[str, ...], slice_: Slice) -> Iterator[tuple[Key, Facts]]:
    """The groups that have any fact of the needed kinds, brought together by their dimension values; without `by`
    the one whole, whatever is in it.
    """
    known = metric.needs & snapshot.held
    sums = sums_of(snapshot, by, slice_) if "responses" in known else {}
    complaints = pieces_of(snapshot, "complaints", by, slice_) if "complaints" in known else UNKNOWN
    visits = pieces_of(snapshot, "visits", by, slice_) if "visits" in known else UNKNOWN
    nothing = dict.fromkeys(MEASURES, 0.0) if "responses" in known else {}
    for key in sorted({*sums, *complaints.groups, *visits.groups}) if by else [()]:
        yield key, Facts(sums.get(key, nothing), complaints.of(key), visits.of(key), snapshot.complaints_alike)


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
