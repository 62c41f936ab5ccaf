"""The two stores answer alike: what is written through one is read as through the other."""

from __future__ import annotations

from servq.records import Slice
from servq.warehouse import reads
from servq.warehouse.engine import Warehouse
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
        total, rows = reads.responses_behind(connection, Slice())
        assert (total, rows["response_id"].tolist(), rows["csat"].tolist()[1]) == (2, ["7", "007"], 4.8)
        assert reads.complaints_named(connection, ["c1"])["text"].tolist() == ["很慢"]
        assert reads.visits_named(connection, ["v1"])["points"].tolist() == [4.0]
