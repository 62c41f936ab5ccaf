"""The writer of maps: TOML that `read_map` reads back equal, and the folder of an installation's own maps.

Owns the layout of a map and the names of map files. Never decides what a map may contain (see map.py).
"""

from __future__ import annotations

import json
import os
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import tomli_w

from servq.errors import UsageError, unknown
from servq.loaders.maps.map import Map, read_map

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from servq.loaders.maps.column_mapping import Pick

FOLDER = "maps"
"""The folder of an installation's own maps, beside its warehouse."""

_NOT_IN_NAMES = re.compile(r"[^\w-]+")  # 携程 点评/2026.toml -> 携程-点评-2026-toml
LONGEST_NAME = 60


def as_toml(map_: Map) -> str:
    """The map as a TOML file: what it reads, then one line a column in the source's order.

    >>> from servq.loaders.maps.map import map_from_table
    >>> columns = {"visit_id": "编号", "visited_at": "日期", "channel": {"constant": "门店"}, "team": "店",
    ...            "item": "项目", "points": {"from": "得分", "missing": ["—"]}, "points_possible": "满分"}
    >>> print(as_toml(map_from_table({"source": "visits", "columns": columns}, "我的")))
    source = "visits"
    <BLANKLINE>
    [columns]
    visit_id = "编号"
    visited_at = "日期"
    channel = { constant = "门店" }
    team = "店"
    item = "项目"
    points = { from = "得分", missing = ["—"] }
    points_possible = "满分"
    <BLANKLINE>
    """
    table: dict[str, Any] = json.loads(map_.text)
    columns, read = table.pop("columns"), table.pop("read", {})
    rules = table.pop("rows", [])
    shapes = {name: table.pop(name) for name in ("long", "items") if name in table}
    parts = [_lines({"source": table.pop("source")} | table)]
    parts += ["[[rows]]\n" + _lines(rule) for rule in rules]
    parts += [f"[{name}]\n{_lines(shape)}" for name, shape in shapes.items()]
    if read:
        parts.append("[read]\n" + _lines(read))
    parts.append(
        "[columns]\n"
        + _lines({name: _in_order(columns[name], pick) for name, pick in map_.columns.items() if name in columns})
    )
    return "\n".join(parts)


def _in_order(entry: Any, pick: Pick) -> Any:
    """A map's options of a column, in the order in which they were written."""
    if not pick.words or not isinstance(entry, dict):
        return entry
    return entry | {"words": {word: entry["words"][word] for word, _ in pick.words}}


def keep_map(map_: Map, home: Path, name: str) -> Path:
    """Write a map into the installation's own folder, whole or not at all; one of the same name is replaced.

    Raises:
        UsageError: the name has no letter or digit, or the folder cannot be written.
    """
    path = home / FOLDER / f"{_file_name(name)}.toml"
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(as_toml(map_), encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        raise UsageError(
            f"映射无法保存：{error.strerror}", f"the map cannot be kept: {error.strerror}", where=path.name
        ) from error
    finally:
        with suppress(OSError):  # gone when all went well, and never there where the folder is none
            beside.unlink()
    return path


def kept_maps(home: Path, source: str) -> dict[str, Path]:
    """The installation's own maps for a source by name; a file that is no map is left out."""
    found = {}
    for path in sorted((home / FOLDER).glob("[!.]*.toml")):
        try:
            if read_map(path).source == source:
                found[path.stem] = path
        except UsageError:
            continue
    return found


def kept_map(home: Path, source: str, name: str) -> Map:
    """One of the installation's own maps.

    Raises:
        UsageError: there is none of this name for this source.
    """
    kept = kept_maps(home, source)
    if name not in kept:
        raise unknown("映射", "map", name, kept)
    return read_map(kept[name])


def _file_name(name: str) -> str:
    """A name that is a file name everywhere and leads nowhere."""
    safe = _NOT_IN_NAMES.sub("-", name.strip().removesuffix(".toml")).strip("-_")[:LONGEST_NAME]
    if not safe:
        raise UsageError(
            "映射需要一个名字",
            "the map needs a name",
            hint_zh="例如：携程点评",
            hint_en="For example: booking-site",
        )
    return safe


def _lines(table: Mapping[str, Any]) -> str:
    return "".join(f"{_key(key)} = {_inline(value)}\n" for key, value in table.items())


def _inline(value: Any) -> str:
    """A value on one line."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_key(key)} = {_inline(inner)}" for key, inner in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_inline, value)) + "]"
    return tomli_w.dumps({"x": value}).removeprefix("x = ").removesuffix("\n")


def _key(key: str) -> str:
    return tomli_w.dumps({key: 1}).removesuffix(" = 1\n")
