"""Changes of a week: every cell of the weekly page, judged together as one family.

One family for the whole page, so that its first sentence, its cards and its matrix never contradict each other.
Verdicts use all answers; figures of few answers are not shown (adr/0011). Where a promised limit changed between the
weeks that are compared, all of them are counted by the later one (`one_rule`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from servq.measures import ITEMS
from servq.metrics.catalog import get_metric
from servq.metrics.judgement.change_detection import Looked, WatchedCell, watch
from servq.metrics.judgement.change_detection import Sign as Sign
from servq.metrics.metric import Metric
from servq.metrics.statistics.turning_point import turning_point_of_means
from servq.metrics.statistics.xmr import MOST_WEEKS, RECENT, WINDOWS
from servq.metrics.verdicts import Change, ChartRule
from servq.query.comparison_period import Against, compared_weeks, weeks_back
from servq.query.measure import Row, measure, unsuppressed, weekly
from servq.query.one_rule import comparable, limit_changed
from servq.query.snapshot import Snapshot
from servq.query.weekly.cell_changes import CellChange as CellChange
from servq.query.weekly.cell_changes import Dims
from servq.query.weekly.cell_changes import WeekChanges as WeekChanges
from servq.query.weekly.mix import MixShift, shift_between, told_shift
from servq.query.weekly.restless import drawn_value, restless_weeks
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


def weekly_changes(snapshot: Snapshot, slice_: Slice, monday: date, against: Against = Against.WEEK) -> WeekChanges:
    """Everything that 每周得分 and `servq changes` look at, judged together."""
    return changes_in(snapshot, LOOKED_AT, slice_, monday, against)


def changes_in(
    snapshot: Snapshot, metrics: Sequence[str], slice_: Slice, monday: date, against: Against = Against.WEEK
) -> WeekChanges:
    """Each metric at every level: a week against another period and against its own past, judged together."""
    then = compared_weeks(slice_, monday, against)
    days = _looked_back(slice_, monday, then)
    known = {name: comparable(snapshot, name, days) for name in metrics}
    restless = {name: restless_weeks(known[name], name, slice_, monday) for name in metrics}
    found = [
        (name, dims, replace(looked, restless=restless[name]), told)
        for by in LEVELS
        for name in metrics
        for name, dims, looked, told in _cells(known[name], name, by, slice_, monday, then)
    ]
    judged = watch([looked for _, _, looked, _ in found])
    cells = tuple(
        _as_told(known[name], name, dims, slice_, (monday, then), told, cell)
        for (name, dims, _, told), cell in zip(found, judged.cells, strict=True)
    )
    return WeekChanges(tuple(_dated(snapshot, cell, slice_, monday, days) for cell in cells), judged.tested)


def weekly_course(
    snapshot: Snapshot, metric: str, slice_: Slice, monday: date, count: int = COURSE_WEEKS
) -> list[tuple[date, Reading | None]]:
    """A metric for each of the weeks up to one, oldest first, by one limit; None where a week has no data."""
    mondays = last_weeks(monday, count)
    snapshot = comparable(snapshot, metric, slice_.between(mondays[0], monday + timedelta(days=6)))
    found = weekly(snapshot, metric, slice_.between(mondays[0], monday + timedelta(days=6)))
    return [(week, found.get(week.isoformat())) for week in mondays]


def drawn_values(course: Sequence[tuple[date, Reading | None]]) -> list[float | None]:
    """The values of a weekly series as a control chart takes them: a week with too few rows is a gap."""
    return [drawn_value(reading) for _, reading in course]


def _cells(
    snapshot: Snapshot, name: str, by: tuple[str, ...], slice_: Slice, monday: date, then: Slice
) -> Iterator[tuple[str, Mapping[str, str], Looked, tuple[Reading, Reading]]]:
    """The cells of one metric at one level that have rows now, as they are looked at; and now and then as shown."""
    this_week = weeks_back(slice_, monday, 0, 1)
    now = _of(snapshot, name, by, this_week)
    if len(by) == 2:
        whole = _of(snapshot, name, ("team",), this_week)
        # a team that works in one channel only: its own cell says the same
        now = {dims: reading for dims, reading in now.items() if reading.n != whole[dims[:1]].n}
    if not now:
        return
    now_shown = _of(snapshot, name, by, this_week, measure)
    before, before_shown = (_of(snapshot, name, by, then, ask) for ask in (unsuppressed, measure))
    periods: dict[ChartRule, tuple[Slice, Slice]] = {
        rule: (weeks_back(slice_, monday, 0, weeks), weeks_back(slice_, monday, max(weeks, RECENT), MOST_WEEKS))
        for rule, weeks in WINDOWS.items()
    }
    windows = {
        rule: (now if late == this_week else _of(snapshot, name, by, late), _of(snapshot, name, by, past))
        for rule, (late, past) in periods.items()
    }
    for dims, reading in now.items():
        looked = Looked(
            get_metric(name).better,
            (reading, before.get(dims, NOTHING)),
            {rule: (late.get(dims, NOTHING), past.get(dims, NOTHING)) for rule, (late, past) in windows.items()},
            partial(_values, snapshot, name, slice_.and_(**dict(dims)), monday),
            own_spread=get_metric(name).unit == "hours",
            by_t=_by_t(get_metric(name)),
            shift=partial(_shift, snapshot, name, dict(dims), {None: (this_week, then)} | periods),
        )
        yield name, dict(dims), looked, (now_shown[dims], before_shown.get(dims, NOTHING))


def _by_t(metric: Metric) -> bool:
    """Whether a metric's intervals are t intervals: means of scores, and scores of visits."""
    return metric.unit in ("score", "gap") or metric.drill == "visits"


