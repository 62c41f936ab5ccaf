"""The characters that the font of reports can draw, read from its table `cmap`.

A typesetter leaves out a character that its font lacks and says nothing: so whatever is printed is looked up first, and
what is missing becomes □ and is counted.
"""

from __future__ import annotations

import struct
from functools import lru_cache
from pathlib import Path

from pylopdf_fonts_zh_cn import sans_path

from servq.text.visible import visible

FAMILY = "Noto Sans SC"
"""The family of the font, as it names itself."""

BOX = "□"
"""Stands for a character that the font lacks."""

_EVERY_PLANE = 12
"""The format of the sub-table that maps all of Unicode, in ranges."""


def font_folder() -> Path:
    """The folder of the font file."""
    return sans_path().parent


@lru_cache(maxsize=1)
def drawn_characters() -> frozenset[int]:
    """The code points of the font.

    Source: OpenType specification 1.9, table `cmap`, format 12 (segmented coverage).
    """
    data = sans_path().read_bytes()
    (count,) = struct.unpack_from(">H", data, 4)
    tables = {data[at : at + 4]: struct.unpack_from(">I", data, at + 8)[0] for at in range(12, 12 + 16 * count, 16)}
    start = tables[b"cmap"]
    (subtables,) = struct.unpack_from(">H", data, start + 2)
    found: set[int] = set()
    for place in range(subtables):
        (offset,) = struct.unpack_from(">I", data, start + 4 + 8 * place + 4)
        at = start + offset
        if struct.unpack_from(">H", data, at)[0] == _EVERY_PLANE:
            (groups,) = struct.unpack_from(">I", data, at + 12)
            for first, last, _glyph in struct.iter_unpack(">III", data[at + 16 : at + 16 + 12 * groups]):
                found.update(range(first, last + 1))
    return frozenset(found)


class Printer:
    """Texts as the font can print them, and the number of characters that it could not."""

    def __init__(self) -> None:
        self.missing = 0

    def text(self, given: str) -> str:
        """The text with steering characters made visible and missing ones as □; a line break is a space."""
        known, out = drawn_characters(), []
        for character in visible(" ".join(given.split())):
            drawn = ord(character) in known
            self.missing += not drawn
            out.append(character if drawn else BOX)
        return "".join(out)
