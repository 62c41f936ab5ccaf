"""Cell values: from the text of one column to typed values, with a reason code where a cell cannot be trusted.

Owns the markers of "no value", and which text is kept beside its value. Never compares columns (see checks.py).
In columns that repeat their texts each distinct text is read once.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from servq.formula_guard import without_guard
from servq.loaders.books.sheet import TWICE
from servq.loaders.cells.bands import band_reader
from servq.loaders.cells.flags import NOT_KNOWN, SAYS_ITSELF, flag_reader
from servq.loaders.cells.groups import named_groups, says_no_group
from servq.loaders.cells.numbers import Unreadable, number_reader, plain_number
from servq.loaders.cells.placeholders import NO_ID, NO_VALUE, SKIPPED
from servq.loaders.times.days import days_alone
from servq.loaders.times.durations import read_duration
from servq.loaders.times.placeholder_times import placeholders, stands_for_none
from servq.loaders.times.zones import ends_in_zone
from servq.records import OVERLAPPING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pandas.api.extensions import ExtensionArray

    from servq.loaders.maps.column_mapping import Pick
    from servq.loaders.sources.source import Column
    from servq.loaders.times.time_format import Reckoning


ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"})
"""What a spreadsheet shows where a formula failed: no value, and not "no value" either."""

# 1.23457E+17, 6222021234567889920.0: an id that was taken for a number
_ROUNDED = re.compile(r"[0-9](?:\.[0-9]+)?[eE]\+[0-9]{2,3}|[0-9]{16,}\.0")

_FORMULA = re.compile(r"=[A-Za-z_.]+[A-Za-z0-9_.]*\(.*\)|=['$A-Z][^=]*![$A-Z0-9:]+|=\$?[A-Z]{1,3}\$?[0-9]+")
"""A formula that was never calculated: =VLOOKUP(A2,班组!A:B,2,0), =Sheet2!B3, =B3."""

_ONE_TO_NINE = frozenset("123456789")

_KEPT_AS_TEXT = re.compile(r'="([^"]*)"\Z')  # ="007": how an export keeps a spreadsheet from making a number of an id

_DTYPES = {"time": "Int64", "score": "Float64", "number": "Float64", "flag": "Float64", "band": "Float64"}
_WORDED = {"flag": flag_reader, "band": band_reader}
_WORDS: Any = pd.StringDtype("python")  # rows leave as Python objects anyway: no way to Arrow and back

Texts = np.ndarray[Any, Any]
"""An array of Python strings: pandas' own strings are slower to walk."""


@dataclass(frozen=True)
class Parsed:
    """One column of a chunk.

    Attributes:
        values: one per row; `pd.NA` where there is none.
        reasons: one per row, "" where nothing is wrong; None when nothing is wrong anywhere.
        placeholders: cells of an id in which something stands for "no id" (`-`, `无`, `0`).
        by_day: of a time, one per row: whether only its day is told; None where every time has a clock.
        came: one per row, the cell's text where a rule made the value of it and "" elsewhere; None when no rule did.
    """

    values: ExtensionArray
    reasons: Texts | None
    came: Texts | None = None
    placeholders: int = 0
    by_day: Texts | None = None


def read_column(texts: Texts, column: Column, pick: Pick, reckoning: Reckoning) -> Parsed:
    """The values of one column's cells.

    Args:
        texts: the cells as they came (objects of type str).
        column: what the column holds.
        pick: what a map says about it.
        reckoning: how the file tells time.
    """
    distinct, codes = _distinct(texts, column)
    came = distinct.tolist()
    bare = [text.strip() for text in came]
    if column.kind != "text":
        bare = [_KEPT_AS_TEXT.sub(r"\1", text) if text[:2] == '="' else text for text in bare]
    absent = absent_among(bare, column, pick)
    if pick.strip:
        bare = [text if text in absent else _strip(text, pick.strip) for text in bare]
        absent |= absent_among(bare, column, pick)
    values, wrong, plain = _read(came, bare, absent, column, pick, reckoning)
    if absent and (column.required or pick.required):
        missing = [position for position, text in enumerate(bare) if text in absent]
        if column.filled and not pick.required:
            for position in missing:
                values[position] = column.filled
        else:
            wrong |= dict.fromkeys(missing, "missing_value")
    array = pd.array(values, dtype=_DTYPES.get(column.kind, _WORDS))
    reasons = _as_array(wrong, len(values))
    kept = None if pick.constant is not None or pick.row_number else _kept(came, values, plain, column)
    if codes is None:
        stand_ins = sum(bool(text) for text in bare if text in absent) if column.kind == "id" and absent else 0
        days = None
        if column.kind == "time" and not pick.since:
            days = days_alone(bare, values, plain, "" if pick.counts else pick.format, reckoning)
        return Parsed(array, reasons, kept, stand_ins, days)
    return Parsed(array.take(codes), None if reasons is None else reasons[codes], None if kept is None else kept[codes])


