"""CPU time ratios that hold on a busy machine: both sides in turns, each by its quickest turn."""

from __future__ import annotations

import time
from collections.abc import Callable

ROUNDS = 12


def seconds(work: Callable[[], object]) -> float:
    """CPU time of one turn."""
    start = time.process_time()
    work()
    return time.process_time() - start


def times_as_long(ours: Callable[[], object], theirs: Callable[[], object]) -> float:
    """How many times as long the first takes as the second.

    A neighbour on the machine only ever makes a turn slower, so the quickest of many is nearest to the work itself.
    """
    turns = [(seconds(ours), seconds(theirs)) for _ in range(ROUNDS)]
    return min(turn[0] for turn in turns) / min(turn[1] for turn in turns)
