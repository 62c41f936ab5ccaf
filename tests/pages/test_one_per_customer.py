"""The choice of one answer per customer beside a figure that is opened."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

from streamlit.testing.v1 import AppTest

from servq.ingest.load import load_file
from servq.records import Slice

FILE = """答卷编号,提交时间,渠道,班组,推荐意愿,会员编号
1,2025-03-03 10:00,官网,一组,9,A
2,2025-03-04 10:00,官网,一组,0,A
3,2025-03-04 11:00,官网,一组,10,B
"""


def test_the_figure_of_the_first_or_last_answer_is_told_with_what_is_passed_over(
    empty: SimpleNamespace, page: Callable[..., AppTest], said: Callable[[AppTest], str], tmp_path: Path
) -> None:
    (empty.home / "servq.toml").write_text("[viewing]\nminimum = 0\n", encoding="utf-8")
    path = tmp_path / "a.csv"
    path.write_text(FILE, encoding="utf-8")
    load_file(empty.warehouse, empty.home, path, "surveys")
    app = page("weekly", week="2025-W10")
    app.session_state["drill"] = ("nps", Slice())
    app.session_state["drill_count"] = 1
    app.run()
    assert not app.exception
    (choice,) = [one for one in app.get("button_group") if one.key == "once-1"]
    assert choice.value in ("all", ["all"])
    assert "n = 3" in said(app)
    choice.set_value("last")
    app.session_state["drill"] = ("nps", Slice())
    app.run()
    assert not app.exception
    text = " ".join(said(app).split())
    assert "每位客户本期只计最近一次；另有 1 份不计" in text
    assert "n = 2" in text
