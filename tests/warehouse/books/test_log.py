"""The load log and the quarantine: a row that waits is stored once."""

from __future__ import annotations

from servq.records import FileFacts, Rejected
from servq.warehouse.books import load_log
from servq.warehouse.books import quarantine as waiting_rows
from servq.warehouse.store.engine import Warehouse


def bad(row: int, **raw: str) -> Rejected:
    return Rejected(row, "推荐意愿", raw.get("推荐意愿", ""), "out_of_range", raw)


def set_aside(warehouse: Warehouse, *rejected: Rejected, source: str = "surveys") -> int:
    """One load whose every row is rejected."""
    with warehouse.write() as connection:
        load_id = load_log.begin_load(connection, source, FileFacts("a.csv", "hash"), "", "test")
        waiting_rows.set_aside(connection, load_id, source, rejected)
    return load_id


def waiting(warehouse: Warehouse, source: str | None = None) -> list[tuple[int, int]]:
    """(load, row) of everything in quarantine."""
    with warehouse.read() as connection:
        frame = waiting_rows.quarantined(connection, source)
    return list(zip(frame["load_id"].tolist(), frame["row"].tolist(), strict=True))


def test_a_row_that_waits_already_is_not_kept_again_wherever_it_stands(warehouse: Warehouse) -> None:
    first = set_aside(warehouse, bad(2, 编号="r1", 推荐意愿="11"), bad(3, 编号="r2", 推荐意愿="12"))
    second = set_aside(warehouse, bad(9, 推荐意愿="11", 编号="r1"), bad(10, 编号="r3", 推荐意愿="11"))
    assert waiting(warehouse) == [(second, 10), (first, 2), (first, 3)]


def test_the_same_row_twice_in_one_file_waits_twice_because_both_were_counted(warehouse: Warehouse) -> None:
    load_id = set_aside(warehouse, bad(2, 编号="r1"), bad(3, 编号="r1"))
    assert waiting(warehouse) == [(load_id, 2), (load_id, 3)]


def test_sources_wait_apart(warehouse: Warehouse) -> None:
    set_aside(warehouse, bad(2, 编号="1"))
    second = set_aside(warehouse, bad(2, 编号="1"), source="complaints")
    assert waiting(warehouse, "complaints") == [(second, 2)]


def test_nothing_is_loaded_before_the_first_load(warehouse: Warehouse) -> None:
    with warehouse.read() as connection:
        assert load_log.last_load_id(connection) == 0
        assert load_log.loads(connection).empty
        assert load_log.earlier_load(connection, "surveys", "hash", "") is None


def test_a_file_is_known_by_its_content_its_source_and_its_map(warehouse: Warehouse) -> None:
    load_id = set_aside(warehouse)
    with warehouse.read() as connection:
        found = load_log.earlier_load(connection, "surveys", "hash", "")
        assert found is not None
        assert (found.load_id, found.status) == (load_id, "unchanged")
        assert load_log.earlier_load(connection, "surveys", "hash", "another map") is None
        assert load_log.earlier_load(connection, "complaints", "hash", "") is None
