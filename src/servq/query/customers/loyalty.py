"""Recommendation and repurchase by segment: the share that bought again in each band of likelihood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from servq.metrics.definitions.repurchase import DETRACTORS as DETRACTORS
from servq.metrics.definitions.repurchase import DETRACTORS_BOUND, PROMOTERS_LOST, words_and_deeds
from servq.metrics.definitions.repurchase import PASSIVES as PASSIVES
from servq.metrics.definitions.repurchase import PROMOTERS as PROMOTERS
from servq.metrics.judgement.comparison import judge_together
from servq.metrics.verdicts import Change, Verdict
from servq.query.measure import measure
from servq.query.snapshot import Snapshot
from servq.records import Reading, Slice

RATES = (PROMOTERS, PASSIVES, DETRACTORS)
CONTRARY = (PROMOTERS_LOST.name, DETRACTORS_BOUND.name)
"""The counts of those who do the contrary of what they say."""


@dataclass(frozen=True)
class Group:
    """One segment, or all together (name "").

    Attributes:
        slice_: what opens the answers behind its figures.
        readings: each of `RATES` and `CONTRARY` -> its reading; hidden where fewer answered than may be shown.
        change: promoters − detractors.
    """

    name: str
    slice_: Slice
    readings: Mapping[str, Reading]
    change: Change

    @property
    def known(self) -> int:
        """Answers with a likelihood of which it is known whether the customer bought again."""
        return sum(self.readings[rate].n for rate in RATES)


@dataclass(frozen=True)
class Loyalty:
    """All together, then each segment; the segments are judged as one family.

    Attributes:
        tested: how many segments had enough answers of both kinds.
        unknown: answers with a likelihood of which it is not known whether the customer bought again.
        known_elsewhere: whether it is known of any answer of the warehouse at all.
    """

    whole: Group
    segments: tuple[Group, ...]
    tested: int
    unknown: int
    known_elsewhere: bool


def loyalty(snapshot: Snapshot, slice_: Slice) -> Loyalty:
    """Repurchase by what was said, of a slice and of each of its segments (Benjamini–Hochberg over the segments)."""
    read = {name: measure(snapshot, name, ("segment",), slice_) for name in (*RATES, *CONTRARY)}
    found: dict[str, dict[str, Reading]] = {}
    for name, rows in read.items():
        for row in rows:
            found.setdefault(row.dims["segment"], {})[name] = row.reading
    groups = [_group(name, slice_.and_(segment=name), readings) for name, readings in found.items()]
    groups = sorted((one for one in groups if one.known), key=lambda one: (-one.known, one.name))
    judged = judge_together([one.change for one in groups])
    segments = [replace(one, change=change) for one, change in zip(groups, judged.changes, strict=True)]
    whole = _group("", slice_, {name: measure(snapshot, name, (), slice_)[0].reading for name in read})
    unknown = sum(whole.readings[rate].excluded.get("not_followed", 0) for rate in RATES)
    elsewhere = bool(whole.known) or any(measure(snapshot, rate)[0].reading.n for rate in RATES)
    return Loyalty(whole, tuple(segments), judged.tested, unknown, elsewhere)


def _group(name: str, slice_: Slice, readings: Mapping[str, Reading]) -> Group:
    return Group(name, slice_, readings, words_and_deeds(readings[PROMOTERS], readings[DETRACTORS]))


def told(groups: Sequence[Group], verdict: Verdict) -> list[Group]:
    """The groups with this verdict, the largest difference first."""
    return sorted((one for one in groups if one.change.verdict == verdict), key=lambda one: -abs(one.change.delta or 0))
