"""CSV and XLSX exports that open correctly in Chinese Excel and execute nothing there.

Owns how a cell is written. It never chooses rows or columns; the ways in (cli, ui) do.

Every text is guarded (see formula_guard.py): a spreadsheet takes none of them for a formula. Numbers stay numbers.
"""

from __future__ import annotations

import csv
import io
import math
import re
import unicodedata
from datetime import date, datetime
from typing import TYPE_CHECKING

from servq.errors import UsageError
from servq.formula_guard import neutralised as neutralised
from servq.formula_guard import without_guard as without_guard

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import pandas as pd
    from openpyxl.cell import Cell as SheetCell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

Cell = object
"""Text, number, date, time, or nothing (None, NaN, NA)."""

# what XML cannot hold; shown as the control pictures of Unicode: ESC becomes ␛
_NOT_IN_XML = {code: 0x2400 + code for code in range(0x20) if code not in (0x09, 0x0A, 0x0D)}
_NOT_IN_XML |= dict.fromkeys([0xFFFE, 0xFFFF, *range(0xD800, 0xE000)], 0xFFFD)

XLSX_ROWS, XLSX_TEXT = 1_048_575, 32_767
"""The limits of a sheet and of a cell of Excel, the header not counted."""

_LOOKED_AT, _NARROWEST, _WIDEST = 500, 8, 60


def is_how(cell: str, text: str) -> bool:
    """Whether a cell read back from one of our files is this text unchanged, as the file writes it.

    >>> is_how("'=1+1", "=1+1"), is_how("=1+1", "=1+1"), is_how("9", "11")
    (True, True, False)
    """
    return cell in (text, neutralised(text), sheet_text(text))


def frame_rows(frame: pd.DataFrame) -> Iterator[tuple[Cell, ...]]:
    """The rows of a frame as plain cells, for `csv_bytes` and `xlsx_bytes`."""
    return zip(*(frame[name].astype(object).tolist() for name in frame.columns), strict=True)


def csv_text(headers: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """A table as CSV without a mark at its start, for pipes: comma, CRLF, quotes where needed, missing is empty."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([neutralised(header) for header in headers])
    writer.writerows([_csv_cell(cell) for cell in row] for row in rows)
    return out.getvalue()


def csv_bytes(headers: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A table as a CSV file for people: UTF-8 with the mark by which Chinese Excel knows it."""
    return csv_text(headers, rows).encode("utf-8-sig", errors="replace")


def xlsx_bytes(headers: Sequence[str], rows: Iterable[Sequence[Cell]], sheet: str = "servq") -> bytes:
    """A table as an XLSX file: header frozen, columns as wide as their text, nothing in it a formula.

    Control characters, which XML cannot hold, become their pictures (␛), line breaks become LF, and a text longer
    than a cell holds is cut and says so; everything else reads back equal.

    Raises:
        UsageError: more rows than a sheet holds.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    listed = list(rows)
    if len(listed) > XLSX_ROWS:
        raise UsageError(
            f"XLSX 最多容纳 {XLSX_ROWS:,} 行",
            f"an XLSX sheet holds at most {XLSX_ROWS:,} rows",
            hint_zh="请导出 CSV",
            hint_en="Export CSV instead",
        )
    book = Workbook(write_only=True)
    page = book.create_sheet(re.sub(r"[\\/*?:\[\]]", " ", sheet)[:31])
    for place, width in enumerate(_widths(headers, listed[:_LOOKED_AT]), start=1):
        page.column_dimensions[get_column_letter(place)].width = width
    page.freeze_panes = "A2"
    top = [_text_cell(page, sheet_text(header)) for header in headers]
    for cell in top:
        cell.font = Font(bold=True)
    page.append(top)
    for row in listed:
        page.append([_xlsx_cell(page, cell) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _plain(cell: Cell) -> str | int | float | date | None:
    """A cell as a plain Python value: NaN and NA are nothing, numbers of numpy are numbers."""
    if isinstance(cell, str) or cell is None:
        return cell
    if isinstance(cell, float) and not math.isfinite(cell):
        return None
    if isinstance(cell, bool | int | float | date):
        return None if cell != cell else cell  # NaT is a date that is not equal to itself
    if hasattr(cell, "item"):
        return _plain(cell.item())
    return None if type(cell).__name__ == "NAType" else str(cell)


def _csv_cell(cell: Cell) -> str | int | float | None:
    plain = _plain(cell)
    if isinstance(plain, datetime):
        return plain.isoformat(sep=" ", timespec="seconds")
    if isinstance(plain, date):
        return plain.isoformat()
    return neutralised(plain) if isinstance(plain, str) else plain


def _xlsx_cell(page: WriteOnlyWorksheet, cell: Cell) -> SheetCell | str | int | float | date | None:
    plain = _plain(cell)
    if isinstance(plain, datetime):
        return plain.replace(tzinfo=None, microsecond=0)  # Excel knows no zones
    if not isinstance(plain, str):
        return plain
    text = sheet_text(plain)
    # openpyxl would guess an error value from "#N/A"; a cell of its own for every text would take four times as long
    return _text_cell(page, text) if text.startswith(("=", "#")) else text


def sheet_text(text: str) -> str:
    """A text as a sheet can hold it; its only line break is LF."""
    safe = neutralised(text.replace("\r\n", "\n").replace("\r", "\n").translate(_NOT_IN_XML))
    if len(safe) > XLSX_TEXT:
        mark = "…（已截断 / cut）"
        safe = safe[: XLSX_TEXT - len(mark)] + mark
    return safe


def _text_cell(page: WriteOnlyWorksheet, text: str) -> SheetCell:
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(page, text)
    cell.data_type = "s"
    return cell


def _widths(headers: Sequence[str], rows: Sequence[Sequence[Cell]]) -> list[int]:
    """Column widths in characters; a Chinese character is as wide as two."""
    found = [_wide(header) for header in headers]
    for row in rows:
        for place, cell in enumerate(row):
            found[place] = max(found[place], _wide(str(_csv_cell(cell) or "")))
    return [min(max(width + 2, _NARROWEST), _WIDEST) for width in found]


def _wide(text: str) -> int:
    line = max(text.splitlines() or [""], key=len)[:_WIDEST]
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line)
