"""The commands measure, verbatims and metrics: the figures of the warehouse in conftest, worked by hand."""

import csv
import io
import json
from pathlib import Path

import pytest

from servq.metrics.catalog import METRICS
from tests.cli.conftest import DANGEROUS, Servq, write_surveys


def asked(servq: Servq, *words: str) -> dict[str, object]:
    said = servq("measure", *words, "--format", "json")
    assert said.code == 0, said.err
    found: dict[str, object] = json.loads(said.out)
    return found


def test_nps_by_channel_as_json_has_the_agreed_form(full: Servq) -> None:
    found = asked(full, "nps", "--by", "channel")
    assert list(found) == ["metric", "unit", "by", "rows", "load_id"]
    assert (found["metric"], found["unit"], found["by"], found["load_id"]) == ("nps", "points", ["channel"], 1)
    rows = {row["channel"]: row for row in found["rows"]}
    assert list(rows["OTA"]) == ["channel", "value", "n", "excluded", "low", "high", "state"]
    # OTA: 5 promoters, 3 passives, 2 detractors of 10; APP: 40 promoters; 门店: 1 promoter, 1 without an answer
    assert (rows["OTA"]["value"], rows["OTA"]["n"], rows["OTA"]["state"]) == (30.0, 10, "indicative")
    assert (rows["APP"]["value"], rows["APP"]["n"], rows["APP"]["state"]) == (100.0, 40, "judgeable")
    assert (rows["门店"]["n"], rows["门店"]["excluded"], rows["门店"]["state"]) == (1, {"no_answer": 1}, "too_few")


def test_the_total_is_the_metric_of_the_union(full: Servq) -> None:
    (row,) = asked(full, "nps")["rows"]
    # 46 promoters and 2 detractors of 51
    assert row["value"] == pytest.approx(100 * 44 / 51, abs=1e-9)
    assert row["n"] == 51


def test_weeks_are_named_as_in_links(full: Servq) -> None:
    assert [row["week"] for row in asked(full, "responses", "--by", "week")["rows"]] == ["2026-W18", "2026-W19"]


def test_the_same_dimension_twice_means_either_value(full: Servq) -> None:
    both = asked(full, "responses", "--where", "channel=OTA", "--where", "channel=APP")
    one = asked(full, "responses", "--where", "channel=OTA", "--where", "team=乙")
    assert both["rows"][0]["value"] == 50
    assert one["rows"][0]["value"] == 0


@pytest.mark.parametrize(
    ("period", "responses"),
    [
        (["--from", "2026-W18", "--to", "2026-W18"], 50),
        (["--from", "2026-04-29", "--to", "2026-04-29"], 50),
        (["--from", "2026-W19"], 2),
        (["--to", "2026-05-03"], 50),
        (["--from", "2026-04-30", "--to", "2026-05-05"], 0),
        (["--where", "week=2026-W18"], 50),
    ],
)
def test_periods_are_days_or_weeks_with_both_ends_included(full: Servq, period: list[str], responses: int) -> None:
    assert asked(full, "responses", *period)["rows"][0]["value"] == responses


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_cut_by_a_dimension_a_source_that_was_never_loaded_is_named(full: Servq, form: str) -> None:
    cut, whole = full("measure", "complaints", "--by", "channel", "--format", form), full("measure", "complaints")
    assert cut.code == 0
    assert "尚未载入投诉" in whole.out
    assert "尚未载入投诉" in cut.err


def test_no_data_is_null_with_a_reason_and_never_zero(full: Servq) -> None:
    (row,) = asked(full, "nps", "--from", "2030-01-01")["rows"]
    assert (row["value"], row["n"], row["low"], row["high"]) == (None, 0, None, None)
    assert "没有答卷" in full("measure", "nps", "--from", "2030-01-01").out


def test_a_filter_that_the_metric_does_not_know_is_told_also_when_cut(full: Servq) -> None:
    words = ("complaints_per_100", "--where", "segment=商务客", "--by", "channel,week")
    said = full("measure", *words)
    assert said.code == 0
    assert "该指标的数据不含客群 its data do not know" in said.out
    assert "此范围内没有数据" not in said.out
    (row,) = asked(full, *words)["rows"]
    assert row == {"value": None, "n": 0, "excluded": {}, "low": None, "high": None, "state": "too_few"}
    header, line = list(csv.reader(io.StringIO(full("measure", *words, "--format", "csv").out, newline="")))
    assert dict(zip(header, line, strict=True))["state"] == "too_few"


def test_csv_is_plain_utf8_and_unrounded(full: Servq) -> None:
    said = full("measure", "csat", "--by", "channel", "--format", "csv")
    header, *rows = list(csv.reader(io.StringIO(said.out, newline="")))
    assert header == ["channel", "value", "n", "excluded", "low", "high", "state"]
    assert rows[1][:3] == ["OTA", "80.0", "10"]


