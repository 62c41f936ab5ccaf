"""What a talk with a team is made from: its strengths, its weak topics with all that was looked at, the words for each.

One judgement with the page: scores and clocks are those of its title; causes and checklist items are judged in their
own two families of tests.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from servq.measures import ITEMS
from servq.metrics.coaching import Weak, topics_of
from servq.metrics.verdicts import Change, Verdict
from servq.query.coaching import CATEGORIES_OF, Point, checked, complained_of
from servq.query.quoting import Praise, Quote, complaining, praising
from servq.query.shopping import unlike_shoppers, without_shoppers
from servq.records import Slice, State
from servq.ui.adjusted import everybody, funnel_of
from servq.ui.comparing import Beside, Team, beside_others, team_of
from servq.ui.figures import reading
from servq.ui.view import View, kept_per_view

ABOUT = {
    **{item: item for item in ITEMS},
    "first_response_median": "responsiveness",
    "sla_attainment": "responsiveness",
    "resolution_median": "resolution",
}
"""Metric -> the topic that it speaks of. A score of the whole (NPS, satisfaction) names nothing that could be done."""

SENTENCES, PRAISES, MOST_TOPICS, MOST_CHECKS, MOST_FAILING = 3, 2, 2, 2, 3


@dataclass(frozen=True)
class Topic:
    """One thing to work on, with everything that was looked at about it: told against the team or not.

    Attributes:
        name: an item of the index, a category of causes, or a checklist item.
        sources: how many kinds of evidence are told against the team.
        evidence: scores, then clocks, causes and checklist items.
    """

    name: str
    sources: int
    evidence: tuple[Beside | Point, ...]
    words: tuple[Quote, ...]


@dataclass(frozen=True)
class Talk:
    """What may be said in a talk with a team.

    Attributes:
        strong: the figures, causes and checklist items in which the team is told to be better.
        topics: weak ones, the one to talk about first.
        rest: told to be weak too, but about the whole (nobody can act on an NPS), or about a lesser topic.
        failing: the checklist items that fail most, told apart from other teams or not.
        praises: what satisfied customers praise, most of them first.
        looked_at: how many figures, causes and checklist items were looked at.
        unlike: shoppers whose visits are left out.
    """

    strong: tuple[Beside | Point, ...]
    topics: tuple[Topic, ...]
    rest: tuple[Beside | Point, ...]
    failing: tuple[Point, ...]
    praises: tuple[Praise, ...]
    looked_at: tuple[int, int, int]
    unlike: tuple[str, ...]


def is_hidden(view: View, name: str) -> bool:
    """Whether the team's answers are too few to be shown, or would give a smaller team away."""
    own = team_of(view, name).own
    return reading(own, "nps", own.period).state == State.HIDDEN or name in funnel_of(view, "nps").hidden


@kept_per_view
def talk_about(view: View, name: str) -> Talk:
    """Everything about one team that a talk may use."""
    team, shot = team_of(view, name), view.snapshot
    scores = beside_others(view, name)
    causes = complained_of(shot, everybody(view), name)
    unlike = unlike_shoppers(shot, everybody(view))
    checks = _checks(team, unlike)
    looked_at = (len(scores), len(causes), len(checks))
    found: list[Beside | Point] = [*scores, *causes, *checks]
    weak = [one for one in found if verdict_of(one) == Verdict.WORSE]
    topics = _topics(team, found, [one for one in weak if topic_of(one)])
    shown = [one for topic in topics for one in topic.evidence]
    return Talk(
        tuple(one for one in found if verdict_of(one) == Verdict.BETTER),
        topics,
        tuple(one for one in weak if one not in shown),
        tuple(point for point in checks if point.own.state != State.TOO_FEW and point.hits)[:MOST_FAILING],
        tuple(praising(shot, team.own.period, PRAISES)),
        looked_at,
        unlike,
    )


def _topics(team: Team, found: Sequence[Beside | Point], weak: Sequence[Beside | Point]) -> tuple[Topic, ...]:
    """The topics with most evidence, each with all that was looked at about it, weak or not."""
    told = [Weak(topic_of(one), _source(one), judged(one).p_adjusted or 0.0) for one in weak]
    topics = []
    for name in topics_of(told)[:MOST_TOPICS]:
        about = [one for one in found if topic_of(one) == name]
        checks = [one for one in about if _source(one) == "visits"][MOST_CHECKS:]
        sources = len({one.source for one in told if one.topic == name})
        topics.append(Topic(name, sources, tuple(one for one in about if one not in checks), _words(team, name)))
    return tuple(topics)


def judged(one: Beside | Point) -> Change:
    """The difference by which something is judged."""
    return one.judged if isinstance(one, Beside) else one.change


def verdict_of(one: Beside | Point) -> Verdict:
    """What may be said of it."""
    return judged(one).verdict


def topic_of(one: Beside | Point) -> str:
    """What it is about; nothing for a score of the whole."""
    return ABOUT.get(one.metric, "") if isinstance(one, Beside) else one.topic


def _source(one: Beside | Point) -> str:
    if isinstance(one, Point):
        return one.source
    return "scores" if one.metric in ITEMS else "clocks"


def _checks(team: Team, unlike: tuple[str, ...]) -> list[Point]:
    shot = team.own.snapshot
    others = None if team.others is None else without_shoppers(shot, team.others.period, unlike)
    return checked(shot, without_shoppers(shot, team.own.period, unlike), others)


def _words(team: Team, topic: str) -> tuple[Quote, ...]:
    """Sentences that name the topic's causes; none where no category of causes belongs to it."""
    category = CATEGORIES_OF.get(topic, topic)
    kept: Slice = team.own.period.and_(cause_category=category)
    return complaining(team.own.snapshot, kept, SENTENCES)
