"""Preview: what a file is taken for and what its first rows give, before anything is loaded.

Owns what is shown of a file that is not loaded yet. Stores nothing and reads no further than the first chunk.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from servq.loaders.read import USUAL, open_file

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from servq.configuration import Limits
    from servq.loaders.maps.map import Map
    from servq.records import FileFacts, Label, Rejected


@dataclass(frozen=True)
class Match:
    """Where one canonical column takes its values from, and by which rule that was decided.

    Attributes:
        column: canonical name.
        header: header in the file, or `= value` for a constant.
    """

    column: str
    header: str
    rule: Label

    @property
    def sentence(self) -> str:
        """The match as a reader sees it: `推荐意愿 → likelihood（按别名 by an alias）`."""
        return f"{self.header} → {self.column}（{self.rule.zh} {self.rule.en}）"


@dataclass(frozen=True)
class Preview:
    """The beginning of a file, as it came and as it would be judged.

    Attributes:
        shown: the first rows as text, each as (row number, header -> cell); trusted and rejected ones in their order.
        rejected: the untrusted rows among those that were looked at.
        rows_read: how many rows were looked at.
        matches: how each canonical column was found.
    """

    source: str
    facts: FileFacts
    shown: tuple[tuple[int, dict[str, str]], ...]
    rejected: tuple[Rejected, ...]
    rows_read: int
    matches: tuple[Match, ...]


def preview(
    path: Path, source: str | None = None, map_: Map | None = None, limits: Limits = USUAL, rows: int = 50
) -> Preview:
    """What a file is taken for, its first rows as text and the first problems.

    Args:
        rows: how many rows are shown; some more are looked at for problems.

    Raises:
        UsageError, FileRefused: as `open_file` says.
    """
    batch = open_file(path, source, map_, limits=limits)
    with closing(batch.chunks):
        chunk = next(batch.chunks, None)
    facts = batch.facts
    matches = tuple(Match(name, header, facts.matched[name]) for name, header in facts.columns.items())
    if chunk is None:
        return Preview(batch.source, facts, (), (), 0, matches)
    numbers = chunk.frame["row"].tolist()
    trusted = zip(numbers, map(_as_text, chunk.raw.head(rows).to_dict("records")), strict=False)
    first = [*trusted, *((bad.row, bad.raw) for bad in chunk.rejected[:rows])]
    shown = sorted(first, key=lambda one: int(one[0]))[:rows]
    return Preview(batch.source, facts, tuple(shown), chunk.rejected, chunk.rows_read, matches)


def _as_text(cells: Mapping[Any, Any]) -> dict[str, str]:
    return {str(header): str(cell) for header, cell in cells.items()}
