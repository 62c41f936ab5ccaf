"""Header matching by meaning, not by spelling; ambiguous headers are refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from servq.errors import FileRefused
from servq.loaders.headers.headers import named, plain
from servq.loaders.sources.catalog import get_source
from tests.loaders.exports import ROWS, load, survey, write_csv

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    "written",
    [
        "推荐意愿",
        "推荐意愿(0-10)",
        "推荐意愿（0－10）",
        " 推荐意愿【必填】",
        "3、推荐意愿",
        "Q3.推荐意愿:",
        "推荐 意愿\n(0-10分)",
    ],
)
def test_brackets_widths_spaces_and_numbers_do_not_count(written: str) -> None:
    assert plain(written) == "推荐意愿"


def test_a_header_of_nothing_but_brackets_stays_itself() -> None:
    assert plain("（备注）") == "(备注)"


def test_two_headers_for_one_column_are_refused_and_both_are_named(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [survey(渠道="APP")])
    with pytest.raises(FileRefused, match="several headers claim channel: channel, 渠道"):
        load(path, "surveys")


def test_the_same_header_twice_is_refused_when_it_is_needed(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("response_id,answered_at,channel,channel,team,csat\n1,2026-03-05,a,b,c,5\n", encoding="utf-8")
    with pytest.raises(FileRefused, match=r"channel, channel \(2\)"):
        load(path, "surveys")


def test_unused_headers_keep_their_cells_even_without_a_name_or_with_the_same(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("response_id,answered_at,channel,team,csat,,x,x\n1,2026-03-05,a,c,5,p,q,r\n", encoding="utf-8")
    loaded = load(path, "surveys")
    assert loaded.facts.unused == ("列6", "x", "x (2)")
    assert loaded.raw.iloc[0].tolist()[-3:] == ["p", "q", "r"]


@pytest.mark.parametrize(
    ("cells", "names"),
    [
        (["备注 (2)", "备注", "备注"], ("备注 (2)", "备注", "备注 (3)")),
        (["备注", "备注", "备注 (2)"], ("备注", "备注 (3)", "备注 (2)")),
        (["备注", "备注", "备注"], ("备注", "备注 (2)", "备注 (3)")),
        (["列2", "", ""], ("列2", "列2 (2)", "列3")),
        (["a (2)", "a (2)", "a", "a"], ("a (2)", "a (2) (2)", "a", "a (3)")),
    ],
)
def test_no_two_headers_get_one_name(cells: list[str], names: tuple[str, ...]) -> None:
    assert named(cells) == names
    assert named(names) == names


@pytest.mark.parametrize(
    ("source", "other"), [("surveys", "complaints"), ("complaints", "visits"), ("visits", "surveys")]
)
def test_a_file_of_another_source_is_told_by_its_headers(source: str, other: str, tmp_path: Path) -> None:
    with pytest.raises(FileRefused) as refused:
        load(write_csv(tmp_path / "a.csv", ROWS[other]), source)
    label = get_source(other).label
    assert f"这份文件更像{label.zh}：换成这个来源（命令行 servq load {other}）" in refused.value.hint_zh
    assert f"It looks more like {label.en}: choose that source (servq load {other})" in refused.value.hint_en
    assert "是不是" not in refused.value.hint_zh


def test_a_header_that_only_shares_a_word_is_not_what_was_meant(tmp_path: Path) -> None:
    row = survey()
    row["first_response_at"] = row.pop("response_id")
    with pytest.raises(FileRefused) as refused:
        load(write_csv(tmp_path / "a.csv", [row]), "surveys")
    assert "是不是" not in refused.value.hint_zh


def test_the_refusal_says_which_header_may_be_meant(tmp_path: Path) -> None:
    row = survey()
    row["服务班组名"] = row.pop("team")
    with pytest.raises(FileRefused) as refused:
        load(write_csv(tmp_path / "a.csv", [row]), "surveys")
    assert refused.value.zh == "缺少必需列：班组(team)"
    assert "“服务班组名”是不是班组？" in refused.value.hint_zh
    assert "Is '服务班组名' team?" in refused.value.hint_en
    assert refused.value.where == "a.csv"
    assert refused.value.exit_code == 3


def test_a_survey_without_any_answer_column_is_refused(tmp_path: Path) -> None:
    row = survey()
    del row["likelihood"]
    with pytest.raises(
        FileRefused, match="at least one of these is needed: likelihood, nps_band, csat, csat_other, effort"
    ):
        load(write_csv(tmp_path / "a.csv", [row]), "surveys")
