"""Undecodable bytes: the line is reported, and a map may give their meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from servq.errors import FileRefused, UsageError
from servq.loaders.maps.map import Map, map_from_table
from servq.loaders.read import open_file
from tests.loaders.exports import load

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "response_id,answered_at,channel,team,csat,comment\n"
EURO = b"\x80"  # how Windows writes the euro in GBK


def export(folder: Path, rows: int, last: bytes, encoding: str = "gbk") -> Path:
    """A file whose last row ends with these bytes."""
    lines = "".join(f"{number},2026-03-05,官网,一组,5,很好\n" for number in range(1, rows))
    path = folder / "a.csv"
    path.write_bytes((HEADER + lines + f"{rows},2026-03-05,官网,一组,5,退了30").encode(encoding) + last + b"\n")
    return path


def map_of(**read: object) -> Map:
    columns = {name: name for name in HEADER.strip().split(",")}
    return map_from_table({"source": "surveys", "read": read, "columns": columns}, "m.toml")


@pytest.mark.parametrize("rows", [2, 60_000])
def test_the_line_of_the_first_byte_that_is_no_text_is_told(tmp_path: Path, rows: int) -> None:
    with pytest.raises(FileRefused) as refused:
        open_file(export(tmp_path, rows, EURO), "surveys")
    assert f"up to line {rows + 1}, where the byte 80 is none" in refused.value.en
    assert f"第 {rows + 1} 行" in refused.value.zh
    assert 'undecodable = { "80" = "…" }' in refused.value.hint_zh


def test_a_stray_byte_in_utf_8_is_told_with_its_line_too(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="as UTF-8 it is text up to line 3, where the byte FF is none"):
        open_file(export(tmp_path, 2, b"\xff", "utf-8"), "surveys")


def test_a_map_says_what_a_byte_means_and_nothing_else_is_replaced(tmp_path: Path) -> None:
    map_ = map_of(encoding="gb18030", undecodable={"80": "€"})
    loaded = load(export(tmp_path, 2, EURO), "surveys", map_)
    assert loaded.frame["comment"].tolist() == ["很好", "退了30€"]
    with pytest.raises(FileRefused, match="line 3, where the byte FF is none"):
        open_file(export(tmp_path, 2, b"\xff"), "surveys", map_)


@pytest.mark.parametrize("said", [{"8": "€"}, {"41": "€"}, {"80": 5}, "80"])
def test_what_is_no_byte_with_its_meaning_is_refused_where_maps_are_read(said: object) -> None:
    with pytest.raises(UsageError, match="undecodable"):
        map_of(encoding="gbk", undecodable=said)


def test_bytes_mean_something_only_beside_an_encoding() -> None:
    with pytest.raises(UsageError, match="undecodable"):
        map_of(undecodable={"80": "€"})
