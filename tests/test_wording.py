"""The format of figures, as worked examples."""

import pytest

from servq.formatting import NOTHING, UNITS, format_interval, format_value, state_label, unit_label
from servq.metrics.catalog import METRICS
from servq.records import Reading, State


def reading(low: float | None, high: float | None) -> Reading:
    return Reading(1.0, 40, State.JUDGEABLE, low=low, high=high)


@pytest.mark.parametrize(
    ("hours", "zh", "en"),
    [
        (0.0, "0 分钟", "0 min"),
        (0.004, "< 1 分钟", "< 1 min"),
        (0.3, "18 分钟", "18 min"),
        (0.99, "59 分钟", "59 min"),
        (0.995, "1 小时", "1 h"),
        (3.24, "3.2 小时", "3.2 h"),
        (22.9, "22.9 小时", "22.9 h"),
        (23.96, "1 天", "1 d"),
        (50.4, "2.1 天", "2.1 d"),
        (48.0, "2 天", "2 d"),
        (-0.3, "−18 分钟", "−18 min"),
    ],
)
def test_times_are_told_in_the_unit_a_person_would_use(hours: float, zh: str, en: str) -> None:
    assert format_value(hours, "hours", "zh") == zh
    assert format_value(hours, "hours", "en") == en


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        (31.4, "points", "31 点"),
        (-12.5, "points", "−13 点"),
        (82.44, "percent", "82.4%"),
        (4.125, "score", "4.13 分"),
        (1204, "count", "1,204"),
        (12.34, "per_100", "12.3 件/百份"),
    ],
)
def test_each_unit_has_its_digits(value: float, unit: str, written: str) -> None:
    assert format_value(value, unit, "zh") == written


def test_a_share_that_is_hardly_any_or_nearly_all_is_not_written_as_none_or_all() -> None:
    assert [format_value(share, "percent", "zh") for share in (0.04, 0.05, 99.94, 99.96)] == [
        "0.04%",
        "0.1%",
        "99.9%",
        "99.96%",
    ]
    assert format_value(0.02, "per_100", "zh") == "0.02 件/百份"
    # none of 9,734: Wilson reaches up to 3.84 / (9,734 + 3.84) = 0.039 %; what computing leaves over is none
    assert format_interval(reading(1e-15, 0.0394), "percent", "zh") == "0.0 – 0.04%"


def test_halves_round_away_from_zero_as_a_reader_would() -> None:
    assert [format_value(value, "points", "en", bare=True) for value in (0.5, 1.5, 2.5, -0.5)] == ["1", "2", "3", "−1"]
    assert format_value(2.675, "score", "en", bare=True) == "2.68"


@pytest.mark.parametrize("unit", [unit for unit in UNITS if unit != "hours"])
def test_nothing_is_ever_minus_zero(unit: str) -> None:
    assert not format_value(-0.001, unit, "zh").startswith(("-", "−"))


@pytest.mark.parametrize("value", [None, float("nan"), float("inf")])
def test_no_value_is_a_dash_and_not_a_zero(value: float | None) -> None:
    assert format_value(value, "percent", "zh") == NOTHING


def test_bare_leaves_the_unit_to_the_place_except_for_times() -> None:
    assert format_value(31, "points", "zh", bare=True) == "31"
    assert format_value(82.4, "percent", "zh", bare=True) == "82.4"
    assert format_value(0.5, "hours", "zh", bare=True) == "30 分钟"


def test_an_interval_names_its_unit_once() -> None:
    assert format_interval(reading(25.6, 36.1), "points", "zh") == "26 – 36"
    assert format_interval(reading(80.12, 84.29), "percent", "zh") == "80.1 – 84.3%"
    assert format_interval(reading(3.1, 3.4), "hours", "zh") == "3.1 – 3.4 小时"
    assert format_interval(reading(0.5, 3.4), "hours", "en") == "30 min – 3.4 h"


def test_below_zero_stands_a_minus_and_no_hyphen() -> None:
    assert format_interval(reading(-17, 28), "points", "zh") == "−17 – 28"
    assert format_interval(reading(-17.2, -3.4), "percent", "en") == "−17.2 – −3.4%"
    assert format_value(-1204, "count", "zh") == "−1,204"


def test_an_end_that_was_not_reached_is_left_open() -> None:
    assert format_interval(reading(3.1, None), "hours", "zh") == "≥ 3.1 小时"
    assert format_interval(reading(None, 36.2), "points", "en") == "≤ 36"
    assert format_interval(reading(None, None), "count", "zh") == ""


@pytest.mark.parametrize("name", sorted(METRICS))
def test_every_metric_has_a_unit_that_can_be_written(name: str) -> None:
    unit = METRICS[name].unit
    assert unit_label(unit, "zh")
    assert unit_label(unit, "en")
    assert format_value(1.0, unit, "zh") != NOTHING


def test_states_are_words() -> None:
    assert state_label(reading(None, None), "zh") == "可判断"
    assert state_label(reading(None, None), "en") == "judgeable"
