"""Steering and invisible characters are shown; text in any script stays unchanged."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servq.text.visible import visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31m红\x1b[0m", "␛[31m红␛[0m"),
        ("\x9b2J\x7f\x85", r"\x9b2J\x7f\x85"),
        ("a\x00b\x07", "a␀b␇"),
        ("发票\u202efdp.exe", r"发票\u202efdp.exe"),
        ("\u2066a\u2069\u200f", r"\u2066a\u2069\u200f"),
        ("管\u200b理\ufeff员\u2060", r"管\u200b理\ufeff员\u2060"),
        ("soft\u00adhyphen", r"soft\u00adhyphen"),
        ("王\u200d芳", r"王\u200d芳"),
        ("\u200d", r"\u200d"),
        ("空\u3164格\u115f", r"空\u3164格\u115f"),
        ("tag\U000e0041", r"tag\U000e0041"),
        ("x\ufe0f", r"x\ufe0f"),
        ("a\rb", "a␍b"),
        ("\ud800", r"\ud800"),
        ("two\u2028lines", r"two\u2028lines"),
    ],
)
def test_what_steers_is_shown(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "很好\t谢谢\n下次再来",
        "👩\u200d💻",
        "👨\u200d👩\u200d👧",
        "❤\ufe0f",
        "1\ufe0f\u20e3",
        "👍🏽",
        "👩🏽\u200d⚕\ufe0f",
        "🇨🇳",
        "naïve café",
        "ภาษาไทย",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "العربية",
        "〔①〕",
    ],
)
def test_what_people_write_stays(text: str) -> None:
    assert visible(text) == text


def test_a_line_end_of_windows_is_a_line_end() -> None:
    assert visible("一\r\n二") == "一\r\n二"


@given(st.text())
def test_nothing_that_steers_is_left_but_what_holds_emoji_together(text: str) -> None:
    assert not re.search("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\x1b\x9b]", visible(text))


@given(st.text())
def test_what_is_shown_is_shown_once(text: str) -> None:
    assert visible(visible(text)) == visible(text)
