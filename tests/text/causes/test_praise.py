"""Praise: the items that a comment praises and the words that do; references to one person are recognised."""

from __future__ import annotations

from pathlib import Path

import pytest

from servq.measures import ITEMS
from servq.text.causes.praise import praise_tree, praised
from servq.text.quotes.person_references import points_at_somebody
from servq.text.quotes.representative import sentences_naming


def said(text: str) -> dict[str, list[str]]:
    """The items that a text praises, each with the very words."""
    return {item: [text[start:end] for start, end in places] for item, places in praised([text])[0].items()}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("柜台的人说话客气，也耐心", {"attitude": ["客气", "耐心"]}),
        ("我一问，回复特别快", {"responsiveness": ["回复特别快"]}),
        ("5分钟就办好了", {"responsiveness": ["5分钟就"]}),
        ("多出来的费用当场解决了", {"resolution": ["当场解决", "解决了"]}),
        ("退票规则解释得很清楚", {"communication": ["解释得很清楚"]}),
        ("The staff were polite and explained everything", {"attitude": ["polite"], "communication": ["explained"]}),
        ("没有耐心，也不热情", {}),
        ("要是热情一点就好了", {}),
        ("风景很美", {}),
    ],
)
def test_an_item_is_praised_by_its_own_words(text: str, found: dict[str, list[str]]) -> None:
    told = said(text)
    assert list(told) == list(found)
    assert all(words[0] in told[item][0] or told[item] == words for item, words in found.items()), told


def test_the_dictionary_knows_every_item_and_nothing_else() -> None:
    assert tuple(category.code for category in praise_tree().categories) == ITEMS


def test_a_folder_without_the_dictionary_knows_no_praise(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SERVQ_DATA", str(tmp_path))
    assert praised(["店员很有耐心"]) == [{}]


@pytest.mark.parametrize(
    "text", ["工号 07 的客服很亲切", "导游小陈人特别好", "[姓名]经理很热情", "点名表扬前台", "姓王的店员"]
)
def test_a_sentence_about_one_person_is_known(text: str) -> None:
    assert points_at_somebody(text)


@pytest.mark.parametrize("text", ["客服小哥特别热心", "店员小姐姐贴心", "导游很负责", "前台小声说话"])
def test_a_sentence_about_anybody_is_none(text: str) -> None:
    assert not points_at_somebody(text)


def test_places_are_counted_in_their_own_sentence() -> None:
    # 0 1 2 3 4 5 | 6 7 8 9 10 11: 耐心 stands at 10 of the text, at 4 of its sentence
    assert sentences_naming("订单没问题。店员很有耐心！谢谢", [(10, 12)]) == [("店员很有耐心！", ((4, 6),))]
    assert sentences_naming("订单没问题", []) == []
