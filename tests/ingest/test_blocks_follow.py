"""Blocks after every change of cells: of the same facts, in the same transaction, on both stores."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select, update

from servq.ingest import load_file
from servq.ingest.edits.custom_causes import accept, withdraw
from servq.ingest.models.rescoring import rescore
from servq.warehouse.facts import week_cells
from servq.warehouse.reads.blocks import StoredBlocks
from servq.warehouse.store.engine import Warehouse
from servq.warehouse.tables.fact_tables import response, text_cause, text_score
from servq.warehouse.upkeep import erase
from servq.warehouse.upkeep.backup import take_backup
from servq.warehouse.upkeep.recount import weeks_that_differ
from servq.warehouse.upkeep.restore import restore
from servq.warehouse.upkeep.undo import undo
from tests.stores import each_warehouse as warehouse  # noqa: F401 - on both stores
from tests.warehouse.rows import WEEK_18, WEEK_19

HEADER = "答卷编号,提交时间,渠道,服务班组,会员编号,推荐意愿(0-10),您的意见和建议\n"
FIRST = HEADER + "".join(f"r{n},2026-04-29 12:00,APP,甲,M{n},{n},客服态度很差，等了两个小时\n" for n in range(11))
SECOND = HEADER + "".join(f"s{n},2026-05-06 12:00,官网,乙,M{n},9,很满意，谢谢\n" for n in range(11))

Versions = dict[str, dict[object, str]]


@pytest.fixture
def filled(warehouse: Warehouse, tmp_path: Path) -> Warehouse:  # noqa: F811
    for name, text in (("first", FIRST), ("second", SECOND)):
        file = tmp_path / f"{name}.csv"
        file.write_text(text, encoding="utf-8")
        assert load_file(warehouse, tmp_path, file, "surveys").loaded == 11
    return warehouse


def versions(warehouse: Warehouse) -> Versions:  # noqa: F811
    with warehouse.read() as connection:
        assert weeks_that_differ(connection)[1] == []
        return {kind: dict(StoredBlocks(connection, kind).versions) for kind in ("survey", "cause")}


def first_customer(warehouse: Warehouse) -> str:  # noqa: F811
    with warehouse.read() as connection:
        return str(connection.scalar(select(response.c.customer_id).where(response.c.response_id == "r3")))


def undone(warehouse: Warehouse) -> None:  # noqa: F811
    with warehouse.write() as connection:
        undo(connection, 2, "test")


def forgotten(warehouse: Warehouse) -> None:  # noqa: F811
    with warehouse.write() as connection:
        erase.forget(connection, first_customer(warehouse), "test")


def pruned(warehouse: Warehouse) -> None:  # noqa: F811
    with warehouse.read() as connection:
        last = connection.scalar(select(response.c.answered_at).order_by(response.c.answered_at.desc())) or 0
    with warehouse.write() as connection:
        erase.prune(connection, {"surveys": 3}, last + 86_400, "test")


@pytest.mark.parametrize(
    ("change", "expected"),
    [(undone, {WEEK_18}), (forgotten, {WEEK_18, WEEK_19}), (pruned, {WEEK_19})],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_blocks_are_of_the_facts_after_every_change(
    filled: Warehouse, change: Callable[[Warehouse], None], expected: set[object]
) -> None:
    before = versions(filled)
    assert set(before["survey"]) == {WEEK_18, WEEK_19}
    change(filled)
    after = versions(filled)
    assert set(after["survey"]) == expected
    assert after != before


def test_rescoring_writes_the_blocks_of_every_text_that_an_earlier_model_had_scored(filled: Warehouse) -> None:
    before = versions(filled)
    with filled.write() as connection:
        connection.execute(update(text_score).values(label="uncertain", polarity=0.5, version="old"))
        connection.execute(update(text_cause).values(named=7, version="old"))
        week_cells.rebuild(connection, [WEEK_18, WEEK_19])
    then = versions(filled)
    assert not {*then["survey"].values(), *then["cause"].values()} & {
        *before["survey"].values(),
        *before["cause"].values(),
    }
    assert rescore(filled).texts == 2
    assert versions(filled) == before


def test_a_cause_that_is_accepted_or_withdrawn_is_in_the_blocks_at_once(filled: Warehouse) -> None:
    before = versions(filled)
    code, searched = accept(filled, "wait", "干等", ["两个小时"])
    after = versions(filled)
    assert searched == 2
    assert after["survey"] == before["survey"]
    assert after["cause"][WEEK_18] != before["cause"][WEEK_18]
    assert withdraw(filled, code) == 2
    assert versions(filled) == before


def test_a_change_of_nothing_leaves_every_version(filled: Warehouse) -> None:
    before = versions(filled)
    rescore(filled)
    assert versions(filled) == before


def test_a_restored_backup_brings_its_own_blocks(filled: Warehouse, tmp_path: Path) -> None:
    before = versions(filled)
    take_backup(filled, tmp_path / "backup.servq")
    undone(filled)
    assert versions(filled) != before
    restore(filled, tmp_path / "backup.servq", replace=True)
    assert versions(filled) == before


def test_who_was_forgotten_since_is_not_in_the_blocks_of_a_restored_backup(filled: Warehouse, tmp_path: Path) -> None:
    take_backup(filled, tmp_path / "backup.servq")
    before = versions(filled)
    forgotten(filled)
    without = versions(filled)
    restore(filled, tmp_path / "backup.servq", replace=True)
    assert versions(filled) == without != before
