"""Checklists with one column per item: each cell becomes a row, with the points that its header tells."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from servq.errors import FileRefused, UsageError
from servq.loaders.maps.map import map_from_table
from servq.loaders.maps.map_writer import keep_map, kept_map
from tests.loaders.exports import load, write_xlsx

ABOUT = "访问编号,访问时间,渠道,被访班组"
FIRST, SECOND = "V1,2026-03-05,门店,一组", "V2,2026-03-06,门店,二组"
ITEMS = "微笑服务(5分),着装（满分10）,总分(15分)"
COLUMNS = {"visit_id": "访问编号", "visited_at": "访问时间", "channel": "渠道", "team": "被访班组"}


def sheet(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "a.csv"
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    return path


def told(frame: Any) -> list[tuple[str, str, float, float]]:
    columns = [frame[name] for name in ("visit_id", "item", "points", "points_possible")]
    return [(str(v), str(i), float(p), float(m)) for v, i, p, m in zip(*columns, strict=True)]


WANTED = [("V1", "微笑服务", 5, 5), ("V1", "着装", 8, 10), ("V2", "微笑服务", 3, 5)]


def test_headers_that_tell_their_points_are_items_and_a_total_is_none(tmp_path: Path) -> None:
    path = sheet(tmp_path, f"{ABOUT},{ITEMS}", f"{FIRST},5,8,13", f"{SECOND},3,,3")
    loaded = load(path, "visits")
    assert told(loaded.frame) == WANTED
    assert loaded.rows_read == 3
    assert dict(loaded.noted) == {"lines_turned": 2, "items_not_checked": 1}
    assert loaded.facts.unused == ("总分(15分)", "文件行 row in file")
    assert loaded.frame["row"].tolist() == [2, 3, 4]
    assert loaded.facts.turned is not None


def test_a_workbook_says_the_same(tmp_path: Path) -> None:
    lines = [f"{ABOUT},{ITEMS}", f"{FIRST},5,8,13", f"{SECOND},3,,3"]
    loaded = load(write_xlsx(tmp_path / "a.xlsx", [line.split(",") for line in lines]), "visits")
    assert told(loaded.frame) == WANTED


def test_a_map_names_the_items_and_how_many_points_they_have(tmp_path: Path) -> None:
    path = sheet(tmp_path, f"{ABOUT},微笑,着装(10分),备注", f"{FIRST},5,8,好", f"{SECOND},3,—,")
    table = {"source": "visits", "items": {"columns": ["微笑", "着装(10分)"], "possible": 5}}
    map_ = map_from_table(table | {"columns": COLUMNS | {"remark": "备注"}}, "m")
    loaded = load(path, None, map_)
    assert [row[1:] for row in told(loaded.frame)] == [("微笑", 5, 5), ("着装", 8, 10), ("微笑", 3, 5)]
    assert loaded.frame["remark"].tolist()[:2] == ["好", "好"]
    keep_map(map_, tmp_path, "m")
    assert kept_map(tmp_path, "visits", "m").items == map_.items


def test_points_above_those_possible_wait_with_their_item(tmp_path: Path) -> None:
    loaded = load(sheet(tmp_path, f"{ABOUT},{ITEMS}", f"{FIRST},6,x,13"), "visits")
    assert loaded.reasons == [(2, "得分", "out_of_range"), (3, "得分", "not_a_number")]
    assert loaded.rejected[0].raw["检查项"] == "微笑服务"
    assert loaded.rejected[0].raw["文件行 row in file"] == "2"


def test_a_visit_without_a_single_item_and_a_row_of_another_width_wait(tmp_path: Path) -> None:
    loaded = load(sheet(tmp_path, f"{ABOUT},{ITEMS}", f"{FIRST},,,", f"{SECOND},3"), "visits")
    assert [reason for _, _, reason in loaded.reasons] == ["missing_value", "wrong_width"]
    assert loaded.rows_read == 2


def test_two_items_of_one_name_keep_their_whole_headers(tmp_path: Path) -> None:
    loaded = load(sheet(tmp_path, f"{ABOUT},问候(5分),问候(10分)", f"{FIRST},5,8"), "visits")
    assert loaded.frame["item"].tolist() == ["问候(5分)", "问候(10分)"]


def test_an_item_of_which_nobody_says_the_points_refuses_the_file(tmp_path: Path) -> None:
    path = sheet(tmp_path, f"{ABOUT},微笑", f"{FIRST},5")
    map_ = map_from_table({"source": "visits", "items": {"columns": ["微笑"]}, "columns": COLUMNS}, "m")
    with pytest.raises(FileRefused, match="how many points"):
        load(path, None, map_)


@pytest.mark.parametrize("items", [{"possible": 0}, {"columns": "a"}, {"points": 5}])
def test_items_that_make_no_sense_are_refused(items: Any) -> None:
    with pytest.raises(UsageError):
        map_from_table({"source": "visits", "items": items, "columns": COLUMNS}, "m")
    with pytest.raises(UsageError):
        map_from_table({"source": "surveys", "items": {}, "columns": {}}, "m")
