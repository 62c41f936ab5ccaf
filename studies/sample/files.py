"""File writers of the sample: GB18030 text and workbooks with the same bytes every time."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

Cell = str | int | float | datetime | None
STAMP = datetime(2026, 9, 28, 8, 30)
"""The morning after the last week: when all three systems were exported."""


def write_csv(path: Path, header: Sequence[str], rows: Sequence[Sequence[str]], unquoted: Sequence[int] = ()) -> None:
    """A survey tool's export: GB18030, CRLF, line breaks inside comments as a bare LF.

    `unquoted` are spreadsheet rows that the tool wrote without quotes, so that a comma in the last cell breaks them.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    for number, row in enumerate(rows, start=2):
        if number in unquoted:
            text.write(",".join(row) + "\r\n")
        else:
            writer.writerow(row)
    path.write_bytes(text.getvalue().encode("gb18030"))


def write_workbook(path: Path, sheet: str, header: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
    """One sheet with a bold, frozen header row and real dates."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    page.freeze_panes = "A2"
    page.append(list(header))
    for number, title in enumerate(header, start=1):
        page.cell(1, number).font = Font(bold=True)
        page.column_dimensions[get_column_letter(number)].width = 20 if title.endswith("时间") else 14
    for row in rows:
        page.append(list(row))
    dates = {column for row in rows for column, value in enumerate(row) if isinstance(value, datetime)}
    for cells in page.iter_rows(min_row=2):
        for column in dates:
            cells[column].number_format = "yyyy-mm-dd hh:mm:ss"
    book.properties.creator = "客户服务部"
    book.properties.created = book.properties.modified = STAMP
    raw = io.BytesIO()
    book.save(raw)
    path.write_bytes(_timeless(raw.getvalue()))


def _timeless(workbook: bytes) -> bytes:
    """The same archive with every date set to `STAMP`: openpyxl writes the hour of the day into both places."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = _set_modified(part)
            new.writestr(zipfile.ZipInfo(name, STAMP.timetuple()[:6]), part, zipfile.ZIP_DEFLATED, 9)
    return packed.getvalue()


def _set_modified(core: bytes) -> bytes:
    """`core.xml` with the date of saving, e.g. <dcterms:modified ...>2026-09-28T08:30:00Z</dcterms:modified>."""
    head, tail = core.split(b"<dcterms:modified", 1)
    opening, rest = tail.split(b">", 1)
    return (
        head + b"<dcterms:modified" + opening + b">" + f"{STAMP:%Y-%m-%dT%H:%M:%SZ}".encode() + rest[rest.index(b"<") :]
    )
