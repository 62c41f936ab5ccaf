"""Funnel limits, indirect standardisation and overdispersion, worked by hand."""

from math import sqrt

import numpy as np
import pytest
from scipy import stats

from servq.metrics.judgement.funnel import funnel
from servq.metrics.judgement.funnel_limits import FAR
from servq.metrics.statistics.case_mix import Kind, Tally
from servq.metrics.statistics.intervals import Z
from servq.metrics.verdicts import Zone


def share(hits: int, n: int) -> Tally:
    """Outcomes of a share: 100 for a hit, 0 otherwise."""
    return Tally(float(n), 100.0 * hits, 100.0**2 * hits)


def test_the_limits_are_those_of_the_normal_law() -> None:
    found = funnel({"a": {("x",): share(80, 100)}, "b": {("x",): share(40, 100)}}, [()])
    # 120 of 200: 60 %, spread of one answer √(.6 · .4) = 49.0; at n = 100: 60 ± 9.6 and ± 15.1
    assert (found.centre, found.spread) == (pytest.approx(60.0), pytest.approx(100 * sqrt(0.24)))
    assert found.limit(100, Z) == pytest.approx(60 + 9.602, abs=0.001)
    assert found.limit(100, -FAR) == pytest.approx(60 - 15.139, abs=0.001)
    assert [placed.zone for placed in found.placed] == [Zone.FAR_ABOVE, Zone.FAR_BELOW]
    assert pytest.approx(stats.norm.ppf(0.999)) == FAR


def test_a_team_that_does_as_well_as_others_on_the_same_cases_is_inside_after_adjustment() -> None:
    # hard cases succeed in 50 %, easy ones in 90 %, with everybody; one team has mostly hard ones
    cases: dict[str, dict[Kind, Tally]] = {
        "hard desk": {("hard",): share(50, 100), ("easy",): share(9, 10)},
        "others": {("hard",): share(20, 40), ("easy",): share(360, 400)},
    }
    desk, others = funnel(cases, [(0,), ()]).placed
    assert desk.value == pytest.approx(100 * 59 / 110)
    assert desk.zone is Zone.FAR_BELOW
    assert desk.z_adjusted == pytest.approx(0.0, abs=1e-9)
    assert desk.zone_adjusted is Zone.INSIDE
    assert desk.adjusted == pytest.approx(100 * 439 / 550), "as good as all together"
    assert desk.like == 1.0
    assert others.zone_adjusted is Zone.INSIDE


def test_the_error_of_the_adjusted_figure_is_that_worked_by_hand() -> None:
    # one kind: 60 of 100 against 160 of 200 elsewhere: apart by 20 points
    found = funnel({"a": {("x",): share(60, 100)}, "b": {("x",): share(160, 200)}}, [(0,)]).placed[0]
    whole = (220 / 300) * (80 / 300)
    variance = (200 * 0.16 + 5 * whole) / 204  # 200 outcomes less their own mean, and five as all together
    error = 100 * sqrt(variance * 100 * (1 + 100 / 200)) / 100
    assert found.z_adjusted == pytest.approx(-20 / error)
    assert found.precision == pytest.approx(100**2 * whole / error**2)


def test_where_others_have_too_few_of_a_kind_a_coarser_kind_is_taken() -> None:
    cases: dict[str, dict[Kind, Tally]] = {
        "a": {("网页", "机票"): share(30, 60), ("网页", "邮轮"): share(10, 40)},
        "b": {("网页", "机票"): share(60, 100), ("网页", "邮轮"): share(0, 9)},
    }
    found = funnel(cases, [(0, 1), (0,), ()]).placed[0]
    # 邮轮: nine elsewhere are no expectation, all 109 web cases of b are: 60 of 109
    expected = (60 * 60.0 + 40 * 100 * 60 / 109) / 100
    assert found.adjusted is not None
    assert found.adjusted - 100 * 100 / 209 == pytest.approx(40.0 - expected)
    assert found.like == 1.0, "the coarser kind keeps the first part"
    assert funnel(cases, [(0, 1), (1,), ()]).placed[0].like == pytest.approx(0.6)


