"""Undeclared scales: a likelihood that only ever holds 1 to 5, or a satisfaction that goes beyond 5, raises a question.

Owns the question and its words. Where a map gives the scale, or the words of the answers, nothing is asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from servq.errors import FileRefused
from servq.loaders.cells.numbers import HUNDRED, Unreadable, read_number

if TYPE_CHECKING:
    import pandas as pd

    from servq.records import FileFacts, Rejected

LIKELIHOOD = "likelihood"

ENOUGH, STEPS = 30, 3
"""Answers, and different ones, from which on it is asked: where four in ten say 0 to 5 of ten, thirty of thirty do so
once in a million million files."""

FIVE = frozenset({1.0, 2.0, 3.0, 4.0, 5.0})


BEYOND, BEYOND_SHARE = 10, 0.05
"""Answers above five, and their least share of all, from which on a column of five points is asked about: fewer are
slips of the pen."""


@dataclass
class Scales:
    """The range of one file's answers, over all of its chunks."""

    facts: FileFacts
    answers: int = 0
    values: set[float] = field(default_factory=set)
    given: Counter[str] = field(default_factory=Counter)
    beyond: Counter[str] = field(default_factory=Counter)

    def take(self, frame: pd.DataFrame, rejected: Iterable[Rejected]) -> None:
        """Look at some rows, the trusted ones and the others."""
        self._above_five(frame, rejected)
        if self.facts.scale_open and LIKELIHOOD in frame:
            given = frame[LIKELIHOOD].dropna()
            self.answers += len(given)
            self.values.update(given.unique().tolist())

    def _above_five(self, frame: pd.DataFrame, rejected: Iterable[Rejected]) -> None:
        names = {self.facts.columns[name]: name for name in self.facts.five_open}
        if not names:
            return
        self.given.update({name: int(frame[name].notna().sum()) for name in names.values()})
        for bad in rejected:
            for header, value, reason in ((bad.column, bad.value, bad.reason), *bad.also):
                if reason == "out_of_range" and header in names and _is_above_five(value):
                    self.beyond[names[header]] += 1

    def question(self, where: str) -> FileRefused | None:
        """The refusal that asks which scale it is; None where nothing need be asked."""
        for name, beyond in self.beyond.items():
            if beyond >= BEYOND and beyond >= BEYOND_SHARE * (beyond + self.given[name]):
                return _not_of_five(self.facts.columns[name], name, beyond, self.given[name], where)
        five = self.values <= FIVE and max(self.values, default=0) == max(FIVE) and len(self.values) >= STEPS
        if self.answers < ENOUGH or not five:
            return None
        header = self.facts.columns[LIKELIHOOD]
        return FileRefused(
            f"“{header}”的 {self.answers:,} 个答案都在 1–5 之间：是不是五分制，而不是 0–10？未载入任何内容",
            f"all {self.answers:,} answers of '{header}' are 1 to 5: is it a scale of five and not 0 to 10?"
            " Nothing was loaded",
            where=where,
            hint_zh="五分制的题请对应到总体满意度 csat；若确是 0–10，请在映射中写明 likelihood 的 scale = [0, 10]",
            hint_en="Map a question of five to csat; if it is 0 to 10, say so in a map: scale = [0, 10] of likelihood",
        )


def _is_above_five(value: str) -> bool:
    try:
        return max(FIVE) < read_number(value.strip().removesuffix("分").rstrip()) <= HUNDRED
    except Unreadable:
        return False


def _not_of_five(header: str, name: str, beyond: int, given: int, where: str) -> FileRefused:
    """Low answers of a longer scale look like answers of five points: they must not be counted among them."""
    return FileRefused(
        f"“{header}”有 {beyond:,} 个答案大于 5（另有 {given:,} 个在 1–5 之间）：是不是 0–10 或 0–100 的量表？"
        "未载入任何内容",
        f"{beyond:,} answers of '{header}' are above 5 (and {given:,} are 1 to 5): is it a scale of 0 to 10 or"
        " 0 to 100? Nothing was loaded",
        where=where,
        hint_zh=f"{name} 是五分制，不能与其他量表相混：用映射载入其他列而不写 {name}；"
        "若确是五分制，请写明 scale = [1, 5]",
        hint_en=f"{name} has five points and is never mixed with another scale: use a map that leaves {name} out; if it"
        " has five, say so: scale = [1, 5]",
    )
