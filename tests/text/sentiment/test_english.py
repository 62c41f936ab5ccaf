"""The English sentiment model: TextBlob's own figures, no download, and labelled reviews."""

from __future__ import annotations

import math
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from servq.text.sentiment import english
from servq.text.sentiment.scorer import CUTS
from tests.text.conftest import Labelled
from tests.text.yardstick import accuracy_and_macro_f1, balanced_precision, decided, told

REVIEWS = ["en_skytrax_full_lounge_seat/lounge.csv", "en_skytrax_full_lounge_seat/seat.csv"]


def test_textblobs_cut_is_the_middle_of_the_scale() -> None:
    from textblob import TextBlob

    # "ok" is 0.5 and "late" -0.3 in TextBlob's list; their mean is 0.1, just below the cut of 0.15
    assert TextBlob("ok but late").polarity == pytest.approx(0.1)
    assert english.polarity("ok but late") == pytest.approx(1 / (1 + 2.718281828**0.308))


def test_not_turns_a_word_round() -> None:
    assert english.polarity("not good") < 0.5 < english.polarity("good")


def test_words_without_feeling_stay_in_the_middle() -> None:
    assert english.polarity("We boarded through gate B12") == 0.5


def test_nothing_is_downloaded_and_no_home_is_needed(tmp_path: Path) -> None:
    program = (
        "import socket, sys; socket.socket.connect = None;"
        "from servq.text.sentiment import english; print(english.polarity('excellent') > 0.9)"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        env={"HOME": str(tmp_path), "PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout.strip(), done.stderr) == ("True", "")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", ["not good", "ok but late", "Friendly staff, terrible food, very slow"])
def test_the_words_that_moved_a_score_sum_up_to_it(text: str) -> None:
    logit = sum(weight for _, weight in english.assessments(text))
    assert 1 / (1 + math.exp(-logit)) == pytest.approx(english.polarity(text))


@pytest.mark.corpora
def test_reviews_that_no_constant_was_chosen_on_are_told_as_well_as_published(
    labelled: Callable[..., Labelled], halves: Callable[[Labelled], tuple[Labelled, Labelled]]
) -> None:
    reported = halves([row for file in REVIEWS for row in labelled(file, "content", "recommended")])[1]
    assert len(reported) == 1820
    rows = told(lambda texts: [english.polarity(text) for text in texts], reported)
    assert accuracy_and_macro_f1(rows) == pytest.approx((0.755, 0.743), abs=0.005)
    sure = decided(rows, "en")
    assert 1 - len(sure) / len(rows) == pytest.approx(0.184, abs=0.005)
    assert accuracy_and_macro_f1(sure) == pytest.approx((0.807, 0.793), abs=0.005)
    assert balanced_precision(rows, *CUTS["en"]) == pytest.approx((0.808, 0.797), abs=0.005)
