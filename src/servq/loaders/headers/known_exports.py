"""Known exports: survey tools recognised by the headers of their files, and the map that fits such a file.

Owns the reading of `data/maps/known/*.toml`, one file a tool, and the wordings by which questions find their columns:
a tool's own headers are always the same, those of its questions are the author's. A map is offered, never used unasked.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from servq.errors import UsageError, unknown
from servq.loaders.headers.header_words import named, plain
from servq.loaders.headers.headers import called
from servq.loaders.headers.matrix import parts
from servq.loaders.maps.map import Map, map_from_table
from servq.loaders.sources.catalog import get_source
from servq.records import Label

if TYPE_CHECKING:
    from pathlib import Path

    from servq.loaders.sources.source import Source

_ZONE = re.compile(r'"timeZone":\s*"([^"]+)"')  # {"ImportId":"recordedDate","timeZone":"Asia/Shanghai"}

SURE = 3
"""Headers from which on their case does not count: one or two may be anybody's."""

QUESTIONS: dict[str, re.Pattern[str]] = {
    "likelihood": re.compile(r"推荐.*(可能|意愿)|(可能|意愿|愿意).*推荐|likel.*recommend|recommend.*(likel|0.*10)"),
    "csat": re.compile(r"总体.*满意|整体.*满意|overall.*satisf|how satisfied"),
    "comment": re.compile(r"意见|建议|评论|comment|feedback|suggest|anything else|reason for your"),
}
"""Canonical column -> the wording of its question. A column that two headers of a file may be is left out."""

_WHY = re.compile(r"原因|理由|为什么|为何|\bwhy\b|reason")
"""A question for the reason of a score names the score, and is none: 您愿意推荐我们的主要原因是什么."""


@dataclass(frozen=True)
class KnownExport:
    """A tool whose exports are recognised.

    Attributes:
        headers: headers that each of its exports has.
        columns: canonical column -> header, or a table of options as in a map.
        read: [read] options of the map.
        questions: the columns that are looked for among the author's questions; None is every one.
        verified: where its headers were seen.
    """

    name: str
    label: Label
    source: str
    headers: tuple[str, ...]
    columns: Mapping[str, Any]
    read: Mapping[str, Any] = field(default_factory=dict)
    questions: tuple[str, ...] | None = None
    verified: str = ""

    @property
    def names_row(self) -> int:
        """The row whose cells name the columns; the first one unless the tool writes several."""
        return int(self.read.get("header_row", 1))


def known_exports(folder: Path) -> dict[str, KnownExport]:
    """The tools of `data/maps/known` by name."""
    return {path.stem: _read(path) for path in sorted(folder.glob("*.toml"))}


def _read(path: Path) -> KnownExport:
    table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    return KnownExport(
        path.stem,
        Label(table["label"]["zh"], table["label"]["en"]),
        table["source"],
        tuple(table["headers"]),
        table["columns"],
        table.get("read", {}),
        tuple(table["questions"]) if "questions" in table else None,
        table.get("verified", ""),
    )


def recognise(rows: Iterable[Sequence[str]], source: str, known: Iterable[KnownExport]) -> KnownExport | None:
    """The tool whose headers stand in one of the first rows of a file; of several the one with most headers.

    Case does not count where a tool has `SURE` headers or more: it changed between versions of some.
    """
    rows = [[cell.strip() for cell in row] for row in rows]
    seen, folded = ([{form(cell) for cell in row} for row in rows] for form in (str, str.casefold))
    fits = [one for one in known if one.source == source and _is_in(one, seen, folded)]
    return max(fits, key=lambda one: len(one.headers), default=None)


def _is_in(one: KnownExport, seen: Sequence[set[str]], folded: Sequence[set[str]]) -> bool:
    if len(one.headers) < SURE:
        return any(row.issuperset(one.headers) for row in seen)
    return any(row.issuperset(map(str.casefold, one.headers)) for row in folded)


