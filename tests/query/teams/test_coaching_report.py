"""The content of a coaching talk: judged in query, with a p-value for each finding."""

from __future__ import annotations

from datetime import timedelta

import pytest

from servq.metrics.judgement.comparison import compare_with_target
from servq.metrics.verdicts import Verdict
from servq.query import Snapshot
from servq.query.teams.coaching_report import PROMISE, Evidence, talk_about
from servq.query.teams.team_comparison import COMPARED, TeamPeriod, beside_others, beside_past
from servq.records import Slice

TEAM, CHANNEL = "小程序客服组", "小程序"
"""A team of the sample that answers far too late."""


@pytest.fixture
def team(sample: Snapshot) -> TeamPeriod:
    """The team over the last four weeks; nobody else works in its channel."""
    monday = sample.weeks[-1]
    end = monday + timedelta(days=6)
    everybody = Slice(end - timedelta(days=27), end)
    own = everybody.and_(team=TEAM)
    before = own.between(end - timedelta(days=55), end - timedelta(days=28))
    return TeamPeriod(TEAM, (CHANNEL,), monday, own, before, None, everybody)


def test_a_team_that_is_alone_is_beside_its_own_past_only(sample: Snapshot, team: TeamPeriod) -> None:
    def no_funnel(metric: str) -> None:
        raise AssertionError(metric)

    assert beside_others(sample, team, no_funnel) == []  # type: ignore[arg-type]
    assert [one.metric for one in beside_past(sample, team)] == list(COMPARED)


def test_a_missed_promise_has_the_p_value_of_its_own_interval(sample: Snapshot, team: TeamPeriod) -> None:
    past = beside_past(sample, team)
    talk = talk_about(sample, team, [], past)
    told = [one for topic in talk.topics for one in topic.evidence] + list(talk.rest)
    (missed,) = [one for one in told if isinstance(one, Evidence) and one.source == "target"]
    assert missed.target is not None
    within = next(one.now for one in past if one.metric == PROMISE)
    expected = compare_with_target(within, missed.target, "higher")
    assert (missed.change.p, missed.change.verdict) == (expected.p, Verdict.WORSE)
    assert missed.change.p is not None
    assert missed.change.p < 1e-6, "the share is far below its target, not just below 0.05"
