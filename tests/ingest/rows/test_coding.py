"""Cause coding at load time: causes are stored with their load, and searched again when the tree has changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from servq.ingest import load_file
from servq.ingest.models.rescoring import recode
from servq.ingest.rows import coding
from servq.records import UNATTRIBUTED
from servq.text.causes.finder import find_causes
from servq.text.causes.tree_file import read_tree
from servq.warehouse.store.engine import Warehouse
from servq.warehouse.tables.fact_tables import cause_cell, complaint, text_cause
from servq.warehouse.texts.mentions import read_spans
from servq.warehouse.texts.scores import text_hash
from servq.warehouse.upkeep.doctor import examine

TWO, ONE, NONE = "退款一直没到账，电话也打不通", "电话打不通", "就这样吧"

SURVEYS = "答卷编号,提交时间,渠道,服务班组,推荐意愿,您的意见和建议\n"
COMPLAINTS = "投诉单号,受理时间,渠道,责任班组,投诉内容\n"


def load(warehouse: Warehouse, home: Path, source: str, *lines: str) -> None:
    path = home / f"{source}{len(list(home.iterdir()))}.csv"
    path.write_text((SURVEYS if source == "surveys" else COMPLAINTS) + "\n".join(lines) + "\n", encoding="utf-8")
    assert load_file(warehouse, home, path, source).adds_up


@pytest.fixture
def loaded(warehouse: Warehouse, tmp_path: Path) -> Warehouse:
    """Four answers of one week (two causes, one, none, no words), and two complaints, one in the words of an answer."""
    said = [("R1", 3, TWO), ("R2", 10, ONE), ("R3", 9, NONE), ("R4", 9, "")]
    load(
        warehouse,
        tmp_path,
        "surveys",
        *(f"{name},2026-04-29 10:00,OTA,甲,{score},{text}" for name, score, text in said),
    )
    load(warehouse, tmp_path, "complaints", f"T1,2026-04-29 10:00,OTA,甲,{TWO}", "T2,2026-04-29 10:00,OTA,甲,")
    return warehouse


def stored(warehouse: Warehouse) -> dict[str, list[tuple[str, int, int, list[str]]]]:
    """Text -> its stored causes: cause, number of causes, whether it leads its category, the words."""
    texts = {text_hash(text): text for text in (TWO, ONE, NONE)}
    found: dict[str, list[tuple[str, int, int, list[str]]]] = {text: [] for text in texts.values()}
    with warehouse.read() as connection:
        for row in connection.execute(select(text_cause).order_by(text_cause.c.cause)):
            text = texts[row.text_hash]
            words = [text[start:end] for start, end in read_spans(row.spans)]
            found[text].append((row.cause, row.named, row.leads, words))
    return found


def wrong(warehouse: Warehouse) -> list[str]:
    return [check.found.en for check in examine(warehouse) if not check.ok]


def test_each_text_is_stored_once_with_what_it_names_and_where(loaded: Warehouse) -> None:
    found = stored(loaded)
    assert [row[:3] for row in found[TWO]] == [("money.refund_slow", 2, 1), ("wait.phone", 2, 1)]
    for text in (TWO, ONE):
        for cause, _, _, words in found[text]:
            named = [text[m.start : m.end] for m in find_causes([text])[0] if m.leaf == cause]
            assert words == named
    assert found[NONE] == [(UNATTRIBUTED, 1, 1, [])]


def test_answers_are_counted_by_cause_in_the_same_transaction(loaded: Warehouse) -> None:
    with loaded.read() as connection:
        cells = connection.execute(
            select(cause_cell.c.cause, cause_cell.c.named, cause_cell.c.responses, cause_cell.c.likelihood_3)
        ).all()
    assert sorted(map(tuple, cells)) == [
        ("money.refund_slow", 2, 1, 1),
        ("wait.phone", 1, 1, 0),
        ("wait.phone", 2, 1, 1),
        (UNATTRIBUTED, 1, 1, 0),
    ]
    assert wrong(loaded) == []


def test_two_causes_of_one_category_are_led_by_the_first(warehouse: Warehouse, tmp_path: Path) -> None:
    load(warehouse, tmp_path, "complaints", "T1,2026-04-29 10:00,OTA,甲,电话打不通，现场又排队两小时")
    with warehouse.read() as connection:
        rows = connection.execute(select(text_cause.c.cause, text_cause.c.leads)).all()
    assert sorted(map(tuple, rows)) == [("wait.phone", 1), ("wait.queue", 0)]


class TestAnotherTree:
    @pytest.fixture
    def other(self, loaded: Warehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Warehouse:
        """The same warehouse, and a tree that knows one thing only: 就这样."""
        path = tmp_path / "causes.toml"
        path.write_text(
            '[[category]]\ncode = "odd"\nzh = "其他"\nen = "Other"\n[[category.leaf]]\ncode = "so"\nzh = "就这样"\n'
            'en = "So be it"\nservqual = "empathy"\ntouchpoint = "中体验"\nwords = ["就这样"]\n',
            encoding="utf-8",
        )
        tree = read_tree(path)
        monkeypatch.setattr("servq.text.causes.finder.shipped_tree", lambda: tree)
        return loaded

    def test_every_text_is_searched_again_and_the_cells_follow(self, other: Warehouse) -> None:
        told: list[int] = []
        assert recode(other, told.append) == 3
        assert told[-1] == 3
        assert {text: [row[0] for row in rows] for text, rows in stored(other).items()} == {
            TWO: [UNATTRIBUTED],
            ONE: [UNATTRIBUTED],
            NONE: ["odd.so"],
        }
        assert wrong(other) == []

    def test_the_second_time_there_is_nothing_to_do(self, other: Warehouse) -> None:
        assert (recode(other), recode(other)) == (3, 0)

    def test_a_text_that_comes_again_is_searched_with_the_present_tree(self, other: Warehouse, tmp_path: Path) -> None:
        load(other, tmp_path, "surveys", f"R9,2026-05-06 10:00,OTA,甲,9,{NONE}")
        assert stored(other)[NONE] == [("odd.so", 1, 1, ["就这样"])]
        assert [row[0] for row in stored(other)[ONE]] == ["wait.phone"]
        assert wrong(other) == [], "the cells of the earlier week were counted anew too"

    def test_few_at_a_time_finds_the_same(self, other: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(coding, "AT_ONCE", 1)
        assert recode(other) == 3
        assert [row[0] for row in stored(other)[NONE]] == ["odd.so"]


def test_what_nobody_says_any_more_is_not_kept(loaded: Warehouse) -> None:
    from servq.warehouse.upkeep.erase import prune

    with loaded.write() as connection:
        prune(connection, {"surveys": 1}, 1_900_000_000, "test")
        said = connection.scalars(select(text_cause.c.text_hash).distinct()).all()
        assert said == [connection.scalar(select(complaint.c.text_hash).where(complaint.c.complaint_id == "T1"))]
    assert wrong(loaded) == []


def test_a_warehouse_from_before_says_what_waits_and_is_searched_by_init(loaded: Warehouse) -> None:
    with loaded.write() as connection:
        connection.execute(text_cause.delete())
        connection.execute(cause_cell.delete())
    (said,) = [check for check in examine(loaded) if check.name == "causes"]
    assert (said.ok, "3 texts, 3 of them not searched yet" in said.found.en) == (True, True)
    assert recode(loaded) == 3
    assert [row[:3] for row in stored(loaded)[TWO]] == [("money.refund_slow", 2, 1), ("wait.phone", 2, 1)]
    assert wrong(loaded) == []
