"""Customers of the sample and their ids: a fixed number of invented people, some of whom return."""

from __future__ import annotations

import numpy as np

from studies.sample.world import SEED, SEGMENT_SHARE, SEGMENTS, pick

CROWD = 9_000


class Crowd:
    """Customers by segment; a few travel often, most once or twice."""

    def __init__(self) -> None:
        rng = np.random.default_rng([SEED, 1])
        numbers = rng.choice(np.arange(1_000_000, 9_999_999), size=CROWD, replace=False)
        home = rng.integers(len(SEGMENTS), size=CROWD)
        appetite = rng.pareto(2.2, size=CROWD) + 0.3
        self._of: dict[str, tuple[list[str], np.ndarray]] = {}
        for index, segment in enumerate(SEGMENTS):
            chosen = home == index
            self._of[segment] = ([f"M{number}" for number in numbers[chosen]], np.cumsum(appetite[chosen]))

    def visitor(self, rng: np.random.Generator, channel: str) -> tuple[str, str]:
        """A random customer of this channel: customer id and segment."""
        segment = pick(rng, dict(zip(SEGMENTS, SEGMENT_SHARE[channel], strict=True)))
        ids, edges = self._of[segment]
        return ids[int(np.searchsorted(edges, rng.random() * edges[-1], side="right"))], segment


def order_number(rng: np.random.Generator) -> str:
    """An order number as the booking system writes it, e.g. SQ202600481237."""
    return f"SQ2026{int(rng.integers(100_000, 99_999_999)):08d}"


def phone_number(rng: np.random.Generator) -> str:
    """A made-up phone number (the middle is always 0000), in one of the ways people write them."""
    prefix = ("138", "139", "136", "150", "186")[int(rng.integers(5))]
    last = f"{int(rng.integers(10_000)):04d}"
    return (f"{prefix}-0000-{last}", f"{prefix} 0000 {last}", f"{prefix}0000{last}")[int(rng.integers(3))]
