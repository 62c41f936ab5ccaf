"""Idioms: praise that denies a fault, complaints by denial, and texts that only look like one."""

from __future__ import annotations

import pytest

from servq.text.idioms import IDIOMS, in_plain_words
from servq.text.sentiment.explain import explain
from servq.text.sentiment.scorer import default_scorer


def label(text: str) -> str:
    (sentiment,) = default_scorer().score([text])
    return sentiment.label


@pytest.mark.parametrize(
    "text",
    [
        *("没让我失望", "没毛病", "不要太好", "无可挑剔", "挑不出毛病", "没得说", "服务没让我失望", "从没让人失望过"),
        *(
            "房间没得说",
            "这酒店不要太方便哦",
            "导游的服务无可挑剔",
            "早餐挑不出什么毛病",
            "没什么不满",
            "服务不能再好了",
        ),
        *("没想到半夜也没让我多等", "说不出的舒服", "下次还来，不后悔", "不会让你失望的"),
    ],
)
def test_what_denies_an_evil_is_praise(text: str) -> None:
    assert label(text) == "positive"


@pytest.mark.parametrize(
    "text",
    [
        "说不出的难受",
        "心里说不出的憋屈",
        "服务不能再差了",
        "让我失望",
        "太让人失望了",
        "毛病真多，太差",
        "让我等了很久",
    ],
)
def test_a_complaint_stays_one(text: str) -> None:
    assert label(text) == "negative"


@pytest.mark.parametrize("text", ["不要太辣", "请不要太吵", "很失望", "等了不久", "没有热水", "房间不大", ""])
def test_what_only_looks_like_an_idiom_is_left_as_it_is(text: str) -> None:
    assert in_plain_words(text) == text


@pytest.mark.parametrize("idiom", IDIOMS, ids=lambda idiom: idiom.name)
def test_every_idiom_is_found_by_its_own_name_and_has_a_sign_of_it(idiom: object) -> None:
    name = idiom.name  # type: ignore[attr-defined]
    assert idiom.forms.search(name)  # type: ignore[attr-defined]
    assert any(sign in name for sign in idiom.signs) or in_plain_words(name) != name  # type: ignore[attr-defined]


def test_the_guide_lists_every_idiom(root: object) -> None:
    guide = (root / "docs" / "model.md").read_text("utf-8")  # type: ignore[operator]
    assert [idiom.name for idiom in IDIOMS if idiom.name not in guide] == []


def test_an_explanation_adds_up_to_the_score_of_the_plain_words() -> None:
    assert explain("没让我失望")
    assert all(weight > -1 for _, weight in explain("没让我失望"))
