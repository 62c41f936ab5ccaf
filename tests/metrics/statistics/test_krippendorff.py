"""Krippendorff's α as published and as worked by hand; None where it is undefined."""

import numpy as np
import pytest

from servq.metrics.statistics.krippendorff import Alpha, alpha

PUBLISHED = {
    "A": "1 2 3 3 2 1 4 1 2 . . .",
    "B": "1 2 3 3 2 2 4 1 2 5 . 3",
    "C": ". 3 3 3 2 3 4 2 2 5 1 .",
    "D": "1 2 3 3 2 4 4 1 2 5 1 .",
}
"""Krippendorff 2011, Computing Krippendorff's Alpha-Reliability, C: four observers, twelve units, gaps.

α is .743 nominal, .815 ordinal, .849 interval, .797 ratio.
"""


def of(rows: list[list[float | None]], occasions: list[int] | None = None, rounds: int = 0) -> Alpha:
    """α of observers × units; a unit is an occasion of its own unless said otherwise."""
    cells = [(unit, value) for row in rows for unit, value in enumerate(row) if value is not None]
    units = np.array([unit for unit, _ in cells], dtype=int)
    places = np.array(occasions or range(100), dtype=int)[units] if cells else units
    return alpha(places, units, np.array([value for _, value in cells], dtype=float), rounds)


def test_it_is_the_published_figure() -> None:
    rows = [[None if cell == "." else float(cell) for cell in row.split()] for row in PUBLISHED.values()]
    found = of(rows)
    assert found.value == pytest.approx(0.849, abs=0.0005)
    assert found.units == 11, "the last unit was seen by one observer only"


def test_it_is_the_figure_worked_by_hand() -> None:
    # units (1, 2) and (4, 4): observed Σ over ordered pairs within units = 2·1 + 0 = 2, of 4 values: 2/4 = 0.5
    # expected: ordered pairs of all four values: 2·(1 + 9 + 9 + 4 + 4 + 0) = 54, of 4·3: 4.5;  α = 1 − 0.5/4.5
    assert of([[1, 4], [2, 4]]).value == pytest.approx(1 - 0.5 / 4.5)


def test_it_stays_the_same_on_another_interval_scale() -> None:
    rows: list[list[float | None]] = [[1, 4, 3, None], [2, 4, 1, 5], [1, 3, 3, 4]]
    moved = [[None if value is None else 10 + 7 * value for value in row] for row in rows]
    assert of(moved).value == pytest.approx(of(rows).value)


def test_perfect_agreement_is_one_and_opposition_is_below_zero() -> None:
    assert of([[1, 2, 3], [1, 2, 3]]).value == pytest.approx(1.0)
    assert of([[1, 2, 3], [3, 2, 1]]).value < 0  # type: ignore[operator]


@pytest.mark.parametrize("rows", [[[]], [[1.0, 2.0]], [[2.0, 2.0], [2.0, 2.0]]], ids=["nothing", "alone", "all alike"])
def test_where_nothing_can_be_told_there_is_no_value(rows: list[list[float | None]]) -> None:
    found = of(rows, rounds=100)
    assert (found.value, found.low, found.high, found.ranks) == (None, None, None, False)


def test_the_interval_holds_the_value_and_is_the_same_each_time() -> None:
    random = np.random.default_rng(3)
    truth = random.normal(size=40)
    rows = [[float(value) for value in truth + random.normal(scale=0.5, size=40)] for _ in range(2)]
    found = of(rows, [unit // 4 for unit in range(40)], rounds=500)
    assert found.occasions == 10
    assert found.low is not None
    assert found.high is not None
    assert found.low < found.value < found.high  # type: ignore[operator]
    assert found == of(rows, [unit // 4 for unit in range(40)], rounds=500)


def test_groups_are_ranked_where_the_whole_interval_is_from_two_thirds_on_and_from_ten_occasions_on() -> None:
    assert Alpha(0.8, 0.667, 0.9, 10, 100).ranks
    assert not Alpha(0.8, 0.666, 0.9, 10, 100).ranks, "at a true α of .65 a value above .667 comes in four of ten"
    assert not Alpha(0.99, 0.9, 1.0, 9, 100).ranks
    assert not Alpha(0.99, None, None, 10, 100).ranks
