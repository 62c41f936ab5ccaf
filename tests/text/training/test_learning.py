"""Training on own comments: the models tried at each number of labels, the winner, and no text scored by its own model.

The comments consist of words that the shipped model does not know: 青龙卡 occurs where customers are satisfied,
白虎卡 where they are not, three times in four.
"""

from __future__ import annotations

import numpy as np
import pytest

from servq.text.sentiment import chinese
from servq.text.sentiment.scorer import ByLanguage
from servq.text.training.cross_validation import FROM, Labels, fold_of
from servq.text.training.evaluation import (
    ConfusionMatrix,
    beyond_chance,
    brier,
    calibration_error,
    gain,
    judge,
    narrowest_band,
)
from servq.text.training.fitting import blend, complement_bayes, count, regression
from servq.text.training.learning import learn
from servq.text.training.stored_model import packed, unpacked

SUBJECTS = ("昨天", "今天", "上周", "周末", "早上", "晚上", "去年", "月初")


def comments(number: int, praise_share: float = 0.5, told: float = 0.75, seed: int = 1) -> Labels:
    """Comments of which `told` hold the word of their class, and the others that of the other class."""
    dice = np.random.default_rng(seed)
    praise = np.arange(number) < praise_share * number
    word = np.where(praise == (dice.random(number) < told), "青龙卡", "白虎卡")
    ticket = dice.permutation(number) + 1_000 * seed  # says nothing, and makes each text another one
    texts = [f"{SUBJECTS[at % 8]}拿到的是{ticket[at]}号{word[at]}" for at in range(number)]
    return Labels(texts, praise, np.ones(number, bool))


@pytest.mark.parametrize("number", [0, 1, 49])
def test_under_50_labels_nothing_changes(number: int) -> None:
    report, model = learn(comments(number))
    assert (report.outcome, report.labels, model) == ("too_few_labels", number, None)


def test_nine_of_one_class_are_too_few() -> None:
    assert learn(comments(90, praise_share=0.9))[0].outcome == "too_few_of_a_class"


@pytest.mark.parametrize(("number", "tried"), [(60, ["cuts"]), (200, ["cuts", "mix"]), (2_000, [*FROM])])
def test_what_is_tried_depends_on_the_number_of_labels(number: int, tried: list[str]) -> None:
    report, _ = learn(comments(number))
    assert [score.kind for score in report.scores] == ["in_force", *tried]
    assert {score.n for score in report.scores} == {number}


def test_words_that_only_these_customers_use_are_learned() -> None:
    report, model = learn(comments(400))
    assert report.outcome == "accepted"
    assert report.accepted == "mix"
    assert model is not None
    assert report.version == model.version != chinese.version()
    assert report.scores[1].accuracy == pytest.approx(0.5, abs=0.1)  # cuts cannot tell them
    assert report.scores[2].accuracy == pytest.approx(0.75, abs=0.05)
    good, bad = model.polarities(["这是青龙卡", "这是白虎卡"])
    assert bad < 0.4 < 0.6 < good
    assert ByLanguage(model).score(["这是白虎卡"])[0].model == chinese.OWN_NAME


def test_a_model_that_calls_all_praise_is_not_accepted_however_often_it_is_right() -> None:
    # nine in ten are satisfied and no word tells who: "all praise" is right nine times in ten
    report, model = learn(comments(600, praise_share=0.9, told=0.5))
    best = min(report.scores[1:], key=lambda score: score.brier)
    assert best.accuracy > report.scores[0].accuracy
    assert best.complaints_found < 0.5
    assert (report.outcome, model) == ("no_win", None)


def test_an_own_model_must_be_beaten_on_comments_that_came_after_it_had_learned() -> None:
    known = comments(400)
    _, own = learn(known)
    new = comments(12, seed=2)
    both = Labels([*known.texts, *new.texts], np.append(known.praise, new.praise), np.arange(412) >= 400)
    report, model = learn(both, own)
    assert (report.judged_satisfied, report.judged_dissatisfied) == (6, 6)
    assert (report.outcome, model) == ("too_few_of_a_class", None)


def test_labels_that_nobody_could_learn_tell_nothing_of_themselves() -> None:
    # labels by a coin: a model that had seen the text that it tells would be right more often than not
    report, _ = learn(comments(400, told=0.5, seed=5))
    assert report.scores[2].accuracy == pytest.approx(0.5, abs=0.1)


def test_equal_texts_are_in_the_same_part_and_the_parts_are_alike_in_size() -> None:
    sizes = np.bincount([fold_of(f"评论{at}") for at in range(5_000)])
    assert len(sizes) == 5
    assert sizes.min() > 900
    assert fold_of("很好") == fold_of("很好")


def test_an_own_model_comes_back_from_its_bytes_as_it_was() -> None:
    _, model = learn(comments(300))
    assert model is not None
    again = unpacked(packed(model))
    assert again.version == model.version
    assert again.polarities(["这是青龙卡", "很好", ""]) == model.polarities(["这是青龙卡", "很好", ""])
    assert again.cuts == model.cuts


