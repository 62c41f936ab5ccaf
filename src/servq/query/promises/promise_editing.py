"""Data for editing the promise register: the names in use, the history, the preview of a change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from servq.metrics.catalog import METRICS
from servq.query.promises.promise_verdicts import Tested, judged_promises
from servq.query.snapshot import Snapshot
from servq.records import NOT_GIVEN, Slice
from servq.standards.checking import Known
from servq.standards.promise import JUDGED, Promise, PromiseVersion, versions_of
from servq.warehouse.books import promises


@dataclass(frozen=True)
class Preview:
    """The effect of a change on a promise in one channel.

    Attributes:
        before, after: None where it is not promised.
    """

    channel: str
    before: Tested | None
    after: Tested | None


def known_names(snapshot: Snapshot) -> Known:
    """The names that a promise may use: from the data, the standards and the register."""
    standards = snapshot.standards
    used = {kind: {one.subject for one in standards.register if one.tested_by == kind} for kind in JUDGED}
    channels = {name for one in standards.register for name in one.channels} | {p.channel for p in standards.promises}
    asked = [name for name, metric in METRICS.items() if metric.tells_opinions and metric.better != "none"]
    return Known(
        channels=_sorted(channels | set(snapshot.values("channel"))),
        question=tuple(asked),
        cause=_sorted(used["cause"] | set(snapshot.values("subcategory"))),
        checklist=_sorted(used["checklist"] | set(snapshot.values("item"))),
    )


def history_of(snapshot: Snapshot, name: str) -> tuple[PromiseVersion, ...]:
    """Every change of one promise, the oldest first; none while it stands in its file only."""
    with snapshot.warehouse.read() as connection:
        return promises.histories(connection).get(name, ())


def histories(snapshot: Snapshot) -> dict[str, tuple[PromiseVersion, ...]]:
    """Every promise that was ever changed, with its history."""
    with snapshot.warehouse.read() as connection:
        return promises.histories(connection)


def preview(snapshot: Snapshot, promise: Promise, slice_: Slice, day: date) -> list[Preview]:
    """The verdicts of a promise as they are, and as they would be with one more version of it.

    A version that holds only later, or that withdraws, changes nothing yet: then what it would say of these rows.
    """
    own = versions_of(snapshot.standards.register, promise.name)
    if promise.valid_from > day:
        start = min(day, slice_.start or day)
        proposed: tuple[Promise, ...] = (replace(promise, valid_from=start, published_on=start),)
    else:
        proposed = (*(one for one in own if one.valid_from != promise.valid_from), promise)
    before, after = (_judged(snapshot, versions, slice_, day) for versions in (own, proposed))
    return [Preview(channel, before.get(channel), after.get(channel)) for channel in dict.fromkeys([*before, *after])]


def _judged(snapshot: Snapshot, versions: tuple[Promise, ...], slice_: Slice, day: date) -> dict[str, Tested]:
    under = replace(snapshot, standards=replace(snapshot.standards, register=versions))
    return {one.channel: one for one in judged_promises(under, slice_, day)}


def _sorted(names: set[str]) -> tuple[str, ...]:
    return tuple(sorted(names - {NOT_GIVEN, ""}))
