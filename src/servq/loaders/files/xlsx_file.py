"""XLSX workbooks: which sheet is read, and its rows of text with the row number that the spreadsheet shows.

Owns choosing the sheet and refusing what is no workbook. Never interprets a cell.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Generator, Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import BinaryIO

from servq.errors import FileRefused, suggest
from servq.loaders.files.limits import Beyond, Bounds
from servq.loaders.files.package import Merged, broken, check_package
from servq.loaders.files.sheet import place_of, sheet_rows
from servq.loaders.files.workbook import Book, Sheet, read_book
from servq.loaders.files.xml_part import Damaged, Forbidden
from servq.loaders.headers.header_row import Row, find_heading, first_rows
from servq.loaders.headers.headers import hits, suffices
from servq.loaders.maps.map import Map
from servq.loaders.sources.source import Source
from servq.records import FileFacts

_BROKEN = (
    Damaged,
    Forbidden,
    zipfile.BadZipFile,
    zlib.error,
    KeyError,
    IndexError,
    ValueError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
)
"""What a workbook that is not one raises on its way through the parts."""


def open_sheet(path: Path, source: Source, map_: Map | None, bounds: Bounds) -> tuple[Generator[Row], FileFacts]:
    """The rows of the sheet that is read, and what is known of the workbook; it is closed when the rows end.

    Raises:
        FileRefused: damaged, dangerous, beyond a limit, or without one sheet that would do.
    """
    book = Workbook(path, bounds)
    try:
        sheet = book.choose(source, map_)
    except FileRefused:
        book.close()
        raise
    return book.all_rows(sheet), book.facts(sheet)


class Workbook:
    """An open workbook, looked through and ready to be read sheet by sheet.

    Raises:
        FileRefused: damaged, dangerous, or beyond a limit.
    """

    def __init__(self, path: Path, bounds: Bounds) -> None:
        self._path, self._bounds = path, bounds
        self._merged = check_package(path, bounds)
        self._file: BinaryIO = path.open("rb")
        try:
            self._package = zipfile.ZipFile(self._file)
            self._book: Book = read_book(self._package)
        except _BROKEN as err:
            self._file.close()
            raise broken(path) from err

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def facts(self, chosen: Sheet) -> FileFacts:
        """What is known of the workbook when this sheet is read."""
        others = [sheet for sheet in self._book.sheets if sheet is not chosen]
        return FileFacts(
            name=self._path.name,
            sha256="",
            sheet=chosen.name,
            other_sheets=tuple(sheet.name for sheet in others if sheet.visible),
            hidden_sheets=tuple(sheet.name for sheet in others if not sheet.visible),
            calendar=1904 if self._book.since_1904 else 1900,
        )

    def choose(self, source: Source, map_: Map | None) -> Sheet:
        """The sheet that the map names, or the one visible sheet whose headers say what the source needs.

        Raises:
            FileRefused: there is none, or more than one that would do.
        """
        if map_ and map_.sheet:
            return self._named(map_.sheet)
        visible = [sheet for sheet in self._book.sheets if sheet.visible]
        if not visible:
            raise self._no_sheet("没有可见的工作表", "there is no visible sheet", "")
        headings = {sheet: self._heading(sheet, source, map_) for sheet in visible}
        fitting = [sheet for sheet in visible if suffices(headings[sheet], source, map_)]
        if len(fitting) > 1:
            listed = ", ".join(sheet.name for sheet in fitting)
            raise FileRefused(
                f"有多个工作表都符合：{listed}",
                f"several sheets would do: {listed}",
                where=self._path.name,
                hint_zh="请在映射的 [read] 中写明 sheet，或隐藏、另存其余工作表",
                hint_en="Name one as sheet under [read] in a map, or hide the others",
            )
        # Where none would do, the refusal speaks of the sheet that comes nearest.
        return fitting[0] if fitting else max(visible, key=lambda sheet: hits(headings[sheet], source, map_))

    def all_rows(self, sheet: Sheet) -> Generator[Row]:
        """The rows of a sheet, and then nothing more of this workbook."""
        try:
            yield from self.rows(sheet)
        finally:
            self.close()

    def rows(self, sheet: Sheet) -> Generator[Row]:
        """Every row of the sheet that has a value, as wide as its last one.

        Raises:
            FileRefused: damaged, or beyond a limit.
        """
        limits = self._bounds.limits
        try:
            with self._package.open(sheet.part) as stream:
                yield from _filled(sheet_rows(stream, self._book, limits), self._merged.get(sheet.part, set()))
        except Beyond as err:
            raise self._bounds.over(str(err)) from err
        except _BROKEN as err:
            raise broken(self._path) from err

    def _heading(self, sheet: Sheet, source: Source, map_: Map | None) -> Sequence[str]:
        with closing(self.rows(sheet)) as rows:
            heading = find_heading(first_rows(rows), source, map_)
        return heading[1] if heading else []

    def _named(self, wanted: str) -> Sheet:
        found = next((sheet for sheet in self._book.sheets if sheet.name == wanted), None)
        if found is None:
            raise self._no_sheet(f"没有名为“{wanted}”的工作表", f"there is no sheet named '{wanted}'", wanted)
        return found

    def _no_sheet(self, zh: str, en: str, wanted: str) -> FileRefused:
        names = [sheet.name for sheet in self._book.sheets]
        near, listed = suggest(wanted, names), ", ".join(names) or "—"
        return FileRefused(
            zh,
            en,
            where=self._path.name,
            hint_zh=f"是否想用“{near}”？" if near else f"有：{listed}",
            hint_en=f"Did you mean '{near}'?" if near else f"There are: {listed}",
        )


def _filled(rows: Iterable[Row], merged: set[Merged]) -> Generator[Row]:
    """The rows, where headers that are merged over several rows stand in each of them."""
    areas = sorted((place_of(column), first, last) for column, first, last in merged if first < last <= _HEADING_ROWS)
    said: dict[tuple[int, int], str] = {}
    for number, cells in rows:
        for place, first, last in areas:
            if number == first and place < len(cells):
                said[place, first] = cells[place]
            elif first < number <= last and said.get((place, first)):
                cells.extend([""] * (place + 1 - len(cells)))
                cells[place] = cells[place] or said[place, first]
        areas = [area for area in areas if area[2] > number]
        yield number, cells


_HEADING_ROWS = 30
"""Last row in which a merged cell counts as a header; below that it is a cell with a value and cells without."""


def as_wide(rows: Iterable[Row], width: int) -> Generator[Row]:
    """The rows, filled up to the width of the header: a sheet does not write cells without a value."""
    for number, cells in rows:
        yield number, cells + [""] * (width - len(cells))
