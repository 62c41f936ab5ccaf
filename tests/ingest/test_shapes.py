"""Loads of turned tables: they add up, load once, and what was set aside of them comes in when it is mended."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from servq.ingest import load_file
from servq.ingest.quarantine.retry import retry
from servq.loaders.maps.map import map_from_table
from servq.records import LoadReport
from servq.warehouse.store.engine import Warehouse
from servq.warehouse.upkeep.doctor import examine
from tests.ingest.conftest import Ask

HEAD = "答卷编号,提交时间,渠道,班组,题目,答案"
LONG = map_from_table(
    {
        "source": "surveys",
        "long": {"id": "答卷编号", "question": "题目", "answer": "答案"},
        "columns": {
            "response_id": "答卷编号",
            "answered_at": "提交时间",
            "channel": "渠道",
            "team": "班组",
            "likelihood": "推荐",
        },
    },
    "long",
)
LINES = (
    "1,2026-03-05,官网,一组,推荐,9",
    "1,2026-03-05,官网,一组,推荐,2",
    "2,2026-03-05,官网,一组,推荐,8",
    "3,2026-03-05,官网,一组,推荐,7",
    "3,2026-03-05,APP,一组,别的,x",
    "4,2026-03-05,官网,一组,,6",
)
STATES = "SELECT quarantine_id, state, reason FROM quarantine ORDER BY quarantine_id"
ASIDE = [(1, "waiting", "asked_twice"), (2, "waiting", "lines_differ"), (3, "waiting", "missing_value")]


@pytest.fixture
def long(warehouse: Warehouse, home: Path, tmp_path: Path) -> LoadReport:
    """Sheet 2 is in order; 1 has two answers, 3 two channels, and a line of 4 no question."""
    path = tmp_path / "long.csv"
    path.write_text("\n".join([HEAD, *LINES, ""]), encoding="utf-8")
    return load_file(warehouse, home, path, None, LONG, bad_share=1)


def test_the_sheets_and_stray_lines_add_up(long: LoadReport, ask: Ask, warehouse: Warehouse) -> None:
    assert (long.rows_read, long.loaded, long.quarantined) == (4, 1, 3)
    assert long.adds_up
    assert long.noted == {"lines_turned": 6}
    assert ask(STATES) == ASIDE
    assert [check.name for check in examine(warehouse) if not check.ok] == []


def test_tried_again_as_it_is_nothing_is_decided_for_anybody(
    long: LoadReport, ask: Ask, warehouse: Warehouse, home: Path
) -> None:
    reports = retry(warehouse, home, {1: {}, 2: {}, 3: {}})
    assert {report.loaded + report.not_answered for report in reports} == {0}
    assert ask(STATES) == ASIDE


@pytest.mark.parametrize(
    ("number", "said", "wanted"),
    [
        (1, {"推荐": "2"}, ("1", 2, "官网")),
        (2, {"渠道": "APP"}, ("3", 7, "APP")),
        (3, {"题目": "推荐"}, ("4", 6, "官网")),
    ],
)
def test_mended_they_come_in(
    number: int, said: dict[str, str], wanted: Any, long: LoadReport, ask: Ask, warehouse: Warehouse, home: Path
) -> None:
    (report,) = retry(warehouse, home, {number: said})
    assert (report.loaded, report.quarantined) == (1, 0)
    assert wanted in ask("SELECT response_id, likelihood, channel FROM response")


def test_a_checklist_adds_up_loads_once_and_its_mended_item_comes_in(
    warehouse: Warehouse, home: Path, tmp_path: Path, ask: Ask
) -> None:
    path = tmp_path / "items.csv"
    about = "访问编号,访问时间,渠道,被访班组"
    path.write_text(f"{about},微笑(5分),着装(10分)\nV1,2026-03-05,门店,一组,6,8\n", encoding="utf-8")
    first = load_file(warehouse, home, path, "visits")
    assert (first.rows_read, first.loaded, first.quarantined, first.adds_up) == (2, 1, 1, True)
    (mended,) = retry(warehouse, home, {1: {"得分": "5"}})
    assert mended.loaded == 1
    assert ask("SELECT item, points, points_possible FROM visit_item ORDER BY points") == [
        ("微笑", 5, 5),
        ("着装", 8, 10),
    ]
    assert load_file(warehouse, home, path, "visits").status == "unchanged"


def test_a_members_number_waits_as_its_hash_wherever_a_line_says_it(
    warehouse: Warehouse, home: Path, tmp_path: Path, ask: Ask
) -> None:
    """Twice in one sheet, in a line of no sheet, under no question, and in a line that is too long."""
    path = tmp_path / "long.csv"
    about = "2026-03-05,官网,一组"
    lines = [f"1,{about},会员编号,VIP-1", f"1,{about},会员编号,VIP-2", f",{about},会员编号,VIP-3", f"4,{about},,VIP-4"]
    lines += [f"5,{about},会员编号,VIP-5,x", f"6,{about},推荐,9"]
    path.write_text("\n".join([HEAD, *lines, ""]), encoding="utf-8")
    columns = {name: pick.header for name, pick in LONG.columns.items()} | {"customer_id": "会员编号"}
    long = {"id": "答卷编号", "question": "题目", "answer": "答案"}
    map_ = map_from_table({"source": "surveys", "long": long, "columns": columns}, "long")
    report = load_file(warehouse, home, path, None, map_, bad_share=1)
    assert (report.loaded, report.quarantined) == (1, 4)
    waits = str(ask("SELECT value, raw FROM quarantine"))
    assert "VIP" not in waits
    assert waits.count("c_") >= 5
