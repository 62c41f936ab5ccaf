"""Several answers to one question: in one cell, or in one column per option."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from servq.errors import UsageError
from servq.loaders.maps.map import map_from_table
from tests.loaders.exports import Loaded, load, survey, write_csv

COLUMNS = {name: name for name in ("response_id", "answered_at", "channel", "team", "likelihood")}


def answers(tmp_path: Path, segment: Any, *cells: dict[str, str]) -> Loaded:
    rows = [survey(response_id=str(place)) | more for place, more in enumerate(cells, start=1)]
    map_ = None
    if segment is not None:
        map_ = map_from_table({"source": "surveys", "columns": COLUMNS | {"segment": segment}}, "m")
    return load(write_csv(tmp_path / "a.csv", rows), "surveys", map_)


def segments(loaded: Loaded) -> list[str | None]:
    return [None if said is not said or said is None else str(said) for said in loaded.frame["segment"].astype(object)]


def came(loaded: Loaded) -> list[str | None]:
    """What the cells said, where a rule made something else of it."""
    return [(raw or {}).get("segment") for raw in loaded.frame["raw"]]


def test_the_sign_of_wenjuanxing_needs_no_map(tmp_path: Path) -> None:
    said = ["商务┋亲子", "亲子", "", "商务 ┋ 商务┋"]
    loaded = answers(tmp_path, None, *({"客群": one} for one in said))
    assert [one if one != "<NA>" else None for one in segments(loaded)] == ["商务┋亲子", "亲子", None, "商务"]
    assert came(loaded) == [None, None, None, "商务 ┋ 商务┋"]


@pytest.mark.parametrize(("between", "cell"), [("、", "商务、亲子"), (";", "商务; 亲子"), (["、", ";"], "商务;亲子")])
def test_another_sign_is_one_text_until_a_map_says_that_it_stands_between(
    between: Any, cell: str, tmp_path: Path
) -> None:
    assert segments(answers(tmp_path, None, {"客群": cell})) == [cell]
    named = {"from": "客群", "several": between}
    loaded = answers(tmp_path, named, {"客群": cell})
    assert segments(loaded) == ["商务┋亲子"]
    assert came(loaded) == [cell]


def test_codes_are_named_one_by_one(tmp_path: Path) -> None:
    named = {"from": "客群", "several": ",", "names": {"1": "商务", "3": "亲子"}}
    assert segments(answers(tmp_path, named, {"客群": "1,3"}, {"客群": "9"})) == ["商务┋亲子", "9"]


OPTIONS = {"options": {"3(商务)": "商务", "3(亲子)": "亲子", "3(银发)": "银发"}}


def test_of_one_column_per_option_those_are_said_that_are_ticked(tmp_path: Path) -> None:
    ticks = [("1", "0", "1"), ("√", "", ""), ("否", "亲子", "-"), ("0", "0", "0"), ("", "", "")]
    cells = [dict(zip(OPTIONS["options"], row, strict=True)) for row in ticks]
    loaded = answers(tmp_path, OPTIONS, *cells)
    assert [one if one != "<NA>" else None for one in segments(loaded)] == ["商务┋银发", "商务", "亲子", None, None]
    assert loaded.facts.columns["segment"] == "+ 3(商务) / 3(亲子) / 3(银发)"
    assert came(loaded)[1] == "3(商务)=√"


def test_a_list_of_headers_names_its_options_itself(tmp_path: Path) -> None:
    loaded = answers(tmp_path, {"options": ["3(商务)", "Q3_亲子"]}, {"3(商务)": "1", "Q3_亲子": "1"})
    assert segments(loaded) == ["商务┋亲子"]


def test_a_cell_that_is_neither_yes_nor_no_sets_its_row_aside(tmp_path: Path) -> None:
    loaded = answers(tmp_path, OPTIONS, {"3(商务)": "1", "3(亲子)": "5", "3(银发)": "0"})
    (bad,) = loaded.rejected
    assert (bad.column, bad.value, bad.reason) == ("3(亲子)", "5", "not_yes_or_no")


@pytest.mark.parametrize("column", ["channel", "team", "touchpoint"])
def test_where_an_answer_was_given_is_one_place(column: str) -> None:
    for told in ({"from": "x", "several": "、"}, {"options": {"a": "b"}}):
        with pytest.raises(UsageError):
            map_from_table({"source": "surveys", "columns": COLUMNS | {column: told}}, "m")
