"""Channel beside channel on every line of the consistency matrix, judged as one family.

Survey figures are compared within the survey mode only, because people on the phone score higher than on the web. The
line of the promise has no other channel as its reference but what the channel itself has published.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from servq.metrics.catalog import get_metric
from servq.metrics.judgement.comparison import against_target
from servq.metrics.judgement.equivalence import Equivalence, judge, judge_together
from servq.metrics.statistics.standardised import Standardised, standardised
from servq.metrics.statistics.strata import Stratum as Stratum
from servq.metrics.statistics.strata import within_strata
from servq.metrics.statistics.turning_point import turning_point
from servq.metrics.verdicts import Agreement, Standing
from servq.query.measure import measure
from servq.query.snapshot import Snapshot
from servq.records import Reading, Slice, State

SURVEYED = ("nps", "csat", "attitude", "responsiveness", "resolution", "communication")
"""Lines that are compared within the survey mode."""
CLOCK, PROMISE = "first_response_used", "sla_attainment"
LINES = (*SURVEYED, CLOCK, PROMISE)

PROMISE_KEPT_FROM = 90.0
"""Percent of cases within the promised time from which a promise counts as kept, where no target says otherwise."""

_AS_AGREED = {Standing.MET: Agreement.SAME, Standing.MISSED: Agreement.WORSE}
_NOTHING = Reading(None, 0, State.TOO_FEW)


@dataclass(frozen=True)
class ChannelLine:
    """One channel on one line.

    Attributes:
        own: the channel's figure over all its rows, as it is shown; a click lists these rows.
        reference: the others' figure over all their rows; None on the promise's line.
        strata: both, mode by mode.
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
    kept: Slice
    against: Slice | None


@dataclass(frozen=True)
class Together:
    """All cells of the matrix, and how many of them could be tested."""

    cells: tuple[ChannelLine, ...]
    tested: int


def kept_from(snapshot: Snapshot, day: date, channel: str | None = None) -> float:
    """The share within the promised time, in percent, from which a channel's promise counts as kept on that day."""
    return snapshot.standards.target(PROMISE, day, channel) or PROMISE_KEPT_FROM


def channels_together(snapshot: Snapshot, kept: Slice, day: date, reference: str | None = None) -> Together:
    """Every channel of a slice beside all the others together, or beside one of them.

    The others do not include the channel itself: it would be compared with a part of itself, which makes every
    difference smaller and the two figures dependent. They count by their answers, as customers meet them.

    Args:
        day: whose margins and promises hold.
        reference: a channel that all others are compared with.
    """
    cells: list[ChannelLine] = []
    for name in (*SURVEYED, CLOCK):
        margin = snapshot.standards.margin(name, day)
        cells += _line(snapshot, name, kept, None if margin is None else margin.value, reference)
    judged, tested = judge_together([cell.judged for cell in cells])
    found = [replace(cell, judged=one) for cell, one in zip(cells, judged, strict=True)]
    return Together((*found, *_promises(snapshot, kept, day)), tested)


def broken_since(snapshot: Snapshot, channel: str, kept: Slice, weeks: list[date]) -> date | None:
    """The Monday from which a channel has not kept its response promise; None where it is not known to have kept it.

    Args:
        kept: the filter, without days.
        weeks: the Mondays looked back over, oldest first.
    """
    days = kept.and_(channel=channel).between(weeks[0], weeks[-1] + timedelta(days=6))
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


def _line(snapshot: Snapshot, name: str, kept: Slice, margin: float | None, reference: str | None) -> list[ChannelLine]:
    metric = get_metric(name)
    whole = {row.dims["channel"]: row.reading for row in measure(snapshot, name, ("channel",), kept)}
    by_mode = _by_mode(snapshot, name, kept) if name in SURVEYED else {}
    mix: dict[str, float] = {}
    for modes in by_mode.values():
        for mode, reading in modes.items():
            mix[mode] = mix.get(mode, 0) + reading.n
    found = []
    for channel, own in whole.items():
        if channel == reference:
            continue
        rest = tuple(sorted(set(whole) - {channel})) if reference is None else (reference,)
        against = kept.and_(channel=rest) if set(rest) <= set(whole) and rest else None
        theirs = _NOTHING if against is None else measure(snapshot, name, (), against)[0].reading
        strata = [Stratum("", own, theirs)]
        if name in SURVEYED:
            others = {} if against is None else _modes(snapshot, name, against)
            mine = by_mode.get(channel, {})
            strata = [Stratum(mode, mine.get(mode, _NOTHING), others.get(mode, _NOTHING)) for mode in sorted(mix)]
        difference = within_strata(strata)
        judged = Equivalence(difference, 0.0, Agreement.APART)
        if margin is not None:  # before the first margin was set nothing is judged
            judged = judge(difference, margin, metric.better, metric.judgeable_from)
        standard = standardised(by_mode.get(channel, {}), mix)
        found.append(
            ChannelLine(
                name, channel, own, theirs, tuple(strata), standard, judged, kept.and_(channel=channel), against
            )
        )
    return found


def _promises(snapshot: Snapshot, kept: Slice, day: date) -> list[ChannelLine]:
    """The promise's line: every channel beside what it has published."""
    metric, found = get_metric(PROMISE), []
    for row in measure(snapshot, PROMISE, ("channel",), kept):
        channel = row.dims["channel"]
        floor = kept_from(snapshot, day, channel)
        standing = against_target(row.reading, floor, metric.better)
        agreed = _AS_AGREED.get(standing, Agreement.UNDECIDED)
        if snapshot.standards.promise(channel, day) is None:
            agreed = Agreement.APART
        judged = Equivalence(None, floor, agreed)
        found.append(
            ChannelLine(PROMISE, channel, row.reading, None, (), None, judged, kept.and_(channel=channel), None)
        )
    return found


def _by_mode(snapshot: Snapshot, name: str, kept: Slice) -> dict[str, dict[str, Reading]]:
    found: dict[str, dict[str, Reading]] = {}
    for row in measure(snapshot, name, ("channel", "survey_mode"), kept):
        found.setdefault(row.dims["channel"], {})[row.dims["survey_mode"]] = row.reading
    return found


def _modes(snapshot: Snapshot, name: str, kept: Slice) -> Mapping[str, Reading]:
    return {row.dims["survey_mode"]: row.reading for row in measure(snapshot, name, ("survey_mode",), kept)}
