"""Cells: from the text of one column to typed values, and the reason code where a cell cannot be trusted.

Owns what a number is, what "no value" looks like, and the ranges. Never compares columns (see checks.py).
Where exports repeat themselves each distinct text is read once.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from servq.loaders.times import is_plain_moment, time_reader
from servq.settings import BUSINESS_ZONE

if TYPE_CHECKING:
    from collections.abc import Callable
    from zoneinfo import ZoneInfo

    from pandas.api.extensions import ExtensionArray

    from servq.loaders.columns import Column
    from servq.loaders.picks import Pick

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")  # 8, 4.8, -1, .5 ; not 1e3, not 1,200

_PLAIN_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
"""Numbers that say what they are without a rule."""

SKIPPED = frozenset({"(空)", "(跳过)"})
"""What survey tools write for a question that was not answered, in any column but an id."""

NO_VALUE = SKIPPED | {"-", "--", "—", "——", "n/a", "null"}
"""What exports write for "no value" in columns of numbers and times. Widths and case do not count."""

_DTYPES = {"time": "Int64", "score": "Float64", "number": "Float64"}
_WORDS: Any = pd.StringDtype("python")  # rows leave as Python objects anyway: no way to Arrow and back


Texts = np.ndarray[Any, Any]
"""An array of Python strings: pandas' own strings are slower to walk."""


class Unreadable(ValueError):
    """A cell that is not what its column holds; the argument is a code of `records.REASONS`."""


@dataclass(frozen=True)
class Parsed:
    """One column of a chunk.

    Attributes:
        values: one per row; `pd.NA` where there is none.
        reasons: one per row, "" where nothing is wrong; None when nothing is wrong anywhere.
        came: one per row, the cell's text where a rule made the value of it and "" elsewhere; None when no rule did.
    """

    values: ExtensionArray
    reasons: Texts | None
    came: Texts | None = None


def read_column(texts: Texts, column: Column, pick: Pick, zone: ZoneInfo, workbook: bool) -> Parsed:
    """The values of one column's cells.

    Args:
        texts: the cells as they came (objects of type str).
        column: what the column holds.
        pick: what a map says about it.
        zone: where times without an offset were written.
        workbook: whether the cells come from a workbook, whose real moments need no format.
    """
    distinct, codes = _distinct(texts, column)
    bare = [text.strip() for text in distinct.tolist()]
    absent = _absent(bare, column, pick)
    if pick.strip:
        bare = [text if text in absent else _strip(text, pick.strip) for text in bare]
        absent |= _absent(bare, column, pick)
    if column.kind in _DTYPES:
        values, wrong = _read_each(bare, absent, _reader(column, pick, zone, workbook), pick.prefix)
    else:
        # Customers' words stay as they came unless a map says otherwise; ids and names are trimmed.
        as_it_came = column.kind == "text" and not (pick.strip or pick.prefix)
        pairs = zip(bare, distinct if as_it_came else bare, strict=True)
        values, wrong = [None if text in absent else pick.prefix + kept for text, kept in pairs], {}
    if column.required and absent:
        wrong |= {position: "missing_value" for position, text in enumerate(bare) if text in absent}
    array = pd.array(values, dtype=_DTYPES.get(column.kind, _WORDS))
    reasons = None
    if wrong:
        reasons = np.full(len(values), "", dtype=object)
        reasons[list(wrong)] = list(wrong.values())
    came = _came(distinct, values, column, pick, zone)
    if codes is None:
        return Parsed(array, reasons, came)
    return Parsed(array.take(codes), None if reasons is None else reasons[codes], None if came is None else came[codes])


def _came(texts: Texts, values: list[Any], column: Column, pick: Pick, zone: ZoneInfo) -> Texts | None:
    """The texts of which a rule made the values; words never, and a customer's id is not kept beside its hash."""
    if column.kind == "text" or column.name == "customer_id" or pick.constant is not None or pick.row_number:
        return None
    pairs = zip(texts, values, strict=True)
    if column.kind == "time":
        # a moment of another zone was moved into ours: its text alone says when it was
        ours = zone == BUSINESS_ZONE and not (pick.format or pick.prefix)
        kept = ["" if ours and value is not None and is_plain_moment(text) else text for text, value in pairs]
    elif column.kind in _DTYPES:
        kept = ["" if _PLAIN_NUMBER.fullmatch(text) and float(text) == value else text for text, value in pairs]
    else:
        kept = ["" if text == (value or "") else text for text, value in pairs]
    return np.array(kept, dtype=object) if any(kept) else None


def _read_each(
    bare: list[str], absent: set[str], read: Callable[[str], float], prefix: str
) -> tuple[list[Any], dict[int, str]]:
    """Values of numbers and times, and position -> reason of those that cannot be trusted."""
    values: list[Any] = [None] * len(bare)
    wrong: dict[int, str] = {}
    for position, text in enumerate(bare):
        if text not in absent:
            try:
                values[position] = read(prefix + text)
            except Unreadable as err:
                wrong[position] = str(err)
    return values, wrong


def _distinct(texts: Texts, column: Column) -> tuple[Texts, np.ndarray[Any, Any] | None]:
    """The texts to read, and which of them each row has; None where looking for repeats costs more than it saves."""
    if column.kind in ("id", "text", "time"):
        return texts, None
    codes, distinct = pd.factorize(texts)
    return distinct, codes


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
    number = float(plain)
    if math.isinf(number):  # hundreds of digits
        raise Unreadable("out_of_range")
    return number


def _reader(column: Column, pick: Pick, zone: ZoneInfo, workbook: bool) -> Callable[[str], float]:
    """The function that reads one cell of a column of times, scores or numbers."""
    if column.kind == "time":
        moment = time_reader(zone, pick.format, workbook)

        def read_time(text: str) -> int:
            try:
                return moment(text)
            except (ValueError, OverflowError) as err:
                raise Unreadable("not_a_time") from err

        return read_time
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


def _absent(bare: list[str], column: Column, pick: Pick) -> set[str]:
    """Those of the trimmed cells that mean "no value"; an id is never guessed away."""
    usual: frozenset[str] = frozenset()
    if column.kind in _DTYPES:
        usual = NO_VALUE
    elif column.kind != "id":
        usual = SKIPPED
    own = {text.strip() for text in pick.missing} | {""}
    # What is longer than the longest marker need not be looked at: most comments are.
    longest = max(map(len, own | usual))
    short = {text for text in bare if len(text) <= longest}
    return {text for text in short if text in own or unicodedata.normalize("NFKC", text).casefold() in usual}


def _strip(text: str, affixes: tuple[str, ...]) -> str:
    for affix in affixes:
        text = text.removeprefix(affix).removesuffix(affix).strip()
    return text
