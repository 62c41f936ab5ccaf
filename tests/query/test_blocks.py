"""Cells from week blocks: read once, then only the weeks that changed, and never two states together."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pytest
from sqlalchemy import event, update

from servq.errors import WarehouseUnavailable
from servq.measures import CELL_DIMENSIONS
from servq.query import take_snapshot
from servq.query.blocks import read_cells
from servq.query.cells import Cells
from servq.records import NOT_GIVEN
from servq.standards import Standards
from servq.warehouse.facts import week_cells
from servq.warehouse.reads.blocks import StoredBlocks
from servq.warehouse.store.engine import Warehouse
from servq.warehouse.tables.fact_tables import response, week_block
from tests.warehouse.rows import WEEK_18, WEEK_19, answer, store

READS, WRITES = 150, 40


def cells_of(warehouse: Warehouse, kind: str = "survey") -> Cells:
    with warehouse.read() as connection:
        return read_cells(StoredBlocks(connection, kind))


def sums_of(cells: Cells) -> dict[tuple[str, ...], dict[str, float]]:
    return dict(cells.grouped(CELL_DIMENSIONS))


@contextmanager
def bodies_read(warehouse: Warehouse) -> Iterator[list[Any]]:
    """The parameters of each statement that reads bodies of blocks."""
    found: list[Any] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        if "week_block.body" in statement and statement.startswith("SELECT"):
            found.append(parameters)

    event.listen(warehouse.engine, "before_cursor_execute", note)
    yield found
    event.remove(warehouse.engine, "before_cursor_execute", note)


def test_a_second_read_of_the_same_state_is_the_same_cells(warehouse: Warehouse) -> None:
    store(warehouse, answer("r1"), answer("r2", day="2026-05-06"))
    cells = cells_of(warehouse)
    with bodies_read(warehouse) as read:
        assert cells_of(warehouse) is cells
    assert read == []


def test_after_a_load_only_the_weeks_that_it_touched_are_read(warehouse: Warehouse) -> None:
    store(warehouse, answer("r1"), answer("r2", day="2026-05-06", team="乙", csat=4.8))
    before = cells_of(warehouse)
    store(warehouse, answer("r3", day="2026-05-07", team="丙"))
    with bodies_read(warehouse) as read:
        after = cells_of(warehouse)
    assert len(read) == 1
    assert "2026-05-04" in str(read) or "2026, 5, 4" in str(read)
    assert "2026-04-27" not in str(read)
    assert "2026, 4, 27" not in str(read)
    assert sums_of(before).items() <= sums_of(after).items()
    del before
    assert after.names["team"] == ["丙", "乙", "甲"] == sorted(["甲", "乙", "丙"])
    assert after.total()["responses"] == 3


def test_a_value_that_nobody_has_any_more_is_no_value(warehouse: Warehouse) -> None:
    store(warehouse, answer("r1"), answer("r2", team="乙", day="2026-05-06"))
    held = cells_of(warehouse)
    store(warehouse, answer("r2", team="甲", day="2026-05-06"), replace=True)
    assert held.names["team"] == ["乙", "甲"]
    assert cells_of(warehouse).names["team"] == ["甲"]


def test_what_an_export_calls_not_given_is_the_same_group_as_nothing(warehouse: Warehouse) -> None:
    store(warehouse, answer("r1", segment=NOT_GIVEN), answer("r2"), answer("r3", segment="金卡"))
    found = dict(cells_of(warehouse).grouped(("segment",)))
    assert {key: sums["responses"] for key, sums in found.items()} == {(NOT_GIVEN,): 2, ("金卡",): 1}


def test_an_empty_warehouse_has_cells_without_any(warehouse: Warehouse) -> None:
    for kind in ("survey", "cause"):
        cells = cells_of(warehouse, kind)
        assert len(cells) == 0
        assert list(cells.grouped(("team",))) == []
        assert set(cells.total().values()) == {0.0}


def test_a_block_that_is_not_whole_is_said_and_no_figure_is_made_of_it(warehouse: Warehouse) -> None:
    store(warehouse, answer("r1"))
    with warehouse.write() as connection:
        connection.execute(update(week_block).values(body=b"x", version="other"))
    with pytest.raises(WarehouseUnavailable, match="damaged"):
        take_snapshot(warehouse, Standards())


@pytest.mark.parametrize("seed", range(3))
def test_any_grouping_of_any_filter_is_what_a_loop_over_the_cells_adds_up(warehouse: Warehouse, seed: int) -> None:
    random = np.random.default_rng(seed)
    rows = [
        answer(
            f"r{number}",
            f"2026-05-{random.integers(1, 29):02d}",
            channel=f"c{random.integers(3)}",
            team=f"t{random.integers(5)}",
            survey_mode=[None, "网页", "电话"][random.integers(3)],
            likelihood=float(random.integers(11)),
            csat=[1.0, 4.8][random.integers(2)],
        )
        for number in range(150)
    ]
    store(warehouse, *rows)
    whole = cells_of(warehouse)
    kept = whole.with_values("channel", ["c0", "c2"]).in_weeks("2026-05-04", "2026-05-25").with_values("team", ["t1"])
    for cells in (whole, kept):
        each = sums_of(cells)
        for by in ((), ("team",), ("survey_mode", "channel"), ("week", "team")):
            places = [CELL_DIMENSIONS.index(name) for name in by]
            expected: dict[tuple[str, ...], float] = {}
            for key, sums in each.items():
                group = tuple(key[place] for place in places)
                expected[group] = expected.get(group, 0.0) + sums["csat_sum"]
            found = {key: sums["csat_sum"] for key, sums in cells.grouped(by)}
            assert list(found) == sorted(found)
            assert found == pytest.approx(expected)


def rewriting(warehouse: Warehouse, failed: list[BaseException]) -> threading.Thread:
    """A writer that sets every answer of two weeks to the same score, again and again."""

    def write() -> None:
        try:
            for turn in range(WRITES):
                with warehouse.write() as connection:
                    connection.execute(update(response).values(likelihood=turn % 11))
                    week_cells.rebuild(connection, [WEEK_18, WEEK_19])
        except BaseException as error:  # noqa: BLE001 - shown by the test's own thread
            failed.append(error)

    return threading.Thread(target=write)


def test_a_reader_never_sees_blocks_of_two_states(warehouse: Warehouse) -> None:
    """A mixture of two states would show two scores."""
    store(warehouse, *(answer(f"r{n}", day=day) for n, day in enumerate(["2026-04-29", "2026-05-06"] * 5)))
    failed, seen, reads = list[BaseException](), set[str](), 0
    writer = rewriting(warehouse, failed)
    writer.start()
    while writer.is_alive() or reads < READS:
        weeks = list(cells_of(warehouse).grouped(("week",)))
        scores = {name for _, sums in weeks for name, n in sums.items() if n and name.startswith("likelihood")}
        assert len(weeks) == 2
        assert len(scores) == 1
        seen |= scores
        reads += 1
    writer.join()
    assert failed == []
    assert len(seen) > 1, "states changed while they were read"
