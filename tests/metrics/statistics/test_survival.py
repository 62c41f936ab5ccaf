"""Kaplan–Meier percentiles, against the textbook and against SciPy."""

import numpy as np
import pytest
from scipy import stats

from servq.metrics.statistics.survival import clock_quantile

# Acute myelogenous leukaemia (Miller 1997; `aml` of R's survival package): weeks, + is censored
MAINTAINED = "9 13 13+ 18 23 28+ 31 34 45+ 48 161+"
OTHERS = "5 5 8 8 12 16+ 23 27 30 33 43 45"


def clocks(text: str) -> tuple[np.ndarray, np.ndarray]:
    words = text.split()
    return np.array([float(word.rstrip("+")) for word in words]), np.array([not word.endswith("+") for word in words])


def scipy_quantile(hours: np.ndarray, ended: np.ndarray, share: float) -> list[float | None]:
    """The curve and its log-log band from scipy.stats.ecdf, each read off where it comes down to 1 − share."""
    sample = stats.CensoredData(uncensored=hours[ended], right=hours[~ended])
    curve = stats.ecdf(sample).sf
    with np.errstate(all="ignore"):
        band = curve.confidence_interval(0.95, method="log-log")

    def crossing(probabilities: np.ndarray) -> float | None:
        down = np.flatnonzero(np.nan_to_num(probabilities, nan=1.0) <= 1 - share + 1e-12)
        return float(curve.quantiles[down[0]]) if len(down) else None

    ended_times = np.isin(curve.quantiles, hours[ended])
    low = band.low.probabilities.copy()
    high = band.high.probabilities.copy()
    low[~ended_times] = high[~ended_times] = 1.0  # the curve steps only where a clock ended
    high[curve.probabilities <= 0] = 1.0
    return [crossing(curve.probabilities), crossing(low), crossing(high)]


def test_textbook_medians() -> None:
    assert clock_quantile(*clocks(MAINTAINED), 0.5).value == 31
    assert clock_quantile(*clocks(OTHERS), 0.5).value == 23


@pytest.mark.filterwarnings("ignore:The confidence interval is undefined:RuntimeWarning")
@pytest.mark.parametrize("share", [0.5, 0.9])
@pytest.mark.parametrize("seed", range(12))
def test_curve_and_band_are_scipys(seed: int, share: float) -> None:
    random = np.random.default_rng(seed)
    size = int(random.integers(15, 200))
    hours = np.round(random.lognormal(1, 1, size), 1)  # rounded, so that there are ties
    ended = random.random(size) > 0.3 * random.random()
    ended[0] = False
    value, low, high = scipy_quantile(hours, ended, share)
    found = clock_quantile(hours, ended, share)
    assert found.value == pytest.approx(value)
    assert found.high == pytest.approx(high)
    if low is not None and (value is None or low <= value):
        assert found.low == pytest.approx(low)


def test_nothing_censored_is_the_plain_percentile_with_order_statistics() -> None:
    hours, ended = np.arange(1.0, 41), np.full(40, True)
    assert clock_quantile(hours, ended, 0.5) == (20.5, 14.0, 27.0)
    assert clock_quantile(hours, ended, 0.9) == (36.5, 32.0, 40.0)


def test_running_clocks_push_the_median_up() -> None:
    assert clock_quantile(*clocks("1 2 3 4 5"), 0.5).value == 3
    assert clock_quantile(*clocks("1 2 3 4+ 5+ 6+ 7+"), 0.5).value is None  # three of seven are through
    assert clock_quantile(*clocks("1 2 3 4 5+ 6+ 7+"), 0.5).value == 4


def test_short_running_clocks_say_little_and_shift_little() -> None:
    # three cases opened just now do not make the service look slow, nor fast
    assert clock_quantile(*clocks("0.1+ 0.1+ 0.2+ 1 2 3 4 5"), 0.5).value == 3


def test_a_curve_that_rests_on_one_half_gives_the_middle_of_the_step() -> None:
    assert clock_quantile(*clocks("1 2 3 9 10+ 11+"), 0.5).value == 6  # S = ½ from 3 to 9
    assert clock_quantile(*clocks("1 2 3 9+ 10+ 11+"), 0.5).value == 3  # the next step is not known yet


def test_nothing_has_ended() -> None:
    assert clock_quantile(*clocks("1+ 2+ 3+"), 0.5) == (None, None, None)


def test_low_may_be_known_while_the_value_is_not_reached() -> None:
    # 40 of 100 are through. log(−log S) + 1.96·se must come up to log(log 2) = −0.3665:
    # S = 0.61 gives −0.7046 + 0.3170 = −0.3876, S = 0.60 gives −0.6718 + 0.3133 = −0.3585: reached at the 40th
    hours = np.arange(1.0, 101)
    value, low, high = clock_quantile(hours, hours <= 40, 0.5)
    assert (value, low, high) == (None, 40.0, None)


def test_one_clock_that_ended_after_all_others_were_cut_off() -> None:
    assert clock_quantile(*clocks("1+ 2+ 5"), 0.5) == (5.0, 5.0, None)


def test_a_hundred_cases_worth_twenty_five_take_their_ranks_from_as_many() -> None:
    """Ranks of the median: 40 and 61 of 100, 8 and 18 of 25; 8 · 101 / 26 = 31.1 and 18 · 101 / 26 = 69.9."""
    hours, ended = np.arange(1.0, 101.0), np.ones(100, dtype=bool)
    assert clock_quantile(hours, ended, 0.5) == (50.5, 40.0, 61.0)
    assert clock_quantile(hours, ended, 0.5, worth=25.9) == (50.5, 31.0, 70.0)
    assert clock_quantile(hours, ended, 0.9, worth=25.9).high is None, "25 cases know no upper end of a P90"


def test_where_some_still_run_the_band_is_wider_by_the_root_of_what_they_are_worth() -> None:
    """log(−log S) + 2 · 1.96 · √Greenwood ÷ −log S reaches log(−log ½) = −.367 at 29 (−.340), not at 28 (−.369)."""
    hours, ended = np.arange(1.0, 101.0), np.arange(100) < 99
    usual, wide = clock_quantile(hours, ended, 0.5), clock_quantile(hours, ended, 0.5, worth=25)
    assert usual.value == wide.value
    assert (usual.low, usual.high) == (40.0, 60.0)
    assert (wide.low, wide.high) == (29.0, 69.0)
