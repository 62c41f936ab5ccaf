"""The growth of masking time with the length of a text, and the cost of finding causes beside scoring."""

from __future__ import annotations

import time
from collections.abc import Callable

from benchmarks.rows import Row
from servq.records import Label
from servq.text.causes.finder import find_causes
from servq.text.masking.masking import mask
from servq.text.sentiment.scorer import default_scorer
from studies.causes.labelled import own_sentences

TIMES_LONGER = 10
PIECES = (
    "1", "a", "a.", "a@", "1 ", "138-", "微信a", "0571", "+86 ", "4111 ", "a1_", "(0", "王", "王小", "导游", "王经理",
    "+1 ", "京A", "卡 4", "姓名：王一、", "王一、", "E12345678vx",
)  # fmt: skip
"""What a text may be made of so that each of its places looks like the beginning of something personal."""


def measure(characters: int, texts: int, runs: int) -> list[Row]:
    """Texts of so many characters and ten times as many; the project's own sentences about causes, so many of them."""
    worst = max(_growth(piece, characters, runs) for piece in PIECES)
    sentences = [sentence.text for sentence in own_sentences()]
    some = (sentences * (texts // len(sentences) + 1))[:texts]
    find_causes(some)
    default_scorer().score(some)
    finding, scoring = _quickest(lambda: find_causes(some), runs), _quickest(lambda: default_scorer().score(some), runs)
    return [
        Row(
            Label(f"遮蔽：文字长 {TIMES_LONGER} 倍，耗时变为几倍", f"masking: {TIMES_LONGER} × the length becomes"),
            "×", worst, runs=runs, goal="≈ 10 (100 = square)",
        ),
        Row(
            Label("找原因的耗时是打分的几倍", "finding causes, as many times as scoring"),
            "×", finding / scoring if scoring else None, runs=runs, goal="≤ 10",
        ),
    ]  # fmt: skip


def _growth(piece: str, characters: int, runs: int) -> float:
    short, long = ("姓名：" + piece * (length // len(piece)) for length in (characters, TIMES_LONGER * characters))
    least = _quickest(lambda: mask(short), runs)
    return _quickest(lambda: mask(long), runs) / least if least else 0.0


def _quickest(work: Callable[[], object], runs: int) -> float:
    """CPU seconds of the quickest of so many turns: a neighbour on the machine only ever makes one slower."""
    return min(_seconds(work) for _ in range(runs))


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start
