"""The look through a file for whether its load will be refused, further than what is shown of it.

Owns the tally, which keeps no rows, and how far the look goes: a file is parsed until its end or the last chunk of the
look, whichever comes first. What is not known then is said so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from servq.errors import FileRefused
from servq.ingest.refusal import mostly_bad
from servq.loaders.cells.scales import Scales
from servq.records import Chunk, FileFacts, Rejected

MORE_CHUNKS = 10
"""Chunks that are looked through beyond those shown: 100,000 rows, one to three seconds."""

_FIRST_BAD = 20


@dataclass
class LookThrough:
    """What a load would judge the whole file by.

    Attributes:
        rows: how many were looked through.
        whole: whether that was all of them.
    """

    facts: FileFacts
    rows: int = 0
    whole: bool = False
    _answered: int = 0
    _reasons: Counter[str] = field(default_factory=Counter)
    _first_bad: list[Rejected] = field(default_factory=list)
    _scales: Scales = field(init=False)

    def __post_init__(self) -> None:
        """The scales are those of this file."""
        self._scales = Scales(self.facts)

    def take(self, chunks: Iterable[Chunk]) -> None:
        """Some chunks more."""
        for one in chunks:
            self.rows += one.rows_read
            self._answered += one.rows_read - len(one.unanswered) - sum(one.left_out.values())
            self._reasons.update(bad.reason for bad in one.rejected)
            self._first_bad += one.rejected[: _FIRST_BAD - len(self._first_bad)]
            self._scales.take(one.frame, one.rejected)

    def refused(self, name: str, share: float) -> FileRefused | None:
        """The reason why the load would refuse the file; None where there is none, or the end was not seen."""
        if question := self._scales.question(name):
            return question
        if not self.whole:
            return None
        return mostly_bad(self._answered, self._reasons, self._first_bad, share, name, on_page=True)
