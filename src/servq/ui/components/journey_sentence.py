"""The customer journey in one sentence: the step at which the same customers' scores fall most."""

from __future__ import annotations

from servq.formatting import format_change
from servq.metrics.verdicts import Verdict
from servq.query.customers.journey import Journey, Step, journey
from servq.records import Label
from servq.ui.shell.language import language, name_of, say, shown
from servq.ui.shell.view import View, kept_per_view

SCORES: dict[str, Label] = {
    "likelihood": Label("推荐意愿（0–10）", "Likelihood to recommend (0–10)"),
    "csat": Label("总体满意度（1–5）", "Satisfaction (1–5)"),
}


WORDS = {
    Verdict.BETTER: Label("上升", "rises"),
    Verdict.WORSE: Label("下降", "falls"),
    Verdict.NO_EVIDENCE: Label("无显著变化", "no significant change"),
}


def in_one_sentence(view: View) -> str:
    """The step with the largest fall, for the executive's page."""
    score = next(iter(SCORES))
    return finding(journey_of(view, score), score)


def finding(found: Journey, score: str) -> str:
    """The largest fall in words, or the reason why none is significant."""
    falls = steps_told(found, Verdict.WORSE)
    if falls:
        return say("旅程断点：", "The journey breaks: ") + sentence(falls[0], score)
    if not found.tested:
        return say("旅程在哪里断，暂无定论：两处都打过分的客户太少", "Too few customers scored both to tell a break")
    return say("同一批客户在触点之间无显著下降", "No significant fall between touchpoints")


def steps_told(found: Journey, verdict: Verdict) -> list[Step]:
    """The steps with this verdict, the largest first."""
    steps = [step for step in found.steps if step.found.change.verdict == verdict]
    return sorted(steps, key=lambda step: -abs(step.found.change.delta or 0.0))


def sentence(step: Step, score: str) -> str:
    """One significant step, in words with its n."""
    who, (name, change) = who_steps(step), (name_of(SCORES[score]), step.found.change)
    by, n = format_change(change.delta, "score", language()), f"{step.found.difference.n:,}"
    way = f"{shown(step.asked.first)} → {shown(step.asked.second)}"
    word = name_of(WORDS[change.verdict])
    return say(
        f"{who}“{way}”{name}{word} {by}（同一批客户 n = {n}）",
        f"{who} “{way}”: {name} {word} by {by} (same customers, n = {n})",
    )


def who_steps(step: Step) -> str:
    """The group of a step."""
    return shown(step.name) if step.by else say("全部客户", "All customers")


@kept_per_view
def journey_of(view: View, score: str) -> Journey:
    """The journey of the period by one score."""
    return journey(view.snapshot, view.period, score)
