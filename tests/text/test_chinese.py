"""Chinese polarity against SnowNLP's own arithmetic, its speed, and labelled comments."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

import numpy as np
import pytest
from scipy.optimize import minimize

from servq.text import chinese
from servq.text.scorer import NEGATIVE_BELOW, POSITIVE_FROM

from .conftest import Labelled
from .yardstick import accuracy_and_macro_f1, balanced_precision, decided

WAIMAI = ("zh_waimai10k/waimai_10k.csv", "review", "label")
DIANPING = ("zh_dianping2000/dianping.csv", "comment", "sentiment")

COMMENTS = [
    "机场大巴等了四十分钟，司机态度也不好，以后不会再坐了。",
    "酒店离地铁站很近，房间干净整洁，前台小姑娘很热情，推荐！",
    "退票手续费收得莫名其妙，客服电话一直占线，打了三次才通。",
    "导游讲解很专业，行程安排得不紧不慢，老人孩子都很开心。",
]


def test_the_evidence_of_known_words_is_snownlps_own() -> None:
    from snownlp.sentiment import classifier

    words = ["态度", "差", "干净"]
    pos, neg = classifier.classifier.d["pos"], classifier.classifier.d["neg"]
    expected = sum(math.log(pos.freq(word)) - math.log(neg.freq(word)) for word in words)
    assert chinese.evidence("态度，差，干净") == pytest.approx(expected)


def test_stop_words_and_unknown_words_say_nothing() -> None:
    assert chinese.evidence("干净") == chinese.evidence("干净，的") == chinese.evidence("干净，魑魅")
    assert chinese.evidence("的，了") is None


def test_more_praise_is_never_less_polarity() -> None:
    values = [chinese.polarity("干净，" * times) for times in (1, 2, 5, 1000)]
    assert values == sorted(values)


def test_half_bytes_from_a_terminal_are_read_past() -> None:
    assert chinese.polarity("干净\udce4") == chinese.polarity("干净?")


def test_thousands_of_comments_take_the_time_that_snownlp_needs_for_a_few() -> None:
    from snownlp import SnowNLP

    chinese.polarity("很好")
    start = time.process_time()
    for text in COMMENTS * 5:
        _ = SnowNLP(text).sentiments
    theirs = (time.process_time() - start) / (len(COMMENTS) * 5)
    start = time.process_time()
    for text in COMMENTS * 500:
        chinese.polarity(text)
    ours = (time.process_time() - start) / (len(COMMENTS) * 500)
    assert theirs / ours >= 20, f"only {theirs / ours:.0f} times SnowNLP's speed"


@pytest.mark.corpora
def test_comments_that_no_constant_was_chosen_on_are_told_as_well_as_published(
    labelled: Callable[..., Labelled], halves: Callable[[Labelled], tuple[Labelled, Labelled]]
) -> None:
    reported = halves(labelled(*WAIMAI))[1]
    assert len(reported) == 6058
    assert accuracy_and_macro_f1(chinese.polarity, reported) == pytest.approx((0.748, 0.734), abs=0.005)
    dianping = labelled(*DIANPING)
    assert len(dianping) == 2000
    assert accuracy_and_macro_f1(chinese.polarity, dianping) == pytest.approx((0.766, 0.766), abs=0.005)


@pytest.mark.corpora
@pytest.mark.parametrize(
    ("corpus", "uncertain", "right", "precision"),
    [(WAIMAI, 0.205, (0.802, 0.791), (0.818, 0.803)), (DIANPING, 0.098, (0.790, 0.790), (0.771, 0.814))],
)
def test_labels_outside_the_band_are_right_as_often_as_published(
    labelled: Callable[..., Labelled],
    halves: Callable[[Labelled], tuple[Labelled, Labelled]],
    corpus: tuple[str, str, str],
    uncertain: float,
    right: tuple[float, float],
    precision: tuple[float, float],
) -> None:
    rows = labelled(*corpus)
    rows = halves(rows)[1] if corpus is WAIMAI else rows
    sure = decided(chinese.polarity, rows)
    assert 1 - len(sure) / len(rows) == pytest.approx(uncertain, abs=0.005)
    assert accuracy_and_macro_f1(chinese.polarity, sure) == pytest.approx(right, abs=0.005)
    assert balanced_precision(chinese.polarity, rows) == pytest.approx(precision, abs=0.005)


@pytest.mark.corpora
def test_the_constants_are_what_the_choice_half_gives(
    labelled: Callable[..., Labelled], halves: Callable[[Labelled], tuple[Labelled, Labelled]]
) -> None:
    chosen = halves(labelled(*WAIMAI))[0]
    assert len(chosen) == 5929
    known = [(total, y) for text, y in chosen if (total := chinese.evidence(text)) is not None]
    x, y = np.array([total for total, _ in known]), np.array([label for _, label in known])
    weight = np.where(y, 0.5 / y.mean(), 0.5 / (1 - y.mean()))
    loss = lambda p: float((weight * np.logaddexp(0, (1 - 2 * y) * (p[0] * x + p[1]))).mean())  # noqa: E731
    assert minimize(loss, [0.5, 0.0]).x == pytest.approx([chinese.SLOPE, chinese.INTERCEPT], abs=0.005)
    # the band is the narrowest one outside which both labels are right four times in five
    assert min(balanced_precision(chinese.polarity, chosen)) >= 0.80
    assert min(balanced_precision(chinese.polarity, chosen, NEGATIVE_BELOW + 0.01, POSITIVE_FROM - 0.01)) < 0.80
