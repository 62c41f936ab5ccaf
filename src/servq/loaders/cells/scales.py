"""Undeclared scales: a likelihood column that only ever holds 1 to 5 raises a question.

Owns the question and its words. Where a map gives the scale, or the words of the answers, nothing is asked.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from servq.errors import FileRefused

if TYPE_CHECKING:
    import pandas as pd

    from servq.records import FileFacts

LIKELIHOOD = "likelihood"

ENOUGH, STEPS = 30, 3
"""Answers, and different ones, from which on it is asked: where four in ten say 0 to 5 of ten, thirty of thirty do so
once in a million million files."""

FIVE = frozenset({1.0, 2.0, 3.0, 4.0, 5.0})


@dataclass
class Scales:
    """The range of one file's answers, over all of its chunks."""

    facts: FileFacts
    answers: int = 0
    values: set[float] = field(default_factory=set)

    def take(self, frame: pd.DataFrame) -> None:
        """Look at some trusted rows."""
        if self.facts.scale_open and LIKELIHOOD in frame:
            given = frame[LIKELIHOOD].dropna()
            self.answers += len(given)
            self.values.update(given.unique().tolist())

    def question(self, where: str) -> FileRefused | None:
        """The refusal that asks which scale it is; None where nothing need be asked."""
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
