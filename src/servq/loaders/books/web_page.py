"""Web pages with a table, which many systems save under the name .xls: each table of the page as a sheet.

Owns the text of a cell, without its format. No style, script, link or picture is ever followed, and a document type is
skipped: this parser knows no entities but those of HTML.

Source:
    WHATWG, HTML Living Standard, 4.9 Tabular data.
"""

from __future__ import annotations

import re
from collections.abc import Generator
from html.parser import HTMLParser
from pathlib import Path

from servq.errors import FileRefused
from servq.loaders.books.sheets import HEADING_ROWS, Sheets
from servq.loaders.books.workbook import Sheet
from servq.loaders.files.detect import no_table
from servq.loaders.files.encodings import find_encoding
from servq.loaders.files.limits import Beyond, Bounds
from servq.loaders.files.undecodable import errors_of
from servq.loaders.headers.header_row import Row
from servq.loaders.maps.map import Map
from servq.records import Label

BLOCK = 1 << 16
LONGEST_TAG = 1 << 17
"""Characters that may wait for the end of one tag: a page that never closes one would be read again and again."""

MOST_TABLES = 200
"""Tables of one page: each is looked at for a header, from the beginning of the page."""

_SPACES = re.compile(r"[ \t\r\n\f\xa0]+")
_SILENT = frozenset(["script", "style", "head", "title", "noscript", "template"])
_PARAGRAPHS = frozenset(["br", "p", "div", "li"])


class WebPage(Sheets):
    """An open web page.

    Raises:
        FileRefused: beyond a limit, in no encoding that is known, or without a table.
    """

    typed = False

    def __init__(self, path: Path, bounds: Bounds, map_: Map | None = None) -> None:
        super().__init__(path.name, bounds)
        self._path = path
        self._errors = errors_of(map_.undecodable if map_ else {})
        self.encoding = find_encoding(path, bounds, map_.encoding if map_ else "", self._errors)
        tables = _Tables(bounds, wanted=-1)
        for _ in self._walk(tables):
            pass
        if not tables.count:
            raise no_table(Label("没有表格的网页", "a web page without a table"), path.name)
        self.sheets = [Sheet(f"表格 {number + 1}", True, str(number)) for number in range(tables.count)]

    def close(self) -> None:
        """Nothing to close."""

    def rows(self, sheet: Sheet) -> Generator[Row]:
        """Every row of one table that has a value; rows are numbered within their table."""
        tables = _Tables(self._bounds, wanted=int(sheet.part))
        for _ in self._walk(tables):
            yield from tables.done
            tables.done.clear()

    def _walk(self, tables: _Tables) -> Generator[None]:
        try:
            with self._path.open(encoding=self.encoding, errors=self._errors, newline="") as file:
                while block := file.read(BLOCK):
                    self._bounds.in_time()
                    tables.feed(block)
                    if len(tables.rawdata) > LONGEST_TAG:
                        raise self._bounds.over("cell_chars")
                    yield
            tables.close()
            tables.end()
            yield
        except Beyond as error:
            raise self._bounds.over(str(error)) from error
        except (OSError, UnicodeError) as error:
            raise FileRefused("文件在读取过程中变了", "the file changed while it was read", where=self._name) from error


class _Tables(HTMLParser):
    """Takes the tags of a page as they come, and lays the rows of the one wanted table aside.

    A table within a cell is a table of its own; what it says stands in the cell too, as a reader sees it there.
    """

    def __init__(self, bounds: Bounds, wanted: int) -> None:
        super().__init__(convert_charrefs=True)
        self._limits, self._wanted = bounds.limits, wanted
        self.count = 0
        self.done: list[Row] = []
        self._open: list[int] = []
        self._silent = self._number = self._chars = 0
        self._row: list[str] | None = None
        self._pieces: list[str] | None = None
        self._span = (1, 1)
        self._below: dict[int, tuple[int, str]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag opens; many pages never close their rows and cells."""
        if tag in _SILENT:
            self._silent += 1
        elif tag == "table":
            self._open.append(self.count)
            self.count += 1
            if self.count > min(MOST_TABLES, self._limits.zip_entries):
                raise Beyond("zip_entries")
        elif not self._here():
            if tag in _PARAGRAPHS:
                self._say("\n")
        elif tag == "tr":
            self._end_row()
            self._row = []
        elif tag in ("td", "th"):
            self._end_cell()
            said = dict(attrs)
            self._span = (
                _times(said.get("colspan"), self._limits.columns),
                _times(said.get("rowspan"), self._limits.rows),
            )
            self._pieces, self._chars = [], 0
            self._row = self._row if self._row is not None else []
        elif tag in _PARAGRAPHS:
            self._say("\n")

    def handle_endtag(self, tag: str) -> None:
        """A tag closes."""
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag == "table" and self._open:
            if self._here():
                self._end_row()
            self._open.pop()
        elif self._here() and tag == "tr":
            self._end_row()
        elif self._here() and tag in ("td", "th"):
            self._end_cell()

    def handle_data(self, data: str) -> None:
        """Text, wherever it stands."""
        if not self._silent:
            self._say(_SPACES.sub(" ", data))

    def end(self) -> None:
        """The page has ended, perhaps in mid-table."""
        if self._here():
            self._end_row()

    def _here(self) -> bool:
        return bool(self._open) and self._open[-1] == self._wanted

    def _say(self, text: str) -> None:
        if self._pieces is None or self._wanted not in self._open:
            return
        self._chars += len(text)
        if self._chars > 2 * self._limits.cell_chars:
            raise Beyond("cell_chars")
        self._pieces.append(text)

    def _end_cell(self) -> None:
        if self._pieces is None or self._row is None:
            return
        lines = (_SPACES.sub(" ", line).strip() for line in "".join(self._pieces).split("\n"))
        text, self._pieces = "\n".join(line for line in lines if line), None
        if len(text) > self._limits.cell_chars:
            raise Beyond("cell_chars")
        self._fill_from_above()
        across, down = self._span
        for nth in range(across):
            if down > 1:
                self._below[len(self._row)] = (down, text if not nth and self._number + down <= HEADING_ROWS else "")
            self._row.append("" if nth else text)
        if len(self._row) > self._limits.columns:
            raise Beyond("columns")

    def _fill_from_above(self) -> None:
        """Cells that reach down from rows above take their places; as a header they say there what they say above."""
        assert self._row is not None
        while (place := len(self._row)) in self._below:
            self._row.append(self._below[place][1])

    def _end_row(self) -> None:
        self._end_cell()
        if self._row is None:
            return
        self._fill_from_above()
        self._number += 1
        self._below = {place: (left - 1, said) for place, (left, said) in self._below.items() if left > 1}
        if any(self._row):
            self.done.append((self._number, self._row))
        self._row = None


def _times(said: str | None, most: int) -> int:
    return min(max(int(said), 1), most) if said and said.strip().isdecimal() and len(said) < 9 else 1