def test_what_is_held_against_another_channel_is_as_unsure_as_channels_differ() -> None:
    # 60 of 100 here, 80 of 100 there, nothing alike in the channel: apart by 20 points either way
    # spread of the reference (100·1,600 + 5·2,100)/104 = 1,639, of the other (100·2,400 + 5·2,100)/104 = 2,409
    # error² of chance 2 · spread/100: 32.79 and 48.17, in the middle 40.48; the middle of both squares is 400
    # τ² = 400 / 0.4549 − 40.48 = 838.8; z = −20 / √(32.79 + 838.8) = −0.6774
    cases: dict[str, dict[Kind, Tally]] = {"a": {("A", "x"): share(60, 100)}, "b": {("B", "x"): share(80, 100)}}
    apart = funnel(cases, [(0, 1), (1,), ()]).placed[0]
    assert (apart.like, apart.z_adjusted) == (0.0, pytest.approx(-0.6774, abs=0.001))
    assert apart.zone_adjusted is Zone.INSIDE
    alike = funnel(
        {name: {("A", "x"): next(iter(kinds.values()))} for name, kinds in cases.items()}, [(0, 1), (1,), ()]
    )
    assert alike.placed[0].z_adjusted == pytest.approx(-20 / sqrt(32.79), abs=0.001), (
        "in one channel chance alone counts"
    )


def test_a_channel_that_really_is_another_does_not_hide_behind_its_own_distance() -> None:
    # five channels of one team each: four reach 80 %, one 20 %: the middle of the squared differences stays small
    hits = {"a": 20, "b": 80, "c": 81, "d": 79, "e": 80}
    found = funnel({name: {(name, "x"): share(count, 100)} for name, count in hits.items()}, [(0, 1), (1,), ()])
    assert found.placed[0].zone_adjusted is Zone.FAR_BELOW


def test_a_team_alone_has_no_adjusted_figure() -> None:
    found = funnel({"a": {("x",): share(60, 100)}}, [(0,), ()]).placed[0]
    assert (found.adjusted, found.z_adjusted, found.zone_adjusted) == (None, None, Zone.TOO_FEW)


@pytest.mark.parametrize(("hits", "n"), [(20, 29), (199, 200)], ids=["29 cases", "one miss in 200"])
def test_too_few_cases_or_too_few_misses_are_not_judged(hits: int, n: int) -> None:
    found = funnel({"a": {("x",): share(hits, n)}, "b": {("x",): share(hits, n)}}, [()])
    assert {placed.zone for placed in found.placed} == {Zone.TOO_FEW}


def test_no_cases_are_no_funnel() -> None:
    found = funnel({}, [()])
    assert (found.placed, found.dispersion, found.overdispersed) == ((), None, False)


def drawn(random: np.random.Generator, truths: list[float], n: int = 200) -> dict[str, dict[Kind, Tally]]:
    return {
        f"team {place}": {(kind,): share(int(random.binomial(n, truth)), n) for kind in "xy"}
        for place, truth in enumerate(truths)
    }


def test_equal_teams_are_inside_as_often_as_the_limits_say() -> None:
    random = np.random.default_rng(11)
    zones = [p.zone_adjusted for _ in range(200) for p in funnel(drawn(random, [0.8] * 8), [(0,), ()]).placed]
    outside = sum(zone is not Zone.INSIDE for zone in zones) / len(zones)
    assert outside == pytest.approx(0.05, abs=0.017)
    assert sum(zone in (Zone.FAR_ABOVE, Zone.FAR_BELOW) for zone in zones) / len(zones) < 0.008


def test_teams_that_differ_by_something_unknown_are_called_overdispersed() -> None:
    random = np.random.default_rng(12)
    assert not funnel(drawn(random, [0.8] * 10), [(0,), ()]).overdispersed
    assert funnel(drawn(random, [0.7, 0.74, 0.78, 0.8, 0.82, 0.84, 0.86, 0.9, 0.72, 0.88]), [(0,), ()]).overdispersed
