"""Rater severity: worked by hand, and against a regression; a strict shopper does not make the others look lenient."""

from math import sqrt

import numpy as np
import pytest
from scipy import stats

from servq.metrics.judgement.rater_severity import Scored, Severity, severities
from servq.metrics.verdicts import Hand


def scored(rows: list[tuple[int, int, int, float]]) -> Scored:
    """Items as (stratum, shopper, visit, share), all of equal weight."""
    stratum, shopper, visit, share = zip(*rows, strict=True)
    columns = (np.array(column) for column in (stratum, shopper, visit, share))
    return Scored(*columns, np.full(len(rows), 10.0))


def by_shopper(found: list[Severity]) -> dict[int, Severity]:
    return {one.shopper: one for one in found}


def drawn(severity: dict[int, float], visits: int, seed: int, items: int = 6, teams: int = 3) -> Scored:
    """Shoppers with their severities at teams that differ, each visit with a good or a bad day."""
    random = np.random.default_rng(seed)
    rows, number = [], 0
    for shopper, shift in severity.items():
        for _ in range(visits):
            team, day = int(random.integers(teams)), 0.035 * random.normal()
            number += 1
            rows += [
                (team * items + item, shopper, number, 0.85 + 0.05 * team + day + shift + 0.09 * random.normal())
                for item in range(items)
            ]
    return scored(rows)


def test_the_difference_and_its_interval_are_those_worked_by_hand() -> None:
    # one item of one team; A: .8 .9, B: .6 .7 .8 (a visit each): difference .85 − .70 = 15 points
    # error: residuals ∓.05 and ∓.1, 0; Σ(weighted)² = 2·(.6·.05)² + 2·(.4·.1)² = .005; ·5/4, √, ÷ 1.2 = .06588
    found = by_shopper(
        severities(scored([(0, 0, 1, 0.8), (0, 0, 2, 0.9), (0, 1, 3, 0.6), (0, 1, 4, 0.7), (0, 1, 5, 0.8)]))
    )
    error = 100 * sqrt(0.005 * 5 / 4) / 1.2
    reach = float(stats.t.ppf(0.975, 1)) * error
    assert found[0].difference == pytest.approx(15.0)
    assert (found[0].low, found[0].high) == (pytest.approx(15 - reach), pytest.approx(15 + reach))
    assert found[1].difference == pytest.approx(-15.0)
    assert found[0].hand is Hand.TOO_FEW, "two visits say nothing about anybody"


def test_a_shopper_sent_to_good_teams_only_is_not_called_mild() -> None:
    # team 0 scores .70, team 1 scores .95 with everybody; shopper 0 goes mostly to team 1
    rows = [(0, 0, 1, 0.70)] + [(1, 0, 2 + i, 0.95) for i in range(8)]
    rows += [(0, 1, 20 + i, 0.70) for i in range(8)] + [(1, 1, 40, 0.95)]
    assert by_shopper(severities(scored(rows)))[0].difference == pytest.approx(0.0)


def test_who_saw_what_nobody_else_saw_is_not_compared() -> None:
    found = by_shopper(severities(scored([(0, 0, 1, 0.5), (0, 0, 2, 0.6), (1, 1, 3, 0.9), (1, 1, 4, 0.8)])))
    assert (found[0].difference, found[0].p, found[0].hand) == (None, None, Hand.TOO_FEW)


def test_nobody_is_nobody() -> None:
    nothing = np.zeros(0, dtype=int)
    assert severities(Scored(nothing, nothing, nothing, np.zeros(0), np.zeros(0))) == []


def test_a_harsh_shopper_is_named_and_the_others_are_not_called_mild() -> None:
    found = by_shopper(severities(drawn({0: 0.0, 1: -0.12, 2: 0.0, 3: 0.0}, visits=40, seed=5)))
    assert found[1].hand is Hand.HARSH
    assert found[1].difference == pytest.approx(-12.0, abs=2.5)
    assert {found[s].hand for s in (0, 2, 3)} == {Hand.ALIKE}


def test_a_mild_one_and_a_harsh_one_are_both_named() -> None:
    found = by_shopper(severities(drawn({0: 0.0, 1: -0.12, 2: 0.10, 3: 0.0, 4: 0.0}, visits=40, seed=6)))
    assert [found[s].hand for s in range(5)] == [Hand.ALIKE, Hand.HARSH, Hand.MILD, Hand.ALIKE, Hand.ALIKE]


def test_a_large_difference_on_few_visits_is_not_named() -> None:
    found = by_shopper(severities(drawn({0: 0.0, 1: -0.3}, visits=12, seed=7)))
    assert {one.hand for one in found.values()} == {Hand.TOO_FEW}
