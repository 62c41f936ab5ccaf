"""What becomes of a row: new, the same again, changed, or contradicting itself within one file."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from servq.warehouse.engine import Warehouse
from servq.warehouse.facts import Outcome
from servq.warehouse.schema import FACTS
from tests.warehouse.rows import WEEK_18, WEEK_19, answer, cells_in, complaint, content, item, store


def counts(outcome: Outcome) -> tuple[int, int, int, int]:
    """New, changed, the same again, contradicting."""
    return outcome.loaded, outcome.updated, outcome.duplicates, len(outcome.conflicts)


def stored(warehouse: Warehouse, column: str, source: str = "surveys") -> list[Any]:
    """One column of every fact, in the order of their keys."""
    table = FACTS[source]
    with warehouse.read() as connection:
        return list(connection.scalars(select(table.c[column]).order_by(*table.primary_key.columns)))


class TestOneLoadAfterTheOther:
    def test_rows_that_are_not_there_yet_are_new(self, warehouse: Warehouse) -> None:
        outcome = store(warehouse, answer("r1"), answer("r2", day="2026-05-04"))
        assert counts(outcome) == (2, 0, 0, 0)
        assert outcome.weeks == {WEEK_18, WEEK_19}

    def test_the_same_rows_again_are_duplicates_and_touch_no_week(self, warehouse: Warehouse) -> None:
        store(warehouse, answer("r1"), answer("r2"))
        outcome = store(warehouse, answer("r2"), answer("r1"))
        assert counts(outcome) == (0, 0, 2, 0)
        assert outcome.weeks == set()
        assert stored(warehouse, "load_id") == [1, 1], "who wrote a row is who changed it last"

    def test_a_changed_row_is_an_update_and_carries_its_new_load(self, warehouse: Warehouse) -> None:
        store(warehouse, answer("r1"), answer("r2"))
        assert counts(store(warehouse, answer("r1"), answer("r2", likelihood=3.0))) == (0, 1, 1, 0)
        assert stored(warehouse, "likelihood") == [9, 3]
        assert stored(warehouse, "load_id") == [1, 2]

    def test_a_value_that_went_missing_is_a_change_too(self, warehouse: Warehouse) -> None:
        store(warehouse, answer("r1", csat=5.0))
        assert counts(store(warehouse, answer("r1", csat=None))) == (0, 1, 0, 0)
        assert stored(warehouse, "csat") == [None]

    def test_a_checklist_item_is_known_by_visit_and_item_together(self, warehouse: Warehouse) -> None:
        store(warehouse, item("V1", "问候"), item("V1", "着装"), source="visits")
        again = store(warehouse, item("V1", "着装", points=2.0), item("V2", "问候"), source="visits")
        assert counts(again) == (1, 1, 0, 0)
        assert sorted(stored(warehouse, "points", "visits")) == [2.0, 4.0, 4.0]

    def test_ids_keep_their_zeros_and_their_case(self, warehouse: Warehouse) -> None:
        store(warehouse, complaint("007"), complaint("7"), complaint("a"), complaint("A"), source="complaints")
        assert stored(warehouse, "complaint_id", "complaints") == ["007", "7", "A", "a"]


class TestWithinOneFile:
    """The same id twice in a file: an error of the export when the two differ, and nobody can tell which is right.

    | in the warehouse | file     | kept | counted                 |
    |------------------|----------|------|-------------------------|
    | –                | A, A     | A    | 1 new, 1 duplicate      |
    | –                | A, B     | A    | 1 new, 1 conflict       |
    | A                | B, A     | B    | 1 changed, 1 conflict   |
    | A                | A, B     | A    | 1 duplicate, 1 conflict |
    """

    @pytest.mark.parametrize("chunk", [1, 1000])
    @pytest.mark.parametrize(
        ("before", "file", "kept", "counted"),
        [
            ("", "AA", 9, (1, 0, 1, 0)),
            ("", "AB", 9, (1, 0, 0, 1)),
            ("A", "BA", 3, (0, 1, 0, 1)),
            ("A", "AB", 9, (0, 0, 1, 1)),
        ],
    )
    def test_the_first_counts_and_the_second_waits(
        self, warehouse: Warehouse, before: str, file: str, kept: int, counted: tuple[int, ...], chunk: int
    ) -> None:
        said = {"A": answer("r1", likelihood=9.0), "B": answer("r1", likelihood=3.0)}
        store(warehouse, *(said[letter] for letter in before))
        assert counts(store(warehouse, *(said[letter] for letter in file), chunk=chunk)) == counted
        assert stored(warehouse, "likelihood") == [kept]

    def test_a_conflict_names_its_row_in_the_file_and_its_key(self, warehouse: Warehouse) -> None:
        outcome = store(warehouse, answer("r1"), answer("r2"), answer("r1", likelihood=3.0), chunk=2)
        assert outcome.conflicts == [(4, ("r1",))]

    def test_a_file_with_a_conflict_says_the_same_when_it_comes_again(self, warehouse: Warehouse) -> None:
        file = (answer("r1"), answer("r1", likelihood=3.0), answer("r2"))
        store(warehouse, *file)
        before = [line for line in content(warehouse) if "load_log" not in line]
        assert counts(store(warehouse, *file)) == (0, 0, 2, 1)
        assert [line for line in content(warehouse) if "load_log" not in line] == before


class TestAnswersThatMove:
    def test_a_changed_day_takes_the_answer_out_of_one_week_and_into_the_other(self, warehouse: Warehouse) -> None:
        store(warehouse, answer("r1", day="2026-05-03"), answer("r2", day="2026-05-03"), answer("r3", day="2026-05-04"))
        outcome = store(warehouse, answer("r1", day="2026-05-04"))
        assert outcome.weeks == {WEEK_18, WEEK_19}
        weeks = {key[0]: cell["responses"] for key, cell in cells_in(warehouse).items()}
        assert weeks == {"2026-04-27": 1, "2026-05-04": 2}

    def test_a_week_that_lost_its_last_answer_has_no_cell(self, warehouse: Warehouse) -> None:
        store(warehouse, answer("r1", day="2026-05-03"))
        store(warehouse, answer("r1", day="2026-05-04"))
        assert [key[0] for key in cells_in(warehouse)] == ["2026-05-04"]

    def test_a_changed_team_empties_the_cell_that_it_left(self, warehouse: Warehouse) -> None:
        store(warehouse, answer("r1", team="甲"), answer("r2", team="乙"))
        store(warehouse, answer("r1", team="乙"))
        assert [(key[2], cell["responses"]) for key, cell in cells_in(warehouse).items()] == [("乙", 2)]
