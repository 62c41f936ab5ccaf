"""Editing of the promise register on its page: preview, history, permission, and no overwritten change."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from servq.errors import UsageError
from servq.exports import xlsx_bytes
from servq.ingest.edits.promises import save_promise
from servq.query.promises.promise_editing import histories, known_names
from servq.standards.promise import versions_of
from servq.standards.promise_register import read_register
from servq.ui.consistency.promise_history import file_of
from servq.ui.shell import permissions
from tests.pages.conftest import HOSTILE, ROOT
from tests.pages.consistency.test_consistency import fields_of

Page, Said = Callable[..., AppTest], Callable[[AppTest], str]
RULES = "one-rule-book"
THEN = {"week": "2026-W39", "span": "26"}


def flat(text: str) -> str:
    return " ".join(text.split())


def opened(app: AppTest, what: str) -> AppTest:
    """The page with a form open; its fields are found by the end of their keys."""
    app.button(key=f"register-{what}").click().run()
    assert not app.exception, app.exception
    return app


def saved(app: AppTest, reason: str = "质量会决定") -> AppTest:
    app.text_input(key="pledge-1-reason").set_value(reason)
    app.button(key="register-save").click().run()
    assert not app.exception, app.exception
    return app


def test_a_change_is_looked_at_kept_and_judges_only_from_its_day(full: SimpleNamespace, page: Page, said: Said) -> None:
    app = opened(page("promises", promise=RULES, **THEN), "change")
    app.number_input(key="pledge-1-cause-threshold").set_value(40.0)
    app.date_input(key="pledge-1-since").set_value(date(2026, 6, 1)).run()
    text = flat(said(app))
    assert "保存后，1 格会变：OTA ✕ 未兑现 → ✓ 兑现" in text
    assert "✕ 未兑现 · 29.7% (24.7 – 35.2%), n=283；承诺 ≤ 10.0%" in text
    app = saved(app)
    text = flat(said(app))
    assert "已保存：“退改规则各渠道与官网一致”自 2026-06-01 起按新版判定" in text
    assert "未兑现 1" in text
    for told in ("界限 ≤ 10 → ≤ 40", "自 2026-01-01 → 2026-06-01", "质量会决定", "文件原有", "修改"):
        assert told in text
    assert not app.text_input, "the form is closed"
    fields = fields_of(page("promises", week="2026-W20", span="8"), "OTA")
    assert fields["退改规则各渠道与官网一致", "OTA"].startswith("✕"), "weeks before are judged by the old version"


def test_what_cannot_be_kept_says_why_and_nothing_typed_is_lost(full: SimpleNamespace, page: Page, said: Said) -> None:
    app = opened(page("promises", **THEN), "new")
    assert "还不能保存：请写明承诺原文" in said(app)
    app.text_input(key="pledge-1-text").set_value(HOSTILE)
    app.text_input(key="pledge-1-where").set_value("官网")
    app = saved(app)
    assert "没有选渠道" in said(app)
    assert app.text_input(key="pledge-1-text").value == HOSTILE
    assert not histories(full.snapshot())
    app.multiselect(key="pledge-1-channels").set_value(["OTA"])
    app.selectbox(key="pledge-1-question").set_value("nps")
    app.number_input(key="pledge-1-question-threshold").set_value(20.0)
    app.date_input(key="pledge-1-on").set_value(date(2026, 1, 1))
    app.date_input(key="pledge-1-since").set_value(date(2025, 12, 31))
    assert "早于公布日" in said(saved(app))
    app.date_input(key="pledge-1-since").set_value(date(2026, 1, 1))
    app = saved(app)
    assert not app.text_input
    assert HOSTILE in said(app), "what was typed is text"
    assert app.selectbox(key="promise").value == "promise-7"
    (change,) = histories(full.snapshot())["promise-7"]
    assert (change.kind, change.promise.text, change.reason) == ("new", HOSTILE, "质量会决定")


def test_a_promise_is_withdrawn_from_a_day_and_can_be_made_again(full: SimpleNamespace, page: Page, said: Said) -> None:
    app = opened(page("promises", promise="friendly", **THEN), "withdraw")
    app.date_input(key="pledge-1-since").set_value(date(2026, 9, 1)).run()
    assert "2 格会变：门店 ✓ 兑现 → 不承诺、呼叫中心 ✓ 兑现 → 不承诺" in said(app)
    app = saved(app, "改由问卷跟踪")
    assert "微笑服务（已撤下）" in app.selectbox(key="promise").options
    assert "register-withdraw" not in {button.key for button in app.button}
    assert "register-change" in {button.key for button in app.button}
    assert ("微笑服务", "门店") not in fields_of(app, "OTA")


def test_the_second_of_two_editors_is_told_and_decides(full: SimpleNamespace, page: Page, said: Said) -> None:
    app = opened(page("promises", promise=RULES, **THEN), "change")
    shot = full.snapshot()
    register = read_register(ROOT / "data" / "promises.toml")
    seen = versions_of(register, RULES)
    quicker = replace(seen[0], threshold=12.0)
    save_promise(full.warehouse, register, quicker, seen, "先到一步", known_names(shot))
    app.text_input(key="pledge-1-text").set_value("同一本规则")
    app = saved(app)
    text = flat(said(app))
    assert "您打开之后，这条承诺已被改动" in text
    assert "界限 ≤ 10 → ≤ 12" in text, "its history shows what the other did"
    assert app.text_input(key="pledge-1-text").value == "同一本规则"
    assert len(histories(full.snapshot())[RULES]) == 2
    app.button(key="register-anyway").click().run()
    app.button(key="register-save").click().run()
    assert not app.exception
    assert histories(full.snapshot())[RULES][-1].promise.text == "同一本规则"


@pytest.fixture
def from_elsewhere() -> Iterator[None]:
    """The dashboard can be opened from other machines, where nobody signs in."""
    usual = st.get_option("server.address")
    st._config.set_option("server.address", "0.0.0.0", "test")
    yield
    st._config.set_option("server.address", usual, "test")


def test_who_may_not_sees_the_history_and_no_button_and_is_refused(
    full: SimpleNamespace, page: Page, said: Said, request: pytest.FixtureRequest
) -> None:
    app = opened(page("promises", promise=RULES, **THEN), "change")
    app.text_input(key="pledge-1-reason").set_value("偷偷改")
    request.getfixturevalue("from_elsewhere")
    with pytest.raises(UsageError, match="您不能在这里修改数据"):
        permissions.insist("action:promise")
    app.button(key="register-save").click().run()
    assert not histories(full.snapshot())
    assert {button.key for button in app.button if (button.key or "").startswith("register-")} == set()
    assert "还没有改动：自 2026-01-01 起如台账所列" in said(app)


def test_every_change_can_be_taken_away(full: SimpleNamespace, tmp_path: Path) -> None:
    shot, register = full.snapshot(), read_register(ROOT / "data" / "promises.toml")
    seen = versions_of(register, RULES)
    save_promise(full.warehouse, register, replace(seen[0], threshold=12.0), seen, "放宽", known_names(shot))
    book = openpyxl.load_workbook(io.BytesIO(file_of(histories(full.snapshot()), xlsx_bytes)))
    head, *rows = book.active.values
    assert head == ("承诺", "原文", "时间", "谁", "做了什么", "改了什么", "原因")
    assert {(row[0], row[4], row[6]) for row in rows} == {(RULES, "文件原有", None), (RULES, "修改", "放宽")}
    assert "界限 ≤ 10 → ≤ 12" in {row[5] for row in rows}


def test_without_any_promise_the_page_offers_the_first(
    full: SimpleNamespace, page: Page, said: Said, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SERVQ_DATA", str(tmp_path))
    app = page("promises", **THEN)
    assert "承诺台账：没有登记承诺" in said(app)
    app.button(key="register-new").click().run()
    assert not app.exception
    assert app.multiselect(key="pledge-1-channels").options[:2] == ["APP", "OTA"]
