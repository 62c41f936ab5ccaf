"""Cells: from the text of one column to typed values, and the reason code where a cell cannot be trusted.

Owns what a number is, what "no value" looks like, and the ranges. Never compares columns (see checks.py).
Each distinct text is read once: exports repeat themselves.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from servq.loaders.times import time_reader

if TYPE_CHECKING:
    from collections.abc import Callable
    from zoneinfo import ZoneInfo

    from pandas.api.extensions import ExtensionArray

    from servq.loaders.columns import Column
    from servq.loaders.picks import Pick

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")  # 8, 4.8, -1, .5 ; not 1e3, not 1,200

SKIPPED = frozenset({"(空)", "(跳过)"})
"""What survey tools write for a question that was not answered, in any column but an id."""

NO_VALUE = SKIPPED | {"-", "--", "—", "——", "n/a", "null"}
"""What exports write for "no value" in columns of numbers and times. Widths and case do not count."""

_DTYPES = {"time": "Int64", "score": "Float64", "number": "Float64"}


class Unreadable(ValueError):
    """A cell that is not what its column holds; the argument is a code of `records.REASONS`."""


@dataclass(frozen=True)
class Parsed:
    """One column of a chunk.

    Attributes:
        values: one per row; `pd.NA` where there is none.
        reasons: one per row, "" where nothing is wrong; None when nothing is wrong anywhere.
    """

    values: ExtensionArray
    reasons: np.ndarray[Any, Any] | None


def read_column(texts: np.ndarray[Any, Any], column: Column, pick: Pick, zone: ZoneInfo, workbook: bool) -> Parsed:
    """The values of one column's cells.

    Args:
        texts: the cells as they came (objects of type str).
        column: what the column holds.
        pick: what a map says about it.
        zone: where times without an offset were written.
        workbook: whether the cells come from a workbook, whose real moments need no format.
    """
    read = _reader(column, pick, zone, workbook)
    missing, codes_of = _missing_test(column, pick), pd.factorize(texts)
    values: list[Any] = []
    reasons: list[str] = []
    for text in codes_of[1]:
        value, reason = None, ""
        bare = text.strip()
        if missing(bare):
            reason = "missing_value" if column.required else ""
        else:
            try:
                value = read(text if column.kind == "text" else pick.prefix + _strip(bare, pick.strip))
            except Unreadable as err:
                reason = str(err)
        values.append(value)
        reasons.append(reason)
    codes = codes_of[0]
    dtype = _DTYPES.get(column.kind, "string")
    distinct = pd.array(values, dtype=dtype)  # type: ignore[call-overload]
    wrong = np.array(reasons, dtype=object)[codes] if any(reasons) else None
    return Parsed(distinct.take(codes), wrong)


def read_number(text: str) -> float:
    """A plain decimal number; full-width digits are digits.

    >>> read_number("４.８")
    4.8

    Raises:
        Unreadable: anything else, e.g. `4,8`, `1e3` or `10分`.
    """
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    if not _NUMBER.fullmatch(plain):
        raise Unreadable("not_a_number")
    return float(plain)


def _reader(column: Column, pick: Pick, zone: ZoneInfo, workbook: bool) -> Callable[[str], Any]:
    if column.kind == "time":
        moment = time_reader(zone, pick.format, workbook)

        def read_time(text: str) -> int:
            try:
                return moment(text)
            except (ValueError, OverflowError) as err:
                raise Unreadable("not_a_time") from err

        return read_time
    if column.kind in ("score", "number"):
        low, high = pick.scale or (column.low, column.high)

        def read_score(text: str) -> float:
            number = read_number(text)
            if (low is not None and number < low) or (high is not None and number > high):
                raise Unreadable("out_of_range")
            if column.above is not None and number <= column.above:
                raise Unreadable("out_of_range")
            if column.whole and not number.is_integer():
                raise Unreadable("not_whole")
            return number

        return read_score
    return str


def _missing_test(column: Column, pick: Pick) -> Callable[[str], bool]:
    """Whether a trimmed cell means "no value"; an id is never guessed away."""
    own = {text.strip() for text in pick.missing} | {""}
    usual: frozenset[str] = frozenset()
    if column.kind in _DTYPES:
        usual = NO_VALUE
    elif column.kind != "id":
        usual = SKIPPED
    longest = max(map(len, NO_VALUE))

    def missing(bare: str) -> bool:
        # The length test spares every comment the normalising.
        short = len(bare) <= longest
        return bare in own or (short and unicodedata.normalize("NFKC", bare).casefold() in usual)

    return missing


def _strip(text: str, affixes: tuple[str, ...]) -> str:
    for affix in affixes:
        text = text.removeprefix(affix).removesuffix(affix).strip()
    return text
