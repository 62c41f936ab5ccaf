"""Kitagawa's decomposition, worked by hand: what a changed mix did, and what its parts did themselves."""

from __future__ import annotations

import pytest

from servq.metrics.statistics.mix_shift import MixShift, mix_shift
from servq.records import Reading, State


def some(value: float | None, n: int) -> Reading:
    return Reading(value, n, State.JUDGEABLE)


def shift(now: dict[str, Reading], before: dict[str, Reading]) -> MixShift:
    found = mix_shift(now, before)
    assert found is not None
    return found


def test_a_total_that_falls_though_both_parts_rise() -> None:
    # shop 60 → 70, hotline −20 → −8, volumes swapped 80 : 20 → 20 : 80
    # before 0.8 · 60 − 0.2 · 20 = 44; now 0.2 · 70 − 0.8 · 8 = 7.6
    # rate ½ · 10 + ½ · 12 = 11; mix −0.6 · 65 + 0.6 · (−14) = −47.4
    found = shift({"shop": some(70, 20), "line": some(-8, 80)}, {"shop": some(60, 80), "line": some(-20, 20)})
    assert (found.rate, found.mix) == (pytest.approx(11), pytest.approx(-47.4))
    assert found.rate + found.mix == pytest.approx(7.6 - 44)
    # ¼ (1/20 + 1/80) + ¼ (1/80 + 1/20) = 0.03125 against 1/100 + 1/100: √1.5625
    assert found.wider == pytest.approx(1.25)


def test_the_same_mix_has_no_part_in_a_difference() -> None:
    found = shift({"a": some(50, 30), "b": some(20, 70)}, {"a": some(40, 30), "b": some(20, 70)})
    assert (found.rate, found.mix, found.wider) == (pytest.approx(3), pytest.approx(0), pytest.approx(1))


def test_a_part_that_only_one_of_the_two_has_is_mix() -> None:
    # a stands still; b, new, is 40 below: 0.5 · 60 + 0.5 · 20 = 40 after 60
    found = shift({"a": some(60, 50), "b": some(20, 50)}, {"a": some(60, 100)})
    assert (found.rate, found.mix) == (pytest.approx(0), pytest.approx(-20))


def test_parts_that_only_one_has_on_either_side_are_held_against_each_other_together() -> None:
    # a team was renamed: its 20 points less are its own doing
    found = shift({"new name": some(40, 50)}, {"old name": some(60, 50)})
    assert (found.rate, found.mix) == (pytest.approx(-20), pytest.approx(0))


def test_nothing_is_told_without_rows_on_both_sides() -> None:
    assert mix_shift({}, {"a": some(60, 50)}) is None
    assert mix_shift({"a": some(None, 0)}, {"a": some(60, 50)}) is None
