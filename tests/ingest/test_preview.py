"""The preview of a file: its detected format, its first rows as they would be stored, its problems."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from servq.ingest.preview import PROBLEMS_SHOWN, ROWS_SHOWN, header_alike, header_called, preview
from servq.loaders.sources.catalog import get_source
from servq.text.masking.masking import pseudonym, read_key
from tests.loaders.exports import ROWS, survey, write_csv

if TYPE_CHECKING:
    from pathlib import Path

HEADERS = "答卷编号,提交时间,渠道,班组,推荐意愿(0-10),满意度,您的意见和建议,会员编号,内部备注"
GOOD = "007,2025-03-04 10:00,官网,一组,9,5,我的电话 13812345678,V1001,x"
BAD = "008,2025-03-04 11:00,官网,一组,11,5,,V1002,x"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The folder of one servq; its key is made when it is first needed."""
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


def test_headers_are_explained(tmp_path: Path, home: Path) -> None:
    seen = preview(write_csv(tmp_path / "a.csv", ROWS["surveys"], "gb18030"), "surveys", None, {}, home)
    assert seen.refused is None
    assert seen.facts is not None
    assert seen.facts.columns["likelihood"] == "推荐意愿(0-10)"
    assert seen.facts.matched["likelihood"] == ("按别名", "by an alias")
    assert (seen.facts.encoding, seen.facts.delimiter, seen.facts.header_row) == ("gb18030", ",", 1)


def test_trusted_rows_are_shown_as_they_will_be_stored_and_the_others_with_their_reason(
    tmp_path: Path, home: Path
) -> None:
    rows = [survey(likelihood="11"), survey(response_id="2", likelihood=" 9 "), survey(response_id="3")]
    seen = preview(write_csv(tmp_path / "a.csv", rows), "surveys", None, {}, home)
    assert seen.rows[["row", "response_id"]].to_numpy().tolist() == [[3, "2"], [4, "3"]]
    assert seen.rows["likelihood"].tolist()[0] == 9
    assert [(bad.row, bad.reason) for bad in seen.problems] == [(2, "out_of_range")]
    assert (seen.rows_read, seen.bad, seen.whole, seen.rows_expected) == (3, 1, True, 3)


def test_nothing_of_a_person_is_kept(tmp_path: Path, home: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("\n".join([HEADERS, GOOD, BAD, ""]), encoding="utf-8")
    seen = preview(path, "surveys", None, {}, home)
    assert seen.rows["comment"].tolist() == ["我的电话 [手机]"]
    assert seen.rows["customer_id"].tolist() == [pseudonym("V1001", read_key(home))]
    kept = repr((seen.rows.to_dict(), seen.samples, seen.problems))
    assert not [said for said in ("13812345678", "V1001", "V1002") if said in kept]


def test_no_more_is_shown_than_fits_and_everything_is_counted(tmp_path: Path, home: Path) -> None:
    rows = [survey(response_id=str(number), likelihood="9" if number < 30 else "11") for number in range(60)]
    seen = preview(write_csv(tmp_path / "a.csv", rows), "surveys", None, {}, home)
    assert (len(seen.rows), len(seen.problems)) == (ROWS_SHOWN, PROBLEMS_SHOWN)
    assert (seen.rows_read, seen.bad) == (60, 30)


def test_a_file_without_rows_says_so(tmp_path: Path, home: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("response_id,answered_at,channel,team,csat\n", encoding="utf-8")
    seen = preview(path, "surveys", None, {}, home)
    assert seen.refused is not None
    assert "文件只有表头，没有数据行" in str(seen.refused)
    assert seen.facts is not None
    assert len(seen.facts.columns) == 5


def test_a_file_that_would_be_refused_is_refused_here(tmp_path: Path, home: Path) -> None:
    (home / "servq.toml").write_text("[limits]\nfile_bytes = 10\n", encoding="utf-8")
    seen = preview(write_csv(tmp_path / "a.csv", [survey()]), "surveys", None, {}, home)
    assert "more than 10 bytes of the file" in str(seen.refused)
    assert seen.facts is None


def test_of_a_file_whose_columns_nobody_knows_the_headers_are_shown(tmp_path: Path, home: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("单号;点评日期;打分\n0012;2026-03-05;4\n", encoding="utf-8")
    seen = preview(path, "surveys", None, {}, home)
    assert seen.refused is not None
    assert seen.facts is not None
    assert seen.facts.headers == ("单号", "点评日期", "打分")
    assert seen.samples["打分"] == "4"


class TestWhichHeaderIsMeant:
    LIKELIHOOD = get_source("surveys").column("likelihood")

    def test_the_one_that_is_called_like_the_column(self) -> None:
        assert header_called(self.LIKELIHOOD, ["答卷编号", "推荐意愿(0-10)"]) == "推荐意愿(0-10)"

    def test_none_where_two_are(self) -> None:
        assert header_called(self.LIKELIHOOD, ["likelihood", "推荐意愿"]) is None

    def test_one_that_is_alike_is_asked_about(self) -> None:
        assert header_alike(self.LIKELIHOOD, ["channel", "likelihod"]) == "likelihod"

    def test_one_that_is_not_is_not(self) -> None:
        assert header_alike(self.LIKELIHOOD, ["channel", "x"]) is None


def test_a_file_that_goes_bad_far_down_is_refused_before_the_click(tmp_path: Path, home: Path) -> None:
    """11,000 good rows are shown, and as many bad ones and one more stand behind them."""
    good = [survey(response_id=f"g{n}") for n in range(11_000)]
    bad = [survey(response_id=f"b{n}", answered_at="someday") for n in range(11_001)]
    seen = preview(write_csv(tmp_path / "a.csv", [*good, *bad]), "surveys", None, {}, home)
    assert seen.refused is not None
    assert "11,001 of 22,001 rows" in seen.refused.message
    assert (seen.rows_read, seen.bad, seen.looked_through) == (11_000, 0, None)


def test_of_a_file_longer_than_the_look_it_is_said_how_far_it_went(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("servq.ingest.preview.MORE_CHUNKS", 1)
    rows = [survey(response_id=f"g{n}") for n in range(21_001)]
    seen = preview(write_csv(tmp_path / "a.csv", rows), "surveys", None, {}, home)
    assert (seen.refused, seen.looked_through) == (None, 21_000)
