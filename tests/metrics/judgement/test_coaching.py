"""The topic of a coaching talk: most kinds of evidence first, then the smallest p."""

from __future__ import annotations

from servq.metrics.judgement.coaching import Weak, topics_of


def test_two_kinds_of_evidence_come_before_one_that_is_surer() -> None:
    score, visits = Weak("attitude", "scores", 0.04), Weak("attitude", "visits", 0.09)
    clock = Weak("responsiveness", "clocks", 0.0001)
    assert topics_of([clock, score, visits]) == ["attitude", "responsiveness"]


def test_two_findings_of_one_kind_are_one_witness() -> None:
    clocks = [Weak("responsiveness", "clocks", 0.03), Weak("responsiveness", "clocks", 0.05)]
    assert topics_of([*clocks, Weak("attitude", "scores", 0.01)]) == ["attitude", "responsiveness"]


def test_without_findings_there_is_nothing_to_talk_about() -> None:
    assert topics_of([]) == []