def _as_array(wrong: dict[int, str], count: int) -> Texts | None:
    """Position -> reason as one reason a row; None where nothing is wrong."""
    if not wrong:
        return None
    reasons = np.full(count, "", dtype=object)
    reasons[list(wrong)] = list(wrong.values())
    return reasons


def _read(
    came: list[str], bare: list[str], absent: set[str], column: Column, pick: Pick, reckoning: Reckoning
) -> tuple[list[Any], dict[int, str], list[Any]]:
    """One value per text, None where there is none; position -> reason of those that cannot be trusted; and what the
    texts say without a rule, None where they do not."""
    if pick.since:
        values, wrong = _read_each(bare, absent, _length_reader(pick.unit), pick.prefix, [None] * len(bare))
        return values, wrong, [None] * len(bare)
    if column.kind == "time":
        plain = reckoning.plain(came, pick.given)
        values, wrong = _read_each(bare, absent, _time_reader(reckoning, pick), pick.prefix, list(plain))
        wrong |= dict.fromkeys((place for place in wrong if stands_for_none(bare[place])), "placeholder_time")
        for place in placeholders(values):
            values[place], wrong[place] = None, "placeholder_time"
        return values, wrong, plain
    if column.kind in _DTYPES:
        reader = _WORDED[column.kind](pick) if column.kind in _WORDED else number_reader(column, pick)
        values, wrong = _read_each(bare, absent, reader, pick.prefix, [None] * len(bare))
        itself = SAYS_ITSELF.get if column.kind in _WORDED else plain_number  # no word of a band is one of them
        return values, wrong, [itself(text) for text in came]
    if column.kind == "text":
        # Customers' words stay as they came unless a map says otherwise; ids and names are trimmed.
        kept = _worded(bare if pick.strip or pick.prefix else came, bare, absent, pick.prefix)
        return kept, _lost_words(bare) if reckoning.typed else {}, kept
    words = _worded(bare, bare, absent, pick.prefix)
    if pick.names or column.name in OVERLAPPING:
        words = named_groups(words, column, pick)
    return words, _lost(bare, column), [text or None for text in came]


def _worded(words: list[str], bare: list[str], absent: set[str], prefix: str) -> list[Any]:
    """The words without the guard of an export, None where there are none."""
    said: list[Any] = [without_guard(word) if word[:1] == "'" else word for word in words]
    if prefix:
        said = [prefix + word for word in said]
    return [None if text in absent else word for text, word in zip(bare, said, strict=True)] if absent else said


def _read_each(
    bare: list[str], absent: set[str], read: Callable[[str], float], prefix: str, values: list[Any]
) -> tuple[list[Any], dict[int, str]]:
    """Values of numbers and times; those that are known already need no reading."""
    wrong: dict[int, str] = {}
    for position, known in enumerate(values):
        if known is None and (text := bare[position]) not in absent:
            try:
                values[position] = read(prefix + text)
            except Unreadable as err:
                wrong[position] = _broken(text) or str(err)
    return values, wrong


def _time_reader(reckoning: Reckoning, pick: Pick) -> Callable[[str], float]:
    moment = reckoning.reader(pick.format)

    def read(text: str) -> int:
        try:
            return moment(text)
        except (ValueError, OverflowError) as err:
            raise Unreadable("unknown_zone" if ends_in_zone(text) else "not_a_time") from err

    return read


