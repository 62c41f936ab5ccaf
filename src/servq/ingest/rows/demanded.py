"""Demanded columns: rows that do not say their channel or team, set aside where servq.toml demands it.

Owns that choice of an installation; a map's `required` is the loader's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from servq.records import NOT_GIVEN, Chunk, FileFacts, Rejected


def with_demanded(chunk: Chunk, facts: FileFacts, columns: Sequence[str]) -> Chunk:
    """The chunk, its rows without one of these columns among the rejected."""
    frame = chunk.frame
    lacking = {name: (frame[name] == NOT_GIVEN).to_numpy(dtype=bool) for name in columns if name in frame}
    gone = np.logical_or.reduce([np.zeros(len(frame), dtype=bool), *lacking.values()])
    if not gone.any():
        return chunk
    rejected = [
        _rejected(chunk, place, [name for name in lacking if lacking[name][place]], facts)
        for place in np.flatnonzero(gone)
    ]
    kept = ~gone
    return replace(
        chunk,
        frame=frame[kept].reset_index(drop=True),
        raw=chunk.raw[kept].reset_index(drop=True),
        rejected=tuple(sorted([*chunk.rejected, *rejected], key=lambda one: one.row)),
    )


def _rejected(chunk: Chunk, place: Any, columns: Sequence[str], facts: FileFacts) -> Rejected:
    raw = {str(header): str(text) for header, text in chunk.raw.iloc[place].items()}
    said = []
    for name in columns:
        header = facts.columns.get(name, name)
        said.append((header if header in raw else name, raw.get(header, ""), "missing_value"))
    (column, value, reason), *also = said
    return Rejected(int(chunk.frame["row"].iloc[place]), column, value, reason, raw, tuple(also))
