"""A promise of the register in its versions: its text, its test, and the day from which each version holds.

Owns which version holds on a day and the differences of two versions. Files are read in promise_register.py.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

TESTS = ("clock", "question", "cause", "checklist", "nothing")
JUDGED = ("question", "cause", "checklist")
"""What has a subject and a threshold of its own; the clock's limits stand in standards.toml."""


@dataclass(frozen=True)
class Promise:
    """A promise of the register, made for several channels, as it stands from a day on.

    Attributes:
        name: the same in every version of a promise.
        tested_by: clock, question, cause, checklist or nothing.
        subject: the metric, the complaint subcategory or the checklist item that tests it.
        threshold: what must be reached, or may not be passed; None where the standards say it.
        better: whether values above (`higher`) or below (`lower`) the threshold keep it.
        valid_from: rows from this day on are judged by this version, those before by the one before it.
        withdrawn: from that day on nothing is promised any more.
    """

    name: str
    text: str
    text_en: str
    channels: tuple[str, ...]
    published_where: str
    published_on: date
    tested_by: str
    subject: str
    threshold: float | None
    better: str
    valid_from: date
    withdrawn: bool = False


@dataclass(frozen=True)
class PromiseVersion:
    """One line of a promise's history: its content from then on.

    Attributes:
        number: 1 for the first line of this promise.
        kind: `file` (as promises.toml had it before the first change), `new`, `change` or `withdraw`.
        at: when it was saved, UTC epoch seconds.
    """

    number: int
    kind: str
    promise: Promise
    reason: str
    at: int
    who: str


def names_of(register: Iterable[Promise]) -> list[str]:
    """The promises of a register, each once, in their order."""
    return list(dict.fromkeys(promise.name for promise in register))


def versions_of(register: Iterable[Promise], name: str) -> tuple[Promise, ...]:
    """Every version of a promise, the oldest first."""
    return tuple(sorted((one for one in register if one.name == name), key=lambda one: one.valid_from))


def held_on(register: Iterable[Promise], day: date) -> list[Promise]:
    """The version of every promise that holds on a day; promises not yet made or withdrawn are left out."""
    found: dict[str, Promise | None] = {}
    for promise in register:
        known = found.setdefault(promise.name, None)
        if promise.valid_from <= day and (known is None or known.valid_from <= promise.valid_from):
            found[promise.name] = promise
    return [one for one in found.values() if one is not None and not one.withdrawn and one.published_on <= day]


def merged(file: Iterable[Promise], kept: Mapping[str, tuple[Promise, ...]]) -> tuple[Promise, ...]:
    """The register: promises that were ever changed in the warehouse as they stand there, the others as in the file."""
    written = tuple(file)
    order = list(dict.fromkeys([*names_of(written), *kept]))
    return tuple(version for name in order for version in (kept.get(name) or versions_of(written, name)))


def versions_after(changes: Iterable[PromiseVersion]) -> tuple[Promise, ...]:
    """The versions that result from a promise's history: of two lines from the same day the later one counts."""
    by_day = {change.promise.valid_from: change.promise for change in changes}
    return tuple(by_day[day] for day in sorted(by_day))


def differences(before: Promise | None, after: Promise) -> list[tuple[str, Any, Any]]:
    """The fields in which two versions differ: (field, from, to); every field where there was no version before."""
    told = [one.name for one in fields(Promise) if one.name != "name"]
    if before is None:
        said = [(name, getattr(after, name)) for name in told]
        return [(name, None, value) for name, value in said if value not in ("", None, False)]
    pairs = [(name, getattr(before, name), getattr(after, name)) for name in told]
    return [pair for pair in pairs if pair[1] != pair[2]]
