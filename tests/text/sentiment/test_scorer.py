"""The scorer: its interface, its labels, and what it does not load."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servq.text.language import Language
from servq.text.sentiment.scorer import CUTS, Sentiment, default_scorer, label_of


def scored(text: str) -> Sentiment:
    return default_scorer().score([text])[0]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("房间干净，早餐好吃，下次还会来", "positive"),
        ("服务态度很差，等了两个小时，再也不来了", "negative"),
        ("Friendly and helpful staff, excellent food", "positive"),
        ("The seat was broken and the crew were rude", "negative"),
    ],
)
def test_plain_praise_and_plain_complaint_are_told_apart(text: str, label: str) -> None:
    assert scored(text).label == label


@pytest.mark.parametrize("text", ["", "  ", "。。。", "👍", "👍🏻😡", "10", "\x00"])
def test_empty_text_and_emoji_only_text_has_no_polarity_and_is_uncertain(text: str) -> None:
    sentiment = scored(text)
    assert (sentiment.polarity, sentiment.label, sentiment.language) == (None, "uncertain", "none")


@pytest.mark.parametrize("text", ["魑魅魍魉", "Zzyzx qwrtp"])
def test_words_that_no_model_knows_are_exactly_in_the_middle(text: str) -> None:
    assert (scored(text).polarity, scored(text).label) == (0.5, "uncertain")


def test_french_is_read_as_english() -> None:
    sentiment = scored("Le délai d'attente est particulièrement long")
    assert (sentiment.language, sentiment.model) == ("en", "textblob-pattern")


def test_scores_come_in_the_order_of_the_texts_and_do_not_depend_on_neighbours() -> None:
    texts = ["很好", "", "terrible", "垃圾", "很好"]
    together = default_scorer().score(texts)
    assert together == [scored(text) for text in texts]
    assert default_scorer().score([]) == []


def test_every_sentiment_names_its_model_and_version() -> None:
    names = {(found.language, found.model) for found in default_scorer().score(["很好", "good", ""])}
    assert names == {("zh", "servq-linear-zh"), ("en", "textblob-pattern"), ("none", default_scorer().name)}
    zh, en, none = default_scorer().score(["很好", "good", ""])
    assert default_scorer().version == none.version == f"{zh.version}/{en.version}"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_cuts_belong_to_the_upper_label(language: Language) -> None:
    below, upwards = CUTS[language]
    values = (0.0, below - 1e-9, below, upwards - 1e-9, upwards, 1.0)
    assert [label_of(value, language) for value in values] == [
        "negative",
        "negative",
        "uncertain",
        "uncertain",
        "positive",
        "positive",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "默认好评",
        "系统默认好评！",
        "此用户没有填写评价。",
        "该用户未填写评价内容",
        "评价方未及时做出评价，系统默认好评！",
    ],
)
def test_what_a_platform_filled_in_is_no_opinion(text: str) -> None:
    assert (scored(text).polarity, scored(text).label) == (None, "uncertain")


@pytest.mark.parametrize(
    "text",
    [
        *(
            "无",
            "没有",
            "没意见",
            "没有建议",
            "无。",
            "不知道",
            "暂无",
            "N/A",
            "none",
            "-",
            "Ｎ／Ａ",
            "no comments",
            "null",
        ),
        *("没有意见，谢谢", "目前没什么建议", "没什么好说的", "无无无", "没有评价", "無", "暂时没有了", "No.", "n.a."),
    ],
)
def test_a_word_for_nothing_is_no_complaint_and_has_no_score(text: str) -> None:
    assert (scored(text).polarity, scored(text).label) == (None, "uncertain")


@pytest.mark.parametrize(
    "text",
    [
        *("没有热水", "无人接听", "没人理", "没有回复", "没有反馈", "没问题", "没得说", "无可挑剔", "没有不满", "无语"),
        *("no response", "no hot water", "nothing works", "没说的", "不知道怎么退票"),
    ],
)
def test_words_that_only_begin_so_are_an_opinion(text: str) -> None:
    assert scored(text).polarity is not None


@pytest.mark.parametrize("text", ["默认好评，其实客服很差", "好评", "用户体验没有好评那么好"])
def test_a_customers_own_word_beside_it_is_one(text: str) -> None:
    assert scored(text).polarity is not None


@pytest.mark.parametrize(
    ("text", "language"),
    [("checkin 很慢, the staff 态度差", "zh"), ("The 客服 was rude and the room was dirty", "en")],
)
def test_mixed_text_is_scored_by_its_larger_part(text: str, language: str) -> None:
    assert (scored(text).language, scored(text).label) == (language, "negative")


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.characters() | st.sampled_from("好差不很，！ goodbad(:-)\udce4")))
def test_any_text_scores_between_0_and_1_or_not_at_all(text: str) -> None:
    sentiment = scored(text)
    assert sentiment.polarity is None or 0.0 <= sentiment.polarity <= 1.0
    assert sentiment.label == label_of(sentiment.polarity, sentiment.language)


@pytest.mark.parametrize("word", ["垃圾，", "干净，", "awful ", "excellent ", "("])
def test_a_very_long_text_neither_overflows_nor_stalls(word: str) -> None:
    sentiment = scored("好a" + word * 100_000)
    assert sentiment.polarity is not None
    assert 0.0 <= sentiment.polarity <= 1.0


def test_nothing_heavy_is_loaded_before_the_first_score() -> None:
    program = (
        "import sys; from servq.text.sentiment.scorer import default_scorer; default_scorer();"
        "print([name for name in ('rjieba', 'jieba', 'snownlp', 'textblob', 'nltk') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_scorer_is_made_once() -> None:
    assert default_scorer() is default_scorer()
