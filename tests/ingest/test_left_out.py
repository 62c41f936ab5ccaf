"""Rows that a map's rules leave out: counted apart, with the rule, and nothing else of them is kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from servq.errors import FileRefused, UsageError
from servq.ingest.preview import preview
from servq.ingest.quarantine.retry import retry
from servq.loaders.maps.map import Map, map_from_table
from servq.loaders.maps.map_writer import as_toml
from servq.records import LoadReport
from servq.warehouse.store.engine import Warehouse
from servq.warehouse.upkeep.doctor import examine
from tests.ingest.conftest import Ask, Load, home_of
from tests.loaders.exports import load as read
from tests.loaders.exports import survey, write_csv

COLUMNS = ("response_id", "answered_at", "channel", "team", "likelihood")
UNFINISHED = {"from": "Finished", "leave_out": "False"}
TRIED_OUT = {"from": "Status", "leave_out": ["Survey Preview", "Spam"]}


def ruled(*rules: dict[str, Any]) -> Map:
    columns = {name: name for name in COLUMNS}
    return map_from_table({"source": "surveys", "columns": columns, "rows": list(rules)}, "m")


def answer(number: int, finished: str = "True", status: str = "IP Address", **cells: str) -> dict[str, str]:
    return survey(response_id=str(number), **cells) | {"Finished": finished, "Status": status}


def outcome(report: LoadReport) -> tuple[int, ...]:
    return report.rows_read, report.loaded, report.quarantined, report.not_answered, report.left_out


def test_unfinished_answers_and_previews_are_counted_as_left_out(warehouse: Warehouse, load: Load, ask: Ask) -> None:
    rows = [
        answer(1),
        answer(2, finished=" false"),  # neither blanks nor case count
        answer(3, status="Survey Preview"),
        answer(4, finished="False", status="Spam"),  # the first rule that leaves it out counts it
        answer(5, likelihood="11"),
        answer(6, likelihood=""),
    ]
    report = load(*rows, map_=ruled(UNFINISHED, TRIED_OUT), bad_share=0.9)
    assert outcome(report) == (6, 1, 1, 1, 3)
    assert report.adds_up
    rules = {"leave_out Finished = False": 2, "leave_out Status = Survey Preview | Spam": 1}
    assert report.rules == rules
    ((left_out, logged),) = ask("SELECT left_out, rules FROM load_log")
    assert (left_out, json.loads(logged)) == (3, rules)
    assert ask("SELECT response_id FROM response") == [("1",)]
    assert ask("SELECT response_id FROM unanswered") == [("6",)]
    assert [check.found.en for check in examine(warehouse) if not check.ok] == []


def test_the_same_file_again_tells_the_same(load: Load) -> None:
    rows = [answer(1), answer(2, finished="False")]
    load(*rows, map_=ruled(UNFINISHED))
    again = load(*rows, map_=ruled(UNFINISHED))
    assert (again.status, again.duplicates, again.left_out, again.adds_up) == ("unchanged", 1, 1, True)
    assert again.rules == {"leave_out Finished = False": 1}


def test_left_out_rows_are_no_bad_ones_and_do_not_refuse_the_file(load: Load) -> None:
    rows = [answer(number, finished="False", likelihood="x") for number in range(1, 9)]
    report = load(*rows, answer(9), map_=ruled(UNFINISHED), bad_share=0.1)
    assert outcome(report) == (9, 1, 0, 0, 8)


@pytest.mark.parametrize(
    ("rule", "stay"),
    [
        ({"from": "Status", "only": "有效"}, ["1"]),
        ({"from": "Status", "leave_out": ["无效", "NOT_SAMPLED"]}, ["1", "4"]),
        ({"from": "Status", "leave_out": ["", "not_sampled"]}, ["1", "2"]),  # "" is the empty cell
    ],
)
def test_rows_by_the_value_of_a_column(rule: dict[str, Any], stay: list[str], tmp_path: Path) -> None:
    states = ["有效", "无效", "NOT_SAMPLED", ""]
    file = write_csv(tmp_path / "a.csv", [answer(at, status=state) for at, state in enumerate(states, start=1)])
    loaded = read(file, None, ruled(rule))
    assert loaded.frame["response_id"].tolist() == stay
    assert loaded.left_out.total() == 4 - len(stay)


def test_a_short_row_of_totals_is_left_out_and_a_row_too_wide_is_not_judged(tmp_path: Path) -> None:
    lines = ["response_id,answered_at,channel,team,likelihood", "1,2026-03-05,官网,一组,9", "合计,1", "合计,,,,9,,"]
    file = tmp_path / "a.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    loaded = read(file, None, ruled({"from": "response_id", "leave_out": "合计"}))
    assert loaded.left_out == {"leave_out response_id = 合计": 1}
    assert [one.reason for one in loaded.rejected] == ["wrong_width"]


def test_a_header_that_the_file_lacks_refuses_it_with_the_one_that_may_be_meant(tmp_path: Path) -> None:
    with pytest.raises(FileRefused) as refused:
        read(write_csv(tmp_path / "a.csv", [answer(1)]), None, ruled({"from": "Finishd", "leave_out": "False"}))
    assert "[[rows]]" in refused.value.zh
    assert "Finished" in refused.value.hint_zh


@pytest.mark.parametrize(
    "rule",
    [
        {"from": "a"},
        {"leave_out": "x"},
        {"from": "a", "only": "x", "leave_out": "y"},
        {"from": "a", "only": []},
        {"from": "a", "only": [1.5]},
        {"from": "a", "olny": "x"},
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(rule: dict[str, Any]) -> None:
    with pytest.raises(UsageError, match=r"\[\[rows\]\] 1"):
        ruled(rule)


def test_a_map_with_rules_is_written_and_read_back_equal() -> None:
    import tomllib

    map_ = ruled(UNFINISHED, TRIED_OUT)
    assert '[[rows]]\nfrom = "Finished"\nleave_out = "False"\n' in as_toml(map_)
    again = map_from_table(tomllib.loads(as_toml(map_)), "m")
    assert (again.rows, again.sha256) == (map_.rows, map_.sha256)


def test_a_corrected_row_passes_the_rules_of_its_map(warehouse: Warehouse, load: Load, ask: Ask) -> None:
    load(answer(1), answer(2, likelihood="11"), answer(3, likelihood="12"), map_=ruled(UNFINISHED), bad_share=0.9)
    (report,) = retry(warehouse, home_of(warehouse), {1: {"likelihood": "10"}, 2: {"Finished": "False"}})
    assert (report.rows_read, report.loaded, report.left_out, report.adds_up) == (2, 1, 1, True)
    assert ask("SELECT DISTINCT state FROM quarantine") == [("released",)]


def test_a_preview_tells_how_many_are_left_out(tmp_path: Path) -> None:
    file = write_csv(tmp_path / "a.csv", [answer(1), answer(2, finished="False")])
    look = preview(file, "surveys", ruled(UNFINISHED), {}, tmp_path)
    assert (look.refused, look.rows_read, look.left_out, len(look.rows)) == (None, 2, 1, 1)
