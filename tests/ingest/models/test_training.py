"""Training on the answers in a warehouse, and rescoring: whole or not at all, and every figure follows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from servq.ingest import load_file
from servq.ingest.models import rescoring, training
from servq.ingest.models.model_comparison import compare_scorers
from servq.ingest.models.rescoring import rescore
from servq.ingest.models.versions import outdated
from servq.ingest.rows.scoring import scorer_in_force
from servq.query import measure, state_of, take_snapshot
from servq.query.data.model import model_in_force
from servq.standards import Standards
from servq.text.sentiment import chinese
from servq.text.training.evaluation import ConfusionMatrix
from servq.text.training.scorer_comparison import figures_of
from servq.warehouse.store.engine import Warehouse
from servq.warehouse.texts import models, scores
from servq.warehouse.upkeep.doctor import examine

SATISFIED, DISSATISFIED = 150, 150
PASSIVE = "一般般，领的是青龙卡"


def comment(at: int) -> tuple[str, int]:
    """A comment and its likelihood: the word that the model that ships does not know tells nine in ten."""
    satisfied = at < SATISFIED
    word = "青龙卡" if satisfied == (at % 10 > 0) else "白虎卡"
    return f"第{at * 7919 % 1009}次领的是{word}", 10 if satisfied else 3


Load = Callable[..., None]


@pytest.fixture
def load(each_warehouse: Warehouse, tmp_path: Path) -> Load:
    """Loads answers of one week: (comment, likelihood) each."""

    def bring(*answers: tuple[str, int], name: str = "a") -> None:
        path = tmp_path / f"{name}.csv"
        lines = ["答卷编号,提交时间,渠道,班组,推荐意愿,评论"]
        lines += [f"{name}{at},2026-04-29 10:00,OTA,甲,{score},{text}" for at, (text, score) in enumerate(answers)]
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        assert load_file(each_warehouse, tmp_path, path, "surveys").loaded == len(answers)

    return bring


@pytest.fixture
def taught(each_warehouse: Warehouse, load: Load) -> Warehouse:
    """A warehouse with 300 answers to train on, and a few others."""
    others = [(PASSIVE, 8), ("默认好评", 10), ("very good", 10), ("一样的话", 10), ("一样的话", 2)]
    load(*map(comment, range(SATISFIED + DISSATISFIED)), *others)
    return each_warehouse


def negative(warehouse: Warehouse) -> Any:
    return measure(take_snapshot(warehouse, Standards()), "negative_share")[0].reading


def test_answers_with_a_telling_score_and_chinese_words_teach(taught: Warehouse) -> None:
    report = training.train(taught)
    assert (report.satisfied, report.dissatisfied) == (SATISFIED, DISSATISFIED)
    assert report.left_out == {"not_chinese": 1, "not_written": 1, "contradicting": 1}
    assert (report.outcome, report.accepted) == ("accepted", "mix")


def test_an_accepted_model_scores_what_comes_next_and_rescore_brings_the_rest(taught: Warehouse, load: Load) -> None:
    before, state = negative(taught), state_of(taught)
    report = training.train(taught)
    assert outdated(taught) == 303, "all texts but the English one"
    assert negative(taught) == before, "nothing changes before rescore"
    done = rescore(taught)
    assert (done.texts, done.weeks, outdated(taught)) == (303, 1, 0)
    assert done.version.startswith(report.version)
    assert done.changed > 100
    assert before.value > 90, "the shipped model takes the unknown words for complaints"
    assert negative(taught).value == pytest.approx(50, abs=5), "half of the customers are dissatisfied"
    assert state_of(taught) != state, "whoever keeps figures must see that they are stale"
    assert [check.name for check in examine(taught) if not check.ok] == []
    load(("又领到白虎卡", 2), name="b")
    assert outdated(taught) == 0
    assert rescore(taught).texts == 0


def test_every_stored_row_names_the_model_and_the_version(taught: Warehouse) -> None:
    report = training.train(taught)
    rescore(taught)
    with taught.read() as connection:
        kept = {key[:3] for key in scores.versions(connection)}
        own = scorer_in_force(connection).score([PASSIVE])[0]
    assert ("zh", chinese.OWN_NAME, report.version) in kept
    assert (own.model, own.version) == (chinese.OWN_NAME, report.version)


def test_the_old_model_is_kept_and_comes_back(taught: Warehouse) -> None:
    before = negative(taught)
    version = training.train(taught).version
    rescore(taught)
    assert training.go_back(taught) == version
    rescore(taught)
    assert negative(taught) == before
    assert training.go_back(taught) is None


def test_a_trial_keeps_nothing(taught: Warehouse) -> None:
    assert training.train(taught, trial=True).outcome == "accepted"
    with taught.read() as connection:
        assert models.trainings(connection) == []
        assert models.model_in_force(connection) is None


def test_a_second_training_on_the_same_answers_changes_nothing(taught: Warehouse) -> None:
    first = training.train(taught)
    second = training.train(taught)
    assert second.in_force == (chinese.OWN_NAME, first.version)
    assert (second.outcome, second.judged_satisfied) == ("too_few_of_a_class", 0)
    with taught.read() as connection:
        assert [line["outcome"] for line in models.trainings(connection)] == ["too_few_of_a_class", "accepted"]


def test_without_answers_there_is_nothing_to_learn_and_nothing_to_score(each_warehouse: Warehouse) -> None:
    assert training.train(each_warehouse).outcome == "too_few_labels"
    assert rescore(each_warehouse).texts == 0


def test_what_is_interrupted_leaves_every_score_as_it_was(taught: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rescoring, "TEXTS_AT_ONCE", 100)
    training.train(taught)
    with taught.read() as connection:
        before = scores.versions(connection)
    figure = negative(taught)

    def stop(done: int) -> None:
        if done >= 200:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rescore(taught, stop)
    with taught.read() as connection:
        assert scores.versions(connection) == before
    assert negative(taught) == figure
    seen: list[int] = []
    assert rescore(taught, seen.append).texts == 303
    assert seen == [100, 200, 300, 303], "a few at a time, however many there are"


class TestComparison:
    """The scorers side by side: stored for the page, and no training."""

    COMMENTS = (("服务很好，非常满意", 10), ("房间干净，很舒服", 9), ("太差了，态度恶劣", 2), ("垃圾，再也不来了", 0))

    def test_the_last_one_is_stored_and_counts_as_no_training(self, each_warehouse: Warehouse, load: Load) -> None:
        load(*self.COMMENTS)
        ours, other = compare_scorers(each_warehouse)
        assert (ours.scorer, other.scorer) == ("servq", "snownlp")
        assert ours.counts == ConfusionMatrix(2, 0, 0, 2)
        known = model_in_force(take_snapshot(each_warehouse, Standards()))
        assert known.compared is not None
        assert known.compared.scorers == (ours, other)
        assert (known.trained, known.training, known.version) == ((), None, chinese.version())
        load(("服务很差，不会再来", 10), name="b")
        again, _ = compare_scorers(each_warehouse)
        assert again.counts == ConfusionMatrix(2, 0, 1, 2), "praise whose words complain"
        known = model_in_force(take_snapshot(each_warehouse, Standards()))
        assert known.compared is not None
        assert known.compared.scorers[0] == again

    def test_without_both_classes_nothing_is_stored(self, each_warehouse: Warehouse, load: Load) -> None:
        load(*self.COMMENTS[:2])
        assert compare_scorers(each_warehouse) == []
        assert model_in_force(take_snapshot(each_warehouse, Standards())).compared is None

    def test_the_calibration_error_weighs_both_classes_the_same(self) -> None:
        values, praise = np.array([0.95, 0.95, 0.95, 0.15]), np.array([True, True, False, False])
        # bin 9: .25 × (−.05) × 2 + .25 × .95 = .2125; bin 1: .25 × .15 = .0375
        assert figures_of("a", "1", values, praise).ece == pytest.approx(0.25)
