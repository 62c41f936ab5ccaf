"""Three sources (三源对照): survey, complaints and mystery shopping for every channel and team, as one family of tests.

Visits of shoppers who mark significantly more strictly or leniently than the others are left out; a click lists the
visits that were used.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import combinations

from servq.metrics.catalog import get_metric
from servq.metrics.judgement.comparison import compare, judge_together
from servq.metrics.judgement.lenses import LEAST_UNITS as LEAST_UNITS
from servq.metrics.judgement.lenses import NO_CHANGE, accord, complained, heard, rank_correlation
from servq.metrics.judgement.lenses import Correlation as Correlation
from servq.metrics.statistics.strata import Stratum, within_strata
from servq.metrics.verdicts import Accord, Change, Verdict
from servq.query.measure import hidden_like, measure, unsuppressed
from servq.query.others import measure_others, unsuppressed_others
from servq.query.snapshot import Snapshot
from servq.query.teams.shopping import unlike_shoppers, without_shoppers
from servq.records import NOT_GIVEN, Reading, Slice, State

SURVEY, COMPLAINTS, VISITS = "nps", "complaints_per_100", "visit_score"
LENSES = (SURVEY, COMPLAINTS, VISITS)
"""The figure of each lens, in the order in which they stand."""

MODE = "survey_mode"
"""Within which the survey's figures are compared."""

UNITS = ("channel", "team")
"""The units that are compared in the three sources."""

_NOTHING = Reading(None, 0, State.TOO_FEW)


@dataclass(frozen=True)
class Seen:
    """One unit in one source: its own figure, that of all others, the verdict; `kept` opens its rows."""

    metric: str
    own: Reading
    others: Reading
    change: Change
    slice_: Slice


@dataclass(frozen=True)
class Unit:
    """One channel or team in all sources, in their order."""

    by: str
    name: str
    seen: tuple[Seen, ...]

    @property
    def accord(self) -> Accord:
        """The joint result of the sources."""
        return accord([one.change.verdict for one in self.seen])

    @property
    def way(self) -> Verdict | None:
        """The direction in which the judged sources agree; None where they contradict or none has a verdict."""
        told = {one.change.verdict for one in self.seen} & {Verdict.BETTER, Verdict.WORSE}
        return told.pop() if len(told) == 1 else None


@dataclass(frozen=True)
class Lenses:
    """Every unit, judged together.

    Attributes:
        tested: how many fields could be tested.
        unlike: shoppers whose visits are left out.
        correlations: (by, first lens, second lens) -> their rank correlation, positive where they agree.
    """

    units: tuple[Unit, ...]
    tested: int
    unlike: tuple[str, ...]
    correlations: dict[tuple[str, str, str], Correlation]

    def of(self, by: str) -> list[Unit]:
        """The channels, or the teams."""
        return [unit for unit in self.units if unit.by == by]


def through_lenses(snapshot: Snapshot, slice_: Slice) -> Lenses:
    """Every channel and every team of a slice in each source (Benjamini–Hochberg over all fields)."""
    unlike = unlike_shoppers(snapshot, slice_)
    fair = without_shoppers(snapshot, slice_, unlike)
    units = [unit for by in UNITS for unit in _units(snapshot, by, slice_, fair)]
    judged = judge_together([one.change for unit in units for one in unit.seen])
    changes = iter(judged.changes)
    units = [replace(unit, seen=tuple(replace(one, change=next(changes)) for one in unit.seen)) for unit in units]
    pairs = {
        (by, one, other): _correlation([unit for unit in units if unit.by == by], one, other)
        for by in UNITS
        for one, other in combinations(LENSES, 2)
    }
    return Lenses(tuple(units), judged.tested, unlike, pairs)


def _units(snapshot: Snapshot, by: str, slice_: Slice, fair: Slice) -> list[Unit]:
    slices = {SURVEY: slice_, COMPLAINTS: slice_, VISITS: fair}
    own = {name: {row.dims[by]: row.reading for row in measure(snapshot, name, (by,), slices[name])} for name in LENSES}
    modes = _by_mode(snapshot, by, slice_)
    found = []
    for name in sorted({name for found in own.values() for name in found} - {NOT_GIVEN}):
        seen = []
        for lens in LENSES:
            reading, within = own[lens].get(name, _NOTHING), slices[lens]
            rest = measure_others(snapshot, lens, by, name, (), within)
            theirs = hidden_like(rest[0].reading if rest else _NOTHING, reading, snapshot)
            if not rest:
                change = NO_CHANGE
            elif lens == SURVEY:
                others = unsuppressed_others(snapshot, lens, by, name, (MODE,), within)
                change = _heard(modes.get(name, {}), {row.dims[MODE]: row.reading for row in others})
            else:
                change = _told(lens, reading, theirs)
            seen.append(Seen(lens, reading, theirs, change, within.and_(**{by: name})))
        found.append(Unit(by, name, tuple(seen)))
    return found


def _by_mode(snapshot: Snapshot, by: str, slice_: Slice) -> dict[str, dict[str, Reading]]:
    """Unit -> survey mode -> the survey's figure, on all answers."""
    found: dict[str, dict[str, Reading]] = {}
    for row in unsuppressed(snapshot, SURVEY, (by, MODE), slice_):
        found.setdefault(row.dims[by], {})[row.dims[MODE]] = row.reading
    return found


def _heard(mine: Mapping[str, Reading], theirs: Mapping[str, Reading]) -> Change:
    """The survey's verdict on a unit against all others within the survey mode, on all answers.

    The verdict may be shown; its size is for ranks only: beside the shown figures it may tell a hidden one (adr/0011).
    """
    metric = get_metric(SURVEY)
    shared = sorted(set(mine) & set(theirs))
    difference = within_strata([Stratum(mode, mine[mode], theirs[mode]) for mode in shared])
    return heard(difference, metric.better, sum(theirs[mode].n for mode in shared), metric.judgeable_from)


def _told(lens: str, own: Reading, others: Reading) -> Change:
    """The verdict of complaints or visits on a unit against all others."""
    if own.value is None or others.value is None:
        return NO_CHANGE
    if lens == VISITS:
        return compare(own, others, get_metric(lens).better)
    return complained((own.n, own.base or 0), (others.n, others.base or 0))


def _correlation(units: list[Unit], one: str, other: str) -> Correlation:
    """Over the units that both lenses show: how far each lies from all others, better counting upwards."""
    places = LENSES.index(one), LENSES.index(other)
    pairs = []
    for unit in units:
        ends = [_upwards(unit.seen[place]) for place in places]
        if None not in ends:
            pairs.append(ends)
    return rank_correlation([float(first or 0) for first, _ in pairs], [float(second or 0) for _, second in pairs])


def _upwards(seen: Seen) -> float | None:
    if seen.change.delta is None or seen.own.state not in (State.JUDGEABLE, State.INDICATIVE):
        return None
    return seen.change.delta if get_metric(seen.metric).better == "higher" else -seen.change.delta
