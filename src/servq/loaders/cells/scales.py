"""Scales of answers: the question about one that nobody declared, and the one that a map says, kept beside answers.

Asked about are a likelihood or an ease that only ever holds 1 to 5, and a satisfaction that goes beyond 5. Where a map
gives the scale, or the words of the answers, nothing is asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from servq.errors import FileRefused
from servq.loaders.cells.numbers import HUNDRED, Unreadable, read_number
from servq.measures import OTHER_SCALE
from servq.records import Label

if TYPE_CHECKING:
    from servq.loaders.cells.values import Parsed
    from servq.loaders.maps.column_mapping import Pick
    from servq.records import FileFacts, Rejected

LONGER: dict[str, tuple[str, Label]] = {
    "likelihood": (
        "[0, 10]",
        Label("五分制的题请对应到总体满意度 csat", "map a question of five to csat"),
    ),
    "effort": ("[1, 7]", Label("五分制的题请对应到 effort_5", "map a question of five to effort_5")),
}
"""Column of more than five points -> its scale as a map says it, and what a question of five points is instead."""

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
    answers: Counter[str] = field(default_factory=Counter)
    values: dict[str, set[float]] = field(default_factory=dict)
    given: Counter[str] = field(default_factory=Counter)
    beyond: Counter[str] = field(default_factory=Counter)

    def take(self, frame: pd.DataFrame, rejected: Iterable[Rejected]) -> None:
        """Look at some rows, the trusted ones and the others."""
        self._above_five(frame, rejected)
        for name in self.facts.longer_open:
            if name in frame:
                given = frame[name].dropna()
                self.answers[name] += len(given)
                self.values.setdefault(name, set()).update(given.unique().tolist())

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
        for name, values in self.values.items():
            five = values <= FIVE and max(values, default=0) == max(FIVE) and len(values) >= STEPS
            if self.answers[name] >= ENOUGH and five:
                return _only_five(self.facts.columns[name], name, self.answers[name], where)
        return None


def beside_answers(parsed: Mapping[str, Parsed], picks: Mapping[str, Pick]) -> dict[str, Any]:
    """The columns that keep the scale of a satisfaction, and from where on it is satisfied, beside each answer."""
    pick = picks.get(OTHER_SCALE)
    if pick is None or pick.scale is None:
        return {}
    given = ~np.asarray(parsed[OTHER_SCALE].values.isna(), dtype=bool)
    scale, least = np.full(len(given), None, dtype=object), np.full(len(given), np.nan)
    scale[given], least[given] = "–".join(f"{end:g}" for end in pick.scale), pick.satisfied_from
    return {"csat_scale": scale, "csat_satisfied_from": pd.array(least, dtype="Float64")}


def _only_five(header: str, name: str, answers: int, where: str) -> FileRefused:
    scale, (zh, en) = LONGER[name]
    shown = scale.strip("[]").replace(", ", "–")
    return FileRefused(
        f"“{header}”的 {answers:,} 个答案都在 1–5 之间：是不是五分制，而不是 {shown}？未载入任何内容",
        f"all {answers:,} answers of '{header}' are 1 to 5: is it a scale of five and not {shown.replace('–', ' to ')}?"
        " Nothing was loaded",
        where=where,
        hint_zh=f"{zh}；若确是 {shown}，请在映射中写明 {name} 的 scale = {scale}",
        hint_en=f"{en.capitalize()}; if it is {shown.replace('–', ' to ')}, say so in a map: scale = {scale} of {name}",
    )


def _is_above_five(value: str) -> bool:
    try:
        return max(FIVE) < read_number(value.strip().removesuffix("分").rstrip()) <= HUNDRED
    except Unreadable:
        return False


_LEFT_OUT = Label("用映射载入其他列而不写它", "use a map that leaves it out")
_OTHER = Label(
    f"在映射中对应到 {OTHER_SCALE}，写明量表和从几分起算满意，例如 scale = [0, 10], satisfied_from = 8",
    f"map it to {OTHER_SCALE} with its scale and the answer from which on it is satisfied, for example scale = [0, 10],"
    " satisfied_from = 8",
)


def _not_of_five(header: str, name: str, beyond: int, given: int, where: str) -> FileRefused:
    """Low answers of a longer scale look like answers of five points: they must not be counted among them."""
    zh, en = _OTHER if name == "csat" else _LEFT_OUT
    return FileRefused(
        f"“{header}”有 {beyond:,} 个答案大于 5（另有 {given:,} 个在 1–5 之间）：是不是 0–10 或 0–100 的量表？"
        "未载入任何内容",
        f"{beyond:,} answers of '{header}' are above 5 (and {given:,} are 1 to 5): is it a scale of 0 to 10 or"
        " 0 to 100? Nothing was loaded",
        where=where,
        hint_zh=f"{name} 是五分制，不与其他量表相混：{zh}；若确是五分制，请写明 scale = [1, 5]",
        hint_en=f"{name} has five points and is never mixed with another scale: {en}; if it has five, say so:"
        " scale = [1, 5]",
    )
