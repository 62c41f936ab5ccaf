"""Recommendation and repurchase on both stores: by segment, with the hidden groups and the rows behind each figure."""

from __future__ import annotations

import pytest

from servq.metrics.definitions.repurchase import DETRACTORS, PROMOTERS
from servq.metrics.verdicts import Verdict
from servq.query import Snapshot, measure, rows_behind, take_snapshot
from servq.query.customers.loyalty import CONTRARY, RATES, Group, Loyalty, loyalty, told
from servq.records import Slice, State
from servq.standards import Standards
from servq.warehouse.store.engine import Warehouse
from tests.warehouse.rows import Row, answer, store

LOST, BOUND = CONTRARY


def said(segment: str, likelihood: float, *, back: int = 0, gone: int = 0, unknown: int = 0) -> list[Row]:
    """Answers of one segment: customers who bought again, who did not, and of whom nobody knows."""
    flags = [1.0] * back + [0.0] * gone + [None] * unknown
    return [
        answer(f"{segment}{likelihood:g}-{place}", likelihood=likelihood, segment=segment, repurchased=flag)
        for place, flag in enumerate(flags)
    ]


@pytest.fixture
def followed(warehouse: Warehouse) -> Snapshot:
    """Elders who recommend and stay away, the young who do as they say, two small groups, a flag without score."""
    store(
        warehouse,
        *said("银发族", 9, back=20, gone=80, unknown=7), *said("银发族", 3, back=25, gone=25),
        *said("Z世代", 10, back=60, gone=40), *said("Z世代", 0, back=10, gone=40), *said("Z世代", 8, back=3, gone=3),
        *said("研学", 9, back=1, gone=3), *said("商务客", 9, back=5, gone=4),
        answer("csat only", likelihood=None, csat=5.0, segment="Z世代", repurchased=1.0),
    )  # fmt: skip
    return take_snapshot(warehouse, Standards())


def segment(found: Loyalty, name: str) -> Group:
    (one,) = [group for group in found.segments if group.name == name]
    return one


def test_elders_recommend_and_stay_away_and_nobody_else_is_accused(followed: Snapshot) -> None:
    found = loyalty(followed, Slice())
    (elders,) = told(found.segments, Verdict.WORSE)
    assert elders.name == "银发族"
    # 20 of 100 and 25 of 50: −30 points, Newcombe −44.93 … −13.96 (see tests/metrics/definitions/test_hand_worked.py)
    assert (elders.change.delta, elders.change.low, elders.change.high) == pytest.approx(
        (-30, -44.93, -13.96), abs=0.01
    )
    assert [one.name for one in told(found.segments, Verdict.BETTER)] == ["Z世代"]
    assert found.tested == 2


def test_what_nobody_knows_is_left_out_and_counted(followed: Snapshot) -> None:
    found = loyalty(followed, Slice())
    assert found.unknown == 7
    assert segment(found, "银发族").readings[PROMOTERS].n == 100
    # 150 elders + 156 of the young + 4 + 9: the flag without a likelihood is in no band
    assert found.whole.known == 319


def test_a_small_group_is_hidden_with_its_complement_and_so_are_its_counts(followed: Snapshot) -> None:
    small, elders = (segment(loyalty(followed, Slice()), name) for name in ("研学", "银发族"))
    assert (small.readings[PROMOTERS].state, small.readings[PROMOTERS].value) == (State.HIDDEN, None)
    # 3 of 4 were lost: the count itself would tell the share; only how many answered is left
    assert (small.readings[LOST].state, small.readings[LOST].n, small.readings[LOST].excluded) == (State.HIDDEN, 4, {})
    assert small.change.verdict is Verdict.TOO_FEW
    # all promoters less those of the other segments would be the four, unless one more is hidden
    away = [one.name for one in loyalty(followed, Slice()).segments if one.readings[PROMOTERS].state is State.HIDDEN]
    assert away == ["商务客", "研学"]
    assert elders.readings[DETRACTORS].state is not State.HIDDEN, "no detractor of a small group is to be protected"


def test_every_figure_opens_as_many_answers_as_its_n(followed: Snapshot) -> None:
    found = loyalty(followed, Slice())
    for one in (found.whole, *found.segments):
        for name in (*RATES, *CONTRARY):
            if one.readings[name].state is not State.HIDDEN:
                assert rows_behind(followed, name, one.slice_).total == one.readings[name].n, (one.name, name)
    lost = rows_behind(followed, LOST, Slice.of(segment=["银发族"])).frame
    assert (len(lost), set(lost["repurchased"]), set(lost["likelihood"])) == (80, {0}, {9})


def test_the_rows_of_a_hidden_count_are_withheld_however_many_they_are(followed: Snapshot) -> None:
    behind = rows_behind(followed, LOST, Slice.of(segment=["研学"]))
    assert (behind.withheld, behind.total, len(behind.frame)) == (True, 4, 0)
    (row,) = measure(followed, BOUND, (), Slice.of(segment=["银发族"]))
    assert (row.reading.n, row.reading.base) == (25, 50)


def test_without_any_flag_nothing_is_known_here_or_elsewhere(warehouse: Warehouse) -> None:
    store(warehouse, *said("亲子", 9, unknown=40))
    found = loyalty(take_snapshot(warehouse, Standards()), Slice())
    assert (found.whole.known, found.segments, found.tested, found.unknown) == (0, (), 0, 40)
    assert not found.known_elsewhere


def test_a_slice_without_a_flag_knows_that_others_have_one(followed: Snapshot) -> None:
    found = loyalty(followed, Slice.of(channel=["电报"]))
    assert (found.whole.known, found.known_elsewhere) == (0, True)