def _length_reader(unit: str) -> Callable[[str], float]:
    def read(text: str) -> int:
        try:
            return read_duration(text, unit)
        except ValueError as err:
            raise Unreadable("not_a_duration") from err

    return read


def _lost_words(bare: list[str]) -> dict[int, str]:
    """Position -> reason of words that a workbook did not keep."""
    wrong = {position: "cell_twice" for position, text in enumerate(bare) if text.startswith(TWICE)}
    return wrong | {position: "not_calculated" for position, text in enumerate(bare) if _FORMULA.fullmatch(text)}


def _broken(text: str) -> str:
    """The reason of a cell that a workbook leaves without a value: a failed formula, or two cells in one place."""
    if text in ERRORS:
        return "error_cell"
    return "cell_twice" if text.startswith(TWICE) else ""


def _lost(bare: list[str], column: Column) -> dict[int, str]:
    """Position -> reason of ids and names that a spreadsheet lost before they came here."""
    wrong: dict[int, str] = {}
    everything = "\n".join(bare)  # hardly a column has one of these signs at all
    if "#" in everything:
        wrong |= {position: reason for position, text in enumerate(bare) if (reason := _broken(text))}
    if "=" in everything:
        wrong |= {position: "not_calculated" for position, text in enumerate(bare) if _FORMULA.fullmatch(text)}
    if column.kind == "id" and ("+" in everything or ".0" in everything):
        wrong |= {position: "digits_lost" for position, text in enumerate(bare) if _ROUNDED.fullmatch(text)}
    return wrong


def _kept(came: list[str], values: list[Any], plain: list[Any], column: Column) -> Texts | None:
    """The texts of which a rule made the values; words never, and a customer's id is not kept beside its hash."""
    if column.kind == "text" or column.name == "customer_id":
        return None
    if values == plain and None not in plain:  # as most columns are: nothing to look at text by text
        return None
    triples = zip(came, values, plain, strict=True)
    kept = ["" if value == said and (said is not None or not text) else text for text, value, said in triples]
    return np.array(kept, dtype=object) if any(kept) else None


def _distinct(texts: Texts, column: Column) -> tuple[Texts, np.ndarray[Any, Any] | None]:
    """The texts to read, and which of them each row has; None where looking for repeats costs more than it saves."""
    if column.kind in ("id", "text", "time"):
        return texts, None
    codes, distinct = pd.factorize(texts)
    return distinct, codes


def absent_among(bare: list[str], column: Column, pick: Pick) -> set[str]:
    """Those of the trimmed cells that mean "no value"."""
    usual: frozenset[str] = frozenset()
    if column.kind in _DTYPES:
        usual = NO_VALUE | NOT_KNOWN if column.kind == "flag" else NO_VALUE
    else:
        usual = NO_ID if column.kind == "id" else SKIPPED
    own = {text.strip() for text in pick.missing} | {""}
    # What is longer than the longest marker need not be looked at: most comments are, and all ids.
    longest = max(map(len, own | usual))
    if not longest:
        return {""} if "" in bare else set()
    looked_at: Iterable[str] = bare
    if column.kind == "id" and not pick.missing:  # none of its markers ends in a digit above 0, nearly all ids do
        looked_at = [text for text in bare if text[-1:] not in _ONE_TO_NINE]
    short = {text for text in looked_at if len(text) <= longest}
    found = {text for text in short if text in own or unicodedata.normalize("NFKC", text).casefold() in usual}
    if column.name in OVERLAPPING:
        found |= {text for text in bare if says_no_group(text, column, pick)}
    if column.kind != "id":
        return found
    found |= {text for text in short if not text.strip("0") or not any(map(str.isalnum, text))}  # zeros, signs
    if not column.required:
        return found
    # a numbering may begin with 0 or 00000; several rows of that number have none
    return found - {text for text in found if text and not text.strip("0") and bare.count(text) == 1}


def _strip(text: str, affixes: tuple[str, ...]) -> str:
    for affix in affixes:
        text = text.removeprefix(affix).removesuffix(affix).strip()
    return text
