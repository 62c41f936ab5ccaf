"""Custom causes on both stores: accepted in one transaction with all its effects, and withdrawn again."""

from __future__ import annotations

from pathlib import Path

import pytest

from servq.errors import UsageError
from servq.ingest import load_file
from servq.ingest.edits import custom_causes
from servq.ingest.models.rescoring import recode
from servq.ingest.models.versions import outdated_causes
from servq.query import Snapshot, measure, rows_behind, state_of, take_snapshot
from servq.query.causes.custom_tree import likely_category, own_leaves, tree_of, would_move
from servq.records import UNATTRIBUTED, Slice
from servq.standards import Standards
from servq.warehouse.store.engine import Warehouse
from servq.warehouse.upkeep.doctor import examine

CODE, WORDS = "system.刷脸闸机故障", ("闸机", "刷脸失败")

COMPLAINTS = (
    "T1,2026-04-29 10:00,门店,甲,闸机不认人",
    "T2,2026-04-30 10:00,门店,甲,刷脸失败，电话也打不通",
    "T3,2026-04-30 11:00,门店,甲,电话打不通",
)
ANSWERS = ("R1,2026-04-29 10:00,门店,甲,3,闸机总不认人", "R2,2026-04-29 10:00,门店,甲,9,很好")


def load(warehouse: Warehouse, home: Path, source: str, head: str, *lines: str) -> None:
    path = home / f"{source}{len(list(home.iterdir()))}.csv"
    path.write_text("\n".join([head, *lines, ""]), encoding="utf-8")
    assert load_file(warehouse, home, path, source).adds_up


@pytest.fixture
def loaded(each_warehouse: Warehouse, tmp_path: Path) -> Warehouse:
    load(each_warehouse, tmp_path, "complaints", "投诉单号,受理时间,渠道,责任班组,投诉内容", *COMPLAINTS)
    load(each_warehouse, tmp_path, "surveys", "答卷编号,提交时间,渠道,服务班组,推荐意愿,您的意见和建议", *ANSWERS)
    return each_warehouse


def look(warehouse: Warehouse) -> Snapshot:
    return take_snapshot(warehouse, Standards(), 0)


def counts(warehouse: Warehouse) -> dict[str, int]:
    return {row.dims["cause"]: row.reading.n for row in measure(look(warehouse), "complaints", ("cause",))}


def test_before_it_is_accepted_it_says_what_it_would_find(loaded: Warehouse) -> None:
    moved = would_move(look(loaded), "system", "刷脸闸机故障", WORDS)
    assert (moved.ids, moved.silent, moved.looked_at) == (("T2", "T1"), ("T1",), 3)
    assert [one for one, _ in moved.sentences] == ["T2"], "闸机不认人 is too short a sentence to be quoted"
    assert counts(loaded) == {"wait.phone": 2, UNATTRIBUTED: 1}, "nothing has changed"


def test_accepted_every_text_is_searched_with_it_and_figures_and_rows_follow(loaded: Warehouse) -> None:
    before = state_of(loaded)
    assert custom_causes.accept(loaded, "system", "刷脸闸机故障", WORDS) == (CODE, 5)
    assert state_of(loaded) != before, "pages forget what they had kept"
    assert counts(loaded) == {CODE: 2, "wait.phone": 2}
    snapshot = look(loaded)
    assert rows_behind(snapshot, "complaints", Slice.of(cause=[CODE])).frame["complaint_id"].tolist() == ["T2", "T1"]
    assert rows_behind(snapshot, "nps", Slice.of(cause=[CODE])).frame["comment"].tolist() == ["闸机总不认人"]
    assert rows_behind(snapshot, "complaints", Slice.of(cause_category=["system"])).total == 2
    assert tree_of(snapshot).leaves[CODE].zh == "刷脸闸机故障"
    assert [check.found.en for check in examine(loaded) if not check.ok] == []
    assert (recode(loaded), outdated_causes(loaded)) == (0, 0)


def test_what_comes_later_is_searched_with_it_too(loaded: Warehouse, tmp_path: Path) -> None:
    custom_causes.accept(loaded, "system", "刷脸闸机故障", WORDS)
    load(
        loaded,
        tmp_path,
        "complaints",
        "投诉单号,受理时间,渠道,责任班组,投诉内容",
        "T9,2026-05-06 10:00,门店,甲,闸机夹人",
    )
    assert counts(loaded)[CODE] == 3
    assert outdated_causes(loaded) == 0


def test_withdrawn_everything_is_as_before_and_the_books_keep_who_and_when(loaded: Warehouse) -> None:
    first = counts(loaded)
    custom_causes.accept(loaded, "system", "刷脸闸机故障", WORDS)
    assert custom_causes.withdraw(loaded, CODE) == 5
    assert counts(loaded) == first
    (kept,) = own_leaves(look(loaded))
    assert (kept.code, kept.words) == (CODE, WORDS)
    assert kept.who == kept.withdrawn_by != ""
    assert kept.withdrawn_at is not None
    assert kept.withdrawn_at >= kept.at > 0
    assert CODE not in tree_of(look(loaded)).leaves


def test_what_was_withdrawn_can_come_back_and_what_is_there_cannot_come_twice(loaded: Warehouse) -> None:
    custom_causes.accept(loaded, "system", "刷脸闸机故障", WORDS)
    with pytest.raises(UsageError, match="already"):
        custom_causes.accept(loaded, "wait", "刷脸闸机故障", ("闸机",))
    custom_causes.withdraw(loaded, CODE)
    with pytest.raises(UsageError, match="no accepted cause"):
        custom_causes.withdraw(loaded, CODE)
    custom_causes.accept(loaded, "system", "刷脸闸机故障", ("闸机",))
    assert counts(loaded)[CODE] == 1
    assert len(own_leaves(look(loaded))) == 2


def test_what_is_refused_leaves_nothing_behind(loaded: Warehouse) -> None:
    with pytest.raises(UsageError, match="cannot be a word"):
        custom_causes.accept(loaded, "system", "刷脸闸机故障", ("闸",))
    assert own_leaves(look(loaded)) == []
    assert counts(loaded) == {"wait.phone": 2, UNATTRIBUTED: 1}


def test_the_category_offered_is_the_one_that_the_texts_name_most(loaded: Warehouse) -> None:
    assert likely_category(look(loaded), ("T2", "T3")) == "wait"
    assert likely_category(look(loaded), ("T1",)) == "wait", "the tree's first where they name none"
