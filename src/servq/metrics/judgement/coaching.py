"""The one topic of a coaching talk with a team: the topic that most kinds of evidence point at.

Looks only at findings that passed their tests; it never judges a figure itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class Weak:
    """A finding against a team.

    Attributes:
        topic: what it is about.
        source: the kind of evidence; two findings of the same kind count once.
        p: its p-value after Benjamini–Hochberg.
    """

    topic: str
    source: str
    p: float


def topics_of(found: Sequence[Weak]) -> list[str]:
    """The topics by their evidence: most sources first, then the smallest p; the first is the one to talk about.

    >>> topics_of([Weak("attitude", "score", 0.04), Weak("wait", "clock", 0.001), Weak("attitude", "visits", 0.09)])
    ['attitude', 'wait']
    >>> topics_of([])
    []
    """

    def evidence(topic: str) -> tuple[int, float, str]:
        about = [weak for weak in found if weak.topic == topic]
        return -len({weak.source for weak in about}), min(weak.p for weak in about), topic

    return sorted({weak.topic for weak in found}, key=evidence)
