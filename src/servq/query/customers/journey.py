"""The customer journey: changes of the same customers' own scores from touchpoint to touchpoint, by group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from servq.metrics.judgement.comparison import judge_together
from servq.metrics.judgement.paired import WIDTHS, Paired, concealed, paired
from servq.metrics.suppression import hidden_groups
from servq.query.snapshot import Snapshot
from servq.records import NO_PAIR, PairSums, SameCustomers, Slice
from servq.warehouse.reads import customers

STAGES = ("预决策", "中体验", "后传播")
"""The touchpoints in the order in which a customer passes them."""

STEPS = tuple(pairwise(STAGES))
"""From each touchpoint to the next."""

WITHIN = ("", "channel", "segment")
"""All customers together, those who stayed in one channel, those of one segment."""


@dataclass(frozen=True)
class Step:
    """One step of a group: the same customers' scores before and after it.

    Attributes:
        by, name: the dimension that the group is a value of, and that value; both "" for all together.
        asked, kept: what opens the answers behind it.
        found: n is customers; only n where it is hidden.
    """

    by: str
    name: str
    asked: SameCustomers
    slice_: Slice
    found: Paired


@dataclass(frozen=True)
class Journey:
    """Every step of every group, judged together as one family.

    Attributes:
        tested: how many steps had enough customers to be tested.
        answers, known, customers: answers of the slice, those by a customer who is known, and how many those are.
    """

    steps: tuple[Step, ...]
    tested: int
    answers: int
    known: int
    customers: int


def journey(snapshot: Snapshot, slice_: Slice, score: str) -> Journey:
    """The steps of a slice within the same customers and the same survey mode (Benjamini–Hochberg over all of them).

    Args:
        score: `likelihood` or `csat`.
    """
    with snapshot.warehouse.read() as connection:
        counts = customers.known_customers(connection, slice_)
        sums = {
            by: customers.paired_sums_of_each(connection, slice_, score, "touchpoint", STEPS, by, snapshot.values(by))
            if by and snapshot.overlap((by,))
            else customers.paired_sums(connection, slice_, score, "touchpoint", STEPS, by)
            for by in WITHIN
        }
    found = [
        step
        for by in WITHIN
        for stages, listed in _by_step(sums[by] or _nobody(by)).items()
        for step in _steps(slice_, score, by, stages, listed, snapshot.viewing_minimum)
    ]
    judged = judge_together([step.found.change for step in found])
    steps = [
        replace(step, found=step.found._replace(change=change))
        for step, change in zip(found, judged.changes, strict=True)
    ]
    return Journey(tuple(steps), judged.tested, *counts)


def _by_step(sums: Mapping[str, Sequence[PairSums]]) -> dict[tuple[str, str], dict[str, PairSums]]:
    return {
        stages: {name: listed[place] for name, listed in sorted(sums.items())} for place, stages in enumerate(STEPS)
    }


def _steps(
    slice_: Slice, score: str, by: str, stages: tuple[str, str], sums: Mapping[str, PairSums], minimum: int
) -> list[Step]:
    """One step of every group of a dimension; what too few customers said is gone from here on."""
    away = hidden_groups({(name,): one.n for name, one in sums.items()}, minimum)
    asked = SameCustomers(score, "touchpoint", *stages)
    found = []
    for name, one in sums.items():
        said = paired(one, WIDTHS[score])
        if (name,) in away:
            said = concealed(said, minimum, small=away[name,])
        found.append(Step(by, name, asked, _narrowed(slice_, by, name), said))
    return found


def _nobody(by: str) -> dict[str, list[PairSums]]:
    """All together have their steps even where nobody took one."""
    return {} if by else {"": [NO_PAIR] * len(STEPS)}


def _narrowed(slice_: Slice, by: str, name: str) -> Slice:
    return slice_.and_(**{by: name}) if by else slice_
