"""The consistency matrix: each channel against the others on every line, judged as one family.

Survey figures are compared within the survey mode only, because people on the phone score higher than on the web. The
line of the promise compares a channel with what it has itself published, not with other channels.

Verdicts use all answers. Groups of few answers are not shown, nor any difference that would reveal them (adr/0011): the
verdict is shown without its size.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from servq.metrics.catalog import get_metric
from servq.metrics.judgement.comparison import against_target
from servq.metrics.judgement.equivalence import Equivalence, judge, judge_together
from servq.metrics.statistics.standardised import Standardised, standardised
from servq.metrics.statistics.strata import Difference, within_strata
from servq.metrics.statistics.strata import Stratum as Stratum
from servq.metrics.statistics.turning_point import turning_point
from servq.metrics.verdicts import Agreement, Standing
from servq.query.measure import Row, hidden_like, measure, unsuppressed
from servq.query.others import measure_others, slice_of_others, unsuppressed_others
from servq.query.snapshot import Snapshot
from servq.query.verdicts import PROMISE, kept_from
from servq.records import Reading, Slice, State

SURVEYED = ("nps", "csat", "attitude", "responsiveness", "resolution", "communication")
"""Lines that are compared within the survey mode."""
CLOCK = "first_response_used"
LINES = (*SURVEYED, CLOCK, PROMISE)


_AS_AGREED = {Standing.MET: Agreement.SAME, Standing.MISSED: Agreement.WORSE}
_NOTHING = Reading(None, 0, State.TOO_FEW)


@dataclass(frozen=True)
class ChannelLine:
    """One channel on one line of the matrix.

    Attributes:
        own: the channel's figure over all its rows, as it is shown; a click lists these rows.
        reference: the others' figure over all their rows; None on the promise's line.
        strata: both, mode by mode, as they are shown.
        withheld: whether the difference that was judged would tell a hidden figure, so that it is not shown.
        standard: the channel's figure in the mix of modes of all channels together.
        kept, against: the rows of the channel, and of its reference.
    """

    metric: str
    channel: str
    own: Reading
    reference: Reading | None
    strata: tuple[Stratum, ...]
    standard: Standardised | None
    judged: Equivalence
    slice_: Slice
    against: Slice | None
    withheld: bool = False

    @property
    def shown_difference(self) -> Difference | None:
        """The difference that was judged; None where there is none or where it is withheld."""
        return None if self.withheld else self.judged.difference

    @property
    def compared(self) -> int:
        """The number of the channel's rows that were compared."""
        return 0 if self.judged.difference is None else self.judged.difference.n

    @property
    def weights(self) -> Mapping[str, float]:
        """Mode -> its weight in the comparison, which follows from how many were asked."""
        return {} if self.judged.difference is None else self.judged.difference.weights


@dataclass(frozen=True)
class Together:
    """All cells of the matrix, and the number of them that could be tested."""

    cells: tuple[ChannelLine, ...]
    tested: int


def channels_together(snapshot: Snapshot, slice_: Slice, day: date, reference: str | None = None) -> Together:
    """Every channel of a slice against all the others together, or against one of them.

    The others do not include the channel itself: it would be compared with a part of itself, which makes every
    difference smaller and the two figures dependent. They count by their answers, as customers meet them.

    Args:
        day: whose margins and promises hold.
        reference: a channel that all others are compared with.
    """
    cells: list[ChannelLine] = []
    for name in (*SURVEYED, CLOCK):
        margin = snapshot.standards.margin(name, day)
        cells += _line(snapshot, name, slice_, None if margin is None else margin.value, reference)
    judged, tested = judge_together([cell.judged for cell in cells])
    found = [replace(cell, judged=one) for cell, one in zip(cells, judged, strict=True)]
    return Together((*found, *_promises(snapshot, slice_, day)), tested)


def broken_since(snapshot: Snapshot, channel: str, slice_: Slice, weeks: list[date]) -> date | None:
    """The Monday from which a channel has not kept its response promise; None where it is not known to have kept it.

    Args:
        slice_: the filter, without days.
        weeks: the Mondays looked back over, oldest first.
    """
    days = slice_.and_(channel=channel).between(weeks[0], weeks[-1] + timedelta(days=6))
    found = {row.dims["week"]: row.reading for row in measure(snapshot, PROMISE, ("week",), days)}
    read = [found.get(monday.isoformat(), _NOTHING) for monday in weeks]
    totals = [one.n for one in read]
    place = turning_point([round((one.value or 0) * one.n / 100) for one in read], totals)
    if place is None:
        return None
    kept_before, kept_since = (
        against_target(
            measure(snapshot, PROMISE, (), days.between(first, last + timedelta(days=6)))[0].reading,
            kept_from(snapshot, last, channel),  # each part by the standard of its own time
            get_metric(PROMISE).better,
        )
        for first, last in ((weeks[0], weeks[place - 1]), (weeks[place], weeks[-1]))
    )
    return weeks[place] if (kept_before, kept_since) == (Standing.MET, Standing.MISSED) else None


def _line(
    snapshot: Snapshot, name: str, slice_: Slice, margin: float | None, reference: str | None
) -> list[ChannelLine]:
    shown = _Figures.of(snapshot, name, slice_, (measure, measure_others))
    judged = _Figures.of(snapshot, name, slice_, (unsuppressed, unsuppressed_others))
    return [
        _beside(snapshot, channel, (shown, judged), margin, reference)
        for channel in shown.whole
        if channel != reference
    ]


