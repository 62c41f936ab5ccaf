"""The mapping of one canonical column in a map, and the reading of its options.

Owns the options of a column. Never knows a whole map (see map.py) and never reads a cell (see values.py).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from math import inf
from typing import TYPE_CHECKING, Any

from servq.errors import UsageError, suggest
from servq.loaders.times.time_format import CALENDARS, NUMBERS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from servq.loaders.sources.source import Column


@dataclass(frozen=True)
class Pick:
    """The mapping of one canonical column: where its values come from, and how their text is read.

    Attributes:
        header: the file's header (`from` in TOML).
        constant: one text for every row instead of a header.
        row_number: an id made of the file's hash and the row number, for exports without ids.
        format: strptime format of a time.
        strip: texts removed from the beginning or the end of a cell.
        missing: cells that mean "no value".
        scale: lowest and highest answer that the export allows.
        prefix: text put before each cell that has a value.
        words: words that are answers, each with its number.
        required: whether a row without a value is set aside although the source would take it.
    """

    header: str = ""
    constant: str | None = None
    row_number: bool = False
    format: str = ""
    strip: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    scale: tuple[float, float] | None = None
    prefix: str = ""
    words: tuple[tuple[str, float], ...] = ()
    required: bool = False

    @property
    def counts(self) -> bool:
        """Whether its format is a number counted from some day."""
        return self.format in NUMBERS or self.format in CALENDARS

    @property
    def given(self) -> bool:
        """Whether the map changes the meaning of a cell."""
        return bool(self.format or self.prefix)


COLUMN_OPTIONS = tuple("from" if option.name == "header" else option.name for option in fields(Pick))


def read_pick(given: Any, column: Column, where: str) -> Pick:
    """One entry of [columns]: a header, or a table of options."""
    if isinstance(given, str):
        return Pick(header=given)
    options = typed(given, dict, where)
    known(options, COLUMN_OPTIONS, where, "选项", "option")
    if sum(bool(key in options and options[key] is not False) for key in ("from", "constant", "row_number")) != 1:
        raise UsageError(
            "from、constant、row_number 必须且只能写一个",
            "exactly one of from, constant and row_number is needed",
            where=where,
        )
    return Pick(
        header=typed(options.get("from", ""), str, f"{where}.from"),
        constant=_constant(options["constant"], f"{where}.constant") if "constant" in options else None,
        row_number=_row_number(options.get("row_number", False), column, f"{where}.row_number"),
        format=_format(options.get("format", ""), column, f"{where}.format"),
        strip=_texts(options.get("strip", ()), f"{where}.strip"),
        missing=_texts(options.get("missing", ()), f"{where}.missing"),
        scale=_scale(options["scale"], column, f"{where}.scale") if "scale" in options else None,
        prefix=typed(options.get("prefix", ""), str, f"{where}.prefix"),
        words=_words(options["words"], column, f"{where}.words") if "words" in options else (),
        required=typed(options.get("required", False), bool, f"{where}.required"),
    )


def _constant(value: Any, where: str) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float | date | datetime):
        raise nonsense(where, value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _row_number(value: Any, column: Column, where: str) -> bool:
    if typed(value, bool, where) and column.kind != "id":
        raise nonsense(where, f"{column.name} = row_number")
    return bool(value)


def _format(value: Any, column: Column, where: str) -> str:
    """A strptime format that gives a whole date: one that forgets the year would put every answer into 1900."""
    wanted: str = typed(value, str, where)
    if not wanted or (column.kind == "time" and wanted in (*NUMBERS, *CALENDARS)):
        return wanted
    probe = datetime(2011, 12, 28, tzinfo=UTC)
    try:
        whole = datetime.strptime(probe.strftime(wanted), wanted).date() == probe.date()
    except (ValueError, re.error) as err:  # strptime makes a pattern of it, which cannot name a part twice
        raise nonsense(where, wanted, "%Y-%m-%d %H:%M:%S") from err
    if column.kind != "time" or not whole:
        raise nonsense(where, wanted, "%Y-%m-%d %H:%M:%S")
    return wanted


def _scale(value: Any, column: Column, where: str) -> tuple[float, float]:
    """The export's scale. It must end where servq's ends: 5 of 5 is not a likelihood of 5, and nothing is rescaled."""
    if column.kind not in ("score", "number") or not isinstance(value, list) or len(value) != 2:
        raise nonsense(where, value, "[1, 5]")
    low, high = (float(typed(end, (int, float), where)) for end in value)
    inside = (column.low is None or low >= column.low) and (column.high is None or high == column.high)
    if low >= high or not inside:
        allowed = f"[{column.low:g}, {column.high:g}]" if column.high is not None else "[0, …]"
        raise UsageError(
            f"量表 {value} 与 {column.name} 的 {allowed} 不符",
            f"the scale {value} does not fit {column.name}, which is {allowed}",
            where=where,
            hint_zh="servq 不做量表换算；请不要映射这一列",
            hint_en="servq never rescales an answer; leave this column out",
        )
    return low, high


def _words(value: Any, column: Column, where: str) -> tuple[tuple[str, float], ...]:
    """Answers in words, each with a number that the column takes; two words may be one answer."""
    given = typed(value, dict, where)
    if column.kind not in ("score", "number", "flag") or not given:
        raise nonsense(where, value, "{ '非常满意' = 5, '满意' = 4 }")
    numbers = {word: float(typed(number, (int, float), where)) for word, number in given.items()}
    for word, number in numbers.items():
        low, high = (-inf if column.low is None else column.low), (inf if column.high is None else column.high)
        if not low <= number <= high or (column.whole and not number.is_integer()):
            raise nonsense(where, f"{word} = {number:g}", f"{word} = {high:g}")
    return tuple(numbers.items())


def known(given: dict[str, Any], names: Iterable[str], where: str, zh: str, en: str) -> None:
    """Refuse the first key that is none of the names, with the nearest name as hint."""
    names = list(names)
    for key in given:
        if key not in names:
            near, listed = suggest(key, names), ", ".join(names)
            raise UsageError(
                f"没有名为“{key}”的{zh}",
                f"there is no {en} named '{key}'",
                where=where,
                hint_zh=f"是否想用 {near}？" if near else f"可用：{listed}",
                hint_en=f"Did you mean {near}?" if near else f"Known: {listed}",
            )


def _texts(value: Any, where: str) -> tuple[str, ...]:
    given = [value] if isinstance(value, str) else typed(value, (list, tuple), where)
    return tuple(typed(text, str, where) for text in given)


def typed(value: Any, kind: Any, where: str) -> Any:
    """The value, if TOML gave the kind that is expected here."""
    # bool is an int to Python, never to somebody who writes a map.
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise nonsense(where, value)
    return value


def nonsense(where: str, value: object, example: str = "") -> UsageError:
    """The error for an invalid value in a map."""
    return UsageError(
        f"“{value}”在这里没有意义",
        f"'{value}' makes no sense here",
        where=where,
        hint_zh=f"例如 {example}" if example else "写法见 docs/maps.md",
        hint_en=f"For example {example}" if example else "See docs/maps.md",
    )
