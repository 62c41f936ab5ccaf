"""Records of pulls: the outcome of one feed of servq.toml."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from servq.records.loading import LoadReport


@dataclass(frozen=True)
class FeedReport:
    """The outcome of one feed in a sync.

    Attributes:
        name: as servq.toml calls it.
        source: what it brings: surveys, complaints, visits.
        kind: folder or database.
        status: `loaded`, `nothing_new`, `refused` (a file or a batch was; what came before it is in) or `unavailable`.
        loads: one report a file of a folder, or a batch of a database, in the order in which they came.
        left: files left for next time, because they may still be written to.
        waiting: files refused earlier that have not changed since.
        without_watermark: rows of a database that are never pulled.
        message: why something was refused.
    """

    name: str
    source: str
    kind: str
    status: str
    loads: tuple[LoadReport, ...] = ()
    left: tuple[str, ...] = ()
    waiting: int = 0
    without_watermark: int = 0
    message: str = ""
    seconds: float = 0.0