Asked = tuple[Callable[..., list[Row]], Callable[..., list[Row]]]
"""How figures are asked for: those of a slice, and those of all others of a channel."""


@dataclass(frozen=True)
class _Figures:
    """One metric of every channel of a slice: as a whole and, of answers, mode by mode; as shown, or as judged."""

    snapshot: Snapshot
    metric: str
    slice_: Slice
    whole: Mapping[str, Reading]
    by_mode: Mapping[str, Mapping[str, Reading]]
    ask: Asked

    @classmethod
    def of(cls, snapshot: Snapshot, name: str, slice_: Slice, both: Asked) -> _Figures:
        """The figures that one of the two ways of asking gives."""
        ask, _ = both
        whole = {row.dims["channel"]: row.reading for row in ask(snapshot, name, ("channel",), slice_)}
        by_mode: dict[str, dict[str, Reading]] = {}
        for row in ask(snapshot, name, ("channel", "survey_mode"), slice_) if name in SURVEYED else ():
            by_mode.setdefault(row.dims["channel"], {})[row.dims["survey_mode"]] = row.reading
        return cls(snapshot, name, slice_, whole, by_mode, both)

    @cached_property
    def mix(self) -> Mapping[str, int]:
        """Mode -> how many of all channels were asked so."""
        found: Counter[str] = Counter()
        for modes in self.by_mode.values():
            found.update({mode: reading.n for mode, reading in modes.items()})
        return found

    def others(self, channel: str, against: Slice | None, by: tuple[str, ...] = ()) -> list[Row]:
        """The figures of a channel's reference over all its rows; none where it has no reference."""
        ask, ask_others = self.ask
        if against is None:
            return []
        if against == slice_of_others(self.snapshot, self.metric, "channel", channel, self.slice_):
            return ask_others(self.snapshot, self.metric, "channel", channel, by, self.slice_)
        return ask(self.snapshot, self.metric, by, against)

    def other(self, channel: str, against: Slice | None) -> Reading:
        """The figure of a channel's reference as a whole."""
        rows = self.others(channel, against)
        return rows[0].reading if rows else _NOTHING

    def strata(self, channel: str, against: Slice | None) -> tuple[Stratum, ...]:
        """The channel and its reference mode by mode; of complaints, which have no modes, as one."""
        if self.metric not in SURVEYED:
            return (Stratum("", self.whole[channel], self.other(channel, against)),)
        if against is not None and (only := against.only("channel")) is not None:
            theirs = self.by_mode.get(only, {})  # in the table of all channels more may be hidden
        else:
            theirs = {r.dims["survey_mode"]: r.reading for r in self.others(channel, against, ("survey_mode",))}
        mine = self.by_mode.get(channel, {})
        return tuple(Stratum(mode, mine.get(mode, _NOTHING), theirs.get(mode, _NOTHING)) for mode in sorted(self.mix))


def _beside(
    snapshot: Snapshot, channel: str, both: tuple[_Figures, _Figures], margin: float | None, reference: str | None
) -> ChannelLine:
    shown, judged = both
    metric, own = get_metric(shown.metric), shown.whole[channel]
    rest = tuple(sorted(set(shown.whole) - {channel})) if reference is None else (reference,)
    against = shown.slice_.and_(channel=rest) if rest and set(rest) <= set(shown.whole) else None
    difference = within_strata(judged.strata(channel, against))
    verdict = Equivalence(difference, 0.0, Agreement.APART)
    if margin is not None:  # before the first margin was set nothing is judged
        verdict = judge(difference, margin, metric.better, metric.judgeable_from)
    theirs = hidden_like(shown.other(channel, against), own, snapshot)
    strata = tuple(
        one._replace(reference=hidden_like(one.reference, one.own, snapshot)) for one in shown.strata(channel, against)
    )
    figures = [own, theirs, *(reading for one in strata for reading in (one.own, one.reference))]
    withheld = any(one.state == State.HIDDEN for one in figures)
    if withheld and difference is not None:  # how many more are needed follows from what the hidden ones say
        verdict = replace(verdict, more=max(0, metric.judgeable_from - difference.n) or None)
    standard = standardised(shown.by_mode.get(channel, {}), shown.mix)
    kept = shown.slice_.and_(channel=channel)
    return ChannelLine(shown.metric, channel, own, theirs, strata, standard, verdict, kept, against, withheld)


def _promises(snapshot: Snapshot, slice_: Slice, day: date) -> list[ChannelLine]:
    """The promise's line: every channel beside what it has published."""
    metric, found = get_metric(PROMISE), []
    for row in measure(snapshot, PROMISE, ("channel",), slice_):
        channel = row.dims["channel"]
        floor = kept_from(snapshot, day, channel)
        standing = against_target(row.reading, floor, metric.better)
        agreed = _AS_AGREED.get(standing, Agreement.UNDECIDED)
        if snapshot.standards.promise(channel, day) is None:
            agreed = Agreement.APART
        judged = Equivalence(None, floor, agreed)
        found.append(
            ChannelLine(PROMISE, channel, row.reading, None, (), None, judged, slice_.and_(channel=channel), None)
        )
    return found
