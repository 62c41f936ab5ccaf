"""The promise register: planted broken promises are broken, untested ones never kept, clicks open the rows."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from servq.metrics.verdicts import Standing
from servq.query import rows_behind
from servq.query.promises.promise_evidence import words_against
from servq.query.promises.promise_verdicts import judged_promises
from servq.records import Slice
from servq.weeks import week_from_key
from tests.pages.consistency.test_consistency import fields_of

Page, Said = Callable[..., AppTest], Callable[[AppTest], str]
RULES, BARRIER_FREE = "退改规则各渠道与官网一致", "银发族可一键转人工"


def test_the_executive_reads_the_two_broken_promises_with_their_evidence(
    full: SimpleNamespace, page: Page, said: Said
) -> None:
    text = said(page("consistency", week="2026-W39", span="26"))
    assert re.search(r"线上承诺 vs 线下交付：兑现 \d+ · 未兑现 2 · 暂无定论 \d+ · 未检验 \d+", text)
    assert "✕ 小程序：“30 分钟内响应”（各渠道帮助页）—— 时限内 77.3% (72.4 – 81.5%), n=330；承诺 ≥ 90.0%" in text
    assert "✕ OTA：“退改规则各渠道与官网一致”（官网退改说明）—— 退改规则与官网不一致 29.7%" in text
    assert "n=283；承诺 ≤ 10.0%" in text


def test_what_nobody_looks_at_is_never_kept(full: SimpleNamespace, page: Page) -> None:
    fields = fields_of(page("promises", week="2026-W39", span="26"), "OTA")
    assert fields[BARRIER_FREE, "APP"] == "○ 未检验"
    assert fields[RULES, "OTA"] == "✕ 29.7% n=283"


def test_a_field_opens_its_figure_above_its_rows(full: SimpleNamespace, page: Page, said: Said) -> None:
    app, week = page("promises", week="2026-W39", span="26"), week_from_key("2026-W39")
    kept = Slice.of(week_from_key("2026-W14"), week + timedelta(days=6), channel=["OTA"])
    app.session_state["drill"], app.session_state["drill_count"] = ("complaints", kept), 1
    text = said(app.run())
    assert not app.exception
    assert "OTA：“退改规则各渠道与官网一致”" in text
    assert "n = 283" in text
    assert "退改规则与官网不一致：查看这 84 件投诉 ›" in [button.label for button in app.button]


def test_every_field_opens_as_many_rows_as_its_n(full: SimpleNamespace) -> None:
    shot, week = full.snapshot(), week_from_key("2026-W39")
    found = judged_promises(shot, Slice.of(week_from_key("2026-W32"), week_from_key("2026-W39")), week)
    known = [one for one in found if one.promise.tested_by != "nothing"]
    assert [rows_behind(shot, one.metric, one.slice_).total for one in known] == [one.reading.n for one in known]
    spoken = {one.promise.tested_by: words for one in known if (words := words_against(shot, one)) is not None}
    assert set(spoken) == {"clock", "question", "cause", "checklist"}, "there are words behind each kind of test"
    every = [words for one in known if (words := words_against(shot, one)) is not None]
    assert [rows_behind(shot, words.asked, words.slice_).total for words in every] == [words.n for words in every]
    notes = rows_behind(shot, spoken["checklist"].asked, spoken["checklist"].slice_).frame
    assert set(notes["item"]) == {"等候不超过10分钟"}, "of a visit only the item that tests the promise"
    assert notes["remark"].notna().any()


def test_a_promise_is_judged_from_the_day_it_was_published(full: SimpleNamespace) -> None:
    shot, week = full.snapshot(), week_from_key("2026-W39")
    assert not judged_promises(shot, Slice(), week_from_key("2025-W50"))
    assert {one.slice_.start for one in judged_promises(shot, Slice(), week)} == {
        one.promise.published_on for one in judged_promises(shot, Slice(), week)
    }


def test_without_data_nothing_is_kept(full: SimpleNamespace) -> None:
    week = week_from_key("2026-W39")
    found = judged_promises(full.snapshot(), Slice.of(week_from_key("2027-W10"), week_from_key("2027-W11")), week)
    assert {one.standing for one in found} == {Standing.TOO_FEW}


def test_two_promises_that_begin_alike_are_two_lines_and_signs_stay_signs(
    full: SimpleNamespace, page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = (
        'text = "{0}"\nchannels = ["OTA"]\npublished_where = "官网"\npublished_on = 2026-01-01\ntested_by = "clock"\n'
    )
    texts = ("改签 & 退票", "改签 & 退票")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "promises.toml").write_text(
        "".join(f'[[promise]]\nname = "p{place}"\n{entry.format(text)}' for place, text in enumerate(texts)),
        encoding="utf-8",
    )
    monkeypatch.setenv("SERVQ_DATA", str(tmp_path / "data"))
    rows = {row for row, _ in fields_of(page("promises", week="2026-W39"), "OTA")}
    assert rows == {"改签 &amp; 退票 p0", "改签 &amp; 退票 p1"}  # escaped once, for the chart reads tags
