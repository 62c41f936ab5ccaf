"""The writer of maps: TOML that reads back equal, and an installation's own maps by name."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servq.errors import UsageError
from servq.loaders.maps.map import map_from_table, read_map
from servq.loaders.maps.map_writer import as_toml, keep_map, kept_map, kept_maps
from servq.settings import read_settings

SHIPPED = sorted((read_settings().data / "maps").glob("*.toml"))
COLUMNS: dict[str, Any] = {"response_id": "id", "answered_at": "时间", "channel": {"constant": "OTA"}, "team": "组"}
LINES = {"source": "surveys", "columns": COLUMNS | {"csat": "分"}}

words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)


@st.composite
def columns(draw: st.DrawFn) -> dict[str, Any]:
    """[columns] with any header, constant, marker and affix, and with the options that a form offers."""
    where = st.fixed_dictionaries({"from": words}) | st.fixed_dictionaries({"constant": words})
    told = st.fixed_dictionaries({}, optional={"missing": st.lists(words, max_size=3), "prefix": words, "strip": words})
    entry = words | st.builds(lambda one, other: one | other, where, told)
    found = {name: draw(entry) for name in ("channel", "team", "product", "comment") if draw(st.booleans())}
    found["csat"] = {
        "from": draw(words),
        "words": draw(st.dictionaries(words, st.integers(1, 5), min_size=1, max_size=3)),
    }
    found["likelihood"] = {"from": draw(words), "scale": [draw(st.integers(0, 9)), 10]}
    return COLUMNS | found | {"answered_at": {"from": "时间", "format": "%d-%m-%y %H:%M"}}


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_map_that_ships_is_written_and_read_back_equal(path: Path, tmp_path: Path) -> None:
    before = read_map(path)
    copy = tmp_path / path.name
    copy.write_text(as_toml(before), encoding="utf-8")
    assert read_map(copy) == before


@given(columns(), st.sampled_from([{}, {"encoding": "gb18030", "header_row": 3}, {"timezone": "Europe/Paris"}]))
def test_whatever_a_map_says_comes_back_equal(said: dict[str, Any], read: dict[str, Any]) -> None:
    table = {"source": "surveys", "on_change": "replace", "columns": said} | ({"read": read} if read else {})
    before = map_from_table(table, "x")
    assert map_from_table(tomllib.loads(as_toml(before)), "x") == before


def test_each_column_has_its_line() -> None:
    lines = as_toml(map_from_table(LINES | {"read": {"header_row": 2}}, "x")).splitlines()
    assert lines[0] == 'source = "surveys"'
    assert "header_row = 2" in lines
    assert 'channel = { constant = "OTA" }' in lines


class TestAnInstallationsOwnMaps:
    def test_are_offered_for_their_source(self, tmp_path: Path) -> None:
        keep_map(map_from_table(LINES, "x"), tmp_path, "携程 点评")
        assert list(kept_maps(tmp_path, "surveys")) == ["携程-点评"]
        assert kept_maps(tmp_path, "visits") == {}
        assert kept_map(tmp_path, "surveys", "携程-点评").columns == map_from_table(LINES, "x").columns

    def test_lie_in_their_folder_whatever_they_are_called(self, tmp_path: Path) -> None:
        path = keep_map(map_from_table(LINES, "x"), tmp_path, "../../etc/pass wd.toml")
        assert path == tmp_path / "maps" / "etc-pass-wd.toml"

    def test_a_new_one_replaces_the_one_of_its_name(self, tmp_path: Path) -> None:
        keep_map(map_from_table(LINES, "x"), tmp_path, "a")
        keep_map(map_from_table(LINES | {"read": {"delimiter": ";"}}, "x"), tmp_path, "a")
        assert kept_map(tmp_path, "surveys", "a").delimiter == ";"
        assert [path.name for path in (tmp_path / "maps").iterdir()] == ["a.toml"]

    @pytest.mark.parametrize("name", ["", "  ", "///", "。"])
    def test_need_a_name(self, tmp_path: Path, name: str) -> None:
        with pytest.raises(UsageError, match="名字"):
            keep_map(map_from_table(LINES, "x"), tmp_path, name)

    def test_a_file_that_is_no_map_is_not_offered(self, tmp_path: Path) -> None:
        (tmp_path / "maps").mkdir()
        (tmp_path / "maps" / "broken.toml").write_text("source = ", encoding="utf-8")
        assert kept_maps(tmp_path, "surveys") == {}

    def test_one_that_is_gone_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match="没有名为“a”的映射"):
            kept_map(tmp_path, "surveys", "a")

    def test_a_folder_that_cannot_be_written_is_said(self, tmp_path: Path) -> None:
        (tmp_path / "maps").write_text("a file is in the way", encoding="utf-8")
        with pytest.raises(UsageError, match="无法保存"):
            keep_map(map_from_table(LINES, "x"), tmp_path, "a")
