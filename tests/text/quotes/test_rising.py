"""Emerging phrases: worked by hand, their false alarms, and their results on comments."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import hypergeom

from servq.text.quotes.emerging import FALSE_ALARMS, rising, surprises
from studies.causes.news import false_alarms, sentences_of_words
from studies.causes.page import HOW_WELL

WAITING, CLEAN, DEPOSIT = "排队太久", "房间干净", "酒店不退押金"


class TestTheFormula:
    def test_worked_by_hand(self) -> None:
        # 2 of 4 texts say it, 2 are here: both here has 1 of 6 chances, at least one 5 of 6, at least none all
        (found,) = surprises([2], texts=4, here=2)
        assert np.exp(-found) == pytest.approx([1, 5 / 6, 1 / 6])

    @pytest.mark.parametrize(("said", "texts", "here"), [(9, 460, 60), (40, 460, 60), (1, 10, 9), (300, 460, 60)])
    def test_it_is_the_tail_of_the_hypergeometric_distribution(self, said: int, texts: int, here: int) -> None:
        (found,) = surprises([said], texts, here)
        k = np.arange(said + 1)
        possible = k <= min(said, here)
        assert np.exp(-found[possible]) == pytest.approx(hypergeom.sf(k[possible] - 1, texts, said, here), rel=1e-6)

    def test_phrases_said_equally_often_share_their_row(self) -> None:
        assert [len(one) for one in surprises([3, 5, 3], 100, 20)] == [4, 6, 4]


class TestWhatRises:
    def test_a_phrase_of_many_more_texts_than_before_comes_first_with_its_n_and_its_places(self) -> None:
        now = [CLEAN, DEPOSIT] * 20
        first = rising(now, [CLEAN, WAITING] * 40)[0]
        assert "押金" in "".join(first.phrases)
        assert (first.n, first.before, first.places[:3]) == (20, 0, (1, 3, 5))

    def test_its_surprise_is_that_of_the_weaker_comparison(self) -> None:
        # 押金 in 20 of 40 texts now, in 5 of 95 before, in 10 of 90 elsewhere
        now, past, others = (["押金"] * a + ["干净"] * b for a, b in ((20, 20), (5, 90), (10, 80)))
        (found,) = rising(now, past, others)
        assert found.surprise == pytest.approx(surprises([30], 130, 40)[0][20])

    def test_what_rises_everywhere_is_no_news_of_this_slice(self) -> None:
        now, past = [DEPOSIT] * 30 + [CLEAN] * 30, [CLEAN] * 120
        assert rising(now, past) != []
        assert rising(now, past, others=now * 2) == []

    def test_what_stood_here_always_is_no_news_although_others_do_not_say_it(self) -> None:
        here = [DEPOSIT] * 30 + [CLEAN] * 30
        assert rising(here, here * 2, others=[CLEAN] * 120) == []

    def test_phrases_that_say_nearly_the_same_or_stand_in_the_same_texts_are_one_piece_of_news(self) -> None:
        found = rising(["酒店不退押金，前台推给平台", CLEAN] * 20, [CLEAN] * 80)
        assert len(found) == 1
        assert {"押金", "平台"} <= {part for part in found[0].phrases if len(part) == 2}

    def test_a_text_counts_once_however_often_it_repeats_itself(self) -> None:
        assert rising([DEPOSIT * 50] + [CLEAN] * 40, [CLEAN] * 80) == []

    def test_too_few_texts_are_no_news(self) -> None:
        now, past = [DEPOSIT] * 6 + [CLEAN] * 30, [CLEAN] * 200
        assert rising(now, past, least=6)
        assert rising(now, past, least=7) == []

    def test_without_a_past_or_without_texts_nothing_rises(self) -> None:
        assert rising([DEPOSIT] * 40, []) == rising([], [CLEAN]) == rising(["", "👍", "123"] * 9, [CLEAN] * 9) == []

    def test_full_width_and_traditional_writing_is_the_same_word(self) -> None:
        (first, *_) = rising(["退還押金"] * 15 + ["退还押金"] * 15 + [CLEAN] * 30, [CLEAN] * 200)
        assert first.n == 30

    def test_the_same_question_has_the_same_answer(self) -> None:
        now, past = [DEPOSIT] * 7 + [CLEAN] * 30, [CLEAN] * 90 + [DEPOSIT]
        assert rising(now, past) == rising(now, past)


class TestChance:
    """Where nothing is new, hardly any slice may show anything: 60 slices of complaints of the sample, dealt out by
    chance (docs/causes.md has 1,000)."""

    def test_complaints_dealt_out_by_chance_hardly_ever_alarm(self) -> None:
        # 5 % of 60 is 3; eight or more has a chance of 1 % if it is 5 %
        assert false_alarms(60) < 8

    def test_the_guide_states_the_rate_that_the_bound_promises(self) -> None:
        assert HOW_WELL.beside < HOW_WELL.alone <= FALSE_ALARMS * HOW_WELL.slices

    def test_a_new_trouble_in_eight_of_sixty_complaints_is_found(self) -> None:
        texts = sentences_of_words(260, seed=3)
        now = [f"{text}，闸机刷脸失败" if place % 8 == 0 else text for place, text in enumerate(texts[:60])]
        (found,) = rising(now, texts[60:])
        assert found.n == 8
        assert {"闸机", "刷脸"} <= set(found.phrases), "words that no dictionary knows"
