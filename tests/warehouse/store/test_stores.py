"""SQLite and PostgreSQL give the same answers: what is written through one is read as through the other."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import delete, func, select

from servq.errors import UsageError
from servq.records import Slice
from servq.warehouse.reads import search, snapshot_reads
from servq.warehouse.store.connections import read_url
from servq.warehouse.store.engine import Warehouse
from servq.warehouse.tables.fact_tables import response
from tests.warehouse.rows import answer, cells_in, complaint, item, store


def test_every_source_is_stored_and_read_back(each_warehouse: Warehouse) -> None:
    store(each_warehouse, answer("007", heard="negative", csat=4.8), answer("7", day="2026-05-06"))
    store(each_warehouse, complaint("c1", text="很慢"), source="complaints")
    store(each_warehouse, item("v1", "问候"), source="visits")
    assert {key[:3]: cell["responses"] for key, cell in cells_in(each_warehouse).items()} == {
        ("2026-04-27", "OTA", "甲"): 1,
        ("2026-05-04", "OTA", "甲"): 1,
    }
    with each_warehouse.read() as connection:
        total, rows = snapshot_reads.responses_behind(connection, Slice())
        assert (total, rows["response_id"].tolist(), rows["csat"].tolist()[1]) == (2, ["7", "007"], 4.8)
        assert snapshot_reads.complaints_named(connection, ["c1"])["text"].tolist() == ["很慢"]
        assert snapshot_reads.visits_named(connection, ["v1"])["points"].tolist() == [4.0]


@pytest.mark.parametrize("odd", ["很\0慢", "\udcff", "\0"])
def test_what_no_store_can_hold_is_looked_for_in_vain_and_breaks_nothing(each_warehouse: Warehouse, odd: str) -> None:
    store(each_warehouse, answer("r1", heard="negative"))
    store(each_warehouse, complaint("c1", text="很慢"), source="complaints")
    with each_warehouse.read() as connection:
        assert snapshot_reads.responses_behind(connection, Slice.of(channel=[odd]))[0] == 0
        assert snapshot_reads.responses_behind(connection, Slice.of(channel=[odd, "OTA"]))[0] == 1
        assert snapshot_reads.complaints_named(connection, [odd, "c1"])["complaint_id"].tolist() == ["c1"]
        assert search.find(connection, search.Search("complaints", Slice(), words=odd)).empty
        assert search.complaint_of(connection, odd).empty


def rows_in_order(warehouse: Warehouse, **asked: Any) -> list[str]:
    with warehouse.read() as connection:
        return search.find(connection, search.Search("surveys", Slice(), **asked))["response_id"].tolist()


def test_words_are_found_as_typed_on_either_store(each_warehouse: Warehouse) -> None:
    said = {"r1": "100% 满意", "r2": "100分满意", "r3": "a_b", "r4": "aXb", "r5": "GOOD\\Service"}
    store(each_warehouse, *(answer(name, comment=text) for name, text in said.items()))
    for words, found in (("100%", ["r1"]), ("a_b", ["r3"]), ("good\\s", ["r5"]), ("A", ["r3", "r4"])):
        assert rows_in_order(each_warehouse, words=words) == found


def test_missing_scores_come_last_on_either_store(each_warehouse: Warehouse) -> None:
    scores = {"r1": None, "r2": 9.0, "r3": 3.0}
    rows = [answer(name, likelihood=score, comment="…") for name, score in scores.items()]
    store(each_warehouse, *rows)
    assert rows_in_order(each_warehouse, order="lowest") == ["r3", "r2", "r1"]
    assert rows_in_order(each_warehouse, order="highest") == ["r2", "r3", "r1"]


@pytest.mark.parametrize(
    "said", ["postgres://q@db/servq", "postgresql://q@db/servq", "postgresql+psycopg://q@db/servq"]
)
def test_postgresql_is_spoken_to_through_one_driver(said: str) -> None:
    assert read_url(said).drivername == "postgresql+psycopg"


@pytest.mark.parametrize(
    "said", ["mysql+pymysql://q:geheim@db/x", "postgresql+psycopg2://q:geheim@db/x", "//q:geheim@"]
)
def test_a_warehouse_stands_on_no_other_database_and_the_address_is_not_repeated(said: str) -> None:
    with pytest.raises(UsageError) as refused:
        Warehouse(said)
    chain = [refused.value.message, repr(refused.value.__cause__)]
    assert "geheim" not in "".join(chain)
    assert refused.value.exit_code == 2


@pytest.mark.parametrize("ending", [KeyboardInterrupt(), SystemExit(143)], ids=["Ctrl-C", "SIGTERM"])
def test_whoever_ends_a_writer_in_the_middle_of_a_statement_gets_that_end_and_no_error(
    warehouse: Warehouse, ending: BaseException
) -> None:
    store(warehouse, answer("1"))

    def broken_off() -> None:
        with warehouse.write() as connection:
            connection.execute(delete(response))
            if connection.dialect.name == "postgresql":
                # what a signal in mid-COPY leaves behind: a statement under way, whose session takes no other
                driver = connection.connection.driver_connection
                assert driver is not None
                driver.pgconn.send_query(b"SELECT 1")
            raise ending

    with pytest.raises(type(ending)):
        broken_off()
    with warehouse.write() as connection:
        assert connection.execute(select(func.count()).select_from(response)).scalar() == 1
