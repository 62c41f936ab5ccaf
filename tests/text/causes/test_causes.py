"""The cause finder: each rule of the search as a worked example, on a small tree and on servq's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servq.text.causes.finder import Mention, find_causes, version
from servq.text.causes.tree import Tree
from servq.text.causes.tree_file import read_tree

SMALL = """
[lists]
smell = "臭|异味"

[[category]]
code = "wait"
zh = "等待"
en = "Waiting"

[[category.leaf]]
code = "queue"
zh = "排队"
en = "Queue"
servqual = "responsiveness"
touchpoint = "中体验"
words = ["排队", "long queue"]
rules = ["等了 .. #小时|#天", "no reply .. weeks"]

[[category.leaf]]
code = "slow"
zh = "慢"
en = "Slow"
servqual = "responsiveness"
touchpoint = "中体验"
words = ["慢"]
unless = ["慢慢"]
yields_to = ["wait.queue"]

[[category]]
code = "stay"
zh = "住宿"
en = "Stay"

[[category.leaf]]
code = "dirt"
zh = "脏"
en = "Dirt"
servqual = "tangibles"
touchpoint = "中体验"
words = ["蟑螂"]
rules = ["房间|床单 ~ 脏|$smell", "被子 ..2 发黄", "写着 ... 其实"]
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    path = tmp_path_factory.mktemp("tree") / "causes.toml"
    path.write_text(SMALL, encoding="utf-8")
    return read_tree(path)


@pytest.fixture(scope="module")
def said(small: Tree) -> Callable[[str], list[tuple[str, str]]]:
    """The causes of a text with the words that name them."""

    def find(text: str) -> list[tuple[str, str]]:
        return [(leaf, text[start:end]) for leaf, start, end in find_causes([text], small)[0]]

    return find


def leaves(text: str) -> set[str]:
    """The causes that servq's own tree finds."""
    return {mention.leaf for mention in find_causes([text])[0]}


Said = Callable[[str], list[tuple[str, str]]]


class TestWhatIsFound:
    def test_a_word_is_a_mention_and_its_place_counts_characters_of_the_text_as_it_came(self, small: Tree) -> None:
        assert find_causes(["早上👍排队很久"], small) == [(Mention("wait.queue", 3, 5),)]

    def test_several_causes_in_one_text_are_normal_and_stand_in_its_order(self, said: Said) -> None:
        assert said("床单脏，还有蟑螂，退房又排队") == [
            ("stay.dirt", "床单脏"),
            ("stay.dirt", "蟑螂"),
            ("wait.queue", "排队"),
        ]

    def test_words_that_must_stand_together_do_so_in_any_order_within_one_clause(self, said: Said) -> None:
        assert said("房间里很脏") == [("stay.dirt", "房间里很脏")]
        assert said("脏得很的床单") == [("stay.dirt", "脏得很的床单")]
        assert said("房间很好，路上脏") == []

    def test_the_gap_between_two_words_has_a_size(self, said: Said) -> None:
        assert said("被子有点发黄") == [("stay.dirt", "被子有点发黄")]
        assert said("被子的一个角发黄") == []

    def test_three_dots_reach_over_commas_but_not_over_the_end_of_a_sentence(self, said: Said) -> None:
        assert said("写着海景，其实看墙") == [("stay.dirt", "写着海景，其实")]
        assert said("写着海景。其实看墙") == []

    @pytest.mark.parametrize("number", ["3", "３", "两", "三个", "十几个", "2个多"])
    def test_a_number_may_be_written_in_digits_or_in_words(self, said: Said, number: str) -> None:
        assert said(f"等了{number}小时") == [("wait.queue", f"等了{number}小时")]

    def test_mentions_of_one_cause_that_overlap_are_one(self, said: Said) -> None:
        assert said("房间脏床单臭") == [("stay.dirt", "房间脏床单臭")]

    def test_english_words_are_whole_words_and_gaps_are_wider(self, said: Said) -> None:
        assert said("A LONG QUEUE again") == [("wait.queue", "LONG QUEUE")]
        assert said("belong queues") == []
        assert said("No reply to my mail for three weeks") == [("wait.queue", "No reply to my mail for three weeks")]

    @pytest.mark.parametrize("text", ["床單髒", "床单脏", "床 单脏"])
    def test_traditional_characters_are_read_and_a_torn_word_is_not(self, said: Said, text: str) -> None:
        assert bool(said(text)) is (text != "床 单脏")

    @pytest.mark.parametrize("text", ["", " ", "\n", "👍👍", "。。。", "\ud800", "挺好", "🏨" * 40])
    def test_a_text_without_words_of_the_tree_has_no_cause(self, said: Said, text: str) -> None:
        assert said(text) == []

    def test_a_line_break_inside_a_text_is_a_gap_and_texts_do_not_run_into_each_other(self, small: Tree) -> None:
        assert find_causes(["房间\n很脏", "房间", "很脏"], small) == [(Mention("stay.dirt", 0, 5),), (), ()]


