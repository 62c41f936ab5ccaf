"""The parts of a workbook besides its cells: sheets, calendar, number formats, shared texts.

Owns the way from the package to a sheet's part. Never reads cells (see sheet.py).
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from array import array
from collections.abc import Iterable
from dataclasses import dataclass

from servq.loaders.books.xml_part import each, walk
from servq.loaders.times.serials import is_moment

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True)
class Sheet:
    """A worksheet: its name, whether it is visible, and the part that holds its cells."""

    name: str
    visible: bool
    part: str


@dataclass(frozen=True)
class Book:
    """Everything of a workbook besides its cells.

    Attributes:
        since_1904: whether its serials count from 1904, as those of old Macs do.
        moments: numbers of the cell styles that show days or clocks, as cells write them.
        widths: of the styles that show whole numbers with zeros in front (`000000`) how many digits they show.
    """

    sheets: tuple[Sheet, ...]
    since_1904: bool
    moments: frozenset[str]
    widths: dict[str, int]
    texts: SharedTexts


class SharedTexts:
    """The texts that cells share, packed one behind the other: separate strings would take three times the memory."""

    def __init__(self) -> None:
        self._packed, self._ends = bytearray(), array("Q", [0])

    def append(self, text: str) -> None:
        """One more text."""
        self._packed += text.encode()
        self._ends.append(len(self._packed))

    def at(self, place: int) -> str:
        """The text at this place.

        Raises:
            IndexError: there are not as many.
        """
        if place < 0:
            raise IndexError(place)
        return self._packed[self._ends[place] : self._ends[place + 1]].decode()


def read_book(package: zipfile.ZipFile) -> Book:
    """Everything but the cells.

    Raises:
        Damaged, Forbidden, KeyError: not a workbook that can be read.
    """
    main, _ = _targets(package, "")["officeDocument"][0]
    elements, parts = _elements(package, main), _by_id(package, main)
    sheets = []
    for name, said, _ in elements:
        # chart sheets and the like have other parts, and no cells
        if name == "sheet" and said.get("id") in parts["worksheet"]:
            state = said.get("state", "visible")
            sheets.append(Sheet(said["name"], state == "visible", parts["worksheet"][said["id"]]))
    since_1904 = any(name == "workbookPr" and said.get("date1904") in ("1", "true") for name, said, _ in elements)
    styles = [style for part in parts["styles"].values() for style in _styles(package, part)]
    return Book(
        sheets=tuple(sheets),
        since_1904=since_1904,
        moments=frozenset(style for style, number, code in styles if is_moment(number, code)),
        widths={style: len(code) for style, _, code in styles if len(code) > 1 and not code.strip("0")},
        texts=_texts(package, parts["sharedStrings"].values()),
    )


def unescape(text: str) -> str:
    """`_x000D_` is how a workbook writes a carriage return; characters that no database keeps stay as written.

    >>> unescape("a_x000D_b"), unescape("_x005F_x000D_"), unescape("_x0000_")
    ('a\\rb', '_x000D_', '_x0000_')
    """
    return _ESCAPED.sub(_character, text) if "_x" in text else text


def _character(found: re.Match[str]) -> str:
    number = int(found[1], 16)
    return found[0] if number == 0 or 0xD800 <= number < 0xE000 or number >= 0xFFFE else chr(number)


def _elements(package: zipfile.ZipFile, part: str) -> list[tuple[str, dict[str, str], str]]:
    with package.open(part) as stream:
        return each(stream)


def _targets(package: zipfile.ZipFile, part: str) -> dict[str, list[tuple[str, str]]]:
    """Kind of relation -> (part it leads to, its id), of one part or of the package as a whole."""
    folder, name = posixpath.split(part)
    found: dict[str, list[tuple[str, str]]] = {}
    for element, said, _ in _elements(package, posixpath.join(folder, "_rels", f"{name}.rels")):
        if element == "Relationship" and said.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, said["Target"])).lstrip("/")
            found.setdefault(said["Type"].rpartition("/")[2], []).append((target, said["Id"]))
    return found


def _by_id(package: zipfile.ZipFile, main: str) -> dict[str, dict[str, str]]:
    targets = _targets(package, main)
    kinds = ("worksheet", "styles", "sharedStrings")
    return {kind: {key: part for part, key in targets.get(kind, [])} for kind in kinds}


def _styles(package: zipfile.ZipFile, part: str) -> list[tuple[str, int, str]]:
    """Of each cell style its own number, as cells write it, and its number format's number and code."""
    elements = _elements(package, part)
    codes = {said["numFmtId"]: said["formatCode"] for name, said, _ in elements if name == "numFmt"}
    styles = [said.get("numFmtId", "0") for name, said, parent in elements if name == "xf" and parent == "cellXfs"]
    return [(str(place), int(number), codes.get(number, "")) for place, number in enumerate(styles)]


def _texts(package: zipfile.ZipFile, parts: Iterable[str]) -> SharedTexts:
    """The texts that cells share, without their looks and without the readings above their characters."""
    found = SharedTexts()
    pieces: list[str] = []
    said = ""
    phonetic = False

    def start(name: str, _: dict[str, str]) -> None:
        nonlocal said, phonetic
        pieces.clear()
        if name.endswith("si"):
            said = ""
        elif name.endswith("rPh"):
            phonetic = True

    def end(name: str) -> None:
        nonlocal said, phonetic
        local = name.rpartition(":")[2]
        if local == "t" and not phonetic:
            said += "".join(pieces)
        elif local == "si":
            found.append(unescape(said))
        elif local == "rPh":
            phonetic = False

    for part in parts:
        with package.open(part) as stream:
            for _ in walk(stream, start, end, pieces.append):
                pass
    return found
