"""Normalised header texts: the part of a header that counts, and its name as a key.

Owns the normalisation. headers.py decides which column a header is.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servq.loaders.sources.source import Column

_BRACKETED = re.compile(r"[(\[【〔{<《][^)\]】〕}>》]*[)\]】〕}>》]")  # 推荐意愿(0-10) -> 推荐意愿
_NUMBERED = re.compile(r"^q?\d+[、.:]")  # 3、服务态度 -> 服务态度 ; Q3.Courtesy -> Courtesy
_FILLING = re.compile(r"[\s_\-*:?？。、/]+")  # "Response ID", "response_id" and "*response-id:" are one word


def plain(header: str) -> str:
    """A header normalised: without case, spaces, widths, brackets and question numbers.

    >>> plain("推荐意愿（0－10）") == plain("推荐意愿(0-10)") == plain("3、 推荐意愿")
    True
    >>> plain(" Response_ID*")
    'responseid'
    """
    text = unicodedata.normalize("NFKC", header).strip().casefold()
    bare = _FILLING.sub("", _NUMBERED.sub("", _BRACKETED.sub("", text)))
    return bare or text


def named(cells: Sequence[str]) -> tuple[str, ...]:
    """Headers that can serve as keys: an empty one is called by its position, a repeated one is numbered.

    >>> named(["", "备注", "备注"])
    ('列1', '备注', '备注 (2)')
    """
    written = [cell.strip() or f"列{position}" for position, cell in enumerate(cells, start=1)]
    taken, counts, names = set(written), dict.fromkeys(written, 0), []
    for header in written:
        counts[header] += 1
        name = header
        while counts[header] > 1 and (name := f"{header} ({counts[header]})") in taken:
            counts[header] += 1
        taken.add(name)
        names.append(name)
    return tuple(names)


@cache
def forms(column: Column) -> frozenset[str]:
    """Every header under which a column is recognised, normalised."""
    return frozenset(plain(alias) for alias in (column.name, *column.aliases))
