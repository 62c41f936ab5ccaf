"""The content of a coaching talk: strengths, weak topics with all the evidence, and customers' words for each.

Its verdicts on scores and clocks are those of the page's title. Causes and checklist items are called weak, and
anything is a topic, only when it is significant among everything tested together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from servq.measures import ITEMS
from servq.metrics.catalog import get_metric
from servq.metrics.judgement.coaching import Weak, topics_of
from servq.metrics.judgement.comparison import compare_with_target, judge_together
from servq.metrics.verdicts import Change, Standing, Verdict
from servq.query.snapshot import Snapshot
from servq.query.teams.coaching import CATEGORIES_OF, Point, checked, complained_of
from servq.query.teams.quoting import Praise, Quote, complaining, praising
from servq.query.teams.shopping import unlike_shoppers, without_shoppers
from servq.query.teams.team_comparison import TeamFigure, TeamPeriod
from servq.query.verdicts import standing_of
from servq.records import Slice, State

ABOUT = {
    **{item: item for item in ITEMS},
    "first_response_median": "responsiveness",
    "sla_attainment": "responsiveness",
    "resolution_median": "resolution",
}
"""Metric -> the topic that it speaks of. A score of the whole (NPS, satisfaction) names nothing that could be done."""

PROMISE = "sla_attainment"
"""The one target that counts here: channels promise unlike times, so a target of hours for all blames who promised more
hours."""

LENSES = ("scores", "causes", "visits")

SENTENCES, PRAISES, MOST_TOPICS, MOST_FAILING = 3, 2, 2, 3


@dataclass(frozen=True)
class Evidence:
    """One tested figure, and the verdict on it.

    Attributes:
        source: which kind it is: against other teams (`scores`, `clocks`, `causes`, `visits`), against the team's own
            past, against a target.
        topic: what it is about; nothing for a score of the whole.
        change: how far it is from what it is held against.
        target: of `target` only.
    """

    source: Literal["scores", "clocks", "causes", "visits", "past", "target"]
    topic: str
    of: TeamFigure | Point
    change: Change
    target: float | None = None


@dataclass(frozen=True)
class Topic:
    """One topic to work on, with its evidence: all that is significant against the team, and what is not.

    Attributes:
        name: an item of the index, a category of causes, or a checklist item.
        sources: how many kinds of evidence are significant against the team.
    """

    name: str
    sources: int
    evidence: tuple[Evidence, ...]
    words: tuple[Quote, ...]


@dataclass(frozen=True)
class Talk:
    """The content of a talk with a team.

    Attributes:
        strong: figures significantly better than the other teams' or than before.
        topics: weak ones, the one to talk about first.
        rest: told to be weak too, but about the whole, about a lesser topic, or not sure enough for a topic.
        failing: the checklist items that fail most, told apart from other teams or not.
        praises: what satisfied customers praise, most of them first.
        looked_at: how many figures, causes and checklist items were looked at.
        unlike: shoppers whose visits are left out.
    """

    strong: tuple[Evidence, ...]
    topics: tuple[Topic, ...]
    rest: tuple[Evidence, ...]
    failing: tuple[Evidence, ...]
    praises: tuple[Praise, ...]
    looked_at: tuple[int, int, int]
    unlike: tuple[str, ...]


def talk_about(snapshot: Snapshot, team: TeamPeriod, others: Sequence[TeamFigure], past: Sequence[TeamFigure]) -> Talk:
    """The content of a talk with one team.

    Args:
        others, past: what `beside_others` and `beside_past` say of the team.
    """
    unlike = unlike_shoppers(snapshot, team.everybody)
    causes, checks = complained_of(snapshot, team.everybody, team.name), _checks(snapshot, team, unlike)
    found = [_score(one) for one in others]
    found += [Evidence("past", ABOUT.get(one.metric, ""), one, one.change) for one in past]
    found += [missed for one in past if (missed := _missed(snapshot, team, one)) is not None]
    found += [Evidence(point.source, point.topic, point, point.change) for point in (*causes, *checks)]
    found, told = _together(found)
    topics = _topics(snapshot, team, found, told)
    shown = [one for topic in topics for one in topic.evidence]
    failing = [one for one in found if one.source == "visits" and _fails(one.of)]
    return Talk(
        tuple(one for one in found if one.change.verdict == Verdict.BETTER),
        topics,
        tuple(one for one in found if one.change.verdict == Verdict.WORSE and one not in shown),
        tuple(failing[:MOST_FAILING]),
        tuple(praising(snapshot, team.own, PRAISES)),
        (len(past), len(causes), len(checks)),
        unlike,
    )


def _score(one: TeamFigure) -> Evidence:
    return Evidence("scores" if one.metric in ITEMS else "clocks", ABOUT.get(one.metric, ""), one, one.judged)


def _missed(snapshot: Snapshot, team: TeamPeriod, one: TeamFigure) -> Evidence | None:
    """The promise, when the whole interval of the period misses its target; else None."""
    channel = Slice.of(channel=list(team.channels)).only("channel")
    target = snapshot.standards.target(one.metric, team.monday, channel) if one.metric == PROMISE else None
    if target is None or standing_of(one.metric, one.now, target) != Standing.MISSED:
        return None
    change = compare_with_target(one.now, target, get_metric(one.metric).better)
    return Evidence("target", ABOUT[one.metric], one, change, target)


def _together(found: Sequence[Evidence]) -> tuple[list[Evidence], list[Evidence]]:
    """Everything tested as one family: as it may be called after that, and what is told against the team.

    Scores and clocks keep the word that the page's title gives them.
    """
    tested = [one for one in found if one.source != "target"]
    changes = judge_together([one.change for one in tested]).changes
    judged = {id(one): change for one, change in zip(tested, changes, strict=True)}
    listed, told = [], []
    for one in found:
        change = judged.get(id(one), one.change)
        listed.append(replace(one, change=change) if one.source in ("causes", "visits") else one)
        if change.verdict == Verdict.WORSE:
            told.append(listed[-1])
    return listed, told


def _topics(
    snapshot: Snapshot, team: TeamPeriod, found: Sequence[Evidence], told: Sequence[Evidence]
) -> tuple[Topic, ...]:
    """The topics with most evidence, each with all that was looked at about it, weak or not."""
    weak = [Weak(one.topic, one.source, one.change.p or 0.0) for one in told if one.topic]
    topics = []
    for name in topics_of(weak)[:MOST_TOPICS]:
        sources = len({one.source for one in weak if one.topic == name})
        evidence = _worth_telling([one for one in found if one.topic == name])
        topics.append(Topic(name, sources, evidence, _words(snapshot, team, name)))
    return tuple(topics)


def _worth_telling(about: list[Evidence]) -> tuple[Evidence, ...]:
    """The evidence that is significant against the team, and one of each source without any: survey, complaints,
    visits."""
    told = [one for one in about if one.change.verdict == Verdict.WORSE]
    silent = {one.source: one for one in reversed(about) if one.source in LENSES and one not in told}
    heard = {one.source for one in told}
    return tuple(one for one in about if one in told or (silent.get(one.source) == one and one.source not in heard))


def _checks(snapshot: Snapshot, team: TeamPeriod, unlike: tuple[str, ...]) -> list[Point]:
    others = None if team.others is None else without_shoppers(snapshot, team.others, unlike)
    return checked(snapshot, without_shoppers(snapshot, team.own, unlike), others)


def _fails(one: TeamFigure | Point) -> bool:
    return isinstance(one, Point) and one.own.state != State.TOO_FEW and one.hits > 0


def _words(snapshot: Snapshot, team: TeamPeriod, topic: str) -> tuple[Quote, ...]:
    """Sentences that name the topic's causes; none where no category of causes belongs to it."""
    kept = team.own.and_(cause_category=CATEGORIES_OF.get(topic, topic))
    return complaining(snapshot, kept, SENTENCES)
