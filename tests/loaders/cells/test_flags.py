"""Yes-or-no cells: the words for repurchase in exports, for "not known", and for neither."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

from servq.errors import UsageError
from servq.loaders.maps.map import map_from_table
from tests.loaders.exports import load, survey, write_csv, write_xlsx

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        *((yes, 1.0) for yes in ("是", "1", "1.0", "TRUE", "true", "Y", "ｙ", "Yes", "已复购", "复购", " 是 ", "√")),
        *((no, 0.0) for no in ("否", "0", "0.0", "FALSE", "n", "No", "未复购", "没有", "×")),
    ],
)
def test_yes_and_no_are_read_however_they_are_written(cell: str, value: float, tmp_path: Path) -> None:
    loaded = load(write_csv(tmp_path / "a.csv", [survey(repurchased=cell)]), "surveys")
    assert loaded.frame["repurchased"].tolist() == [value]


@pytest.mark.parametrize("cell", ["", " ", "-", "N/A", "null", "（空）", "未知", "未到期", "Unknown"])
def test_nobody_knows_is_never_a_no(cell: str, tmp_path: Path) -> None:
    loaded = load(write_csv(tmp_path / "a.csv", [survey(repurchased=cell)]), "surveys")
    assert loaded.frame["repurchased"].tolist() == [pd.NA]
    assert loaded.rejected == []


@pytest.mark.parametrize("cell", ["2", "5", "0.5", "10", "可能会", "会", "是否", "2026-03-05", "-1"])
def test_what_is_neither_waits_with_its_reason(cell: str, tmp_path: Path) -> None:
    loaded = load(write_csv(tmp_path / "a.csv", [survey(repurchased=cell), survey(repurchased="是")]), "surveys")
    assert loaded.reasons == [(2, "repurchased", "not_yes_or_no")]
    assert loaded.frame["row"].tolist() == [3]


def test_a_failed_formula_says_so_and_truths_of_a_workbook_are_read(tmp_path: Path) -> None:
    rows = [survey(), survey(response_id="2"), survey(response_id="3")]
    cells = [[*row.values(), flag] for row, flag in zip(rows, (True, False, "#N/A"), strict=True)]
    loaded = load(write_xlsx(tmp_path / "a.xlsx", [[*rows[0], "是否复购"], *cells]), "surveys")
    assert loaded.frame["repurchased"].tolist() == [1.0, 0.0]
    assert loaded.reasons == [(4, "是否复购", "error_cell")]


@pytest.mark.parametrize(
    "header", ["是否复购", "是否再次购买", "180天内复购", "180 天内复购（是/否）", "Q9.Repurchased"]
)
def test_headers_of_real_exports_are_known(header: str, tmp_path: Path) -> None:
    loaded = load(write_csv(tmp_path / "a.csv", [survey() | {header: "否"}]), "surveys")
    assert loaded.facts.columns["repurchased"] == header


@pytest.mark.parametrize(
    "header", ["复购意愿", "再次购买意愿", "复购意愿(0-10)", "再次购买的可能性", "复购率", "复购次数"]
)
def test_an_intention_and_a_number_are_not_that_flag(header: str, tmp_path: Path) -> None:
    loaded = load(write_csv(tmp_path / "a.csv", [survey() | {header: "8"}]), "surveys")
    assert "repurchased" not in loaded.facts.columns
    assert header in loaded.facts.unused


def test_a_map_may_name_the_words_of_its_own_system_and_nothing_but_yes_and_no(tmp_path: Path) -> None:
    columns = {name: name for name in survey()}

    def mapped(words: dict[str, int]) -> dict[str, object]:
        return {"source": "surveys", "columns": columns | {"repurchased": {"from": "客户状态", "words": words}}}

    rows = [survey() | {"客户状态": state} for state in ("老客回流", "流失", "是", "新客")]
    map_ = map_from_table(mapped({"老客回流": 1, "流失": 0}), "crm")
    loaded = load(write_csv(tmp_path / "a.csv", rows), None, map_)
    assert loaded.frame["repurchased"].tolist() == [1.0, 0.0, 1.0]
    assert loaded.reasons == [(5, "客户状态", "not_yes_or_no")]
    with pytest.raises(UsageError, match="makes no sense here"):
        map_from_table(mapped({"老客回流": 2}), "crm")


def test_the_words_stay_beside_the_number_that_was_made_of_them(tmp_path: Path) -> None:
    rows = [survey(repurchased=said) for said in ("已复购", "是", "0")]
    raw = load(write_csv(tmp_path / "a.csv", rows), "surveys").frame["raw"]
    assert [(kept or {}).get("repurchased") for kept in raw] == ["已复购", None, None], "是 says itself"
