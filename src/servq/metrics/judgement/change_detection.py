"""Change detection over many cells: one family of tests, confirmed by the rules of the control chart.

Every cell is tested in four ways: this week against the comparison period (the week before, the four weeks before,
the same week last year); and, for each of the three rules of the XmR chart, the weeks of the rule against the cell's
own past. Among hundreds of cells a rule alone raises an alarm every week, and a comparison alone takes a metric's usual
variation for a change. A test of the second kind is therefore reported only when the rule and the comparison agree.

    cell      this week : before    ── and an unusual step ┐
              this week : own past  ── and rule "outside"  ├── Benjamini–Hochberg over all of them
              4 weeks   : own past  ── and rule "near"     │
              8 weeks   : own past  ── and rule "run"   ───┘

What passes is held against its own strata (`mix_shift`): what they did themselves is told, a mix that moved is not.
The rules only take away from what the comparisons allow, so false discoveries stay where Benjamini–Hochberg puts them.

For a clock's single week the comparison is the chart's own (t on logarithms, by the series' week-to-week changes),
because the order-statistic intervals of a dozen clocks are too wide: a change by a factor of three lies within them.

How often a stable week is silent, and how large a change must be: docs/statistics.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf, log, sqrt
from statistics import median
from typing import NamedTuple

from scipy import special

from servq.metrics.judgement.comparison import Better, by_t, changed, compare, judge_together
from servq.metrics.statistics.intervals import Z
from servq.metrics.statistics.mix_shift import MixShift
from servq.metrics.statistics.xmr import STEP_OF_ONE, broken, limits_before, p_of_last
from servq.metrics.verdicts import FALSE_DISCOVERIES_WATCHED, Change, ChartRule, Verdict
from servq.records import Reading

SHORTEST = 1 / 60
"""Hours below which clocks are alike: a minute."""

TOLD = frozenset({Verdict.BETTER, Verdict.WORSE})

FEWEST_GROUPS = 5
"""The least number of groups with known weeks from which `restlessness` is estimated."""

NEW_FOR = 2
"""Weeks for which a change outside the limits counts as new; after that it is the usual level."""


@dataclass(frozen=True)
class Looked:
    """The input of change detection for one cell.

    Attributes:
        week: this week and what it is compared with.
        windows: rule -> the weeks that it looks at, and the cell's past before them.
        own_spread: whether a single week is compared by the spread of the series (clocks).
        by_t: whether its intervals are t intervals (means of items, scores of visits).
        restless: how many times more the weeks of the metric vary than their rows explain (see `restlessness`).
        shift: gives what the strata of a rule's weeks (None: of this week) and their mix did; asked only when needed.
        course: gives the weekly values up to this one, None for a week with too few rows; asked only when needed.
    """

    better: Better
    week: tuple[Reading, Reading]
    windows: Mapping[ChartRule, tuple[Reading, Reading]]
    course: Callable[[], Sequence[float | None]]
    own_spread: bool = False
    by_t: bool = False
    restless: float = 1.0
    shift: Callable[[ChartRule | None], MixShift | None] = lambda _: None


@dataclass(frozen=True)
class Sign:
    """A broken rule of the control chart that the comparison confirms.

    Attributes:
        lasting: for how many weeks.
        now, before: what was compared: the weeks that the rule looks at, and the past.
    """

    rule: ChartRule
    lasting: int
    now: Reading
    before: Reading
    change: Change

    @property
    def is_news(self) -> bool:
        """Whether it began this week or the week before."""
        return self.rule == ChartRule.OUTSIDE and self.lasting <= NEW_FOR


class WatchedCell(NamedTuple):
    """The result for one cell: its change against the comparison period, and the rules that it breaks.

    Attributes:
        shift: what the mix did to the change; None where the change alone is no more than chance.
    """

    change: Change
    signs: tuple[Sign, ...]
    shift: MixShift | None = None


class Watched(NamedTuple):
    """Cells judged together, and the number of comparisons that had enough rows to be tested."""

    cells: list[WatchedCell]
    tested: int


def watch(cells: Sequence[Looked]) -> Watched:
    """Judge all cells together, in the order in which they came."""
    places = [(place, rule) for place, cell in enumerate(cells) for rule in cell.windows]
    changes = [_widened(_compared(cell, cell.week), cell.restless) for cell in cells]
    changes += [_against_past(cells[place], rule) for place, rule in places]
    shifts: dict[int, MixShift] = {}
    owners: list[tuple[int, ChartRule | None]] = [(place, None) for place in range(len(cells))]
    owners += places
    for number, change in enumerate(judge_together(changes, FALSE_DISCOVERIES_WATCHED).changes):
        place, asked = owners[number]
        if change.verdict in TOLD and (shift := cells[place].shift(asked)) is not None:
            changes[number] = _within(changes[number], shift, cells[place])
            if asked is None:
                shifts[place] = shift
    found = judge_together(changes, FALSE_DISCOVERIES_WATCHED)
    borne_out: dict[int, dict[ChartRule, Change]] = {}
    for (place, rule), change in zip(places, found.changes[len(cells) :], strict=True):
        if change.verdict in TOLD:
            borne_out.setdefault(place, {})[rule] = change
    judged = [
        WatchedCell(_step(cells[place], change), _signs(cells[place], borne_out.get(place, {})), shifts.get(place))
        for place, change in enumerate(found.changes[: len(cells)])
    ]
    return Watched(judged, found.tested)


def restlessness(groups: Iterable[tuple[Sequence[float | None], Reading]]) -> float:
    """The factor by which a metric's weeks vary more than their rows explain: the median over its groups; at least 1.

    Intervals know sampling only. Where weeks differ by themselves (weather, tour groups) a difference of two of them is
    by as much less sure. One group's own week-to-week changes tell too little of it; the middle of many groups is
    steady, and one group that really changed does not move it.

    Args:
        groups: each with its weekly values up to the week that is judged, and the reading of the past that its limits
            come from.

    Source: Spiegelhalter 2005, Quality and Safety in Health Care 14 (over-dispersion); σ_z as in Laney 2002.
    """
    found = []
    for values, past in groups:
        limits = limits_before(values)
        if limits is not None and past.low is not None and past.high is not None and past.high > past.low:
            by_sampling = (past.high - past.low) / (2 * Z) * sqrt(limits.weeks)
            found.append(limits.step / STEP_OF_ONE / by_sampling)
    return max(1.0, median(found)) if len(found) >= FEWEST_GROUPS else 1.0


def _compared(cell: Looked, readings: tuple[Reading, Reading]) -> Change:
    """Two readings of a cell, with the tail that their intervals have: a family is decided far out in it."""
    change = compare(*readings, cell.better)
    return by_t(change, *readings) if cell.by_t else change


def _widened(change: Change, restless: float) -> Change:
    """A comparison with its p as if its interval were so many times wider."""
    if restless <= 1 or change.p is None:
        return change
    return replace(change, p=float(2 * special.ndtr(special.ndtri(change.p / 2) / restless)))


def _within(change: Change, shift: MixShift, cell: Looked) -> Change:
    """A change as its strata bear it out: told only where what they did themselves goes the same way and is no chance.

    Its own value stays: what is shown is the raw figure, with what the mix did beside it.
    """
    delta = change.delta or 0.0
    if delta * shift.rate <= 0:
        return replace(change, p=1.0, verdict=Verdict.NO_EVIDENCE)
    down, up = (inf if end is None else shift.wider * abs(delta - end) for end in (change.low, change.high))
    within = _widened(changed(shift.rate, down, up, cell.better, judgeable=True), cell.restless)
    return replace(change, p=max(change.p or 0.0, 1.0 if within.p is None else within.p), verdict=within.verdict)


def _step(cell: Looked, change: Change) -> Change:
    """A change against another period, told only where the step is above the moving-range limit of the series: that of
    two single weeks, so that it asks rather more of a comparison with four of them.

    A series whose past is too short for limits has but the comparison.
    """
    if change.verdict not in TOLD:
        return change
    limits = limits_before(cell.course())
    if limits is None or change.delta is None or abs(change.delta) > limits.highest_step:
        return change
    return replace(change, verdict=Verdict.NO_EVIDENCE)


def _against_past(cell: Looked, rule: ChartRule) -> Change:
    """The weeks of a rule against the past before them."""
    change = _compared(cell, cell.windows[rule])
    if not cell.own_spread or rule != ChartRule.OUTSIDE or change.verdict not in TOLD:
        return _widened(change, cell.restless)
    # asked only where the intervals differ: that can but raise p, and saves the courses of all other cells
    logarithms = [None if value is None else log(max(value, SHORTEST)) for value in cell.course()]
    limits = limits_before(logarithms)
    return change if limits is None else replace(change, p=p_of_last(logarithms, limits))


def _signs(cell: Looked, borne_out: Mapping[ChartRule, Change]) -> tuple[Sign, ...]:
    """The rules that are broken among those that a comparison bears out, in the direction that it found."""
    if not borne_out:
        return ()
    values = cell.course()
    limits = limits_before(values)
    if limits is None or values[-1] is None:
        return ()
    upwards = values[-1] > limits.centre
    return tuple(
        Sign(rule, lasting, *cell.windows[rule], borne_out[rule])
        for rule, lasting in broken(values, limits).items()
        if rule in borne_out and ((borne_out[rule].delta or 0) > 0) == upwards
    )
