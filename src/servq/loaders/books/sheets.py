"""Books of sheets of any kind: the choice of one sheet or of all, and the report on the others.

Owns the choice. Each kind of book (XLSX, old .xls, .ods, web page) reads its own cells.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Generator, Iterable, Sequence
from contextlib import closing

from servq.errors import FileRefused, suggest
from servq.loaders.books.joined_tables import SHEETS, Part, joined
from servq.loaders.books.workbook import Sheet
from servq.loaders.files.limits import Bounds
from servq.loaders.headers.header_row import Row, find_heading, first_rows
from servq.loaders.headers.headers import hits, suffices
from servq.loaders.maps.map import EVERY_SHEET, Map
from servq.loaders.sources.source import Source
from servq.records import FileFacts

HEADING_ROWS = 30
"""Last row in which a merged cell counts as a header; below that it is a cell with a value and cells without."""


class Sheets(ABC):
    """An open book, ready to be read sheet by sheet.

    Attributes:
        sheets: all of them, in their order.
        calendar: the year from which day numbers count; 0 where it has none.
        typed: whether its moments are real moments, and not texts.
        origin: headers of the two columns that say where a row came from, when several sheets are read.
        encoding: of a book that is a text.
    """

    sheets: Sequence[Sheet]
    calendar: int = 0
    typed: bool = True
    origin: tuple[str, str] = SHEETS
    encoding: str = ""

    def __init__(self, name: str, bounds: Bounds) -> None:
        self._name, self._bounds = name, bounds

    @abstractmethod
    def rows(self, sheet: Sheet) -> Generator[Row]:
        """Every row of the sheet that has a value, as wide as its last one.

        Raises:
            FileRefused: damaged, or beyond a limit.
        """

    @abstractmethod
    def close(self) -> None:
        """Close the file."""

    def open(self, source: Source, map_: Map | None) -> tuple[Generator[Row], FileFacts]:
        """The rows that are read, and what is known of the book; it is closed when the rows end.

        Raises:
            FileRefused: damaged, beyond a limit, or without a sheet that would do.
        """
        try:
            if map_ and map_.sheet == EVERY_SHEET:
                chosen = self.every(source, map_)
                rows = self._joined(chosen, source, map_)
            else:
                chosen = [self.choose(source, map_)]
                rows = self.rows(chosen[0])
        except BaseException:
            self.close()
            raise
        return self._to_the_end(rows), self.facts(chosen)

    def facts(self, chosen: Sequence[Sheet]) -> FileFacts:
        """The known facts about the book when these sheets are read."""
        others = [sheet for sheet in self.sheets if sheet not in chosen]
        return FileFacts(
            name=self._name,
            sha256="",
            sheet=", ".join(sheet.name for sheet in chosen),
            other_sheets=tuple(sheet.name for sheet in others if sheet.visible),
            hidden_sheets=tuple(sheet.name for sheet in others if not sheet.visible),
            calendar=self.calendar,
            encoding=self.encoding,
        )

    def choose(self, source: Source, map_: Map | None) -> Sheet:
        """The sheet that the map names, or the one visible sheet with the headers that the source needs.

        Raises:
            FileRefused: there is none, or more than one that would do.
        """
        if map_ and map_.sheet:
            return self._named(map_.sheet)
        headings = self._headings(source, map_)
        fitting = [sheet for sheet, heading in headings.items() if suffices(heading[1], source, map_)]
        if len(fitting) > 1:
            listed = ", ".join(sheet.name for sheet in fitting)
            raise FileRefused(
                f"有多个工作表都符合：{listed}",
                f"several sheets would do: {listed}",
                where=self._name,
                hint_zh='请在映射的 [read] 中写明 sheet（全部都读写 sheet = "*"），或隐藏、另存其余工作表',
                hint_en='Name one as sheet under [read] in a map (sheet = "*" reads all of them), or hide the others',
            )
        # Where none would do, the refusal speaks of the sheet that comes nearest.
        return fitting[0] if fitting else max(headings, key=lambda sheet: hits(headings[sheet][1], source, map_))

    def every(self, source: Source, map_: Map | None) -> list[Sheet]:
        """Every visible sheet with the headers that the source needs; the others are reported as not read.

        Raises:
            FileRefused: there is none that would do.
        """
        headings = self._headings(source, map_)
        fitting = [sheet for sheet, row in headings.items() if suffices([*row[1], *self.origin], source, map_)]
        return fitting or [max(headings, key=lambda sheet: hits(headings[sheet][1], source, map_))]

    def _joined(self, chosen: Sequence[Sheet], source: Source, map_: Map | None) -> Generator[Row]:
        headings = self._headings(source, map_)
        return joined([self._part(sheet, headings[sheet]) for sheet in chosen], self.origin)

    def _part(self, sheet: Sheet, heading: Row) -> Part:
        # a CSV writes every cell of its rows: one that lacks some is to be set aside
        width = len(heading[1]) if self.origin == SHEETS else 0
        return Part(sheet.name, heading, lambda: _as_wide(self.rows(sheet), width))

    def _headings(self, source: Source, map_: Map | None) -> dict[Sheet, Row]:
        """Row number and cells of the header of each visible sheet."""
        visible = [sheet for sheet in self.sheets if sheet.visible]
        if not visible:
            raise self._no_sheet("没有可见的工作表", "there is no visible sheet", "")
        return {sheet: self._heading(sheet, source, map_) for sheet in visible}

    def _heading(self, sheet: Sheet, source: Source, map_: Map | None) -> Row:
        with closing(self.rows(sheet)) as rows:
            if map_ and map_.header_row:
                return next((row for row in rows if row[0] == map_.header_row), (map_.header_row, []))
            return find_heading(first_rows(rows), source, map_) or (1, [])

    def _to_the_end(self, rows: Generator[Row]) -> Generator[Row]:
        """The rows, and then nothing more of this book."""
        try:
            yield from rows
        finally:
            rows.close()
            self.close()

    def _named(self, wanted: str) -> Sheet:
        found = next((sheet for sheet in self.sheets if sheet.name == wanted), None)
        if found is None:
            raise self._no_sheet(f"没有名为“{wanted}”的工作表", f"there is no sheet named '{wanted}'", wanted)
        return found

    def _no_sheet(self, zh: str, en: str, wanted: str) -> FileRefused:
        names = [sheet.name for sheet in self.sheets]
        near, listed = suggest(wanted, names), ", ".join(names) or "—"
        return FileRefused(
            zh,
            en,
            where=self._name,
            hint_zh=f"是否想用“{near}”？" if near else f"有：{listed}",
            hint_en=f"Did you mean '{near}'?" if near else f"There are: {listed}",
        )


def filled(rows: Iterable[Row], merged: Iterable[tuple[int, int, int]]) -> Generator[Row]:
    """The rows, where headers that are merged over several rows stand in each of them.

    Args:
        merged: place of the first column, first row and last row of each merged area.
    """
    areas = sorted((place, first, last) for place, first, last in merged if first < last <= HEADING_ROWS)
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


def as_wide(rows: Iterable[Row], width: int) -> Generator[Row]:
    """The rows, filled up to the width of the header: a sheet does not write cells without a value."""
    for number, cells in rows:
        yield number, cells + [""] * (width - len(cells))


def _as_wide(rows: Generator[Row], width: int) -> Generator[Row]:
    with closing(rows):
        yield from as_wide(rows, width)
