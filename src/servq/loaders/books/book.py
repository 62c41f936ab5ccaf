"""The opener of each form of file that has sheets: XLSX, .ods, zips of CSV files, old workbooks, web pages.

Owns the detection of the kind of zip, by the parts that it holds and never by a name.
"""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

from servq.loaders.books.archive import Archive
from servq.loaders.books.ods_file import CONTENT, OdsBook
from servq.loaders.books.package import WORKBOOK, broken, other_of
from servq.loaders.books.sheets import Sheets
from servq.loaders.books.web_page import WebPage
from servq.loaders.books.xls_file import OldBook
from servq.loaders.books.xlsx_file import Workbook
from servq.loaders.files.detect import Form
from servq.loaders.files.limits import Bounds
from servq.loaders.maps.map import Map
from servq.loaders.sources.source import Source

_SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"


def open_book(path: Path, form: Form, source: Source, map_: Map | None, bounds: Bounds) -> Sheets:
    """The sheets of a file.

    Raises:
        FileRefused: damaged, dangerous, beyond a limit, or something that is not read.
    """
    if form == "html":
        return WebPage(path, bounds, map_)
    if form == "compound":
        return OldBook(path, bounds)
    try:
        with zipfile.ZipFile(path) as package:
            names = package.namelist()
            is_spreadsheet = False
            if "mimetype" in names:
                with package.open("mimetype") as stream:
                    is_spreadsheet = stream.read(100).startswith(_SPREADSHEET)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        raise broken(path) from error
    if CONTENT in names and is_spreadsheet:
        return OdsBook(path, bounds)
    if WORKBOOK in names or other_of(names) is not None:
        return Workbook(path, bounds)
    return Archive(path, bounds, source, map_)
