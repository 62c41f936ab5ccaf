"""Language detection by script."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servq.text.language import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("服务很好", "zh"),
        ("APP 很难用", "zh"),
        ("WiFi 差", "zh"),
        ("The staff at 北京 were kind", "en"),
        ("très bon service", "en"),
        ("ｖｅｒｙ ｇｏｏｄ", "en"),
        ("", "none"),
        ("。。。！", "none"),
        ("👍👍", "none"),
        ("5/5 2026-04-05", "none"),
        ("ありがとう", "none"),
        ("Спасибо", "none"),
    ],
)
def test_the_script_with_more_words_is_the_language(text: str, language: str) -> None:
    assert language_of(text) == language


def test_an_apostrophe_does_not_make_two_words() -> None:
    assert language_of("don't 好") == "zh", "one word against one character is a tie, and a tie is Chinese"


@given(st.text(alphabet="好坏快慢", min_size=1))
def test_a_text_of_chinese_characters_is_chinese(text: str) -> None:
    assert language_of(text) == "zh"


@given(st.text())
def test_any_text_has_one_of_three_answers(text: str) -> None:
    assert language_of(text) in ("zh", "en", "none")
