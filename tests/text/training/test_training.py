"""The training of the shipped model: it can be repeated by anyone, and the written list has its intended effect."""

from __future__ import annotations

import numpy as np
import pytest

from servq.text.sentiment import chinese
from studies.training import lexicon
from studies.training.reviews import reviews, subjects


def test_the_same_command_makes_the_same_model() -> None:
    from studies.training.__main__ import make

    again, stored = make(), chinese.model()
    assert (again.read_as == stored.read_as).all()
    differences = np.abs(again.weights.astype(int) - stored.weights.astype(int))
    # equal to the bit where the locked versions run; another processor may round a weight to its neighbour
    assert differences.max() <= 1
    assert np.count_nonzero(differences) <= 0.001 * np.count_nonzero(stored.weights)


def test_repeated_reviews_count_once_and_contradictions_not_at_all() -> None:
    texts, praise = reviews()
    assert (len(texts), int(praise.sum())) == (17_361, 8_330)
    assert len(set(texts)) == len(texts)
    assert set(subjects(texts[:200])) <= {0, 1, 2, 3}


def test_no_word_is_both_praise_and_complaint_or_neutral() -> None:
    assert not set(lexicon.strengths()) & set(lexicon.neutral_words())
    assert len(lexicon.strengths()) > 500


@pytest.mark.parametrize("word", ["满意", "靠谱", "投诉", "敷衍", "不专业", "打不通"])
def test_a_written_word_leans_to_its_side(word: str) -> None:
    assert (chinese.polarity(word) > 0.5) == (lexicon.strengths()[word] > 0)
