"""The planted truths about teams and shoppers, seen through the product: the right one is named, and nobody else."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from servq.metrics.catalog import get_metric
from servq.metrics.judgement.adjusted import adjusted_change
from servq.metrics.judgement.comparison import judge_together
from servq.metrics.verdicts import Hand, Verdict, Zone
from servq.query import Snapshot
from servq.query.measure import measure
from servq.query.teams.funnels import ADJUSTED, teams_on_funnel
from servq.query.teams.shopping import doubled, shoppers
from servq.records import Slice, State
from servq.settings import read_settings


@pytest.fixture(scope="module")
def truths() -> dict[str, Any]:
    """The truths planted in data/sample."""
    return tomllib.loads((read_settings().data / "truths.toml").read_text(encoding="utf-8"))


class TestTheHarshShopper:
    """f: one shopper takes off twelve points everywhere; the others do not appear lenient because of it."""

    def test_the_planted_shopper_is_the_only_one_named(self, sample: Snapshot, truths: dict[str, Any]) -> None:
        planted = truths["harsh_shopper"]
        found = shoppers(sample, Slice())
        named = [one for one in found if one.severity.hand in (Hand.HARSH, Hand.MILD)]
        assert [(one.name, one.severity.hand) for one in named] == [(planted["shopper"], Hand.HARSH)]
        severity = named[0].severity
        assert severity.low is not None
        assert severity.high is not None
        assert severity.low < 100 * planted["shift"] < severity.high

    def test_the_number_beside_a_shopper_is_that_of_his_or_her_visits(self, sample: Snapshot) -> None:
        counted = {row.dims["shopper_id"]: row.reading.n for row in measure(sample, "visit_score", ("shopper_id",))}
        assert {one.name: one.severity.n for one in shoppers(sample, Slice())} == counted

    def test_its_doubled_visits_do_not_agree_well_enough_for_a_ranking(self, sample: Snapshot) -> None:
        found = doubled(sample, Slice()).alpha
        assert found.occasions > 40
        assert found.value is not None
        assert 0 < found.value < 0.5
        assert not found.ranks


class TestTheHardCases:
    """d: 疑难专席 looks bad because it gets the hard cases; on a funnel adjusted for case mix it does not."""

    @pytest.mark.parametrize("name", ["nps", "csat", "resolution_median"])
    def test_as_it_came_it_is_beyond_the_limits_and_adjusted_it_is_not(
        self, name: str, sample: Snapshot, truths: dict[str, Any]
    ) -> None:
        team = truths["hard_cases"]["team"]
        (found,) = [placed for placed in teams_on_funnel(sample, name, Slice()).placed if placed.team == team]
        assert found.zone in (Zone.FAR_BELOW, Zone.FAR_ABOVE)
        assert found.zone_adjusted is Zone.INSIDE

    def test_adjusted_no_team_is_far_from_the_others_in_what_customers_say(self, sample: Snapshot) -> None:
        for name in ("nps", "csat", "negative_share"):
            zones = {placed.team: placed.zone_adjusted for placed in teams_on_funnel(sample, name, Slice()).placed}
            assert not {Zone.FAR_ABOVE, Zone.FAR_BELOW} & set(zones.values()), (name, zones)

    def test_who_breaks_the_promise_stays_below_after_adjustment(self, sample: Snapshot) -> None:
        zones = {p.team: p.zone_adjusted for p in teams_on_funnel(sample, "sla_attainment", Slice()).placed}
        assert zones["小程序客服组"] is Zone.FAR_BELOW

    def test_the_figure_as_it_came_is_that_of_the_catalog(self, sample: Snapshot) -> None:
        for name in ("nps", "csat", "negative_share", "sla_attainment"):
            known = {row.dims["team"]: row.reading for row in measure(sample, name, ("team",))}
            found = teams_on_funnel(sample, name, Slice()).placed
            assert {p.team: p.n for p in found} == {team: reading.n for team, reading in known.items()}
            assert all(p.value == pytest.approx(known[p.team].value) for p in found)

    def test_adjusted_it_is_weak_in_nothing(self, sample: Snapshot, truths: dict[str, Any]) -> None:
        assert not weak(sample, truths["hard_cases"]["team"])

    def test_a_filter_that_answers_do_not_know_leaves_nothing(self, sample: Snapshot) -> None:
        assert teams_on_funnel(sample, "nps", Slice.of(severity=["高"])).placed == ()
        assert teams_on_funnel(sample, "sla_attainment", Slice.of(segment=["亲子"])).placed == ()


class TestWhoIsToldWeak:
    """b and e: a team that slowly grows less friendly is told, one with a bad week by chance is not."""

    def test_the_slow_decline_is_told_in_its_item_and_the_noisy_week_is_not(
        self, sample: Snapshot, truths: dict[str, Any]
    ) -> None:
        assert weak(sample, truths["slow_decline"]["team"]) == ["attitude"]
        assert not weak(sample, truths["dramatic_noise"]["team"])


def weak(sample: Snapshot, team: str) -> list[str]:
    """What a team is worse at than its cases bring elsewhere, over the last eight weeks; all tested together."""
    kept = Slice.of(date(2026, 8, 3), date(2026, 9, 27))
    found = {n: adjusted_change(teams_on_funnel(sample, n, kept), team, get_metric(n).better) for n in ADJUSTED}
    known = {name: change for name, change in found.items() if change is not None}
    judged = zip(known, judge_together(list(known.values())).changes, strict=True)
    return [name for name, change in judged if change.verdict == Verdict.WORSE]


def test_a_team_of_few_answers_is_on_no_funnel_nor_is_who_would_give_it_away(sample: Snapshot) -> None:
    # with a minimum of 180, 疑难专席 and others of the eight weeks are hidden just as in every table
    careful, kept = replace(sample, viewing_minimum=180), Slice.of(date(2026, 8, 3), date(2026, 9, 27))
    for name in ("nps", "attitude"):
        tabled = {row.dims["team"]: row.reading for row in measure(careful, name, ("team",), kept)}
        out = {team for team, reading in tabled.items() if reading.state == State.HIDDEN}
        found = teams_on_funnel(careful, name, kept)
        assert out
        assert set(found.hidden) == out
        assert not out & {placed.team for placed in found.placed}