def table_for(known: KnownExport, rows: Sequence[Sequence[str]], said: Mapping[str, str]) -> dict[str, Any]:
    """The table of a map that fits this file: the tool's own columns, the questions by their wording, and what is said.

    A column of the tool's that this file lacks is left out.

    Args:
        rows: the first rows of the file, from the first one.
        said: canonical column -> the value that each row has; for what the export lacks (channel, team).
    """
    headers = named(rows[known.names_row - 1]) if len(rows) >= known.names_row else ()
    there = set(map(plain, headers if known.names_row == 1 else [cell for row in rows for cell in row]))
    columns = {
        name: entry
        for name, entry in known.columns.items()
        if name not in said and all(plain(header) in there for header in _headers_of(entry))
    }
    taken = {plain(header) for entry in columns.values() for header in _headers_of(entry)}
    source, rest = get_source(known.source), [one for one in headers if plain(one) not in taken]
    asked = _questions(source, rest, {*columns, *said})
    columns |= {name: header for name, header in asked.items() if known.questions is None or name in known.questions}
    read = dict(known.read)
    zone = next((found[1] for row in rows for cell in row if (found := _ZONE.search(cell))), None)
    if zone:
        read["timezone"] = zone
    return {"source": known.source} | ({"read": read} if read else {}) | {"columns": with_constants(columns, said)}


def _headers_of(entry: Any) -> tuple[str, ...]:
    """The headers that one entry of [columns] reads."""
    if isinstance(entry, str):
        return (entry,)
    one = (entry["from"],) if "from" in entry else ()
    return (*one, *entry.get("first", ()), *entry.get("join", ()))


def map_for(known: KnownExport, rows: Sequence[Sequence[str]], said: Mapping[str, str]) -> Map:
    """The same as a map.

    Raises:
        UsageError: the file lacks a required column and it is not said; the message asks for it.
    """
    table = table_for(known, rows, said)
    source = get_source(known.source)
    absent = [source.column(name) for name in source.required if name not in table["columns"]]
    if absent:
        asked = " ".join(f"--set {column.name}=…" for column in absent)
        raise UsageError(
            f"{known.label.zh}的导出没有{'、'.join(column.label.zh for column in absent)}，请指明",
            f"an export of {known.label.en} does not tell {', '.join(column.name for column in absent)}: say it",
            where=known.name,
            hint_zh=asked,
            hint_en=asked,
        )
    return map_from_table(table, known.name)


def with_constants(columns: Mapping[str, Any], said: Mapping[str, str]) -> dict[str, Any]:
    """The columns of a map, those that are said with one value for every row."""
    return dict(columns) | {name: {"constant": value} for name, value in said.items()}


def known_export(name: str, folder: Path) -> KnownExport:
    """The tool of this name.

    Raises:
        UsageError: there is none.
    """
    known = known_exports(folder)
    if name not in known:
        raise unknown("导出格式", "known export", name, known)
    return known[name]


def read_said(said: Sequence[str], source: Source) -> dict[str, str]:
    """`channel=官网` as canonical column -> value.

    Raises:
        UsageError: it is no such pair, or no column of the source.
    """
    found = {}
    for one in said:
        name, sign, value = (part.strip() for part in one.partition("="))
        if not sign or not name or not value:
            raise UsageError(f"“{one}”不是 列=值", f"'{one}' is not COLUMN=VALUE", where="--set")
        if name not in source.names:
            raise unknown("标准列", "canonical column", name, source.names)
        found[name] = value
    return found


def by_name(source: Source, headers: Sequence[str], taken: Iterable[str] = ()) -> dict[str, str]:
    """Canonical column -> the one header that is called like it, without those that are taken."""
    found = {}
    for column in source.columns:
        fits = called(column, headers)
        if len(fits) == 1 and column.name not in taken:
            found[column.name] = fits[0]
    return found


def _questions(source: Source, headers: Sequence[str], taken: set[str]) -> dict[str, str]:
    """Columns of a survey's own questions: by name as in any file, else by the wording of the question."""
    found = by_name(source, headers, taken)
    of_matrix = _items(headers)
    for name, wording in QUESTIONS.items():
        said = {header: of_matrix.get(header, header).casefold() for header in headers}
        fits = [header for header, text in said.items() if wording.search(text)]
        fits = [header for header in fits if name == "comment" or not _WHY.search(said[header])]
        if name in source.names and name not in {*taken, *found} and len(fits) == 1 and fits[0] not in found.values():
            found[name] = fits[0]
    return found


def _items(headers: Sequence[str]) -> dict[str, str]:
    """Header -> item, of the matrix questions that rate several: 总体满意度：—餐饮 asks for the meals alone."""
    columns = parts(headers)
    rated = Counter(column.stem for column in columns.values())
    return {header: column.item for header, column in columns.items() if rated[column.stem] > 1}
