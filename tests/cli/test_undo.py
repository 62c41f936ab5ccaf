"""The command loads undo: it asks first, says what went, and marks the line in the log."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Servq, answers, write_surveys


def test_a_load_is_undone_and_its_line_says_when_and_by_whom(empty: Servq, tmp_path: Path) -> None:
    assert empty("load", "surveys", write_surveys(tmp_path / "a.csv", answers())).code == 0
    said = empty("loads", "undo", "1", "--yes")
    assert (said.code, said.out) == (
        0,
        "✓ 已撤销 undone: #1 a.csv → surveys  行 rows 52 · 文字评分 scores of texts 2\n",
    )
    (line,) = json.loads(empty("loads", "--format", "json").out)
    assert (line["status"], line["loaded"]) == ("undone", 52)
    assert line["undone_at"].endswith("+08:00")
    assert line["undone_by"] == line["loaded_by"]
    assert empty("doctor").code == 0
    assert "已载入" in empty("load", "surveys", tmp_path / "a.csv").out


def test_without_a_terminal_it_needs_yes_and_nothing_goes(empty: Servq, tmp_path: Path) -> None:
    empty("load", "surveys", write_surveys(tmp_path / "a.csv", answers()))
    said = empty("loads", "undo", "1")
    assert said.code == 2
    assert "--yes" in said.err
    assert json.loads(empty("loads", "--format", "json").out)[0]["undone_at"] is None


def test_an_unknown_load_is_refused(empty: Servq) -> None:
    said = empty("loads", "undo", "7", "--yes")
    assert said.code == 2
    assert "没有第 7 次载入" in said.err
