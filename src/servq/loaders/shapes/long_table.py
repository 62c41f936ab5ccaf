"""Long tables: one line per answer, turned into one row per answer sheet.

    答卷编号 渠道 题目     答案            答卷编号 渠道 推荐意愿 满意度
    1        官网 推荐意愿 9         ->    1        官网 9        5
    1        官网 满意度   5               2        OTA  3
    2        OTA  推荐意愿 3

Owns the gathering of lines, which may stand in any order. A line that belongs to no sheet, and a sheet that says two
things, are set aside with all that they say. The whole table is in memory.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from sys import intern
from typing import TYPE_CHECKING

from servq.errors import FileRefused
from servq.loaders.cells.placeholders import is_no_id
from servq.loaders.cells.turned_rows import LINES, SetAside, TurnedRows
from servq.loaders.headers.headers import named
from servq.records import Rejected

if TYPE_CHECKING:
    from servq.loaders.headers.header_row import Row
    from servq.loaders.maps.shapes import LongTable

MOST_LINES = 2_000_000
"""Lines that are gathered in memory, some 600 MB of them."""

ASKED_TWICE, DIFFER = "asked_twice", "lines_differ"


@dataclass
class _Sheet:
    """The lines of one id: what they all say, and what they answer."""

    number: int
    about: list[list[str]]
    answers: dict[str, list[str]] = field(default_factory=dict)


def turned(
    header: Sequence[str], rows: Iterable[Row], long: LongTable, used: Collection[str], where: str
) -> tuple[list[str], TurnedRows]:
    """The header of the answer sheets, and the sheets in the order of their first lines.

    Args:
        header: that of the file, in which the three headers of `long` stand exactly so.
        used: the headers that the map reads: in these the lines of a sheet must agree.

    Raises:
        FileRefused: more lines than can be gathered.
    """
    gathered = _Gathered(named(header), long)
    for number, cells in rows:
        gathered.lines += 1
        if gathered.lines > MOST_LINES:
            raise _too_long(where)
        gathered.take(number, cells)
    questions = list(dict.fromkeys(one for sheet in gathered.sheets.values() for one in sheet.answers))
    # a question may be called like a header of the file: it is a column of its own, also where its sheet waits
    made_of = dict(zip(questions, named([*gathered.about, *questions])[len(gathered.about) :], strict=True))
    made = [(sheet.number, _row(sheet, gathered.about, made_of, used)) for sheet in gathered.sheets.values()]
    every = sorted([*made, *gathered.astray], key=lambda row: row[0])
    return [*gathered.about, *made_of.values()], TurnedRows(_all(every), Counter({LINES: gathered.lines}))


class _Gathered:
    """The lines so far: the sheets by their ids, and the lines that belong to none."""

    def __init__(self, names: Sequence[str], long: LongTable) -> None:
        self._names = names
        self._key, self._question, self._answer = (names.index(one) for one in (long.id, long.question, long.answer))
        self._places = [place for place in range(len(names)) if place not in (self._question, self._answer)]
        self.about = [names[place] for place in self._places]
        self.sheets: dict[str, _Sheet] = {}
        self.astray: list[Row] = []
        self.lines = 0

    def take(self, number: int, cells: list[str]) -> None:
        """One line more."""
        bad = self._why_astray(number, cells)
        if bad is not None:
            self.astray.append((number, SetAside(bad)))
            return
        sheet = self.sheets.setdefault(cells[self._key].strip(), _Sheet(number, [[] for _ in self._places]))
        for said, place in zip(sheet.about, self._places, strict=True):
            text = cells[place].strip()
            if text and text not in said:
                said.append(intern(text))
        if question := cells[self._question].strip():
            answers = sheet.answers.setdefault(intern(question), [])
            if cells[self._answer].strip():
                answers.append(cells[self._answer])

    def _why_astray(self, number: int, cells: list[str]) -> Rejected | None:
        """Why a line belongs to no sheet; None where it does."""
        if len(cells) != len(self._names):
            beyond = [""] * (len(cells) - len(self._names))
            raw = dict(zip(named([*self._names, *beyond]), cells, strict=False))
            return Rejected(number, "", str(len(cells)), "wrong_width", raw)
        for place in (self._key, self._question):
            needed = place == self._key or cells[self._answer].strip()
            if needed and (not cells[place].strip() or (place == self._key and is_no_id(cells[place]))):
                return Rejected(number, self._names[place], "", "missing_value", self._raw(cells))
        return None

    def _raw(self, cells: list[str]) -> dict[str, str]:
        """A line as it waits: its answer under its question, so that it is hidden as that column is."""
        raw = dict(zip(self._names, cells, strict=True))
        question = cells[self._question].strip()
        if question and question not in raw:
            raw[question] = raw.pop(self._names[self._answer])
        return raw


def _all(rows: list[Row]) -> Generator[Row]:
    yield from rows


def _row(sheet: _Sheet, about: Sequence[str], questions: Mapping[str, str], used: Collection[str]) -> list[str]:
    """The cells of a sheet, or what sets it aside; `questions` are question -> the column that it is."""
    answers = {questions[name]: said for name, said in sheet.answers.items()}
    twice = [name for name, said in answers.items() if len(said) > 1]
    differ = [name for name, said in zip(about, sheet.about, strict=True) if len(said) > 1 and name in used]
    if twice or differ:
        said = dict(zip(about, sheet.about, strict=True)) | answers
        raw: dict[str, str] = {}
        for name, texts in said.items():
            raw |= {name if place == 0 else f"{name} ({place + 1})": text for place, text in enumerate(texts or [""])}
        column = (twice or differ)[0]
        problems = [(one, said[one][0], ASKED_TWICE) for one in twice]
        problems += [(one, said[one][0], DIFFER) for one in differ]
        (_, value, reason), *also = problems
        return SetAside(Rejected(sheet.number, column, value, reason, raw, tuple(also)))
    # of a column that nobody reads, such as the number of a line, several values say nothing of the sheet
    cells = [said[0] if len(said) == 1 else "" for said in sheet.about]
    return cells + [(sheet.answers.get(one) or [""])[0] for one in questions]


def again(rejected: Rejected, corrected: Collection[str], long: LongTable | None) -> dict[str, str] | Rejected:
    """What a row that was set aside says as an answer sheet now; itself where it still says two things, or none.

    Args:
        rejected: with its raw row as it is after all corrections.
        corrected: the headers that were corrected.
    """
    raw = rejected.raw
    if rejected.reason in (ASKED_TWICE, DIFFER):
        several = (name for name in raw if raw.get(f"{name} (2)", "").strip() and name not in corrected)
        return rejected if next(several, None) is not None else raw
    if long is None or not {long.question, long.answer} <= raw.keys() or rejected.reason == "wrong_width":
        return raw  # a whole sheet, or a line whose answer stands under its question
    question = raw[long.question].strip()  # a line of its own
    if not question:
        return replace(rejected, column=long.question, value="", reason="missing_value", also=())
    return raw | {question: raw[long.answer]}


def _too_long(where: str) -> FileRefused:
    return FileRefused(
        f"每题一行的表超过 {MOST_LINES:,} 行",
        f"the table of one line per answer has more than {MOST_LINES:,} lines",
        where=where,
        hint_zh="请按时间分成几份，同一份答卷的各行留在一份里",
        hint_en="Split it by time, and keep the lines of one answer sheet together",
    )
