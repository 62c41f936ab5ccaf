"""Maps: TOML files that fit a foreign export to a source without code.

Owns reading a map and refusing an invalid one. Never opens the export itself. Guide: docs/maps.md.
"""

from __future__ import annotations

import codecs
import hashlib
import json
import re
import tomllib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from servq.errors import UsageError
from servq.loaders.maps.column_mapping import Pick, read_pick
from servq.loaders.maps.entries import known, nonsense, typed
from servq.loaders.maps.row_rules import RowRule, read_rules
from servq.loaders.maps.shapes import ITEM_COLUMNS, ItemColumns, LongTable, read_items, read_long
from servq.loaders.sources.catalog import get_source
from servq.settings import BUSINESS_ZONE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from servq.loaders.sources.source import Source

ON_CHANGE = ("conflict", "replace")
"""The treatment of a row that is known with other content and has no time of change; the first is the default."""

EVERY_SHEET = "*"
"""As `sheet`: all visible sheets that have what is needed, one after the other. No sheet can be called so."""

_BYTE = re.compile(r"(?:0[xX])?[89A-Fa-f][0-9A-Fa-f]")

READ_OPTIONS = ("encoding", "delimiter", "sheet", "header_row", "header_rows", "timezone", "undecodable")


@dataclass(frozen=True)
class Map:
    """One map, checked against its source. Empty texts and None mean "detect it".

    `text` is what the map says, as JSON (`map_from_table` reads it back), and `sha256` its hash: not of how its file is
    laid out. `on_change` is one of ON_CHANGE. Where a `questionnaire` is named, ids are those within it:
    its name stands before each. Of `header_rows` rows from `header_row` on the first one names the
    columns. `undecodable` says what bytes mean that the encoding does not know. `rows` are the rules by
    which rows are left out; `long` and `items` turn the table round.
    """

    name: str
    source: str
    columns: dict[str, Pick]
    questionnaire: str = ""
    rows: tuple[RowRule, ...] = ()
    long: LongTable | None = None
    items: ItemColumns | None = None
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    header_row: int | None = None
    header_rows: int = 1
    undecodable: Mapping[int, str] = field(default_factory=dict)
    timezone: ZoneInfo = field(default=BUSINESS_ZONE)
    on_change: str = ON_CHANGE[0]
    sha256: str = ""
    text: str = ""

    @property
    def headers(self) -> tuple[str, ...]:
        """Every header that it names, as it writes them."""
        picked = (header for pick in self.columns.values() for header in pick.headers)
        long = () if self.long is None else (self.long.id, self.long.question, self.long.answer)
        items = () if self.items is None else self.items.columns
        return (*picked, *(rule.header for rule in self.rows), *long, *items)

    @property
    def tells_zone(self) -> bool:
        """Whether it names the zone of times without an offset."""
        return "timezone" in (json.loads(self.text).get("read", {}) if self.text else {})


