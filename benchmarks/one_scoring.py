"""One scorer, measured inside its own process: `python -m benchmarks.one_scoring servq|snownlp|textblob FILE N`."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy  # noqa: F401 - every process of servq has it: it belongs to nobody's start

PASSES = 3
"""The fastest counts: a neighbour's use of the caches is not the scorer's time."""


def main(way: str, file: Path, count: int) -> None:
    """Score the first `count` lines of a file and print the cost as JSON."""
    texts = file.read_text("utf-8").splitlines()[:count]
    before, started = _held_mb(), time.process_time()
    score = WAYS[way]()
    score(["很好"])
    start, held = time.process_time() - started, _held_mb()
    took = min(_once(score, texts) for _ in range(PASSES))
    memory = None if before is None or held is None else held - before
    print(json.dumps({"texts": len(texts), "cpu": took, "start": start, "memory_mb": memory}))


def _once(score: Callable[[Sequence[str]], object], texts: Sequence[str]) -> float:
    started = time.process_time()
    score(texts)
    return time.process_time() - started


def _servq() -> Callable[[Sequence[str]], object]:
    from servq.text.sentiment.scorer import default_scorer

    return default_scorer().score


def _snownlp() -> Callable[[Sequence[str]], object]:
    from snownlp import SnowNLP

    return lambda texts: [SnowNLP(text).sentiments for text in texts]


def _textblob() -> Callable[[Sequence[str]], object]:
    from textblob import TextBlob

    return lambda texts: [TextBlob(text).sentiment for text in texts]


WAYS = {"servq": _servq, "snownlp": _snownlp, "textblob": _textblob}


def _held_mb() -> float | None:
    """Memory of this process now, in MiB; None where there is no /proc."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return None
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
