"""A map made on the page: the form's choices as the table of a map's TOML file.

Owns the names of the choices and their form in the file. loaders/maps decides what a map may contain.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

import streamlit as st

from servq.ingest.preview import header_called
from servq.loaders.maps.column_mapping import option_name
from servq.loaders.maps.map import Map, map_from_table
from servq.loaders.sources.source import Column, Source
from servq.ui.health.upload import upload_rows, upload_shape
from servq.ui.shell.language import say

NOT_THERE, CONSTANT, ROW, FROM = "not-there", "constant", "row", "from:"
"""The origins of a column's values; after FROM stands a header of the file."""

_LISTED = re.compile(r"\s*[,，、;；]\s*")  # 暂无、99 -> 暂无 | 99
_OPTIONS = re.compile(r"\s*[;；]\s*")  # 3、出行(商务)=商务；3、出行(亲子)=亲子: headers have commas of their own
_RANGE = re.compile(r"\s*(-?[0-9]+)\s*[-–~至,，]\s*([0-9]+)\s*")  # 1-5, 0~10


def key(source: str, *names: str) -> str:
    """The session key of a choice of the form."""
    return "-".join(("map", source, *names))


def usual(column: Column, headers: Sequence[str]) -> str:
    """The default header of a column: the one of its name, if there is just one."""
    found = header_called(column, headers)
    return NOT_THERE if found is None else FROM + found


def made(source: str) -> Map | None:
    """The map that this reader has made for a source; None before the first.

    Raises:
        UsageError: it makes no sense; the message says what.
    """
    table = st.session_state.get(key(source, "table"))
    return None if table is None else map_from_table(table, say("页面上的映射", "the map made here"))


def fill_in(source: Source, table: Mapping[str, Any]) -> None:
    """Set the form's choices to those of a map; columns that it lacks and the source needs become values to type."""
    columns, read = table["columns"], table.get("read", {})
    # what was chosen for another file says nothing of this one; typed values (channel, team) stay
    for name in ("encoding", "delimiter", "sheet", "timezone"):
        st.session_state[key(source.name, name)] = read.get(name, "")
    for name in ("header_row", "header_rows"):
        st.session_state[key(source.name, name)] = read.get(name)
    upload_shape.forget(source.name)
    for column in source.columns:
        entry = columns.get(column.name)
        said: dict[str, Any] = {"from": entry} if isinstance(entry, str) else dict(entry or {})
        place = key(source.name, column.name, "from")
        if said.get("row_number"):
            st.session_state[place] = ROW
        elif header := said.get("from") or next(iter((*said.get("first", ()), *said.get("join", ()))), ""):
            st.session_state[place] = FROM + header
        else:
            st.session_state[place] = CONSTANT if column.required else NOT_THERE
        for name, text in _typed_texts(said).items():
            st.session_state[key(source.name, column.name, name)] = text


def _typed_texts(said: Mapping[str, Any]) -> dict[str, str]:
    """The options of a map's column as they are typed into the form."""
    texts = {name: str(said.get(name, "")) for name in ("format", "prefix", "since", "unit", "satisfied_from")}
    for name in ("missing", "strip"):
        several = said.get(name, ())
        texts[name] = several if isinstance(several, str) else "、".join(several)
    for name in ("first", "join"):
        texts[name] = "、".join(said.get(name, ())[1:])  # the first of them is chosen as the header
    for name in ("words", "names"):
        texts[name] = "、".join(f"{word}={value}" for word, value in said.get(name, {}).items())
    return texts | {"scale": "-".join(map(str, said.get("scale", ())))}


def apply(source: Source) -> None:
    """Make the map from the form (a widget's callback)."""
    st.session_state[key(source.name, "table")] = _table(source)


def is_applied(source: Source) -> bool:
    """Whether the map equals the form's present choices."""
    return bool(st.session_state.get(key(source.name, "table")) == _table(source))


def _table(source: Source) -> dict[str, Any]:
    read = read_options(source.name)
    columns = {name: entry for name in source.names if (entry := _entry(source.name, source.column(name))) is not None}
    some: dict[str, Any] = {"rows": upload_rows.rules(source.name), **upload_shape.table(source.name), "read": read}
    return {"source": source.name} | {name: said for name, said in some.items() if said} | {"columns": columns}


def read_options(source: str) -> dict[str, Any]:
    """The form's choices about reading the file, without those left to detection."""
    said = {name: st.session_state.get(key(source, name)) for name in ("encoding", "delimiter", "sheet", "timezone")}
    found: dict[str, Any] = {name: value for name, value in said.items() if value}
    rows = {name: st.session_state.get(key(source, name)) for name in ("header_row", "header_rows")}
    rows = rows if rows["header_row"] else {}
    return found | {name: int(row) for name, row in rows.items() if row}


def _entry(source: str, column: Column) -> str | dict[str, Any] | None:
    """The entry of a column in [columns]; None when it is left out."""
    chosen = st.session_state.get(key(source, column.name, "from"), NOT_THERE)
    if chosen == NOT_THERE:
        return None
    if chosen == ROW:
        return {"row_number": True}
    if chosen == CONSTANT:
        return {"constant": _typed(source, column, "constant")}
    header = chosen.removeprefix(FROM)
    told = options(source, column)
    if "options" in told:
        return {"options": told["options"]}
    for several in ("join", "first"):
        if several in told:
            return told | {several: [header, *told[several]]}
    return {"from": header} | told if told else header


def options(source: str, column: Column) -> dict[str, Any]:
    """The options of a column's cells that the form sets."""
    found: dict[str, Any] = {}
    for name in ("format", "prefix", "since", "unit"):
        if text := _typed(source, column, name):
            found[name] = text
    for name in ("missing", "strip", "join", "first"):
        if words := [word for word in _LISTED.split(_typed(source, column, name)) if word]:
            found[name] = words
    if least := _typed(source, column, "satisfied_from"):
        found["satisfied_from"] = _number(least)
    if answers := _LISTED.split(_typed(source, column, "words")):
        found |= _words(answers)
    found |= _groups(source, column)
    if scale := _typed(source, column, "scale"):
        ends = _RANGE.fullmatch(scale)
        found["scale"] = [int(end) for end in ends.groups()] if ends else [scale]  # what is no scale is refused as such
    return found


def _groups(source: str, column: Column) -> dict[str, Any]:
    """How several answers stand in a cell or in columns of their own, and the names of codes."""
    found: dict[str, Any] = {}
    if between := _typed(source, column, "several"):
        found["several"] = between.split()  # signs, with blanks between them
    if ticks := [one.partition("=") for one in _OPTIONS.split(_typed(source, column, "options")) if one]:
        found["options"] = {header.strip(): name.strip() or option_name(header) for header, _, name in ticks}
    if codes := [code.partition("=") for code in _LISTED.split(_typed(source, column, "names")) if code]:
        found["names"] = {code.strip(): name.strip() for code, _, name in codes}
    return found


def _words(answers: Sequence[str]) -> dict[str, Any]:
    """Answers in words, each with its number; what is no number is refused where maps are read."""
    pairs = [answer.partition("=") for answer in answers if answer]
    said = {word.strip(): _number(text.strip()) for word, _, text in pairs}
    return {"words": said} if said else {}


def _number(text: str) -> int | float | str:
    """A number as a map has it; what is none stays text and is refused as such where maps are read."""
    with suppress(ValueError):
        return int(text) if text.lstrip("-").isdecimal() else float(text)
    return text


def _typed(source: str, column: Column, name: str) -> str:
    return str(st.session_state.get(key(source, column.name, name)) or "").strip()
