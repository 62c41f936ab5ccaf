"""Johnson's relative weights: worked by hand, their sum is R², and the bootstrap interval contains the truth."""

import numpy as np
import pytest

from servq.metrics.statistics.relative_weights import FEWEST, Drivers, Weight, drivers, relative_weights


def answers(n: int, slopes: tuple[float, ...], seed: int, together: float = 0.7) -> np.ndarray:
    """n answers: the outcome, then correlated items."""
    random = np.random.default_rng(seed)
    common = random.normal(size=(n, 1))
    items = np.sqrt(together) * common + np.sqrt(1 - together) * random.normal(size=(n, len(slopes)))
    return np.column_stack([items @ np.array(slopes) + random.normal(size=n), items])


def test_two_items_as_worked_by_hand() -> None:
    # r = .6, with the outcome .5 and .4: Λ = (.9487 .3162; .3162 .9487), β = (.4348, .2767)
    # weights .9·.18906 + .1·.07656 = .17781 and .1·.18906 + .9·.07656 = .08781; R² = (.25 + .16 − .24) / .64 = .26563
    found = relative_weights(np.array([[1, 0.6], [0.6, 1]]), np.array([0.5, 0.4]))
    assert found == pytest.approx([0.17781, 0.08781], abs=0.00001)
    assert found.sum() == pytest.approx(0.265625)


def test_items_that_have_nothing_in_common_weigh_their_squared_correlations() -> None:
    assert relative_weights(np.eye(3), np.array([0.5, 0.3, -0.2])) == pytest.approx([0.25, 0.09, 0.04])


@pytest.mark.parametrize("seed", range(4))
def test_the_weights_add_up_to_r_squared_of_least_squares(seed: int) -> None:
    rows = answers(300, (0.6, 0.1, 0.3, 0.0), seed)
    design = np.column_stack([np.ones(len(rows)), rows[:, 1:]])
    left = rows[:, 0] - design @ np.linalg.lstsq(design, rows[:, 0], rcond=None)[0]
    r_squared = 1 - left.var() / rows[:, 0].var()
    found = drivers(rows, np.ones(len(rows)), rounds=50)
    assert found.r_squared == pytest.approx(r_squared)
    assert sum(weight.share for weight in found.weights) == pytest.approx(100)


def test_counted_patterns_weigh_as_the_answers_they_stand_for() -> None:
    rows = np.round(answers(200, (0.6, 0.1), 5))
    patterns, times = np.unique(rows, axis=0, return_counts=True)
    shares = [
        [weight.share for weight in drivers(*given, rounds=10).weights]
        for given in ((rows, np.ones(len(rows))), (patterns, times.astype(float)))
    ]
    assert shares[0] == pytest.approx(shares[1])


def test_the_intervals_hold_the_weights_and_are_the_same_each_time() -> None:
    rows = answers(500, (0.6, 0.1, 0.3, 0.0), 6)
    found = drivers(rows, np.ones(len(rows)))
    assert all(weight.low < weight.share < weight.high for weight in found.weights)
    assert found.weights[0].low > 25, "the first stands out"
    assert found == drivers(rows, np.ones(len(rows)))


def test_an_item_stands_out_only_beyond_what_four_intervals_looked_at_together_allow() -> None:
    # z of .025/4 is 2.498: 30 with a lower end of 26 reaches down to 30 − 4 · 2.498/1.960 = 24.9; 32 with 28 to 26.9
    found = Drivers(500, 0.5, tuple(Weight(share, share - 4, share + 4) for share in (30, 32, 20, 18)))
    assert found.stand_out == (False, True, False, False)
    assert Drivers(99, None, ()).stand_out == ()


def test_too_few_answers_or_answers_all_alike_tell_nothing() -> None:
    rows = answers(FEWEST - 1, (0.6, 0.1), 8)
    assert (drivers(rows, np.ones(len(rows))).r_squared, drivers(rows, np.ones(len(rows))).weights) == (None, ())
    alike = np.ones((FEWEST, 3))
    assert drivers(alike, np.ones(FEWEST)).weights == ()
    assert drivers(np.zeros((0, 5)), np.zeros(0)).n == 0
