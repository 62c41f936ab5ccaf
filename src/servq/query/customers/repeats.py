"""Repeat complaints: customers and orders with more than one complaint, and the complaints that these make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from servq.metrics.definitions.repeats import repeated_share
from servq.metrics.metric import COMPLAINT_DIMENSIONS
from servq.query.drill import Behind
from servq.query.snapshot import Snapshot
from servq.records import Reading, Slice
from servq.warehouse.reads import repeats

FROM = 4
"""The number of complaints from which customers are counted together."""


@dataclass(frozen=True)
class Repeats:
    """Complaints brought together by customer, or by order.

    Attributes:
        reading: the share of complaints of those who have several; its n are the complaints whose customer is known.
        groups: number of complaints (`FROM` and more are one) -> (customers, their complaints).
    """

    reading: Reading
    groups: Mapping[int, tuple[int, int]]

    @property
    def repeated(self) -> int:
        """Complaints of those who have several."""
        return sum(complaints for number, (_, complaints) in self.groups.items() if number > 1)


def repeats_in(snapshot: Snapshot, by: str, slice_: Slice) -> Repeats | None:
    """Repeat complaints of the same customer (`by` "customer") or order in a slice; None where complaints lack the
    filter."""
    if slice_.dimensions - COMPLAINT_DIMENSIONS:
        return None
    with snapshot.warehouse.read() as connection:
        found = repeats.complaints_per(connection, by, slice_)
    groups: dict[int, tuple[int, int]] = {}
    for number, count in found.items():
        customers, complaints = groups.get(min(number, FROM), (0, 0))
        groups[min(number, FROM)] = customers + count, complaints + number * count
    return Repeats(repeated_share(found), groups)


def repeats_behind(snapshot: Snapshot, by: str, slice_: Slice, number: int = 0) -> Behind:
    """The complaints of those with that many (`FROM` is and more; 0 is all who have several), without customer ids."""
    least, most = (number, None if number >= FROM else number) if number else (2, None)
    with snapshot.warehouse.read() as connection:
        frame = repeats.complaints_of(connection, by, slice_, least, most)
    return Behind("complaints", len(frame), frame)
