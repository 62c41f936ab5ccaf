"""Changes of a week: every cell of the weekly page, judged together as one family.

One family for the whole page, so that its first sentence, its cards and its matrix never contradict each other.
Verdicts use all answers; figures of few answers are not shown (adr/0011). Where a promised limit changed between the
weeks that are compared, all of them are counted by the later one (`one_rule`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property, partial

from servq.measures import ITEMS
from servq.metrics.catalog import get_metric
from servq.metrics.judgement.change_detection import TOLD, Looked, restlessness, watch
from servq.metrics.judgement.change_detection import Sign as Sign
from servq.metrics.statistics.xmr import MOST_WEEKS, RECENT, WINDOWS
from servq.metrics.verdicts import Change
from servq.query.comparison_period import Against, compared_weeks, weeks_back
from servq.query.measure import Row, measure, unsuppressed, weekly
from servq.query.one_rule import comparable, limit_changed
from servq.query.snapshot import Snapshot
from servq.records import Reading, Slice, State
from servq.weeks import last_weeks

LEVELS: tuple[tuple[str, ...], ...] = ((), ("channel",), ("team",), ("team", "channel"))
"""From the whole slice down to one team in one channel."""

COURSE_WEEKS = RECENT + MOST_WEEKS
"""The number of weeks on a control chart: those it judges, and those that its limits come from."""

WATCHED = ("nps", "csat", "first_response_median", "resolution_median", "negative_share", "visit_score")
"""The six figures of the week."""

LOOKED_AT = (*WATCHED, *ITEMS, "sla_attainment")
"""The metrics whose changes are looked for."""

NOTHING = Reading(None, 0, State.TOO_FEW)


Dims = tuple[tuple[str, str], ...]
Key = tuple[str, Dims]


@dataclass(frozen=True)
class CellChange:
    """One cell: its metric and group, the figures now and before, and the verdict.

    Attributes:
        before: what the week is compared with.
        change: this week against that.
        signs: the rules of the control chart that it breaks and that a comparison with its own past bears out.
        limit_since: the day from which another limit was promised, where that lies among the weeks compared; told only
            of a cell of which something is told.
    """

    metric: str
    dims: Mapping[str, str]
    now: Reading
    before: Reading
    change: Change
    signs: tuple[Sign, ...] = ()
    limit_since: date | None = None

    @property
    def is_news(self) -> bool:
        """Whether it shows a change that began this week or the week before."""
        return self.change.verdict in TOLD or any(sign.is_news for sign in self.signs)

    @property
    def leading(self) -> Sign | None:
        """The most important sign: a new one where there is one, then the most significant."""
        return min(self.signs, key=lambda sign: (not sign.is_news, sign.change.p), default=None)

    @property
    def p(self) -> float:
        """The smallest p-value among the changes shown."""
        told = [self.change, *(sign.change for sign in self.signs)]
        return min((change.p for change in told if change.p is not None and change.verdict in TOLD), default=1.0)


@dataclass(frozen=True)
class WeekChanges:
    """All cells that were judged together.

    Attributes:
        cells: every cell with rows now, once.
        tested: how many comparisons had enough rows to be tested.
    """

    cells: tuple[CellChange, ...]
    tested: int

    def of(self, metric: str, dims: Mapping[str, str]) -> CellChange | None:
        """The cell of a metric and some dimension values; a team that works in one channel only is there once."""
        team = {name: value for name, value in dims.items() if name == "team"}
        return self.by_key.get(_key(metric, dims)) or self.by_key.get(_key(metric, team))

    @cached_property
    def news(self) -> list[CellChange]:
        """The cells with a new change, the most significant first."""
        return _ranked(cell for cell in self.cells if cell.is_news)

    @cached_property
    def lasting(self) -> list[CellChange]:
        """The cells that have differed from their own past for longer, the most significant first."""
        return _ranked(cell for cell in self.cells if cell.signs and not cell.is_news)

    @cached_property
    def by_key(self) -> dict[Key, CellChange]:
        """The cells by metric and dimension values."""
        return {_key(cell.metric, cell.dims): cell for cell in self.cells}


def _ranked(cells: Iterable[CellChange]) -> list[CellChange]:
    """Each once: a channel with one team has the same rows as the team, and is named."""
    once: dict[tuple[object, ...], CellChange] = {}
    for cell in cells:
        once.setdefault((cell.metric, repr(cell.now), repr(cell.before)), cell)
    return sorted(once.values(), key=lambda cell: cell.p)


def weekly_changes(snapshot: Snapshot, kept: Slice, monday: date, against: Against = Against.WEEK) -> WeekChanges:
    """Everything that 每周得分 and `servq changes` look at, judged together."""
    return changes_in(snapshot, LOOKED_AT, kept, monday, against)


def changes_in(
    snapshot: Snapshot, metrics: Sequence[str], kept: Slice, monday: date, against: Against = Against.WEEK
) -> WeekChanges:
    """Each metric at every level: a week against another period and against its own past, judged together."""
    then = compared_weeks(kept, monday, against)
    days = _looked_back(kept, monday, then)
    known = {name: comparable(snapshot, name, days) for name in metrics}
    restless = {name: _restless(known[name], name, kept, monday) for name in metrics}
    found = [
        (name, dims, replace(looked, restless=restless[name]), told)
        for by in LEVELS
        for name in metrics
        for name, dims, looked, told in _cells(known[name], name, by, kept, monday, then)
    ]
    judged = watch([looked for _, _, looked, _ in found])
    cells = tuple(
        CellChange(
            name, dims, *told, _untold(cell.change, *told), _shown(known[name], name, dims, kept, monday, cell.signs)
        )
        for (name, dims, _, told), cell in zip(found, judged.cells, strict=True)
    )
    return WeekChanges(tuple(_dated(snapshot, cell, days) for cell in cells), judged.tested)


def weekly_course(
    snapshot: Snapshot, metric: str, kept: Slice, monday: date, count: int = COURSE_WEEKS
) -> list[tuple[date, Reading | None]]:
    """A metric for each of the weeks up to one, oldest first, by one limit; None where a week has no data."""
    mondays = last_weeks(monday, count)
    snapshot = comparable(snapshot, metric, kept.between(mondays[0], monday + timedelta(days=6)))
    found = weekly(snapshot, metric, kept.between(mondays[0], monday + timedelta(days=6)))
    return [(week, found.get(week.isoformat())) for week in mondays]


def drawn_values(course: Sequence[tuple[date, Reading | None]]) -> list[float | None]:
    """The values of a weekly series as a control chart takes them: a week with too few rows is a gap."""
    return [None if reading is None or reading.state == State.TOO_FEW else reading.value for _, reading in course]


def _cells(
    snapshot: Snapshot, name: str, by: tuple[str, ...], kept: Slice, monday: date, then: Slice
) -> Iterator[tuple[str, Mapping[str, str], Looked, tuple[Reading, Reading]]]:
    """The cells of one metric at one level that have rows now, as they are looked at; and now and then as shown."""
    this_week = weeks_back(kept, monday, 0, 1)
    now, now_shown = (_of(snapshot, name, by, this_week, ask) for ask in (unsuppressed, measure))
    before, before_shown = (_of(snapshot, name, by, then, ask) for ask in (unsuppressed, measure))
    windows = {
        rule: (
            now if weeks == 1 else _of(snapshot, name, by, weeks_back(kept, monday, 0, weeks)),
            _of(snapshot, name, by, weeks_back(kept, monday, max(weeks, RECENT), MOST_WEEKS)),
        )
        for rule, weeks in WINDOWS.items()
    }
    whole = _of(snapshot, name, ("team",), weeks_back(kept, monday, 0, 1)) if len(by) == 2 else {}
    for dims, reading in now.items():
        if len(by) == 2 and reading.n == whole[dims[:1]].n:
            continue  # the team works in this channel only: its own cell says the same
        looked = Looked(
            get_metric(name).better,
            (reading, before.get(dims, NOTHING)),
            {rule: (late.get(dims, NOTHING), past.get(dims, NOTHING)) for rule, (late, past) in windows.items()},
            partial(_values, snapshot, name, kept.and_(**dict(dims)), monday),
            own_spread=get_metric(name).unit == "hours",
        )
        yield name, dict(dims), looked, (now_shown[dims], before_shown.get(dims, NOTHING))


def _shown(
    snapshot: Snapshot, name: str, dims: Mapping[str, str], kept: Slice, monday: date, signs: Iterable[Sign]
) -> tuple[Sign, ...]:
    """The signs of a cell as they may be told: hidden figures are hidden, and with them how far they are apart."""
    by, key, found = tuple(dims), tuple(dims.items()), []
    for sign in signs:
        weeks = WINDOWS[sign.rule]
        late, past = (
            _of(snapshot, name, by, weeks_back(kept, monday, back, count), measure).get(key, NOTHING)
            for back, count in ((0, weeks), (max(weeks, RECENT), MOST_WEEKS))
        )
        found.append(replace(sign, now=late, before=past, change=_untold(sign.change, late, past)))
    return tuple(found)


def _untold(change: Change, *readings: Reading) -> Change:
    """A change without its size where that would tell a hidden figure."""
    if all(reading.state != State.HIDDEN for reading in readings):
        return change
    return replace(change, delta=None, low=None, high=None)


def _looked_back(kept: Slice, monday: date, then: Slice) -> Slice:
    """Everything that is compared: from the first week of limits, or of the other period, up to this week."""
    first = last_weeks(monday, COURSE_WEEKS)[0]
    return kept.between(first if then.start is None else min(first, then.start), monday + timedelta(days=6))


def _dated(snapshot: Snapshot, cell: CellChange, days: Slice) -> CellChange:
    """The cell with the day of another limit, where something is told of it."""
    if not cell.signs and not cell.is_news:
        return cell
    return replace(cell, limit_since=limit_changed(snapshot, cell.metric, days.and_(**dict(cell.dims))))


def _restless(snapshot: Snapshot, name: str, kept: Slice, monday: date) -> float:
    """The factor by which the weeks of a metric vary more than their rows explain, by its teams."""
    mondays = last_weeks(monday, COURSE_WEEKS)
    rows = unsuppressed(snapshot, name, ("team", "week"), kept.between(mondays[0], monday + timedelta(days=6)))
    weekly: dict[str, dict[str, Reading]] = {}
    for row in rows:
        weekly.setdefault(row.dims["team"], {})[row.dims["week"]] = row.reading
    past = _of(snapshot, name, ("team",), weeks_back(kept, monday, RECENT, MOST_WEEKS))
    return restlessness(
        (drawn_values([(week, found.get(week.isoformat())) for week in mondays]), past.get((("team", team),), NOTHING))
        for team, found in weekly.items()
    )


def _values(snapshot: Snapshot, name: str, kept: Slice, monday: date) -> list[float | None]:
    return drawn_values(weekly_course(snapshot, name, kept, monday))


def _of(
    snapshot: Snapshot, name: str, by: tuple[str, ...], kept: Slice, ask: Callable[..., list[Row]] = unsuppressed
) -> dict[Dims, Reading]:
    return {tuple(row.dims.items()): row.reading for row in ask(snapshot, name, by, kept)}


def _key(metric: str, dims: Mapping[str, str]) -> Key:
    return metric, tuple(sorted(dims.items()))
