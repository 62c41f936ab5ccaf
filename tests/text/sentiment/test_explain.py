"""Explanations of scores by words."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from servq.text.language import language_of
from servq.text.sentiment import chinese
from servq.text.sentiment.explain import explain


def test_the_word_that_decided_comes_first() -> None:
    assert explain("房间在三楼，卫生太差")[0][0] == "差"
    assert explain("导游很专业")[0][0] == "专业"


def test_a_negation_stands_with_its_word_and_speaks_against() -> None:
    words = dict(explain("房间不干净，位置方便"))
    assert words["不干净"] < 0 < words["方便"]


@pytest.mark.parametrize("text", ["服务真好，等了三小时", "服務態度很差😡", "太太太差了 wifi 慢", "不是不满意"])
def test_the_weights_sum_up_to_the_score(text: str) -> None:
    assert 1 / (1 + math.exp(-chinese.INTERCEPT - sum(weight for _, weight in explain(text)))) == pytest.approx(
        chinese.polarity(text)
    )


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="好差不没是很，。 退房间干净满意客服太a1😊\n"))
def test_every_weight_finds_its_word(text: str) -> None:
    assume(language_of("客" + text) == "zh")  # `客a1a` is more English than Chinese
    total = sum(weight for _, weight in explain("客" + text))
    value = chinese.polarity("客" + text)
    if 1e-9 < value < 1 - 1e-9 and value != 0.5:
        assert chinese.INTERCEPT + total == pytest.approx(math.log(value / (1 - value)), abs=1e-6)


def test_emoji_are_shown_as_signs() -> None:
    assert explain("收到👍")[0][0] == "☺"


def test_english_words_are_named_by_textblob() -> None:
    assert explain("The room was terrible")[0][0] == "terrible"


@pytest.mark.parametrize("text", ["", "👍", "默认好评", "此用户没有填写评价"])
def test_where_nothing_was_read_nothing_is_named(text: str) -> None:
    assert explain(text) == []
