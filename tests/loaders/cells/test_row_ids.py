"""Made row ids: the same rows get the same ids in every export, and no two rows share one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from servq.loaders.cells.row_ids import RowIds
from servq.loaders.maps.map import map_from_table
from tests.loaders.exports import load, write_csv

if TYPE_CHECKING:
    from pathlib import Path

NO_IDS = map_from_table(
    {
        "source": "surveys",
        "columns": {
            "response_id": {"row_number": True},
            "answered_at": "when",
            "team": "crew",
            "channel": {"constant": "OTA"},
            "csat": "stars",
        },
    },
    "no-ids",
)
ROWS = [
    {"when": "2026-03-05 10:00:00", "crew": "一组", "stars": "5", "note": "好"},
    {"when": "2026-03-05 10:00:00", "crew": "一组", "stars": "5", "note": "好"},
    {"when": "2026-03-06 10:00:00", "crew": "二组", "stars": "4", "note": ""},
]


def ids(path: Path, rows: list[dict[str, str]], encoding: str = "utf-8") -> list[str]:
    frame = load(write_csv(path, rows, encoding), None, NO_IDS).frame
    return frame["response_id"].tolist()


def test_the_same_rows_in_another_order_encoding_or_name_have_the_same_ids(tmp_path: Path) -> None:
    first = ids(tmp_path / "a.csv", ROWS)
    assert len(set(first)) == 3
    assert sorted(ids(tmp_path / "b.csv", ROWS[::-1], "gb18030")) == sorted(first)


def test_rows_that_say_the_same_are_counted(tmp_path: Path) -> None:
    one, two, other = ids(tmp_path / "a.csv", ROWS)
    assert (one.split("-")[0], one[-2:], two[-2:], other[-2:]) == (two.split("-")[0], "-1", "-2", "-1")


def test_a_file_that_grew_gives_its_old_rows_their_old_ids(tmp_path: Path) -> None:
    before = ids(tmp_path / "a.csv", ROWS)
    grown = [ROWS[2] | {"stars": "3"}, *ROWS, ROWS[0]]
    after = ids(tmp_path / "a.csv", grown)
    assert set(before) < set(after)
    assert len(set(after)) == 5


def test_columns_that_change_places_or_come_without_values_change_no_id(tmp_path: Path) -> None:
    moved = [dict(reversed(row.items())) | {"new question": " "} for row in ROWS]
    assert ids(tmp_path / "a.csv", moved) == ids(tmp_path / "b.csv", ROWS)


def test_another_content_is_another_row(tmp_path: Path) -> None:
    changed = [row | {"note": "别的"} for row in ROWS]
    assert not set(ids(tmp_path / "a.csv", changed)) & set(ids(tmp_path / "b.csv", ROWS))


@given(st.lists(st.tuples(st.text(max_size=3), st.text(max_size=3)), max_size=12))
def test_ids_are_as_many_as_rows_and_cells_never_run_together(rows: list[tuple[str, str]]) -> None:
    given_out = RowIds(["a", "b"])
    found = [given_out.of(row) for row in rows]
    assert len(set(found)) == len(rows)
    said = [tuple(cell.strip() for cell in row) for row in rows]
    same = [one.split("-")[0] == other.split("-")[0] for one in found for other in found]
    assert same == [one == other for one in said for other in said]
