"""The labelled sentences: our own with their text, real ones referred to by file and row."""

from __future__ import annotations

import ast
import csv
from functools import cache
from hashlib import blake2b
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from openpyxl import load_workbook

HERE = Path(__file__).parent

DRAWS = ("first", "second", "third", "fourth", "fifth", "sixth")
"""Random rows, in the order in which they were labelled. The tree was changed after each of them but the last."""

_TEXT = {
    "xiecheng_ugc.csv": "content",
    "waimai_10k.csv": "review",
    "hotel_reviews.csv": "评论内容",
    "dianping.csv": "comment",
}


class Sentence(NamedTuple):
    """A text and the causes that a person found in it."""

    source: str
    text: str
    leaves: frozenset[str]


class Quad(NamedTuple):
    """One annotation of a restaurant review: start and end, aspect, and polarity."""

    aspect: str
    start: int
    end: int
    polarity: str


def own_sentences() -> list[Sentence]:
    """Sentences written for this project."""
    return [Sentence("own", row["text"], _leaves(row)) for row in _rows(HERE / "own.csv")]


def real_sentences(corpora: Path, draw: str) -> list[Sentence]:
    """Real comments of one draw; needs the folder of the real files."""
    chosen = [row for row in _rows(HERE / "rows.csv") if row["draw"] == draw]
    return [
        Sentence(row["file"].split("/")[0], _texts(corpora / row["file"])[int(row["row"]) - 1].strip(), _leaves(row))
        for row in chosen
    ]


def is_choice_half(text: str) -> bool:
    """Whether the tree may be tuned on this text; the halves were fixed before there was a tree."""
    return blake2b(text.encode(), digest_size=1).digest()[0] % 2 == 0


def quads(corpora: Path, file: str) -> list[tuple[str, list[Quad]]]:
    """Sentences of restaurant reviews with what was marked in them; places count characters of the text."""
    found = []
    for line in (corpora / "zh_dianping_absa_quads" / file).read_text("utf-8").splitlines():
        spaced, _, marks = line.partition("####")
        tokens = spaced.split(" ")
        starts = list(accumulate(map(len, tokens), initial=0))
        found.append(("".join(tokens), [_quad(tokens, starts, *mark) for mark in ast.literal_eval(marks)]))
    return found


def _quad(tokens: list[str], starts: list[int], aspect: tuple[int, int], opinion: tuple[int, int], said: str) -> Quad:
    # places are token numbers, the last one included; -1 where the aspect is not named
    named = [pair for pair in (aspect, opinion) if pair[0] >= 0]
    first, last = min(pair[0] for pair in named), max(pair[1] for pair in named)
    word = "".join(tokens[aspect[0] : aspect[1] + 1]) if aspect[0] >= 0 else ""
    return Quad(word, starts[first], starts[min(last + 1, len(tokens))], said[:3].upper())


def _leaves(row: dict[str, str]) -> frozenset[str]:
    return frozenset(row["leaves"].split())


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@cache
def _texts(path: Path) -> list[str]:
    """Every text of a file; row 1 is the first."""
    if path.suffix == ".txt":
        return [line.partition("####")[0].replace(" ", "") for line in path.read_text("utf-8").splitlines()]
    if path.suffix == ".xlsx":
        head, *lines = load_workbook(path).worksheets[0].iter_rows(values_only=True)
        return [str(line[head.index("留言详情")] or "") for line in lines]
    encoding = "gb18030" if path.name == "hotel_reviews.csv" else "utf-8-sig"
    with path.open(encoding=encoding, newline="") as file:
        return [row[_TEXT[path.name]] or "" for row in csv.DictReader(file)]
