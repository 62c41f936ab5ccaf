"""The outcomes of a row: new, the same again, changed, or contradicting within one file."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from servq.records import Conflict
from servq.warehouse.facts.conflicts import Outcome
from servq.warehouse.store.engine import Warehouse
from servq.warehouse.tables.fact_tables import FACTS
from tests.warehouse.rows import WEEK_18, WEEK_19, answer, cells_in, complaint, content, item, store


def counts(outcome: Outcome) -> tuple[int, int, int, int]:
    """The counts: new, changed, the same again, contradicting."""
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

    def test_a_changed_row_is_a_conflict_and_what_is_known_stays(self, warehouse: Warehouse) -> None:
        store(warehouse, answer("r1"), answer("r2"))
        outcome = store(warehouse, answer("r1"), answer("r2", likelihood=3.0))
        assert counts(outcome) == (0, 0, 1, 1)
        assert outcome.conflicts == [Conflict(3, ("r2",), 1, (("likelihood", "9", "3"),))]
        assert stored(warehouse, "likelihood") == [9, 9]
        assert outcome.weeks == set()

    def test_where_the_file_is_said_to_be_newer_a_changed_row_is_an_update_and_carries_its_new_load(
        self, warehouse: Warehouse
    ) -> None:
        store(warehouse, answer("r1"), answer("r2"))
        outcome = store(warehouse, answer("r1"), answer("r2", likelihood=3.0), replace=True)
        assert counts(outcome) == (0, 1, 1, 0)
        assert stored(warehouse, "likelihood") == [9, 3]
        assert stored(warehouse, "load_id") == [1, 2]

    def test_a_value_that_went_missing_is_a_change_too(self, warehouse: Warehouse) -> None:
        store(warehouse, answer("r1", csat=5.0))
        assert counts(store(warehouse, answer("r1", csat=None))) == (0, 0, 0, 1)
        assert counts(store(warehouse, answer("r1", csat=None), replace=True)) == (0, 1, 0, 0)
        assert stored(warehouse, "csat") == [None]

    def test_a_checklist_item_is_known_by_visit_and_item_together(self, warehouse: Warehouse) -> None:
        store(warehouse, item("V1", "问候"), item("V1", "着装"), source="visits")
        rows = item("V1", "着装", points=2.0), item("V2", "问候")
        assert counts(store(warehouse, *rows, source="visits", replace=True)) == (1, 1, 0, 0)
        assert sorted(stored(warehouse, "points", "visits")) == [2.0, 4.0, 4.0]

    def test_ids_keep_their_zeros_and_their_case(self, warehouse: Warehouse) -> None:
        store(warehouse, complaint("007"), complaint("7"), complaint("a"), complaint("A"), source="complaints")
        assert stored(warehouse, "complaint_id", "complaints") == ["007", "7", "A", "a"]


class TestWithinOneFile:
    """The same id twice in a file: an error of the export when the two differ, and nobody can tell which is right.

    | in the warehouse | file     | kept | counted                 | where the file is said to be newer |
    |------------------|----------|------|-------------------------|------------------------------------|
    | –                | A, A     | A    | 1 new, 1 duplicate      | the same                           |
    | –                | A, B     | A    | 1 new, 1 conflict       | the same                           |
    | A                | B, A     | A    | 1 duplicate, 1 conflict | B: 1 changed, 1 conflict           |
    | A                | A, B     | A    | 1 duplicate, 1 conflict | the same                           |
    """

    @pytest.mark.parametrize("chunk", [1, 1000])
    @pytest.mark.parametrize(
        ("before", "file", "replace", "kept", "counted"),
        [
            ("", "AA", False, 9, (1, 0, 1, 0)),
            ("", "AB", False, 9, (1, 0, 0, 1)),
            ("", "AB", True, 9, (1, 0, 0, 1)),
            ("A", "BA", False, 9, (0, 0, 1, 1)),
            ("A", "BA", True, 3, (0, 1, 0, 1)),
            ("A", "AB", False, 9, (0, 0, 1, 1)),
            ("A", "AB", True, 9, (0, 0, 1, 1)),
        ],
    )
    def test_the_first_counts_and_the_second_waits(
        self,
        warehouse: Warehouse,
        before: str,
        file: str,
        replace: bool,
        kept: int,
        counted: tuple[int, ...],
        chunk: int,
    ) -> None:
        said = {"A": answer("r1", likelihood=9.0), "B": answer("r1", likelihood=3.0)}
        store(warehouse, *(said[letter] for letter in before))
        outcome = store(warehouse, *(said[letter] for letter in file), chunk=chunk, replace=replace)
        assert counts(outcome) == counted
        assert stored(warehouse, "likelihood") == [kept]

    def test_a_conflict_names_its_row_in_the_file_and_its_key(self, warehouse: Warehouse) -> None:
        outcome = store(warehouse, answer("r1"), answer("r2"), answer("r1", likelihood=3.0), chunk=2)
        assert [(one.row, one.key, one.load_id) for one in outcome.conflicts] == [(4, ("r1",), 1)]

    def test_a_file_with_a_conflict_says_the_same_when_it_comes_again(self, warehouse: Warehouse) -> None:
        file = (answer("r1"), answer("r1", likelihood=3.0), answer("r2"))
        store(warehouse, *file)
        before = [line for line in content(warehouse) if "load_log" not in line]
        assert counts(store(warehouse, *file)) == (0, 0, 2, 1)
        assert [line for line in content(warehouse) if "load_log" not in line] == before


MAY, JUNE = 1_777_600_000, 1_780_300_000
"""Two moments at which a source changed a row."""


class TestWhenTheSourceSaysWhenItChangedARow:
    """`updated_at` of what is known and of the row that comes; A and B are contents.

    | known      | comes      | then                                       |
    |------------|------------|--------------------------------------------|
    | A, May     | B, June    | B counts: an update                        |
    | A, June    | B, May     | A stays: a duplicate, nothing waits        |
    | A, May     | B, May     | nobody can tell: a conflict                |
    | A, –       | B, June    | nobody can tell: a conflict                |
    | A, May     | B, –       | nobody can tell: a conflict                |
    | A, May     | A, June    | a duplicate, remembered as of June         |
    """

    @pytest.mark.parametrize(
        ("known", "comes", "kept", "as_of", "counted"),
        [
            (MAY, JUNE, 3, JUNE, (0, 1, 0, 0)),
            (JUNE, MAY, 9, JUNE, (0, 0, 1, 0)),
            (MAY, MAY, 9, MAY, (0, 0, 0, 1)),
            (None, JUNE, 9, None, (0, 0, 0, 1)),
            (MAY, None, 9, MAY, (0, 0, 0, 1)),
        ],
    )
    def test_the_newer_counts_and_where_nobody_can_tell_it_is_a_conflict(
        self,
        warehouse: Warehouse,
        known: int | None,
        comes: int | None,
        kept: int,
        as_of: int | None,
        counted: tuple[int, ...],
    ) -> None:
        store(warehouse, answer("r1", likelihood=9.0, updated_at=known))
        outcome = store(warehouse, answer("r1", likelihood=3.0, updated_at=comes))
        assert counts(outcome) == counted
        assert (stored(warehouse, "likelihood"), stored(warehouse, "updated_at")) == ([kept], [as_of])

    def test_an_older_export_never_wins_even_where_files_are_said_to_be_newer(self, warehouse: Warehouse) -> None:
        store(warehouse, answer("r1", likelihood=9.0, updated_at=JUNE))
        older = answer("r1", likelihood=3.0, updated_at=MAY)
        assert counts(store(warehouse, older, replace=True)) == (0, 0, 1, 0)
        assert stored(warehouse, "likelihood") == [9]

    def test_the_same_content_as_of_later_is_no_news_but_is_remembered(self, warehouse: Warehouse) -> None:
        store(warehouse, answer("r1", likelihood=9.0))
        assert counts(store(warehouse, answer("r1", likelihood=9.0, updated_at=JUNE))) == (0, 0, 1, 0)
        assert stored(warehouse, "load_id") == [1]
        # an export from in between comes late
        assert counts(store(warehouse, answer("r1", likelihood=3.0, updated_at=MAY))) == (0, 0, 1, 0)
        assert stored(warehouse, "likelihood") == [9]

    @pytest.mark.parametrize("chunk", [1, 1000])
    @pytest.mark.parametrize("newest_first", [False, True])
    def test_within_a_file_the_order_of_rows_does_not_matter(
        self, warehouse: Warehouse, newest_first: bool, chunk: int
    ) -> None:
        rows = [answer("r1", likelihood=9.0, updated_at=MAY), answer("r1", likelihood=3.0, updated_at=JUNE)]
        outcome = store(warehouse, *(rows[::-1] if newest_first else rows), chunk=chunk)
        assert counts(outcome) == ((1, 0, 1, 0) if newest_first else (1, 1, 0, 0))
        assert (stored(warehouse, "likelihood"), stored(warehouse, "updated_at")) == ([3], [JUNE])
        (cell,) = cells_in(warehouse).values()
        assert (cell["responses"], cell["likelihood_3"]) == (1, 1)


class TestColumnsThatAFileDoesNotHave:
    def test_they_are_no_difference(self, warehouse: Warehouse) -> None:
        store(warehouse, answer("r1", csat=5.0, product="海岛游"))
        assert counts(store(warehouse, answer("r1"))) == (0, 0, 1, 0)
        assert stored(warehouse, "product") == ["海岛游"]

    def test_they_are_not_overwritten(self, warehouse: Warehouse) -> None:
        store(warehouse, answer("r1", "2026-04-29", "positive", csat=5.0, raw={"csat": "5分", "likelihood": "９"}))
        outcome = store(warehouse, answer("r1", likelihood=3.0, raw={"likelihood": "3分"}), replace=True)
        assert counts(outcome) == (0, 1, 0, 0)
        assert (stored(warehouse, "likelihood"), stored(warehouse, "csat")) == ([3], [5])
        assert stored(warehouse, "comment") == ["positive words"]
        assert stored(warehouse, "raw") == [{"csat": "5分", "likelihood": "3分"}]
        (cell,) = cells_in(warehouse).values()
        assert (cell["csat_n"], cell["sentiment_positive"]) == (1, 1)

    def test_a_column_that_comes_later_says_something_new(self, warehouse: Warehouse) -> None:
        store(warehouse, answer("r1"))
        outcome = store(warehouse, answer("r1", csat=5.0))
        assert [one.differs for one in outcome.conflicts] == [(("csat", "", "5"),)]

    def test_how_a_cell_was_written_is_no_difference(self, warehouse: Warehouse) -> None:
        store(warehouse, answer("r1"))
        assert counts(store(warehouse, answer("r1", raw={"likelihood": "9分"}))) == (0, 0, 1, 0)


class TestAnswersThatMove:
    def test_a_changed_day_takes_the_answer_out_of_one_week_and_into_the_other(self, warehouse: Warehouse) -> None:
        store(warehouse, answer("r1", day="2026-05-03"), answer("r2", day="2026-05-03"), answer("r3", day="2026-05-04"))
        outcome = store(warehouse, answer("r1", day="2026-05-04"), replace=True)
        assert outcome.weeks == {WEEK_18, WEEK_19}
        weeks = {key[0]: cell["responses"] for key, cell in cells_in(warehouse).items()}
        assert weeks == {"2026-04-27": 1, "2026-05-04": 2}

    def test_a_week_that_lost_its_last_answer_has_no_cell(self, warehouse: Warehouse) -> None:
        store(warehouse, answer("r1", day="2026-05-03"))
        store(warehouse, answer("r1", day="2026-05-04"), replace=True)
        assert [key[0] for key in cells_in(warehouse)] == ["2026-05-04"]

    def test_a_changed_team_empties_the_cell_that_it_left(self, warehouse: Warehouse) -> None:
        store(warehouse, answer("r1", team="甲"), answer("r2", team="乙"))
        store(warehouse, answer("r1", team="乙"), replace=True)
        assert [(key[2], cell["responses"]) for key, cell in cells_in(warehouse).items()] == [("乙", 2)]
