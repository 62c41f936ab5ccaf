"""Newest answers: the part of a slice that figures by kind of case rest on, where it holds more than are looked at."""

from __future__ import annotations

from typing import NamedTuple

from servq.metrics.metric import RESPONSE_DIMENSIONS
from servq.query.measure import unsuppressed
from servq.query.snapshot import Snapshot
from servq.records import Slice
from servq.warehouse.reads import cases


class Newest(NamedTuple):
    """The number of answers that are looked at, and of those that there are."""

    counted: int
    of: int


def newest_only(snapshot: Snapshot, slice_: Slice, most: int = cases.AT_MOST) -> Newest | None:
    """What figures by kind of case rest on where that is not all answers of the slice; None where it is.

    Args:
        most: answers that are looked at, at most, the newest first.
    """
    if slice_.dimensions - RESPONSE_DIMENSIONS:
        return None
    (whole,) = unsuppressed(snapshot, "responses", (), slice_)
    return Newest(most, whole.reading.n) if whole.reading.n > most else None
