"""The commands init, demo and load: their effect, their output, and the state after a refusal."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import HEADERS, Servq, answers, write_surveys
from tests.loaders.workbooks import rows_of, write_book

KEYS = (
    "file", "source", "status", "encoding", "delimiter", "rows_read", "loaded", "updated", "duplicates", "conflicts",
    "quarantined", "not_answered", "left_out", "reasons", "noted", "rules", "load_id", "seconds", "message",
)  # fmt: skip


def test_init_may_be_run_again(servq: Servq, home: Path) -> None:
    first, second = servq("init"), servq("init")
    assert (first.code, second.code) == (0, 0)
    assert "已就绪" in first.out
    assert "已是最新" in second.out
    assert (home / "servq.sqlite").is_file()


def test_commands_before_init_say_to_run_it(servq: Servq, tmp_path: Path) -> None:
    file = write_surveys(tmp_path / "a.csv", answers())
    for words in (["demo"], ["load", "surveys", file], ["measure", "nps"], ["loads"], ["doctor"], ["serve"]):
        said = servq(*words)
        assert said.code == 4, words
        assert "请先运行 servq init" in said.err
        assert "Run servq init" in said.err
        assert "Traceback" not in said.err


def test_load_json_is_one_object_per_file_with_exactly_the_agreed_keys(empty: Servq, tmp_path: Path) -> None:
    rows = [*answers(), ["x1", "2026-04-29 10:00:00", "OTA", "甲", 11, 5, ""], answers()[0]]
    said = empty("load", "surveys", write_surveys(tmp_path / "a.csv", rows), "--json")
    found = json.loads(said.out)
    assert said.code == 0
    assert tuple(found) == KEYS
    assert (found["status"], found["rows_read"], found["loaded"], found["duplicates"]) == ("loaded", 54, 52, 1)
    assert found["reasons"] == {"out_of_range": 1}
    assert found["rows_read"] == sum(
        found[name] for name in ("loaded", "updated", "duplicates", "conflicts", "quarantined", "not_answered")
    )


def test_the_same_id_with_other_content_in_one_file_is_a_conflict(empty: Servq, tmp_path: Path) -> None:
    rows = [answers()[0], ["o0", "2026-04-29 10:00:00", "OTA", "甲", 1, 1, "不是同一份"]]
    found = json.loads(empty("load", "surveys", write_surveys(tmp_path / "a.csv", rows), "--json").out)
    assert (found["loaded"], found["conflicts"], found["reasons"]) == (1, 1, {"conflict": 1})


def test_loading_a_file_twice_changes_nothing(full: Servq, prepared: Path) -> None:
    before = full("measure", "nps", "--by", "channel", "--format", "json").out
    said = full("load", "surveys", prepared / "answers.csv", "--json")
    assert json.loads(said.out)["status"] == "unchanged"
    assert full("measure", "nps", "--by", "channel", "--format", "json").out == before


def test_a_refused_file_is_reported_and_the_others_still_load(empty: Servq, tmp_path: Path) -> None:
    good = write_surveys(tmp_path / "good.csv", answers())
    bad = write_surveys(tmp_path / "bad.csv", [["x", "2026-04-29", "OTA"]], ["答卷编号", "提交时间", "渠道"])
    said = empty("load", "surveys", bad, good, "--json")
    refused, loaded = map(json.loads, said.out.splitlines())
    assert said.code == 3
    assert tuple(refused) == KEYS
    assert (refused["status"], refused["loaded"], refused["load_id"]) == ("refused", 0, None)
    assert len(refused["message"].split("\n")) == 2
    assert (loaded["status"], loaded["loaded"]) == ("loaded", 52)


def test_why_a_file_was_refused_is_said_in_chinese_first(empty: Servq, tmp_path: Path) -> None:
    said = empty("load", "surveys", tmp_path / "nowhere.csv")
    assert said.code == 3
    assert "已拒绝" in said.out
    assert "文件不存在" in said.err.splitlines()[0]


def test_a_source_with_a_typing_slip_is_a_usage_error_with_a_hint(empty: Servq, tmp_path: Path) -> None:
    said = empty("load", "survey", tmp_path / "a.csv")
    assert said.code == 2
    assert "是否想用 surveys" in said.err


def test_a_file_mostly_bad_is_refused_and_says_what_is_wrong_with_it(empty: Servq, tmp_path: Path) -> None:
    rows = [[f"x{place}", "2026-04-29 10:00:00", "OTA", "甲", score, 5, ""] for place, score in enumerate([9, 11, 12])]
    file = write_surveys(tmp_path / "a.csv", rows)
    said = empty("load", "surveys", file)
    assert said.code == 3
    zh, en = said.err.splitlines()
    assert "3 行中有 2 行不可信（上限 50%）" in zh
    assert "超出允许范围 2 行；例如第 3 行“推荐意愿”、第 4 行“推荐意愿”" in zh
    assert "2 of 3 rows cannot be trusted" in en
    assert json.loads(empty("loads", "--format", "json").out) == []
    allowed = json.loads(empty("load", "surveys", file, "--max-bad-share", "0.7", "--json").out)
    assert (allowed["loaded"], allowed["quarantined"]) == (1, 2)


def test_half_of_the_rows_bad_is_not_more_than_half(empty: Servq, tmp_path: Path) -> None:
    rows = [["x1", "2026-04-29 10:00:00", "OTA", "甲", score, 5, ""] for score in (9, 11)]
    assert empty("load", "surveys", write_surveys(tmp_path / "a.csv", rows)).code == 0


def test_people_read_how_a_file_is_read_before_its_rows_are(empty: Servq, tmp_path: Path) -> None:
    file = write_surveys(tmp_path / "a.csv", [[*row, "?"] for row in answers()], [*HEADERS, "内部备注"])
    first, matched, unused, *_ = empty("load", "surveys", file).out.splitlines()
    assert first == "a.csv  编码 encoding utf-8 · 分隔符 delimiter , · 表头 header row 1"
    assert "推荐意愿 → likelihood" in matched
    assert unused == "    未使用 unused: 内部备注"


def test_people_read_which_sheet_is_read_and_which_are_not(empty: Servq, tmp_path: Path) -> None:
    row = ["r1", "2026-04-29 10:00:00", "OTA", "甲", "9", "5", "好"]
    sheets = rows_of(["渠道"], ["官网"]), rows_of(["四月明细"], HEADERS, row[: len(HEADERS)])
    said = empty("load", "surveys", write_book(tmp_path / "a.xlsx", *sheets, names=["汇总", "明细"])).out
    assert "工作表 sheet 明细 · 表头 header row 2" in said
    assert "未读取的工作表 sheets not read: 汇总" in said


def test_a_dry_run_tells_what_would_happen_and_keeps_nothing(empty: Servq, tmp_path: Path) -> None:
    rows = [*answers(), ["x1", "2026-04-29 10:00:00", "OTA", "甲", 11, 5, ""]]
    file = write_surveys(tmp_path / "a.csv", rows)
    said = empty("load", "surveys", file, "--dry-run")
    assert "试读，未载入" in said.out
    assert "新增 new 52" in said.out
    assert json.loads(empty("loads", "--format", "json").out) == []
    assert json.loads(empty("load", "surveys", file, "--json").out)["loaded"] == 52


def test_a_conflict_is_told_with_both_sides_and_how_to_decide_it(full: Servq, tmp_path: Path) -> None:
    row = answers()[0]
    file = write_surveys(tmp_path / "b.csv", [[*row[:4], 1, *row[5:]]])
    said = full("load", "surveys", file)
    assert "第 2 行 row 2，已有 known from 载入 load 1: o0: likelihood 10 → 1" in said.out
    assert "servq load … --replace" in said.out
    decided = json.loads(full("load", "surveys", file, "--replace", "--json").out)
    assert (decided["status"], decided["updated"], decided["conflicts"]) == ("loaded", 1, 0)
    assert json.loads(full("quarantine", "list", "--format", "json").out) == []
    released = json.loads(full("quarantine", "list", "--state", "released", "--format", "json").out)
    assert [(line["reason"], line["released_by"]) for line in released] == [("conflict", decided["load_id"])]


def test_a_file_that_is_named_after_somebody_is_called_otherwise(empty: Servq, tmp_path: Path) -> None:
    said = empty("load", "surveys", write_surveys(tmp_path / "回访_13812345678.csv", answers()))
    refused = empty("load", "surveys", tmp_path / "投诉_13812345678.csv")
    listed = empty("loads", "--format", "json")
    assert refused.code == 3
    for text in (said.out, said.err, refused.out, refused.err, listed.out):
        assert "13812345678" not in text
    assert "回访_[手机].csv" in listed.out


def test_a_map_fits_a_foreign_export(empty: Servq, tmp_path: Path) -> None:
    foreign = write_surveys(
        tmp_path / "foreign.csv", [["1", "2026-04-29", "9"], ["2", "2026-04-30", "11"]], ["No", "Day", "Q7"]
    )
    mapping = tmp_path / "foreign.toml"
    mapping.write_text(
        'source = "surveys"\n[columns]\nresponse_id = "No"\nanswered_at = "Day"\n'
        'likelihood = { from = "Q7", scale = [0, 10], missing = ["11"] }\n'
        'channel = { constant = "OTA" }\nteam = { constant = "甲" }\n',
        encoding="utf-8",
    )
    said = empty("load", "surveys", foreign, "--map", mapping, "--json")
    assert said.code == 0, said.err
    assert (json.loads(said.out)["not_answered"], json.loads(said.out)["reasons"]) == (1, {})
    assert json.loads(empty("load", "surveys", foreign, "--map", mapping, "--json").out)["status"] == "unchanged"


def test_a_map_that_is_not_there_is_a_usage_error(empty: Servq, tmp_path: Path) -> None:
    said = empty("load", "surveys", tmp_path / "a.csv", "--map", tmp_path / "no.toml")
    assert said.code == 2
    assert "映射" in said.err


def test_the_database_option_counts_before_and_after_the_command(servq: Servq, tmp_path: Path, home: Path) -> None:
    url = f"sqlite:///{tmp_path / 'other.sqlite'}"
    assert servq("--database", url, "init").code == 0
    assert servq("loads", "--database", url).code == 0
    assert servq("loads").code == 4
    assert not home.exists()


def test_people_read_what_became_of_every_row(empty: Servq, tmp_path: Path) -> None:
    rows = [*answers(), ["x1", "2026-04-29 10:00:00", "OTA", "甲", 11, 5, ""]]
    said = empty("load", "surveys", write_surveys(tmp_path / "a.csv", rows))
    assert "53 行 rows = 新增 new 52" in said.out
    assert "隔离 quarantined 1" in said.out
    assert "1 × 超出允许范围 outside the allowed range" in said.out


@pytest.mark.parametrize(
    "headers", [HEADERS, ["Response ID", "Answered at", "Channel", "Team", "NPS", "CSAT", "Comment"]]
)
def test_headers_may_be_chinese_or_english(empty: Servq, tmp_path: Path, headers: list[str]) -> None:
    said = empty("load", "surveys", write_surveys(tmp_path / "a.csv", answers(), headers), "--json")
    assert json.loads(said.out)["loaded"] == 52
    assert json.loads(empty("measure", "nps", "--format", "json").out)["rows"][0]["n"] == 51


def test_the_sample_loads_once_and_is_unchanged_the_second_time(empty: Servq) -> None:
    first, second = empty("demo"), empty("demo")
    assert (first.code, second.code) == (0, 0), first.err
    assert [line.split()[1] for line in first.out.splitlines() if line[0] == "✓"] == [
        "surveys.csv",
        "complaints.xlsx",
        "visits.xlsx",
    ]
    assert second.out.count("没有变化 unchanged") == 3
    assert empty("doctor").code == 0


def test_a_person_where_a_header_should_be_is_neither_told_nor_kept(empty: Servq, home: Path, tmp_path: Path) -> None:
    rows = [["1", "2026-04-29 10:00:00", "OTA", "甲", 9, 5, "", "x"], ["2", "no time", "OTA", "甲", 9, 5, "", "y"]]
    path = write_surveys(tmp_path / "a.csv", rows, [*HEADERS, "13900005001"])
    said = empty("load", "surveys", path)
    assert said.code == 0
    assert "未使用 unused: [手机]" in said.out
    listed = empty("quarantine", "list", "--format", "json")
    assert '"[手机]": "y"' in listed.out
    assert "13900005001" not in said.out + said.err + listed.out
    assert not [file for file in home.rglob("*") if file.is_file() and b"13900005001" in file.read_bytes()]
