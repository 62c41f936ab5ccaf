"""Search terms as a reader types them; every expected reading is written by hand."""

from __future__ import annotations

import pytest

from servq.records.search_terms import SearchTerms, read_terms, with_word


@pytest.mark.parametrize(
    ("typed", "wanted", "unwanted"),
    [
        ("", (), ()),
        ("退款", (("退款",),), ()),
        ("退款 慢", (("退款",), ("慢",)), ()),
        ("退款 AND 慢", (("退款",), ("慢",)), ()),
        ("退款 OR 退票 慢", (("退款", "退票"), ("慢",)), ()),
        ("退款 或 退票 | 改签", (("退款", "退票", "改签"),), ()),
        ('"没有 回电"', (("没有 回电",),), ()),
        ("“没有 回电” 客服", (("没有 回电",), ("客服",)), ()),
        ("「没有 回电」", (("没有 回电",),), ()),
        ("退款 -机票", (("退款",),), ("机票",)),
        ('退款 －"国际 机票"', (("退款",),), ("国际 机票",)),
        ("-机票", (), ("机票",)),
        ('"OR"', (("OR",),), ()),
        ("OR 退款 OR", (("退款",),), ()),
        ("退款 -", (("退款",), ("-",)), ()),
        ('退款 "没关', (("退款",), ('"没关',)), ()),
        ("退款 退款 OR 退款", (("退款",), ("退款",)), ()),
        ("100% 满意_", (("100%",), ("满意_",)), ()),
    ],
)
def test_what_is_typed_is_read_as_words_alternatives_and_exclusions(
    typed: str, wanted: tuple[tuple[str, ...], ...], unwanted: tuple[str, ...]
) -> None:
    assert read_terms(typed) == SearchTerms(wanted, unwanted)


def test_longer_words_are_marked_before_the_shorter_ones_they_hold() -> None:
    assert read_terms("退款 OR 退款慢 -机票").words == ("退款慢", "退款")


@pytest.mark.parametrize(
    ("typed", "word", "longer"),
    [
        ("", "押金", "押金"),
        (" 退款 OR 退票 ", "押金", "退款 OR 退票 押金"),
        ("退款 OR", "押金", "退款 OR AND 押金"),
        ("退款", "或", '退款 "或"'),
        ("退款", "-慢", '退款 "-慢"'),
        ("退款", "两 词", '退款 "两 词"'),
        ("-机票", "押金", "-机票 押金"),
        ("", 'a"b”c」 d', None),
    ],
)
def test_a_word_is_added_so_that_it_is_read_as_a_word(typed: str, word: str, longer: str | None) -> None:
    assert with_word(typed, word) == longer


def test_a_word_after_an_open_quote_is_one_more_word() -> None:
    longer = with_word('"没有', "押金")
    assert longer is not None
    assert read_terms(longer).wanted == (('"没有',), ("押金",))
