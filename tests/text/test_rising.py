"""What is new in the customers' words: the formula by hand, and what it makes of comments."""

from __future__ import annotations

import csv
from math import log, sqrt
from pathlib import Path

import pytest

from servq.text.rising import PRIOR, log_odds, rising

WAITING, CLEAN, DEPOSIT = "排队太久", "房间干净", "酒店不退押金"


class TestTheFormula:
    def test_worked_by_hand(self) -> None:
        # said 9 of 100 here, 3 of 200 there, 2 of 50 beforehand:
        # here (9+2) / (100+50-9-2) = 11/139, there (3+2) / (200+50-3-2) = 5/245
        # z = (ln 11/139 - ln 5/245) / sqrt(1/11 + 1/5) = (-2.5366 + 3.8918) / 0.5394
        assert log_odds(9, 100, 3, 200, 2.0, 50.0) == pytest.approx(1.3552 / 0.5394, abs=0.001)

    def test_the_same_share_on_both_sides_is_no_rise(self) -> None:
        assert log_odds(10, 100, 20, 200, 0.1 * PRIOR, PRIOR) == pytest.approx(0.0, abs=1e-9)

    def test_it_turns_its_sign_when_both_sides_change_places(self) -> None:
        assert log_odds(9, 100, 3, 200, 2.0, 50.0) == pytest.approx(-log_odds(3, 200, 9, 100, 2.0, 50.0))

    def test_a_heavier_prior_makes_it_more_careful(self) -> None:
        assert log_odds(9, 100, 3, 200, 20.0, 500.0) < log_odds(9, 100, 3, 200, 2.0, 50.0)


class TestWhatRises:
    def test_a_phrase_of_many_more_texts_than_before_comes_first_with_its_n_and_its_places(self) -> None:
        now = [CLEAN, DEPOSIT] * 20
        first = rising(now, [CLEAN, WAITING] * 40)[0]
        assert "押金" in first.phrase or "押金" in "".join(first.also)
        assert (first.n, first.before, first.examples) == (20, 0, (1, 3, 5))

    def test_its_z_can_be_checked_by_hand(self) -> None:
        # rjieba cuts 押金 and nothing else of it; 押金 stands in 20 of 20 texts now, in 10 of 100 before
        now, past = ["押金"] * 20, ["押金"] * 10 + ["干净"] * 90
        prior = PRIOR * 30 / 120
        one, two = 20 + prior, 10 + prior
        z = (log(one / (20 + PRIOR - one)) - log(two / (100 + PRIOR - two))) / sqrt(1 / one + 1 / two)
        found = rising(now, past)
        assert [rise.phrase for rise in found] == (["押金"] if z >= 3 else [])
        assert log_odds(20, 20, 10, 100, prior, PRIOR) == pytest.approx(z)

    def test_what_rises_everywhere_is_no_news_of_this_slice(self) -> None:
        now, past = [DEPOSIT] * 30 + [CLEAN] * 30, [CLEAN] * 120
        assert rising(now, past) != []
        assert rising(now, past, others=now * 2) == []

    def test_phrases_that_say_nearly_the_same_stand_together(self) -> None:
        found = rising([DEPOSIT, CLEAN] * 20, [CLEAN] * 80)
        assert [rise for rise in found[1:] if "押金" in rise.phrase] == []

    def test_a_text_counts_once_however_often_it_repeats_itself(self) -> None:
        assert rising([DEPOSIT * 50] + [CLEAN] * 40, [CLEAN] * 80) == []

    def test_without_a_past_or_without_texts_nothing_rises(self) -> None:
        assert rising([DEPOSIT] * 40, []) == rising([], [CLEAN]) == rising(["", "👍", "123"] * 9, [CLEAN] * 9) == []

    def test_full_width_and_traditional_writing_is_the_same_word(self) -> None:
        (first, *_) = rising(["退還押金"] * 15 + ["退还押金"] * 15 + [CLEAN] * 30, [CLEAN] * 200)
        assert first.n == 30

    def test_hardly_anything_rises_between_two_halves_of_the_same_comments(self, root: Path) -> None:
        with (root / "data" / "sample" / "surveys.csv").open(encoding="gb18030", newline="") as file:
            texts = [row["您的意见和建议"] for row in csv.DictReader(file) if row["您的意见和建议"]]
        found = rising(texts[0:3000:2], texts[1:3000:2])
        assert len(found) <= 3, found
