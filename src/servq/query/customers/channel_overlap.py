"""Channel overlap: customers and orders in contact with more than one channel, and their scores in each of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from servq.metrics.definitions.channel_overlap import MEANINGS as MEANINGS
from servq.metrics.definitions.channel_overlap import part_of
from servq.metrics.judgement.comparison import judge_together
from servq.metrics.judgement.paired import WIDTHS, concealed, paired
from servq.metrics.judgement.paired import Paired as Paired
from servq.metrics.suppression import hidden, hidden_groups
from servq.query.snapshot import Snapshot
from servq.records import NO_PAIR, Crossing, Reading, SameCustomers, SeenInBoth, Slice
from servq.warehouse.reads import contacts, customers

Pair = tuple[str, str]


@dataclass(frozen=True)
class Shared:
    """Of the customers or orders of one channel, the share in contact with another too (with itself: with no other).

    Attributes:
        both: how many that are; None where it is hidden.
        reading: the share in percent; n are all of the first channel.
    """

    first: str
    second: str
    both: int | None
    reading: Reading
    asked: SeenInBoth


@dataclass(frozen=True)
class Crossed:
    """Customers, or orders, over all channels.

    Attributes:
        total: how many are named at all.
        across, repeated: the share in several channels, and with several answers or complaints.
    """

    total: int
    across: Reading
    repeated: Reading
    shared: tuple[Shared, ...]


@dataclass(frozen=True)
class ChannelPair:
    """The same customers in two channels: second − first."""

    first: str
    second: str
    asked: SameCustomers
    found: Paired


@dataclass(frozen=True)
class SameScores:
    """Every pair of channels, and the number of pairs that could be tested."""

    pairs: tuple[ChannelPair, ...]
    tested: int


@dataclass(frozen=True)
class Unnamed:
    """The share of a source's rows without a customer id, and of those without an order."""

    source: str
    customer: Reading
    order: Reading


def crossed(snapshot: Snapshot, slice_: Slice, by: str) -> Crossed:
    """The overlap of a slice's channels by customers (`by` "customer") or orders ("order")."""
    with snapshot.warehouse.read() as connection:
        found = contacts.crossing(connection, by, slice_, contacts.known_sources(slice_))
    counts = dict(found.pairs) | {(name, name): n for name, n in found.alone.items()}
    away = _hidden(counts, snapshot.viewing_minimum)
    sizes = {first: n for (first, second), n in found.pairs.items() if first == second}
    shared = [
        _shared(found, by, (first, second), sizes[first], away, snapshot.viewing_minimum)
        for first in sorted(sizes)
        for second in sorted(sizes)
    ]
    across, repeated = (part_of(hits, found.total) for hits in (found.across, found.repeated))
    return Crossed(found.total, across, repeated, tuple(shared))


def _shared(found: Crossing, by: str, pair: Pair, size: int, away: dict[Pair, bool], minimum: int) -> Shared:
    first, second = pair
    both = found.alone.get(first, 0) if first == second else found.pairs.get(pair, 0)
    reading, asked = part_of(both, size), SeenInBoth(by, first, second)
    if pair in away:
        return Shared(first, second, None, hidden(reading, minimum, small=away[pair]), asked)
    return Shared(first, second, both, reading, asked)


def _hidden(counts: dict[Pair, int], minimum: int) -> dict[Pair, bool]:
    """The pairs of channels that must not be shown: A with B tells as much as B with A."""
    found = hidden_groups({(first, second): n for (first, second), n in counts.items()}, minimum)
    away = {(first, second): small for (first, second), small in found.items()}
    return {(second, first): small for (first, second), small in away.items()} | away


def same_scores(snapshot: Snapshot, slice_: Slice, score: str, channels: Sequence[str]) -> SameScores:
    """Every pair of channels, the earlier one first, within the same customers and survey mode.

    Benjamini–Hochberg over all of them.
    """
    pairs = list(combinations(channels, 2))
    with snapshot.warehouse.read() as connection:
        sums = customers.paired_sums(connection, slice_, score, "channel", pairs).get("", [NO_PAIR] * len(pairs))
    away = hidden_groups({pair: one.n for pair, one in zip(pairs, sums, strict=True)}, snapshot.viewing_minimum)
    found = []
    for pair, one in zip(pairs, sums, strict=True):
        said = paired(one, WIDTHS[score])
        if pair in away:
            said = concealed(said, snapshot.viewing_minimum, small=away[pair])
        found.append(ChannelPair(*pair, SameCustomers(score, "channel", *pair), said))
    judged = judge_together([one.found.change for one in found])
    changes = zip(found, judged.changes, strict=True)
    return SameScores(
        tuple(replace(one, found=one.found._replace(change=change)) for one, change in changes), judged.tested
    )


def unnamed(snapshot: Snapshot, slice_: Slice) -> list[Unnamed]:
    """The share of each source's rows that cannot be linked with any other row."""
    found = []
    with snapshot.warehouse.read() as connection:
        for source in contacts.known_sources(slice_):
            one = contacts.named_rows(connection, source, slice_)
            readings = (part_of(one.rows - known, one.rows) for known in (one.customer, one.order))
            found.append(Unnamed(source, *readings))
    return found
