"""The balance of the five families."""

from __future__ import annotations

from servq.metrics.catalog import METRICS
from servq.metrics.families import FAMILIES, FAMILY_OF, MISSED, Family


def test_every_metric_has_a_family_and_every_family_says_what_it_misses() -> None:
    assert set(FAMILY_OF) == set(METRICS)
    assert set(FAMILIES) == set(MISSED) == set(Family)


def test_innovation_is_fed_by_nothing_and_says_what_would_feed_it() -> None:
    assert Family.INNOVATION not in FAMILY_OF.values()
    assert MISSED[Family.INNOVATION]
