"""XML parts of a workbook, walked element by element and never loaded as a tree.

Owns the parser: expat itself, with every document type and entity refused, whatever else is installed.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import IO
from xml.parsers import expat

BLOCK = 1 << 18

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]


class Damaged(Exception):
    """A part that is not well-formed or not of its kind."""


class Forbidden(Exception):
    """A part with a document type or an entity."""


def walk(stream: IO[bytes], start: Start, end: End, text: Callable[[str], None]) -> Generator[None]:
    """Call back for every element and text of a part; pauses after each block that was read.

    Args:
        start, end: get names as they stand there, with their prefix.

    Raises:
        Damaged: not well-formed XML.
        Forbidden: it declares a document type or an entity.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = _refuse
    try:
        while block := stream.read(BLOCK):
            parser.Parse(block, False)
            yield
        parser.Parse(b"", True)
    except expat.ExpatError as err:
        raise Damaged(str(err)) from err
    yield


def each(stream: IO[bytes]) -> list[tuple[str, dict[str, str], str]]:
    """Every element of a small part as it begins: name without prefix, attributes, parent's name."""
    found: list[tuple[str, dict[str, str], str]] = []
    within = [""]

    def start(name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        found.append((local, {key.rpartition(":")[2]: said for key, said in attributes.items()}, within[-1]))
        within.append(local)

    def end(_: str) -> None:
        within.pop()

    for _ in walk(stream, start, end, _ignore):
        pass
    return found


def _refuse(*_: object) -> None:
    raise Forbidden


def _ignore(_: str) -> None:
    """Texts of parts that say everything in attributes."""
