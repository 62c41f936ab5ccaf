"""Before a file is loaded: what it is taken for, its first rows as they came, the first problems."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from servq.configuration import Limits
from servq.errors import FileRefused
from servq.loaders.preview import preview
from tests.loaders.exports import ROWS, survey, write_csv

if TYPE_CHECKING:
    from pathlib import Path


def test_headers_are_explained(tmp_path: Path) -> None:
    seen = preview(write_csv(tmp_path / "a.csv", ROWS["surveys"], "gb18030"), "surveys")
    sentences = [match.sentence for match in seen.matches]
    assert "推荐意愿(0-10) → likelihood（按别名 by an alias）" in sentences
    assert (seen.facts.encoding, seen.facts.delimiter, seen.facts.header_row) == ("gb18030", ",", 1)


def test_rows_are_shown_as_they_came_in_their_order_good_and_bad(tmp_path: Path) -> None:
    rows = [survey(likelihood="11"), survey(response_id="2", likelihood=" 9 "), survey(response_id="3")]
    seen = preview(write_csv(tmp_path / "a.csv", rows), "surveys", rows=2)
    assert [(number, cells["likelihood"]) for number, cells in seen.shown] == [(2, "11"), (3, " 9 ")]
    assert [(bad.row, bad.reason) for bad in seen.rejected] == [(2, "out_of_range")]
    assert seen.rows_read == 3
    assert {match.rule.en for match in seen.matches} == {"the canonical name"}


def test_a_file_without_rows_has_a_preview(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("response_id,answered_at,channel,team,csat\n", encoding="utf-8")
    seen = preview(path, "surveys")
    assert (seen.rows_read, seen.shown, len(seen.matches)) == (0, (), 5)


def test_a_file_that_would_be_refused_is_refused_here(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [survey()])
    with pytest.raises(FileRefused, match="more than 10 bytes of the file"):
        preview(path, "surveys", limits=Limits(file_bytes=10))