def test_the_report_is_plain_json() -> None:
    import json

    told = learn(comments(60))[0].as_json()
    assert json.loads(json.dumps(told))["labels"] == 60


class TestTheArithmetic:
    TEXTS = ("青龙", "青龙卡", "白虎", "白虎卡")
    PRAISE = np.array([True, True, False, False])

    def test_a_text_is_counted_as_the_model_would_look_at_it(self) -> None:
        counted = count(self.TEXTS, chinese.model().read_as)
        weights = np.random.default_rng(3).normal(size=len(counted.slots))
        table = counted.table(weights)
        small = np.clip(np.rint(table / table.std()), -127, 127).astype(np.int8)
        from servq.text.sentiment.linear import LinearModel

        expected = LinearModel(small, 1.0, chinese.model().read_as).evidence(self.TEXTS)
        assert counted.rows @ small[counted.slots].astype(float) == pytest.approx(expected)

    def test_naive_bayes_by_hand(self) -> None:
        # 青 and 龙 stand together in both texts of praise, 白虎 in both complaints
        counted = count(self.TEXTS, chinese.model().read_as)
        weights = complement_bayes(counted.rows, self.PRAISE)
        held = (counted.rows.toarray() > 0).sum(axis=0)
        in_praise = (counted.rows.toarray()[:2] > 0).sum(axis=0)
        sizes = in_praise.sum() + 0.5 * len(held), (held - in_praise).sum() + 0.5 * len(held)
        by_hand = np.log((in_praise + 0.5) / sizes[0]) - np.log((held - in_praise + 0.5) / sizes[1])
        assert weights == pytest.approx(by_hand)

    def test_the_regression_is_scikit_learns(self) -> None:
        from sklearn.linear_model import LogisticRegression

        labels = comments(200)
        rows = count(labels.texts, chinese.model().read_as).rows
        theirs = LogisticRegression(C=4.0, class_weight="balanced", fit_intercept=False, tol=1e-8, max_iter=5_000)
        by_them = rows @ theirs.fit(rows, labels.praise).coef_[0]
        assert rows @ regression(rows, labels.praise) == pytest.approx(by_them, abs=0.02 * by_them.std())

    def test_evidence_that_is_worth_nothing_gets_nothing(self) -> None:
        dice = np.random.default_rng(4)
        truth, noise = dice.normal(size=2_000), dice.normal(size=2_000)
        praise = dice.random(2_000) < 1 / (1 + np.exp(-(2 * truth - 1)))
        worth = blend(np.column_stack([truth, noise]), praise, np.zeros(3), np.zeros(3))
        assert worth == pytest.approx([2, 0, -1], abs=0.25)


class TestTheYardsticks:
    VALUES, PRAISE = np.array([0.9, 0.6, 0.2, 0.4]), np.array([True, False, False, True])

    def test_counts_and_shares_by_hand(self) -> None:
        found = judge(self.VALUES, self.PRAISE)
        assert found == ConfusionMatrix(1, 1, 1, 1)
        assert (found.accuracy, found.balanced, found.macro_f1, found.found) == (0.5, 0.5, 0.5, (0.5, 0.5))

    def test_brier_and_calibration_by_hand(self) -> None:
        assert brier(self.VALUES, self.PRAISE) == pytest.approx((0.01 + 0.36 + 0.04 + 0.36) / 4)
        # every text alone in its bin: distances .1, .6, .2, .6
        assert calibration_error(self.VALUES, self.PRAISE) == pytest.approx(1.5 / 4)

    def test_a_gain_is_counted_in_its_own_standard_errors(self) -> None:
        praise = np.array([True, False] * 50)
        better, worse = np.where(praise, 0.9, 0.1), np.where(praise, 0.6, 0.4)
        noisy = np.where(np.arange(100) < 55, better, worse)
        assert gain(better, better, praise) == 0.0
        # 45 texts gain .15, 55 nothing: mean .0675, standard deviation .15·√(.45·.55)
        assert gain(better, noisy, praise) == pytest.approx(0.0675 / (0.15 * (0.45 * 0.55 / 99) ** 0.5))
        assert beyond_chance(gain(better, noisy, praise), tries=3)

    def test_the_band_is_the_narrowest_outside_which_nine_in_ten_labels_are_right(self) -> None:
        # between .3 and .7 half are wrong, outside none
        values = np.repeat([0.1, 0.32, 0.68, 0.9], 20)
        praise = np.array([False] * 20 + [False, True] * 20 + [True] * 20)
        assert narrowest_band(values, praise) == (0.3, 0.7)
        assert narrowest_band(np.repeat([0.1, 0.9], 20), np.repeat([False, True], 20)) == (0.45, 0.55)
        assert narrowest_band(np.full(40, 0.9), np.repeat([False, True], 20)) == (0.2, 0.8)
