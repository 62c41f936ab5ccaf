"""The mapping of one canonical column in a map, and the reading of its options.

Owns the options of a column. Never knows a whole map (see map.py) and never reads a cell (see values.py).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from math import inf
from typing import TYPE_CHECKING, Any

from servq.errors import UsageError
from servq.loaders.maps.entries import known as known
from servq.loaders.maps.entries import nonsense as nonsense
from servq.loaders.maps.entries import typed as typed
from servq.loaders.maps.scale_options import check_turned, read_satisfied_from, read_scale
from servq.loaders.times.durations import UNITS
from servq.loaders.times.time_format import CALENDARS, NUMBERS
from servq.measures import OTHER_SCALE
from servq.records import BETWEEN, OVERLAPPING

if TYPE_CHECKING:
    from servq.loaders.sources.source import Column


@dataclass(frozen=True)
class Pick:
    """The mapping of one canonical column: where its values come from, and how their text is read.

    Attributes:
        header: the file's header (`from` in TOML).
        first: several headers instead of one; the first that has a value counts.
        join: several headers instead of one; their texts are put together.
        between: text between the parts of `join`.
        several: texts between several answers in one cell, of a dimension whose groups may overlap.
        options: instead of a header, one header per option and the group that it stands for.
        since: of a time, the canonical column from which the cells, durations then, are counted.
        unit: the unit of a duration that is a bare number.
        names: codes, each with the name that it stands for.
        constant: one text for every row instead of a header.
        row_number: an id made of the file's hash and the row number, for exports without ids.
        format: strptime format of a time.
        strip: texts removed from the beginning or the end of a cell.
        missing: cells that mean "no value".
        scale: lowest and highest answer that the export allows.
        prefix: text put before each cell that has a value.
        words: words that are answers, each with its number.
        satisfied_from: of a satisfaction on another scale, the lowest answer that counts as satisfied.
        required: whether a row without a value is set aside although the source would take it.
    """

    header: str = ""
    first: tuple[str, ...] = ()
    join: tuple[str, ...] = ()
    between: str = " "
    several: tuple[str, ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    since: str = ""
    unit: str = ""
    names: tuple[tuple[str, str], ...] = ()
    constant: str | None = None
    row_number: bool = False
    format: str = ""
    strip: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    scale: tuple[float, float] | None = None
    prefix: str = ""
    words: tuple[tuple[str, float], ...] = ()
    satisfied_from: float | None = None
    required: bool = False

    @property
    def headers(self) -> tuple[str, ...]:
        """The headers of the file that it reads."""
        if self.options:
            return tuple(header for header, _ in self.options)
        return (self.header,) if self.header else self.first or self.join

    @property
    def counts(self) -> bool:
        """Whether its format is a number counted from some day."""
        return self.format in NUMBERS or self.format in CALENDARS

    @property
    def given(self) -> bool:
        """Whether the map changes the meaning of a cell."""
        return bool(self.format or self.prefix or self.since)


_LAST_BRACKET = re.compile(r"[(（\[【]([^()（）\[\]【】]+)[)）\]】]\s*$")  # 3、出行类型(商务)
_SEPARATORS = re.compile(r"[—_:：]|\s-\s")

ORIGINS = ("from", "first", "join", "constant", "row_number", "options")
"""The options that say where values come from."""

COLUMN_OPTIONS = tuple("from" if option.name == "header" else option.name for option in fields(Pick))


def read_pick(given: Any, column: Column, where: str) -> Pick:
    """One entry of [columns]: a header, or a table of options."""
    if isinstance(given, str) and column.name != OTHER_SCALE:
        return Pick(header=given)
    given = {"from": given} if isinstance(given, str) else given
    options = typed(given, dict, where)
    known(options, COLUMN_OPTIONS, where, "选项", "option")
    scale = read_scale(options["scale"], column, f"{where}.scale") if "scale" in options else None
    if sum(bool(key in options and options[key] is not False) for key in ORIGINS) != 1:
        raise UsageError(
            f"{'、'.join(ORIGINS)} 必须且只能写一个",
            f"exactly one of {', '.join(ORIGINS)} is needed",
            where=where,
        )
    return Pick(
        header=typed(options.get("from", ""), str, f"{where}.from"),
        first=_several(options.get("first", ()), column, f"{where}.first"),
        join=_several(options.get("join", ()), column, f"{where}.join"),
        between=typed(options.get("between", " "), str, f"{where}.between"),
        several=_separators(options.get("several", ()), column, f"{where}.several"),
        options=_options(options["options"], column, f"{where}.options") if "options" in options else (),
        since=_since(options, column, where),
        unit=_unit(options.get("unit", ""), options, f"{where}.unit"),
        names=_names(options["names"], column, f"{where}.names") if "names" in options else (),
        constant=_constant(options["constant"], f"{where}.constant") if "constant" in options else None,
        row_number=_row_number(options.get("row_number", False), column, f"{where}.row_number"),
        format=_format(options.get("format", ""), column, f"{where}.format"),
        strip=_texts(options.get("strip", ()), f"{where}.strip"),
        missing=_texts(options.get("missing", ()), f"{where}.missing"),
        scale=scale,
        prefix=typed(options.get("prefix", ""), str, f"{where}.prefix"),
        words=_words(options["words"], column, f"{where}.words") if "words" in options else (),
        satisfied_from=read_satisfied_from(options.get("satisfied_from"), scale, column, f"{where}.satisfied_from"),
        required=typed(options.get("required", False), bool, f"{where}.required"),
    )


def _constant(value: Any, where: str) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float | date | datetime):
        raise nonsense(where, value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _several(value: Any, column: Column, where: str) -> tuple[str, ...]:
    """Headers of one column. A person's id is one cell: a part of it elsewhere would not be hidden as an id is."""
    headers = _texts(value, where)
    if headers and (
        len(headers) < 2 or not all(map(str.strip, headers)) or column.name in ("customer_id", "shopper_id")
    ):
        raise nonsense(where, f"{column.name} = {list(headers)}", '["日期", "时间"]')
    return headers


