"""Complaints per cause, and the causes whose share differs between two periods or between two groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from servq.metrics.judgement.comparison import compare_many
from servq.metrics.readings import NO_COMPLAINTS, share_reading
from servq.query.measure import measure
from servq.records import NOT_GIVEN, UNATTRIBUTED

if TYPE_CHECKING:
    from servq.metrics.verdicts import Change
    from servq.query.snapshot import Snapshot
    from servq.records import Reading, Slice

LEAST_TESTED = 5
"""A cause is compared from so many complaints on, in both slices together: below, no difference could ever be told."""


@dataclass(frozen=True)
class CauseCount:
    """One cause: the complaints that name it, and their share of all complaints of the slice."""

    code: str
    n: int
    share: Reading


@dataclass(frozen=True)
class CauseChange:
    """The share of one cause in two slices, and the verdict on the difference."""

    code: str
    now: Reading
    against: Reading
    change: Change


def named_in(snapshot: Snapshot, slice_: Slice, by: str = "cause") -> list[CauseCount]:
    """Every cause that complaints of a slice name, the most frequent first; a complaint counts under each it names."""
    total = measure(snapshot, "complaints", (), slice_)[0].reading.n
    found = [
        CauseCount(row.dims[by], row.reading.n, share_reading(row.reading.n, total, {}, NO_COMPLAINTS))
        for row in measure(snapshot, "complaints", (by,), slice_)
        if row.dims[by] not in (UNATTRIBUTED, NOT_GIVEN)
    ]
    return sorted(found, key=lambda one: -one.n)


def compared(snapshot: Snapshot, slice_: Slice, against: Slice) -> tuple[list[CauseChange], int]:
    """The causes of two slices that share no complaint, judged together, and the number that could be tested.

    Fewer is better. A cause that is named nowhere in one of them has a share of 0 % there.
    """
    totals = [measure(snapshot, "complaints", (), one)[0].reading.n for one in (slice_, against)]
    counts = [{named.code: named.n for named in named_in(snapshot, one)} for one in (slice_, against)]
    codes = [
        code
        for code in dict.fromkeys([*counts[0], *counts[1]])
        if sum(one.get(code, 0) for one in counts) >= LEAST_TESTED
    ]
    found = [
        [share_reading(one.get(code, 0), total, {}, NO_COMPLAINTS) for code in codes]
        for one, total in zip(counts, totals, strict=True)
    ]
    judged = compare_many([(now, other, "lower") for now, other in zip(*found, strict=True)])
    beside = zip(codes, *found, judged.changes, strict=True)
    return [CauseChange(code, now, other, change) for code, now, other, change in beside], judged.tested