def test_the_table_shows_value_interval_n_and_state_in_words(full: Servq) -> None:
    said = full("measure", "nps", "--by", "channel,week")
    line = next(line for line in said.out.splitlines() if line.startswith("OTA"))
    assert "2026-W18 (4/27–5/3)" in line
    assert "30 点" in line
    assert line.endswith("仅供参考")
    assert "未作答 not answered 1" in said.out
    assert "as of load 1" in said.out


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["measure", "nsp"], "是否想用 nps"),
        (["measure", "nps", "--by", "chanel"], "是否想用 channel"),
        (["measure", "nps", "--where", "chanel=OTA"], "是否想用 channel"),
        (["measure", "nps", "--where", "channel"], "--where channel=OTA"),
        (["measure", "nps", "--by", "category"], "可用：channel"),
        (["measure", "nps", "--from", "2026-13-01"], "2026-W18"),
        (["measure", "nps", "--from", "2026-W60"], "2026-W18"),
        (["measure", "nps", "--from", "2025-W53"], "2025-W52"),
        (["measure", "nps", "--to", "2025-w53"], "2025-W52"),
        (["measure", "nps", "--where", "week=2025-W53"], "2025-W52"),
        (["measure", "nps", "--from", "2026-W20", "--to", "2026-W10"], "晚于"),
        (["verbatims", "--metric", "nsp"], "是否想用 nps"),
        (["verbatims", "--where", "category=退款"], "--metric"),
    ],
)
def test_what_makes_no_sense_is_a_usage_error_that_says_what_would(full: Servq, words: list[str], hint: str) -> None:
    said = full(*words)
    assert (said.code, said.out) == (2, "")
    assert hint in said.err


def test_a_value_that_the_data_do_not_have_is_named_beside_the_empty_answer(full: Servq) -> None:
    said = full("measure", "nps", "--where", "channel=APPP", "--format", "json")
    assert said.code == 0
    assert "是否想用 APP" in said.err


@pytest.mark.parametrize("name", sorted(METRICS))
def test_every_metric_is_asked_by_its_name_and_has_as_many_rows_behind_it_as_its_n(full: Servq, name: str) -> None:
    assert full("measure", name, "--by", "channel").code == 0
    (row,) = asked(full, name)["rows"]
    behind = json.loads(full("verbatims", "--metric", name, "--limit", "0", "--format", "json").out)
    assert behind["total"] == row["n"]


def test_verbatims_are_the_comments_with_score_label_channel_and_team(full: Servq) -> None:
    found = json.loads(full("verbatims", "--format", "json").out)
    assert (found["total"], found["shown"], found["kind"], found["load_id"]) == (2, 2, "responses", 1)
    row = next(row for row in found["rows"] if row["response_id"] == "o9")
    assert (row["channel"], row["team"], row["likelihood"], row["csat"]) == ("OTA", "甲", 3, 2.0)
    assert row["answered_at"] == "2026-04-29T10:00:00+08:00"
    assert row["sentiment"] in {"negative", "uncertain", "positive"}


def test_verbatims_hide_personal_data(full: Servq) -> None:
    said = full("verbatims")
    assert "13812345678" not in said.out
    assert "[手机]" in said.out


def test_the_rows_behind_a_figure_are_as_many_as_its_n(full: Servq) -> None:
    said = full("verbatims", "--metric", "nps", "--where", "channel=门店", "--format", "csv")
    assert len(said.out.splitlines()) == 1 + 1
    assert "共 1 份答卷" in said.err


def test_a_limit_cuts_the_list_and_not_the_total(full: Servq) -> None:
    found = json.loads(full("verbatims", "--metric", "nps", "--limit", "3", "--format", "json").out)
    assert (found["total"], found["shown"], len(found["rows"])) == (51, 3, 3)


def test_json_brings_words_back_as_they_came_and_csv_neutralises_them(full: Servq) -> None:
    found = json.loads(full("verbatims", "--format", "json").out)
    assert DANGEROUS in [row["comment"] for row in found["rows"]]
    rows = list(csv.DictReader(io.StringIO(full("verbatims", "--format", "csv").out, newline="")))
    assert f"'{DANGEROUS}" in [row["comment"] for row in rows]


def test_what_a_rule_made_a_value_of_reads_back_from_csv_as_from_json(empty: Servq, tmp_path: Path) -> None:
    empty("load", "surveys", write_surveys(tmp_path / "a.csv", [["1", "2026/3/5", "OTA", "甲", "9分", 5, "好"]]))
    (row,) = json.loads(empty("verbatims", "--format", "json").out)["rows"]
    (line,) = csv.DictReader(io.StringIO(empty("verbatims", "--format", "csv").out, newline=""))
    assert row["raw"] == json.loads(line["raw"]) == {"answered_at": "2026/3/5", "likelihood": "9分"}


def test_tables_show_control_characters_and_markup_instead_of_obeying_them(full: Servq) -> None:
    said = full("verbatims")
    assert "\x1b" not in said.out
    assert "\x9b" not in said.out
    assert "␛[31m[red]太差了[/red]\\x9b2J" in said.out


def test_metrics_lists_every_metric_of_the_catalog(servq: Servq) -> None:
    assert [line["name"] for line in json.loads(servq("metrics", "--format", "json").out)] == list(METRICS)
    table = servq("metrics").out
    assert all(name in table for name in METRICS)
    assert len(servq("metrics", "--format", "csv").out.splitlines()) == 1 + len(METRICS)


def test_figures_of_few_answers_are_hidden_unless_servq_toml_says_otherwise(full: Servq, home: Path) -> None:
    (home / "servq.toml").unlink()
    said = full("measure", "nps", "--where", "channel=门店", "--format", "json")
    (row,) = json.loads(said.out)["rows"]
    assert (row["value"], row["low"], row["n"], row["state"]) == (None, None, 1, "hidden")
    rows = full("verbatims", "--metric", "nps", "--where", "channel=门店", "--format", "json")
    assert (json.loads(rows.out)["total"], json.loads(rows.out)["rows"]) == (1, [])
    assert "nobody is to be recognised" in rows.err
