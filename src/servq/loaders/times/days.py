"""Days without a clock: the moments of a column that are known by their day alone, so that no hours are told.

Owns the signs of it: how a cell is written, what a map's format holds, and a column of nothing but midnights.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np

from servq.settings import BUSINESS_ZONE

if TYPE_CHECKING:
    from servq.loaders.times.time_format import Reckoning

_CLOCK = re.compile(r"[:时点]|^[0-9]{10,13}$|^[0-9]+\.[0-9]+$")  # 14:02, 14时, seconds since 1970, 46086.58
_CLOCK_IN_FORMAT = re.compile(r"%-?[HIcXTRr]")

MIDNIGHTS = 5
"""So many moments of a text file, all of them midnight, are days that an export wrote with a clock."""

DAY, EAST = 86_400, 8 * 3_600
"""Seconds of a day, and by which business midnights lie before those of UTC."""


def days_alone(
    bare: list[str], values: list[Any], plain: list[Any], format_: str, reckoning: Reckoning
) -> np.ndarray[Any, Any] | None:
    """A mask of the moments that are days without a clock: those written so, and all of a column of midnights.

    Args:
        format_: the date format that a map tells; "" where it tells none.
    """
    known = np.array([value is not None for value in values], dtype=bool)
    moments = [value for value in values if value is not None]
    enough = 1 if reckoning.typed else MIDNIGHTS
    if len(moments) >= enough and reckoning.zone == BUSINESS_ZONE and all((one + EAST) % DAY == 0 for one in moments):
        return known
    if format_:
        return None if _CLOCK_IN_FORMAT.search(format_) else known
    if plain == values:  # all six numbers of each: a clock
        return None
    triples = zip(bare, values, plain, strict=True)
    days = [value is not None and said is None and not _CLOCK.search(text) for text, value, said in triples]
    return np.array(days, dtype=bool) if any(days) else None