def _separators(value: Any, column: Column, where: str) -> tuple[str, ...]:
    found = _texts(value, where)
    if found and (column.name not in OVERLAPPING or not all(found)):
        raise nonsense(where, f"{column.name} = {list(found)}", 'segment = { from = "出行类型", several = "、" }')
    return found


def _options(value: Any, column: Column, where: str) -> tuple[tuple[str, str], ...]:
    """One header per option, each with the group that it stands for; a list leaves the names to the headers."""
    given = value if isinstance(value, dict) else {text: option_name(text) for text in _texts(value, where)}
    names = list(given.values())
    told = all(isinstance(name, str) and name.strip() and BETWEEN not in name for name in names)
    if column.name not in OVERLAPPING or not given or not told:
        raise nonsense(where, value, '{ "Q3_1" = "商务", "Q3_2" = "亲子" }')
    return tuple((header, name.strip()) for header, name in given.items())


def option_name(header: str) -> str:
    """The option in a header that names its question too.

    >>> option_name("3、出行类型(商务)"), option_name("Q3_商务"), option_name("3、出行类型：—商务"), option_name("商务")
    ('商务', '商务', '商务', '商务')
    """
    inside = _LAST_BRACKET.search(header)
    return (inside[1] if inside else _SEPARATORS.split(header)[-1]).strip() or header.strip()


def _since(options: dict[str, Any], column: Column, where: str) -> str:
    start: str = typed(options.get("since", ""), str, f"{where}.since")
    if start and (column.kind != "time" or "format" in options or start == column.name):
        raise nonsense(f"{where}.since", f"{column.name} since {start}", 'since = "opened_at"')
    return start


def _unit(value: Any, options: dict[str, Any], where: str) -> str:
    unit: str = typed(value, str, where)
    if unit and (unit not in UNITS or "since" not in options):
        raise nonsense(where, unit, 'since = "opened_at", unit = "minutes"')
    return unit


def _names(value: Any, column: Column, where: str) -> tuple[tuple[str, str], ...]:
    """Codes of a dimension, each with its name."""
    given = typed(value, dict, where)
    if column.kind != "name" or not given or not all(isinstance(name, str) and name.strip() for name in given.values()):
        raise nonsense(where, value, "{ '1' = '官网', '2' = '门店' }")
    return tuple(given.items())


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


def _words(value: Any, column: Column, where: str) -> tuple[tuple[str, float], ...]:
    """Answers in words, each with a number that the column takes; two words may be one answer."""
    given = typed(value, dict, where)
    if column.kind not in ("score", "number", "flag", "band") or not given:
        raise nonsense(where, value, "{ '非常满意' = 5, '满意' = 4 }")
    numbers = {word: float(typed(number, (int, float), where)) for word, number in given.items()}
    for word, number in numbers.items():
        low, high = (-inf if column.low is None else column.low), (inf if column.high is None else column.high)
        if not low <= number <= high or (column.whole and not number.is_integer()):
            raise nonsense(where, f"{word} = {number:g}", f"{word} = {high:g}")
    check_turned(numbers, column, where)
    return tuple(numbers.items())


def _texts(value: Any, where: str) -> tuple[str, ...]:
    given = [value] if isinstance(value, str) else typed(value, (list, tuple), where)
    return tuple(typed(text, str, where) for text in given)
