"""Column heads and row names of grids, broken into lines so that neighbours do not overlap."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from math import ceil

from servq.ui.charts.canvas import plain
from servq.ui.charts.lines import cut, width

LEAST_ROOM, WHOLE_ROOM = 12, 54
"""Letters that fit over a column at least, and over all columns of a chart together; Chinese signs are two wide."""

SIDE_ROOM = 16
"""Letters on a line of the name of a row."""

_JOINED = re.compile("(?<=[与和及、])(?=.)")  # 沟通与|信息一致


def heads(names: Sequence[str]) -> list[str]:
    """The heads of these columns, escaped, with lines separated by a tag.

    >>> heads(["沟通与信息一致", "OTA", "Refunds, changes, charges", "<b>", "1", "2"])[:4]
    ['沟通与<br>信息一致', 'OTA', 'Refunds,<br>changes,<br>charges', '&lt;b&gt;']
    """
    room = max(LEAST_ROOM, WHOLE_ROOM // max(len(names), 1))
    return ["<br>".join(plain(line) for line in _lines(name, room)) for name in names]


def sides(names: Sequence[str]) -> list[str]:
    """The names of these rows, escaped, on two lines at most, which leave the fields their room.

    >>> sides(["Complaints per 100 answers", "呼叫中心", "the same rules for changes and refunds"])
    ['Complaints per <br>100 answers ', '呼叫中心 ', 'the same rules <br>for changes and… ']
    """
    return ["<br>".join(f"{plain(line)} " for line in _two(name)) for name in names]


def _two(name: str) -> list[str]:
    first, *rest = _lines(name, SIDE_ROOM)
    return [first, cut(name.removeprefix(first).strip(), SIDE_ROOM)] if rest else [first]


def most_lines(texts: Sequence[str]) -> int:
    """The number of lines of the tallest head."""
    return max((text.count("<br>") + 1 for text in texts), default=1)


def _lines(name: str, room: int) -> list[str]:
    """As much on a line as fits; lines break at spaces and after what joins two words, else only within Chinese."""
    lines: list[str] = []
    for word in name.split():
        space = " "
        for part in _parts(word, room):
            if lines and width(lines[-1] + space + part) <= room:
                lines[-1] += space + part
            else:
                lines.append(part)
            space = ""
    return lines or [name]


def _parts(word: str, room: int) -> Iterator[str]:
    """The parts that are not broken: a Latin word, Chinese characters up to a join, or equal parts where that is too
    long."""
    for piece in _JOINED.split(word):
        many = 1 if piece.isascii() else ceil(width(piece) / room)
        size = ceil(len(piece) / many)
        for start in range(0, len(piece), size):
            yield piece[start : start + size]
