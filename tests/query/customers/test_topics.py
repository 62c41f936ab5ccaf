"""Topics of the texts that a search finds: which words, of how many texts, of how few customers never."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from servq.query import Snapshot, take_snapshot
from servq.query.customers.topics import TEXTS, Topics, topics_of
from servq.query.customers.verbatims import Search, voices
from servq.records import Slice
from servq.records.search_terms import with_word
from servq.standards import Standards
from servq.text.quotes.own_words import OwnWord, OwnWords
from servq.warehouse.store.engine import Warehouse
from tests.warehouse.rows import Row, answer, store

DEPOSIT, HOTEL, LATE = "押金没有退", "酒店很旧", "大巴太慢"


def said(*texts: str, by: str = "") -> list[Row]:
    """One answer a text, of nobody known or all of one customer."""
    return [answer(f"{by}{text}{place}", comment=text, customer_id=by or None) for place, text in enumerate(texts)]


def topics(warehouse: Warehouse, rows: list[Row], words: str = "", own: OwnWords | None = None) -> Topics:
    store(warehouse, *rows)
    snapshot = take_snapshot(warehouse, Standards(), 5, own or OwnWords())
    return topics_of(snapshot, Search("surveys", Slice(), words=words))


def counted(found: Topics) -> dict[str, int]:
    return {one.word: one.n for one in found.topics}


def test_nouns_verbs_and_adjectives_are_listed_each_with_its_texts(warehouse: Warehouse) -> None:
    # 押金 in 6 texts, 酒店 in 5; 很 and 太 are adverbs, 没有退's 退 is one character
    found = topics(warehouse, said(*[DEPOSIT] * 6, *[HOTEL] * 5))
    assert counted(found) == {"押金": 6, "没有": 6, "酒店": 5}
    assert {one.word: one.kind for one in found.topics} == {"押金": "n", "没有": "v", "酒店": "n"}
    assert (found.texts, found.minimum) == (11, 5)


def test_words_of_fewer_customers_than_the_minimum_are_not_listed(warehouse: Warehouse) -> None:
    # 大巴: four customers unknown. 酒店: six texts of one customer. 押金: five customers, one of them twice
    rows = [*said(*[LATE] * 4), *said(*[HOTEL] * 6, by="k")]
    rows += [*said(*[DEPOSIT] * 4), *said(*[DEPOSIT] * 2, by="m")]
    assert counted(topics(warehouse, rows)) == {"押金": 6, "没有": 6}


def test_what_is_searched_is_no_topic_of_its_results(warehouse: Warehouse) -> None:
    assert set(counted(topics(warehouse, said(*[DEPOSIT + "，" + HOTEL] * 5), words="押金"))) == {"没有", "酒店"}


def test_marks_of_masking_and_names_of_persons_are_no_topics(warehouse: Warehouse) -> None:
    texts = ["请[姓名]打[手机]，酒店", "周杰伦在酒店"] * 5
    assert set(counted(topics(warehouse, said(*texts)))) == {"酒店"}


def test_letters_in_upper_and_lower_case_are_one_topic(warehouse: Warehouse) -> None:
    assert counted(topics(warehouse, said("APP 酒店", "App", "app", "aPP", "aPp"))) == {"app": 5}


def test_a_word_of_ones_own_is_one_topic(warehouse: Warehouse) -> None:
    rows = said(*["青龙卡用不了"] * 5)
    assert "青龙卡" in counted(topics(warehouse, rows, own=OwnWords((OwnWord("青龙卡"),))))


def test_only_the_newest_texts_are_read(warehouse: Warehouse) -> None:
    first = date(2026, 4, 28)
    old = [answer(f"o{place}", day=f"{first}", comment=DEPOSIT) for place in range(9)]
    new = [answer(f"n{place}", day=f"{first + timedelta(days=1)}", comment=HOTEL) for place in range(TEXTS)]
    found = topics(warehouse, old + new)
    assert (found.texts, counted(found)) == (TEXTS, {"酒店": TEXTS})


def test_hostile_texts_and_none_at_all_are_read(warehouse: Warehouse) -> None:
    found = topics(warehouse, said(*["<script>alert(1)</script> ' OR 1=1 -- \\ % _ \U0001f600 酒店"] * 5))
    assert counted(found)["酒店"] == 5
    nothing = topics_of(take_snapshot(warehouse, Standards()), Search("surveys", Slice(), words="没有这样的话"))
    assert (nothing.topics, nothing.texts) == ((), 0)


@pytest.mark.parametrize("words", ["", "退款 OR 退票", "客服 -机票"])
def test_a_search_for_a_topic_as_well_finds_as_many_as_its_n(sample: Snapshot, words: str) -> None:
    slice_ = Slice.of(date(2026, 8, 1), date(2026, 8, 31))
    found = topics_of(sample, Search("complaints", slice_, words=words))
    assert found.topics
    for one in found.topics:
        longer = with_word(words, one.word)
        assert longer is not None
        assert voices(sample, Search("complaints", slice_, words=longer), 1).total == one.n