def _shift(
    snapshot: Snapshot,
    name: str,
    dims: Mapping[str, str],
    periods: Mapping[ChartRule | None, tuple[Slice, Slice]],
    rule: ChartRule | None,
) -> MixShift | None:
    """The parts of a cell's change between a rule's weeks and its past; of None, this week and the other period."""
    return shift_between(snapshot, name, dims, *periods[rule])


def _as_told(
    snapshot: Snapshot,
    name: str,
    dims: Mapping[str, str],
    slice_: Slice,
    weeks: tuple[date, Slice],
    figures: tuple[Reading, Reading],
    cell: WatchedCell,
) -> CellChange:
    """A judged cell without anything that would tell a hidden figure."""
    (monday, then), change, shift = weeks, _untold(cell.change, *figures), cell.shift
    by_mix = shift is not None and abs(shift.mix) > abs(shift.rate)
    if shift is not None:
        hidden = change.delta is None
        this_week = weeks_back(slice_, monday, 0, 1)
        shift = None if hidden else told_shift(snapshot, name, dims, this_week, then, shift)
    signs = _shown(snapshot, name, dims, slice_, monday, cell.signs)
    return CellChange(name, dims, *figures, change, signs, shift=shift, by_mix=by_mix)


def _shown(
    snapshot: Snapshot, name: str, dims: Mapping[str, str], slice_: Slice, monday: date, signs: Iterable[Sign]
) -> tuple[Sign, ...]:
    """The signs of a cell as they may be told: hidden figures are hidden, and with them how far they are apart."""
    by, key, found = tuple(dims), tuple(dims.items()), []
    for sign in signs:
        weeks = WINDOWS[sign.rule]
        late, past = (
            _of(snapshot, name, by, weeks_back(slice_, monday, back, count), measure).get(key, NOTHING)
            for back, count in ((0, weeks), (max(weeks, RECENT), MOST_WEEKS))
        )
        found.append(replace(sign, now=late, before=past, change=_untold(sign.change, late, past)))
    return tuple(found)


def _untold(change: Change, *readings: Reading) -> Change:
    """A change without its size where that would tell a hidden figure."""
    if all(reading.state != State.HIDDEN for reading in readings):
        return change
    return replace(change, delta=None, low=None, high=None)


def _looked_back(slice_: Slice, monday: date, then: Slice) -> Slice:
    """Everything that is compared: from the first week of limits, or of the other period, up to this week."""
    first = last_weeks(monday, COURSE_WEEKS)[0]
    return slice_.between(first if then.start is None else min(first, then.start), monday + timedelta(days=6))


def _dated(snapshot: Snapshot, cell: CellChange, slice_: Slice, monday: date, days: Slice) -> CellChange:
    """The cell with the day of another limit and the beginning of a lasting change, where something is told of it."""
    if not cell.signs and not cell.is_news:
        return cell
    changed = limit_changed(snapshot, cell.metric, days.and_(**dict(cell.dims)))
    return replace(cell, limit_since=changed, since=None if cell.is_news else _since(snapshot, cell, slice_, monday))


def _since(snapshot: Snapshot, cell: CellChange, slice_: Slice, monday: date) -> date | None:
    """The Monday from which the weeks of a cell most likely follow another level."""
    course = weekly_course(snapshot, cell.metric, slice_.and_(**dict(cell.dims)), monday)
    rows = [0 if reading is None else reading.n for _, reading in course]
    place = turning_point_of_means(drawn_values(course), rows)
    return None if place is None else course[place][0]


def _values(snapshot: Snapshot, name: str, slice_: Slice, monday: date) -> list[float | None]:
    return drawn_values(weekly_course(snapshot, name, slice_, monday))


def _of(
    snapshot: Snapshot, name: str, by: tuple[str, ...], slice_: Slice, ask: Callable[..., list[Row]] = unsuppressed
) -> dict[Dims, Reading]:
    return {tuple(row.dims.items()): row.reading for row in ask(snapshot, name, by, slice_)}
