"""Number cells: from text to a score, within its range.

Owns what a number is, its unit words and its range. Nothing is rescaled, rounded or guessed. Guide: docs/files.md.
"""

from __future__ import annotations

import math
import re
import unicodedata
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from servq.loaders.maps.column_mapping import Pick
    from servq.loaders.sources.source import Column

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")  # 8, 4.8, -1, .5 ; not 1e3, not 1,200
_PLAIN = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_FLOAT_DIGITS = 15  # as many digits as come out of a float as they went in
_OUT_OF = re.compile(r"([^/]+)/([^/]+)")  # 9/10

UNITS = ("分", "星")
"""Words behind a score that do not change it: `10分`, `4.8星`."""

HUNDRED = 100.0
"""A percentage is a score where a map declares a scale that ends here."""


class Unreadable(ValueError):
    """A cell that is not what its column holds; the argument is a code of `records.REASONS`."""


def plain_number(text: str) -> float | None:
    """The number that a text of digits alone gives, without any rule; None for other texts.

    >>> plain_number("9.0"), plain_number("９"), plain_number("9分"), plain_number("")
    (9.0, None, None, None)
    >>> plain_number("4.00000000000000001") is None  # not all of it can be kept
    True
    """
    if not _PLAIN.fullmatch(text):
        return None
    number = float(text)
    return number if len(text) <= _FLOAT_DIGITS or Decimal(text) == Decimal(str(number)) else None


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


def number_reader(column: Column, pick: Pick) -> Callable[[str], float]:
    """The function that reads one cell of a column of scores or numbers."""
    low, high = pick.scale or (column.low, column.high)
    words = {folded(word): number for word, number in pick.words}

    def read(text: str) -> float:
        number: float | Decimal
        if words and folded(text) in words:
            number = stored = words[folded(text)]
        else:
            digits = _said(text, high, column.kind == "score")
            stored, number = read_number(digits), _exact(digits)
        if (low is not None and number < low) or (high is not None and number > high):
            raise Unreadable("out_of_range")
        if column.above is not None and number <= column.above:
            raise Unreadable("out_of_range")
        if column.whole and number != int(number):
            raise Unreadable("not_whole")
        return stored

    return read


def word_reader(known: Mapping[str, float], pick: Pick, reason: str) -> Callable[[str], float]:
    """The function that reads one cell of a column answered in words; a map's own words come first.

    Args:
        known: word, folded -> number.
        reason: the code of `records.REASONS` for any other text.
    """
    said = dict(known) | {folded(word): number for word, number in pick.words}

    def read(text: str) -> float:
        number = said.get(folded(text))
        if number is None:
            raise Unreadable(reason)
        return number

    return read


def folded(word: str) -> str:
    """A word as it is compared: without regard to width, case and surrounding blanks."""
    return unicodedata.normalize("NFKC", word).strip().casefold()


def _said(text: str, high: float | None, answer: bool) -> str:
    """The digits of a number: alone, before a unit word, out of the scale's own end, or in percent of it."""
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    if plain.endswith(UNITS):
        plain = plain[:-1].rstrip()
    elif answer and (found := _OUT_OF.fullmatch(plain)):
        if read_number(found[2].strip()) != high:
            raise Unreadable("out_of_range")
        plain = found[1].strip()
    elif plain.endswith("%") and high == HUNDRED:
        plain = plain[:-1].rstrip()
    return plain


def _exact(digits: str) -> float | Decimal:
    """A number as it is compared: where it has more digits than a float keeps, with all of them."""
    return float(digits) if len(digits) <= _FLOAT_DIGITS else Decimal(digits)
