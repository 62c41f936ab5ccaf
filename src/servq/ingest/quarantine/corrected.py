"""Corrected quarantine files: the export of `quarantine export`, edited by somebody and read back.

Owns the layout of that file and what in it counts as a correction: a cell that differs from the one in the warehouse.
exports.py decides how a cell is written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from servq.errors import FileRefused
from servq.ingest.reread import headers_of, said_now
from servq.loaders.headers.headers import named
from servq.loaders.read import open_table
from servq.loaders.sources.source import Column, Source
from servq.records import Label
from servq.warehouse.books import quarantine
from servq.warehouse.store.engine import Warehouse

ABOUT = {
    "quarantine_id": Label("隔离编号", "id"),
    "load_id": Label("载入", "load"),
    "source": Label("来源", "source"),
    "file_name": Label("文件", "file"),
    "row": Label("行", "row"),
    "column": Label("列", "column"),
    "value": Label("值", "value"),
    "reason": Label("原因", "reason"),
}
"""The columns about a row, before its own cells."""

HEADERS = {name: f"{label.zh} {name}" for name, label in ABOUT.items()}
"""The same as headers of the file."""

_LAYOUT = Source(
    name="quarantine",
    label=Label("隔离区", "Quarantine"),
    columns=tuple(Column(name, label, "text", (HEADERS[name],)) for name, label in ABOUT.items()),
    key=("quarantine_id",),
    sample="",
)


def read_corrections(
    warehouse: Warehouse, path: Path, *, says: Callable[[str, str], bool], plain: Callable[[str], str]
) -> dict[int, dict[str, str]]:
    """The corrected cells of each row of the file that still waits; a row without any is left out.

    Args:
        says: whether a cell, as it stands in the file, is how this text is exported.
        plain: a cell's text without what the export put around it.

    Raises:
        FileRefused: not such a file, or a row that is not in quarantine.
    """
    header, rows, _, _ = open_table(path, _LAYOUT)
    headers = named(header)
    if HEADERS["quarantine_id"] not in headers:
        raise _refused(
            path, "", f"没有“{HEADERS['quarantine_id']}”列", f"there is no column '{HEADERS['quarantine_id']}'"
        )
    found: dict[int, tuple[int, dict[str, str]]] = {}
    for number, cells in rows:
        said = dict(zip(headers, cells, strict=False))
        text = said[HEADERS["quarantine_id"]].strip()
        if not (text.isascii() and text.isdigit()) or int(text) in found:
            raise _refused(path, str(number), f"隔离编号“{text}”无效或重复", f"the id '{text}' is none, or repeated")
        found[int(text)] = (number, {name: cell for name, cell in said.items() if name not in HEADERS.values()})
    with warehouse.read() as connection:
        lines = {line["quarantine_id"]: line for line in quarantine.lines(connection, found)}
    corrections = {}
    for wanted, (number, said) in found.items():
        line = lines.get(wanted)
        if line is None:
            raise _refused(path, str(number), f"隔离区里没有编号 {wanted}", f"there is no {wanted} in quarantine")
        if line["state"] == quarantine.WAITING:
            corrections[wanted] = _differing(said, said_now(line, {}), headers_of(line), says, plain)
    return corrections


def _differing(
    said: Mapping[str, str],
    known: Mapping[str, str],
    headers: list[str],
    says: Callable[[str, str], bool],
    plain: Callable[[str], str],
) -> dict[str, str]:
    """The cells that say something else than is known. Columns of other files stay empty and say nothing."""
    return {
        header: plain(cell)
        for header, cell in said.items()
        if (header in headers or cell) and not says(cell, known.get(header, ""))
    }


def _refused(path: Path, row: str, zh: str, en: str) -> FileRefused:
    return FileRefused(
        zh,
        en,
        where=f"{path.name}:{row}" if row else path.name,
        hint_zh="请用 servq quarantine export 写出的文件更正，保留隔离编号列",
        hint_en="Correct the file that servq quarantine export wrote, and keep its id column",
    )
