"""The guide docs/model.md against the model: every figure of its table is computed again."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from scipy.optimize import minimize

from servq.text.sentiment import chinese
from servq.text.sentiment.scorer import CUTS, default_scorer
from servq.text.training.measured import measured
from servq.text.training.pitfalls import PITFALLS
from studies.sentiment import page
from tests.text.conftest import ROOT, Labelled
from tests.text.yardstick import (
    Told,
    accuracy_and_macro_f1,
    balanced_accuracy,
    balanced_precision,
    calibration_error,
    told,
)

HOW = "run: python -m studies.sentiment CORPORA"

PAGE = (ROOT / "docs" / "model.md").read_text("utf-8")

Parts = dict[tuple[str, str], Told]


@pytest.fixture(scope="module")
def parts(
    labelled: Callable[..., Labelled], homestays: Labelled, halves: Callable[[Labelled], tuple[Labelled, Labelled]]
) -> Parts:
    sets = {
        "waimai": labelled("zh_waimai10k/waimai_10k.csv", "review", "label"),
        "dianping": labelled("zh_dianping2000/dianping.csv", "comment", "sentiment"),
        "homestay": homestays,
    }
    return {
        (name, part): told(chinese.polarities, rows)
        for name, whole in sets.items()
        for part, rows in zip(("choice", "report"), halves(whole), strict=True)
    }


def test_the_page_names_the_weights_and_the_cuts_in_use() -> None:
    assert f"weights `{chinese.model().fingerprint}`" in PAGE
    below, upwards = (f"{cut:.2f}".lstrip("0") for cut in CUTS["zh"])
    assert f"Below {below} a Chinese comment is\n负面, from {upwards} on 正面" in PAGE


def test_the_tables_are_those_of_what_was_measured_of_these_weights() -> None:
    assert measured().version == chinese.version(), HOW
    for name, block in page.blocks(measured()).items():
        assert f"<!-- {name} -->\n{block}<!-- end -->" in PAGE, HOW


@pytest.mark.parametrize("name", ["waimai", "dianping", "homestay"])
def test_snownlp_and_textblob_stand_beside_servq_and_are_beaten(name: str) -> None:
    ours, *others = (measured().of(name, "report", scorer) for scorer in ("servq", "snownlp", "textblob"))
    assert ours is not None
    for other in others:
        assert other is not None
        assert other.counts.n == ours.counts.n
        assert other.counts.balanced < ours.counts.balanced


def test_nine_thousand_own_labels_reach_ninety_in_a_hundred() -> None:
    waimai = {point.labels: point for point in measured().curve if point.name == "waimai"}
    assert waimai[9_000].accuracy >= 0.90
    assert [waimai[few].in_force for few in (0, 50)] == [{"shipped": 5}, {"shipped": 5}]


def test_the_errors_that_the_guide_names_are_still_made() -> None:
    hard = {one.text: one.satisfied for one in PITFALLS}
    named = {
        "感谢你们让我在机场过了一夜": "positive",
        "服务真好，等了三小时": "negative",
        "没想到半夜退房也没扣押金": "negative",
        "退款三个星期了": "negative",
    }
    assert all(text in PAGE and text in hard for text in named)
    assert [one.label for one in default_scorer().score(list(named))] == list(named.values())


@pytest.mark.corpora
def test_the_published_figures_are_the_models(parts: Parts) -> None:
    for (name, part), rows in parts.items():
        told = measured().of(name, part, "servq")
        assert told is not None
        written = [told.counts.accuracy, told.counts.macro_f1, told.counts.balanced, told.ece]
        computed = [*accuracy_and_macro_f1(rows), balanced_accuracy(rows), calibration_error(rows)]
        assert written == pytest.approx(computed, abs=0.001), (name, part)
        assert told.counts.n == len(rows)


@pytest.mark.corpora
def test_unseen_subjects_are_told_as_well_as_promised(parts: Parts) -> None:
    assert accuracy_and_macro_f1(parts["waimai", "report"])[0] >= 0.86
    assert accuracy_and_macro_f1(parts["dianping", "report"])[0] >= 0.855
    assert balanced_accuracy(parts["homestay", "choice"] + parts["homestay", "report"]) >= 0.88


@pytest.mark.corpora
def test_the_calibration_is_what_the_choice_halves_give(parts: Parts) -> None:
    chosen = [rows for (_, part), rows in parts.items() if part == "choice"]
    stretched = []
    for rows in chosen:
        # texts of which nothing is known stand at .5 and not on the curve
        known = [(p, y) for p, y in rows if 0 < p < 1 and p != 0.5]
        p, y = np.array([p for p, _ in known]), np.array([y for _, y in known])
        x = (np.log(p / (1 - p)) - chinese.INTERCEPT) / chinese.SLOPE
        stretched.append((x, y, np.where(y, 0.5 / y.mean(), 0.5 / (1 - y.mean()))))

    def loss(line: np.ndarray) -> float:
        return sum(float((w * np.logaddexp(0, (1 - 2 * y) * (line[0] * x + line[1]))).mean()) for x, y, w in stretched)

    assert minimize(loss, [1.0, 0.0]).x == pytest.approx([chinese.SLOPE, chinese.INTERCEPT], abs=0.02)


@pytest.mark.corpora
def test_the_cuts_are_the_narrowest_band_with_nine_right_labels_in_ten(parts: Parts) -> None:
    chosen = [rows for (_, part), rows in parts.items() if part == "choice"]

    def right(below: float, upwards: float) -> tuple[float, float]:
        each = [balanced_precision(rows, below, upwards) for rows in chosen]
        return sum(a for a, _ in each) / 3, sum(b for _, b in each) / 3

    below, upwards = CUTS["zh"]
    assert min(right(below, upwards)) >= 0.9
    narrower = right(below + 0.05, upwards - 0.05)
    assert narrower[0] < 0.9
    assert narrower[1] < 0.9