def read_map(path: Path) -> Map:
    """The map in a TOML file.

    Raises:
        UsageError: it cannot be read, or has a key, a column or an option that makes no sense.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as err:
        raise UsageError("映射文件打不开", "the map cannot be opened", where=str(path)) from err
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as err:
        raise UsageError(
            f"映射文件不是有效的 TOML：{err}", f"the map is not valid TOML: {err}", where=str(path)
        ) from err
    return map_from_table(table, path.name)


def map_from_table(table: dict[str, Any], name: str) -> Map:
    """The map in an already parsed TOML table; `name` stands in messages.

    Raises:
        UsageError: as for `read_map`.
    """
    known(
        table, ("source", "on_change", "questionnaire", "rows", "long", "items", "read", "columns"), name, "键", "key"
    )
    for needed in ("source", "columns"):
        if needed not in table:
            raise UsageError(f"映射缺少 {needed}", f"the map has no {needed}", where=name)
    source = get_source(typed(table["source"], str, f"{name}: source"))
    columns = typed(table["columns"], dict, f"{name}: [columns]")
    items = read_items(table.get("items"), source.name, f"{name}: [items]")
    columns = (ITEM_COLUMNS if items is not None else {}) | columns
    known(columns, source.names, f"{name}: [columns]", "标准列", "canonical column")
    picks = {
        key: read_pick(columns[key], source.column(key), f"{name}: {key}") for key in source.names if key in columns
    }
    _complete(picks, source, name)
    _starts(picks, source, name)
    questionnaire = typed(table.get("questionnaire", ""), str, f"{name}: questionnaire").strip()
    picks |= _within(picks, source.key[0], questionnaire)
    read = typed(table.get("read", {}), dict, f"{name}: [read]")
    text = json.dumps(table, sort_keys=True, default=str)
    said = hashlib.sha256(text.encode()).hexdigest()
    options = _read_options(read, f"{name}: [read]") | _on_change(table, name)
    return Map(
        name=name,
        source=source.name,
        columns=picks,
        questionnaire=questionnaire,
        rows=read_rules(table.get("rows", []), f"{name}: [[rows]]"),
        long=read_long(table.get("long"), f"{name}: [long]"),
        items=items,
        sha256=said,
        text=text,
        **options,
    )


def in_questionnaire(name: str, source: str, columns: dict[str, str], map_: Map | None) -> Map:
    """The same map, or the one that a file without a map was read by, for one questionnaire of that name.

    Args:
        columns: canonical column -> header, as the file was matched.
    """
    table: dict[str, Any] = json.loads(map_.text) if map_ is not None else {"source": source, "columns": columns}
    return map_from_table(table | {"questionnaire": name}, map_.name if map_ is not None else name)


def _within(picks: dict[str, Pick], key: str, questionnaire: str) -> dict[str, Pick]:
    """The key of a questionnaire's rows: a number of the file, behind the questionnaire's name."""
    pick = picks.get(key)
    if not questionnaire or pick is None or not pick.headers:
        return {}
    return {key: replace(pick, prefix=f"{questionnaire}-{pick.prefix}")}


def _on_change(table: dict[str, Any], name: str) -> dict[str, str]:
    chosen = typed(table.get("on_change", ON_CHANGE[0]), str, f"{name}: on_change")
    if chosen not in ON_CHANGE:
        raise nonsense(f"{name}: on_change", chosen, " | ".join(ON_CHANGE))
    return {"on_change": chosen}


def _read_options(read: dict[str, Any], where: str) -> dict[str, Any]:
    known(read, READ_OPTIONS, where, "选项", "option")
    kinds: dict[str, type] = {"header_row": int, "header_rows": int, "undecodable": dict}
    options = {key: typed(read[key], kinds.get(key, str), f"{where} {key}") for key in read}
    if "encoding" in options:
        try:
            codecs.getincrementaldecoder(options["encoding"])
            "a".encode(options["encoding"])  # what is no encoding of text says so
        except (LookupError, UnicodeError) as err:
            raise nonsense(f"{where} encoding", options["encoding"]) from err
    if "timezone" in options:
        try:
            options["timezone"] = ZoneInfo(options["timezone"])
        except (KeyError, ValueError, OSError) as err:
            raise nonsense(f"{where} timezone", options["timezone"], "Asia/Shanghai") from err
    if len(options.get("delimiter", ",")) != 1:
        raise nonsense(f"{where} delimiter", options["delimiter"], ",")
    if "undecodable" in options:
        options["undecodable"] = _meanings(options, where)
    if options.get("header_row", 1) < 1:
        raise nonsense(f"{where} header_row", options["header_row"], "1")
    if options.get("header_rows", 1) < 1 or ("header_rows" in options and "header_row" not in options):
        raise nonsense(f"{where} header_rows", options["header_rows"], "header_row = 1, header_rows = 2")
    return options


def _meanings(options: dict[str, Any], where: str) -> dict[int, str]:
    """The meanings of single bytes, byte -> text; only with an encoding, as each encoding lacks other bytes."""
    if "encoding" not in options:
        raise nonsense(f"{where} undecodable", "", 'encoding = "gb18030"')
    found = {}
    for byte, text in options["undecodable"].items():
        if not _BYTE.fullmatch(byte) or not isinstance(text, str):
            raise nonsense(f"{where} undecodable", f"{byte} = {text}", '{ "80" = "€" }')
        found[int(byte, 16)] = text
    return found


def _starts(picks: dict[str, Pick], source: Source, name: str) -> None:
    """Durations count from another time of the map, which is no duration itself."""
    for key, pick in picks.items():
        start = picks.get(pick.since)
        if pick.since and (start is None or start.since or source.column(pick.since).kind != "time"):
            raise nonsense(
                f"{name}: {key}.since", pick.since, f'since = "{source.time_order[0][0]}"' if source.time_order else ""
            )


def _complete(picks: dict[str, Pick], source: Source, name: str) -> None:
    missing = [key for key in source.required if key not in picks]
    if missing:
        listed = ", ".join(missing)
        raise UsageError(
            f"映射缺少必需列：{listed}",
            f"the map leaves out required columns: {listed}",
            where=f"{name}: [columns]",
            hint_zh='导出文件没有的列可写 { constant = "…" }',
            hint_en='a column that the export lacks may be { constant = "…" }',
        )
