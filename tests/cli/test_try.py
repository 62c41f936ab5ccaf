"""`servq load --try`: the first rows as they would be stored beside the file's; nothing is loaded, nobody named."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Servq

FILE = """单号,点评日期,打分,内容,会员编号
0012,发表于05-03-26,4.8分,电话 13812345678,VIP-1
0013,发表于06-03-26,9,,VIP-2
0014,发表于07-03-26,,,VIP-3
"""
MAP = """source = "surveys"
[columns]
response_id = { from = "单号", prefix = "site-" }
answered_at = { from = "点评日期", format = "发表于%d-%m-%y" }
csat = { from = "打分", strip = "分" }
comment = "内容"
customer_id = "会员编号"
channel = { constant = "OTA" }
team = { constant = "一组" }
"""


def files(tmp_path: Path) -> tuple[Path, Path]:
    export, map_ = tmp_path / "export.csv", tmp_path / "map.toml"
    export.write_text(FILE, encoding="utf-8")
    map_.write_text(MAP, encoding="utf-8")
    return export, map_


def test_each_cell_is_shown_as_it_came_and_as_it_would_be_stored(servq: Servq, home: Path, tmp_path: Path) -> None:
    export, map_ = files(tmp_path)
    said = servq("load", "surveys", export, "--map", map_, "--try", "--json")
    assert said.code == 0
    told = json.loads(said.out)
    assert (told["status"], told["message"], len(told["rows"])) == ("tried", "", 3)
    good, bad, silent = told["rows"]
    assert good["came"]["answered_at"] == "发表于05-03-26"
    assert good["stored"]["answered_at"] == "2026-03-05 00:00:00+08:00"
    assert (good["came"]["csat"], good["stored"]["csat"]) == ("4.8分", 4.8)
    assert (good["came"]["response_id"], good["stored"]["response_id"]) == ("0012", "site-0012")
    assert (good["came"]["channel"], good["stored"]["channel"]) == ("", "OTA")
    assert (bad["row"], bad["stored"], bad["reasons"]) == (3, {}, ["out_of_range"])
    assert (silent["row"], silent["reasons"]) == (4, ["not_answered"])
    assert "13812345678" not in said.out
    assert "VIP" not in said.out
    assert not list(home.glob("*.sqlite")), "no warehouse is needed"


def test_a_reader_sees_both_sides_in_one_table(servq: Servq, home: Path, tmp_path: Path) -> None:
    export, map_ = files(tmp_path)
    said = servq("load", "surveys", export, "--map", map_, "--try")
    assert "发表于05-03-26 → 2026-03-05 00:00:00+08:00" in said.out
    assert "4.8分 → 4.8" in said.out
    assert "超出允许范围 outside the allowed range" in said.out
    assert "VIP" not in said.out


def test_no_more_than_twenty_rows_are_shown(servq: Servq, home: Path, tmp_path: Path) -> None:
    export = tmp_path / "a.csv"
    rows = "".join(f"{n},2026-03-05,官网,一组,9\n" for n in range(30))
    export.write_text(f"答卷编号,提交时间,渠道,班组,推荐意愿\n{rows}", encoding="utf-8")
    assert len(json.loads(servq("load", "surveys", export, "--try", "--json").out)["rows"]) == 20


def test_a_file_that_would_be_refused_says_so_by_its_code(servq: Servq, home: Path, tmp_path: Path) -> None:
    export, _ = files(tmp_path)
    said = servq("load", "surveys", export, "--try")
    assert said.code == 3
    assert "required columns are missing" in said.err


def test_a_person_in_a_header_is_hidden_whether_a_column_is_read_from_it_or_not(servq: Servq, tmp_path: Path) -> None:
    export = tmp_path / "a.csv"
    head = "答卷编号,提交时间,渠道,班组,7、请评价13900005001：—服务态度,7、响应时间,13900005002"
    export.write_text(f"{head}\n1,2026-03-05 10:00,官网,一组,5,4,好\n2,2026-03-05 10:00,官网,一组,9,4,好\n", "utf-8")
    for form in ((), ("--json",)):
        said = servq("load", "surveys", export, "--try", *form)
        assert said.code == 0
        assert "1390000500" not in said.out + said.err
