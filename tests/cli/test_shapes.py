"""The command line on overlapping groups and one answer per customer: what is said beside the figures."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Servq

FILE = """答卷编号,提交时间,渠道,班组,推荐意愿,客群,会员编号
1,2026-04-27 10:00,官网,一组,9,商务┋亲子,A
2,2026-04-28 10:00,官网,一组,0,亲子,A
3,2026-04-28 11:00,官网,一组,10,商务,B
"""


@pytest.fixture
def loaded(servq: Servq, home: Path, tmp_path: Path) -> Servq:
    home.mkdir(exist_ok=True)
    (home / "servq.toml").write_text("[viewing]\nminimum = 0\n", encoding="utf-8")
    (tmp_path / "a.csv").write_text(FILE, encoding="utf-8")
    assert servq("init").code == 0
    assert servq("load", "surveys", tmp_path / "a.csv").code == 0
    return servq


def test_groups_that_overlap_are_said_to(loaded: Servq) -> None:
    said = loaded("measure", "nps", "--by", "segment", "--format", "json")
    assert {row["segment"]: (row["value"], row["n"]) for row in json.loads(said.out)["rows"]} == {
        "亲子": (0.0, 2),
        "商务": (100.0, 2),
    }
    assert "分组有重叠" in said.err
    assert "groups overlap" in said.err
    whole = loaded("measure", "nps", "--format", "json")
    assert json.loads(whole.out)["rows"][0]["n"] == 3
    assert "分组有重叠" not in whole.err


@pytest.mark.parametrize(("which", "value"), [("first", 100.0), ("last", 0.0)])
def test_one_answer_per_customer_is_said_beside_the_figure(loaded: Servq, which: str, value: float) -> None:
    said = loaded("measure", "nps", "--one-per-customer", which, "--format", "json")
    assert [(row["value"], row["n"]) for row in json.loads(said.out)["rows"]] == [(value, 2)]
    assert f"the {which}; 1 further answers are not counted" in said.err
    assert loaded("measure", "complaints", "--one-per-customer", which).code == 2
    assert loaded("measure", "nps", "--one-per-customer", "any").code == 2