class TestWhatTakesItBack:
    @pytest.mark.parametrize(
        "text", ["不用排队", "没有排队", "没让我们排队", "无需排队", "从来没有排队", "no long queue"]
    )
    def test_a_denial_right_before_it(self, said: Said, text: str) -> None:
        assert said(text) == []

    @pytest.mark.parametrize("text", ["不得不排队", "是不是要排队", "没有人，排队", "不好，排队", "特别要排队"])
    def test_what_only_looks_like_a_denial_does_not(self, said: Said, text: str) -> None:
        assert said(text) == [("wait.queue", "排队")]

    def test_a_denial_inside_the_rule(self, said: Said) -> None:
        assert said("房间不脏") == said("房间没有异味") == []

    def test_a_double_denial_stands(self) -> None:
        assert "wait.phone" not in leaves("不是没人接，是我打错了")
        assert "wait.phone" in leaves("没人接")

    def test_an_exception_near_it_in_the_same_clause(self, said: Said) -> None:
        assert said("慢慢来") == []
        assert said("慢慢来，上菜慢") == [("wait.slow", "慢")]

    def test_a_cause_gives_way_to_one_that_says_it_better_in_the_same_clause(self, said: Said) -> None:
        assert said("排队很慢") == [("wait.queue", "排队")]
        assert said("排队，上菜慢") == [("wait.queue", "排队"), ("wait.slow", "慢")]


class TestServqsOwnTree:
    @pytest.mark.parametrize("said", ["态度很差", "服务态度很不好", "客服态度都很差", "前台态度还很差"])
    def test_an_attitude_is_found_bad_whatever_stands_before_the_word(self, said: str) -> None:
        assert leaves(f"{said}，再也不来了") == {"attitude.rude"}

    @pytest.mark.parametrize("said", ["房间差不多", "前台很冷淡"])
    def test_almost_bad_and_cold_of_manner_are_no_room(self, said: str) -> None:
        assert "product.room" not in leaves(said)

    @pytest.mark.parametrize("said", ["态度很好", "态度都很好", "态度还不错", "态度很热情"])
    def test_a_good_one_is_no_cause(self, said: str) -> None:
        assert leaves(f"{said}，下次还来") == set()

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("客服热线打了一上午都没人接，退款两个月了还没到账", {"wait.phone", "money.refund_slow"}),
            ("導遊一路上都在推銷，飯菜也難吃", {"product.guide", "product.food"}),
            ("ＡＰＰ闪退，验证码也收不到", {"system.crash", "system.login"}),
            ("The staff were rude and the room was dirty", {"attitude.rude", "product.cleanliness"}),
            ("导游讲解生动，房间干净，一路上没有购物", set()),
            ("没有等待，直接就进去了", set()),
        ],
    )
    def test_it_reads_plain_sentences(self, text: str, expected: set[str]) -> None:
        assert leaves(text) == expected

    def test_irony_is_found_by_the_fact_that_it_names_and_not_without_one(self) -> None:
        assert leaves("服务真好，等了三小时") == {"wait.slow"}
        assert leaves("真是好服务啊") == set()

    def test_known_errors_that_the_page_admits(self) -> None:
        assert leaves("希望不要再乱收费") == {"money.charged"}
        assert leaves("以前房间很脏，现在干净了") == {"product.cleanliness"}

    def test_the_version_names_the_tree_and_the_search(self, small: Tree) -> None:
        assert version() != version(small)
        assert version(small) == f"{small.version}+1"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(alphabet="房间脏排队等了3小时，。 不没慢\n臭床单👍a", max_size=30), max_size=5))
def test_a_text_has_the_same_mentions_alone_and_among_others_and_they_lie_inside_it(texts: list[str]) -> None:
    together = find_causes(texts)
    assert together == [find_causes([text])[0] for text in texts]
    for text, mentions in zip(texts, together, strict=True):
        assert all(0 <= start < end <= len(text) for _, start, end in mentions)


def test_many_texts_are_read_in_portions_without_a_seam(small: Tree) -> None:
    texts = ["房间很脏" * 3 + "，" + "好" * 200] * 2000
    assert set(find_causes(texts, small)) == set(find_causes(texts[:1], small))


def test_the_shipped_tree_is_beside_the_sample(root: Path) -> None:
    assert read_tree(root / "data" / "causes.toml").version == version().partition("+")[0]
