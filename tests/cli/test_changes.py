"""The commands changes and measure --explain: the weekly page's statements and the origin of each figure."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from servq.query import Against, Snapshot, weekly_changes
from servq.records import Slice
from servq.weeks import week_from_key
from tests.cli.conftest import Servq, write_surveys


def told(servq: Servq, *words: str) -> dict[str, Any]:
    said = servq("changes", *words, "--format", "json")
    assert said.code == 0, said.err
    found: dict[str, Any] = json.loads(said.out)
    return found


@pytest.fixture
def of_sample(sample_home: Path, servq: Servq, monkeypatch: pytest.MonkeyPatch) -> Servq:
    monkeypatch.setenv("SERVQ_HOME", str(sample_home))
    return servq


@pytest.mark.parametrize("against", list(Against))
def test_it_says_what_the_page_says(of_sample: Servq, sample: Snapshot, against: Against) -> None:
    found = told(of_sample, "--week", "2026-W33", "--against", str(against))
    family = weekly_changes(sample, Slice(), week_from_key("2026-W33"), against)
    assert (found["cells"], found["tested"]) == (len(family.cells), family.tested)
    assert (found["news"], found["lasting"]) == (len(family.news), len(family.lasting))
    kinds = {"news": family.news, "mixed": family.mixed, "lasting": family.lasting}
    listed = [(kind, cell) for kind, cells in kinds.items() for cell in cells]
    assert [(one["kind"], one["metric"], one["dims"]) for one in found["statements"]] == [
        (kind, cell.metric, dict(cell.dims)) for kind, cell in listed
    ]


def test_the_broken_promise_is_told_with_its_figures_and_measure_agrees(of_sample: Servq) -> None:
    found = told(of_sample, "--week", "2026-08-12")
    one = next(one for one in found["statements"] if one["metric"] == "sla_attainment" and one["dims"])
    assert (one["dims"], one["verdict"], one["evidence"], one["weeks"]) == (
        {"channel": "小程序"},
        "worse",
        "outside",
        1,
    )
    assert "小程序 首次响应达标率 变差" in one["statement"]
    words = [
        "sla_attainment",
        "--from",
        "2026-W33",
        "--to",
        "2026-W33",
        "--where",
        "channel=小程序",
        "--format",
        "json",
    ]
    (row,) = json.loads(of_sample("measure", *words).out)["rows"]
    assert {name: one["now"][name] for name in row} == row
    assert one["change"] == pytest.approx(one["now"]["value"] - one["before"]["value"])


def test_csv_and_table_hold_the_same_statements(of_sample: Servq) -> None:
    found = told(of_sample, "--week", "2026-W39")
    rows = list(csv.DictReader(io.StringIO(of_sample("changes", "--week", "2026-W39", "--format", "csv").out)))
    assert [row["statement"] for row in rows] == [one["statement"] for one in found["statements"]] != []
    table = of_sample("changes", "--week", "2026-W39").out
    assert all(one["statement"] in table for one in found["statements"])
    assert f"看了 {found['cells']} 格，共 {found['tested']} 次比较" in table


def test_a_lasting_change_is_told_since_the_week_in_which_it_began(of_sample: Servq) -> None:
    found = told(of_sample, "--week", "2026-W39")
    one = next(
        one for one in found["statements"] if (one["metric"], one["dims"]) == ("sla_attainment", {"channel": "小程序"})
    )
    assert (one["kind"], one["since"]) == ("lasting", "2026-W33")  # in the sample its response is slow from W33 on
    assert "，自 2026-W33 起" in one["statement"]


def test_a_silent_week_says_so(full: Servq) -> None:
    found = told(full)
    assert (found["week"], found["statements"], found["news"]) == ("2026-W19", [], 0)
    assert "本周无显著变化 / No significant change this week" in full("changes").out


def test_a_hidden_figure_leaves_the_verdict_and_nothing_that_tells_it(empty: Servq, tmp_path: Path) -> None:
    """Each week 甲 gives three answers, 乙 forty (hidden for 甲), 丙 two hundred; 乙 falls from +100 to −100."""
    rows: list[list[object]] = []
    for back in range(20):
        day = week_from_key("2026-W18") - timedelta(weeks=back)
        for team, n in (("甲", 3), ("乙", 40), ("丙", 200)):
            score = 3 if team == "乙" and back == 0 else 10
            rows += [[f"{team}{back}-{place}", f"{day} 10:00:00", "OTA", team, score, "", ""] for place in range(n)]
    assert empty("load", "surveys", write_surveys(tmp_path / "a.csv", rows)).code == 0
    found = told(empty, "--week", "2026-W18")
    one = next(one for one in found["statements"] if one["dims"].get("team") == "乙")
    assert (one["verdict"], one["now"]["value"], one["now"]["state"]) == ("worse", None, "hidden")
    assert {one[name] for name in ("change", "low", "high", "p", "p_adjusted")} == {None}
    assert "-100" not in json.dumps(one)


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["changes", "--against", "month"], "four-weeks"),
        (["changes", "--week", "2025-W53"], "--week"),
        (["changes", "--week", "soon"], "2026-W18"),
    ],
)
def test_what_makes_no_sense_is_a_usage_error(full: Servq, words: list[str], hint: str) -> None:
    said = full(*words)
    assert (said.code, said.out) == (2, "")
    assert hint in said.err


def test_an_explained_figure_names_every_row(full: Servq) -> None:
    found = json.loads(full("measure", "nps", "--by", "channel", "--explain", "--format", "json").out)
    rows = {row["channel"]: row["explained"] for row in found["rows"]}
    assert rows["门店"]["left_out"] == [{"code": "no_answer", "rows": 1, "zh": "未作答", "en": "not answered"}]
    for row in rows.values():
        assert row["rows_in"] == row["n"] + sum(one["rows"] for one in row["left_out"])
    assert {name: row["rows_in"] for name, row in rows.items()} == {"OTA": 10, "APP": 40, "门店": 2}
    about = found["explained"]
    assert (about["rows"], about["counted"], about["judgeable_from"]) == ("responses", "likelihood", 30)
    assert "Reichheld 2003" in about["reference"]["zh"]


def test_an_explained_figure_as_table_and_csv(full: Servq) -> None:
    table = full("measure", "nps", "--by", "channel", "--explain").out
    assert "未作答 not answered 1" in table
    assert "Reichheld 2003" in table
    rows = list(
        csv.DictReader(io.StringIO(full("measure", "nps", "--by", "channel", "--explain", "--format", "csv").out))
    )
    assert {row["channel"]: (row["rows_in"], row["left_out"]) for row in rows} == {
        "OTA": ("10", ""),
        "APP": ("40", ""),
        "门店": ("2", "no_answer=1"),
    }


def test_without_explain_the_agreed_form_stays(full: Servq) -> None:
    assert "explained" not in full("measure", "nps", "--format", "json").out


def test_a_figure_without_rows_says_why(full: Servq) -> None:
    found = json.loads(full("measure", "visit_score", "--explain", "--format", "json").out)
    assert found["rows"][0]["explained"]["reason"]["zh"]
    assert "没有神秘访客" in full("measure", "visit_score", "--explain").out
