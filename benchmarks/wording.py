"""The cost of comments: loading, scoring and coding them, and texts per second beside SnowNLP and TextBlob."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.loading import in_a_child
from benchmarks.made import comments_of, write_export
from benchmarks.rows import Row, less_is_better, middle, more_is_better
from benchmarks.server import ROOT
from servq.records import Label

OTHERS = {"snownlp": "SnowNLP", "textblob": "TextBlob"}
SLOWER = 300
"""How many times fewer texts the others are given: their rate does not depend on the number."""

LINES = 20_000
"""Short texts that `servq score` is given at once: as many as a day's export holds."""

SHORT = range(6, 21)
"""Characters of a short text."""


@dataclass(frozen=True)
class Scored:
    """One fresh process: CPU seconds for so many texts and for the first one, and the memory that the scorer added."""

    texts: int
    cpu: float
    start: float
    memory_mb: float | None


@dataclass(frozen=True)
class Piped:
    """`servq score` as a command, from start to end: CPU seconds for so many lines, and for a single one."""

    texts: int
    cpu: float
    one: float


def measure(count: int, runs: int) -> list[Row]:
    """A load in which every answer has a comment, then the scorers in turns on the same comments."""
    with tempfile.TemporaryDirectory(prefix="servq-bench-") as folder:
        export, texts = Path(folder) / "comments.csv", Path(folder) / "comments.txt"
        write_export(export, count, comments=True, silent=False)
        loads = [in_a_child("servq", export, Path(folder)) for _ in range(runs)]
        texts.write_text("\n".join(_short(comments_of(export))[:count]), encoding="utf-8")
        tried: dict[str, list[Scored]] = {way: [] for way in ("servq", *OTHERS)}
        short = texts.read_bytes().splitlines(keepends=True)[:LINES]
        whole: list[Piped] = []
        for _ in range(runs):
            for way in tried:
                tried[way].append(_scored(way, texts, count if way == "servq" else max(count // SLOWER, 1)))
            whole.append(Piped(len(short), _piped(b"".join(short)), _piped(short[0])))
    said = f"{loads[0].rows:,}"
    return [
        Row(
            Label(f"{said} 条评论载入、打分、找原因", f"{said} comments loaded, scored and coded"),
            "CPU s", middle([one.cpu for one in loads]), runs=runs, goal="≤ 60",
        ),
        Row(
            Label("它的内存峰值", "its peak memory"),
            "MiB", middle([one.peak_mb for one in loads if one.peak_mb]), runs=runs, goal="< 500",
        ),
        *(_rates(tried["servq"], tried[way], name, runs) for way, name in OTHERS.items()),
        *_starts(tried, runs),
        *_command(whole, tried["snownlp"], runs),
    ]  # fmt: skip


def _short(comments: list[str]) -> list[str]:
    """The clauses of comments that are as long as a short comment is."""
    return [clause for text in comments for clause in text.split("，") if len(clause) in SHORT]


def _rates(ours: list[Scored], others: list[Scored], name: str, runs: int) -> Row:
    rate, other = (middle([one.texts / one.cpu for one in some if one.cpu]) for some in (ours, others))
    goal = "≥ 80,000, 150×" if name == "SnowNLP" else ""
    what = Label(f"短评论情感打分，与 {name} 比", f"sentiment of short comments, beside {name}")
    return Row(what, "texts/CPU s", rate, other, more_is_better(rate, other), runs, goal)


def _starts(tried: dict[str, list[Scored]], runs: int) -> list[Row]:
    start, other = (middle([one.start for one in tried[way]]) for way in ("servq", "snownlp"))
    held, held_there = (middle([m for one in tried[way] if (m := one.memory_mb)]) for way in ("servq", "snownlp"))
    return [
        Row(
            Label("情感打分：第一条要等多久，与 SnowNLP 比", "sentiment: the first score, beside SnowNLP"),
            "CPU s", start, other, less_is_better(start, other), runs, "≤ 0.2",
        ),
        Row(
            Label("情感打分多占的内存，与 SnowNLP 比", "memory that the scorer adds, beside SnowNLP"),
            "MiB", held, held_there, less_is_better(held, held_there), runs, "≤ 60",
        ),
    ]  # fmt: skip


def _command(whole: list[Piped], others: list[Scored], runs: int) -> list[Row]:
    """The command with its start, beside a process that starts SnowNLP and scores as many texts."""
    texts = whole[0].texts
    rate = middle([one.texts / one.cpu for one in whole if one.cpu])
    plain = middle([texts / (one.start + texts * one.cpu / one.texts) for one in others if one.cpu])
    start, other = middle([one.one for one in whole]), middle([one.start for one in others])
    return [
        Row(
            Label(
                f"servq score，{texts:,} 条短评论，连同启动，与 SnowNLP 比",
                f"servq score, {texts:,} short comments with its start, beside SnowNLP",
            ),
            "texts/CPU s", rate, plain, more_is_better(rate, plain), runs, "60×",
        ),
        Row(
            Label("servq score：只有一条，与 SnowNLP 比", "servq score: a single comment, beside SnowNLP"),
            "CPU s", start, other, less_is_better(start, other), runs, "≤ 0.3",
        ),
    ]  # fmt: skip


def _piped(lines: bytes) -> float:
    """CPU seconds of `servq score` for these lines, the start of Python included."""
    before = _children()
    done = subprocess.run(
        [sys.executable, "-m", "servq", "score"], input=lines, cwd=ROOT, stdout=subprocess.PIPE, check=True
    )
    if done.stdout.count(b"\n") < lines.count(b"\n"):
        raise RuntimeError("servq score gave fewer lines than it was given")
    return _children() - before


def _children() -> float:
    """CPU seconds of all processes that this one started and that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _scored(way: str, texts: Path, count: int) -> Scored:
    command = [sys.executable, "-m", "benchmarks.one_scoring", way, str(texts), str(count)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{way}: {done.stderr.strip()}")
    return Scored(**json.loads(done.stdout.splitlines()[-1]))
