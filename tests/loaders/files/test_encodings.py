"""Encoding detection from the bytes, exact or refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from servq.errors import FileRefused
from servq.loaders.maps.map import map_from_table
from tests.loaders.exports import load, survey, write_csv

if TYPE_CHECKING:
    from pathlib import Path

MAINLAND = "房间干净整洁，前台态度很好，就是早餐种类少了一点，下次还会再来。退款等了三天才到账，客服回复很慢。"
TRADITIONAL = "房間乾淨整潔，前臺態度很好，就是早餐種類少了一點，下次還會再來。退款等了三天才到賬，客服回覆很慢。"
FRENCH = "très bien reçu, la caisse était fermée à midi, une équipe très agréable et dévouée"


@pytest.mark.parametrize(
    ("comment", "encoding", "told"),
    [
        (MAINLAND, "utf-8", "utf-8"),
        (MAINLAND, "utf-8-sig", "utf-8-sig"),
        (MAINLAND, "gbk", "gb18030"),
        (MAINLAND, "gb18030", "gb18030"),
        (MAINLAND + "㐀𠮷", "gb18030", "gb18030"),
        (TRADITIONAL, "gbk", "gb18030"),
        (TRADITIONAL, "big5", "big5"),
        (MAINLAND, "utf-16", "utf-16"),
        ("一" + TRADITIONAL, "utf-16-le", "utf-16-le"),
        ("一" + MAINLAND, "utf-16-be", "utf-16-be"),
        ("plain", "ascii", "utf-8"),
    ],
)
@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_the_encoding_is_told_and_every_character_comes_through(
    comment: str, encoding: str, told: str, delimiter: str, tmp_path: Path
) -> None:
    path = write_csv(tmp_path / "a.csv", [survey(channel="APP", team="one", comment=comment)] * 3, encoding, delimiter)
    loaded = load(path, "surveys")
    assert (loaded.facts.encoding, loaded.facts.delimiter) == (told, delimiter)
    assert set(loaded.frame["comment"]) == {comment}


def test_utf_16_with_a_mark_is_read_in_either_order_of_bytes(tmp_path: Path) -> None:
    text = "\ufeffresponse_id,answered_at,channel,team,csat\n1,2026-03-05,官网,一组,5\n"
    for encoding in ("utf-16-le", "utf-16-be"):
        path = tmp_path / f"{encoding}.csv"
        path.write_bytes(text.encode(encoding))
        loaded = load(path, "surveys")
        assert (loaded.facts.encoding, loaded.facts.headers[0]) == ("utf-16", "response_id")
        assert loaded.frame["team"].tolist() == ["一组"]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_a_byte_of_a_header_that_looks_like_a_bracket_makes_no_json_of_utf_16(encoding: str, tmp_path: Path) -> None:
    text = "答卷编号,提交时间,渠道,服务班组,总体满意度\n1,2026-03-05,官网,一组,5\n"  # 答 is 7B54, and 7B alone is {
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode(encoding))
    loaded = load(path, "surveys")
    assert (loaded.facts.encoding, loaded.facts.headers[0]) == (encoding, "答卷编号")


def test_western_letters_are_never_taken_for_chinese(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [survey(channel="APP", team="one", comment=FRENCH)], "latin-1")
    with pytest.raises(FileRefused) as refused:
        load(path, "surveys")
    assert "Save it as 'CSV UTF-8', or name its encoding" in refused.value.hint_en
    columns = {name: name for name in survey(comment="")}
    named = map_from_table({"source": "surveys", "read": {"encoding": "latin-1"}, "columns": columns}, "m")
    assert load(path, None, named).frame["comment"].tolist() == [FRENCH]


@pytest.mark.parametrize("declared", ["ascii", "utf-16", "big5"])
def test_a_declared_encoding_that_does_not_fit_refuses_the_file(declared: str, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [survey(comment=MAINLAND)])
    columns = {name: name for name in survey()}
    named = map_from_table({"source": "surveys", "read": {"encoding": declared}, "columns": columns}, "m")
    with pytest.raises(FileRefused, match=f"cannot be decoded as {declared}"):
        load(path, None, named)


def test_a_nul_far_down_is_no_text(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [survey(response_id=str(number)) for number in range(40_000)])
    path.write_bytes(path.read_bytes() + b"\0\n")
    with pytest.raises(FileRefused, match="cannot be decoded"):
        load(path, "surveys")
