"""Names of groups: the names that codes stand for, and several answers in one cell.

    商务┋亲子   商务、亲子   1┋3      ┋ is 问卷星's sign between answers; `several = "、"` of a map names another

Owns what becomes of the cells; the stored form of several is `records.overlapping`'s.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from servq.loaders.cells.flags import NO, YES
from servq.loaders.cells.numbers import folded
from servq.loaders.cells.placeholders import NO_VALUE, SKIPPED
from servq.records import BETWEEN, OVERLAPPING, groups_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servq.loaders.maps.column_mapping import Pick
    from servq.loaders.sources.source import Column

_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
"""ASCII sign -> the same sign in full width."""


def named_groups(words: Sequence[str | None], column: Column, pick: Pick) -> list[str | None]:
    """The names of a column of names; what is no code of the map stays as it came.

    >>> from servq.loaders.maps.column_mapping import Pick
    >>> from servq.loaders.sources.catalog import SOURCES
    >>> named_groups(["商务、亲子", None], SOURCES["surveys"].column("segment"), Pick(several=("、",)))
    ['商务┋亲子', None]
    """
    names = {folded(code): name for code, name in pick.names}
    if column.name not in OVERLAPPING:
        return [None if word is None else names.get(folded(word), word) for word in words]
    between = _between(pick) if pick.several else None
    found: list[str | None] = []
    for word in words:
        if word is None:
            found.append(None)
            continue
        said = [one for one in groups_of(word if between is None else between.sub(BETWEEN, word)) if not _skipped(one)]
        found.append(BETWEEN.join(dict.fromkeys(names.get(folded(one), one) for one in said)))
    return found


def says_no_group(text: str, column: Column, pick: Pick) -> bool:
    """Whether a cell names no group: it holds what stands between answers, or says of each that it was skipped.

    >>> from servq.loaders.maps.column_mapping import Pick
    >>> from servq.loaders.sources.catalog import SOURCES
    >>> [says_no_group(text, SOURCES["surveys"].column("segment"), Pick()) for text in ("┋ ┋", "商务┋")]
    [True, False]
    """
    if column.name not in OVERLAPPING or not text:
        return False
    return all(not part.strip() or _skipped(part) for part in _between(pick).split(text))


def _skipped(part: str) -> bool:
    """Whether one of several answers says that there is none."""
    return folded(part) in SKIPPED


def _between(pick: Pick) -> re.Pattern[str]:
    """What stands between answers, in either width: a map's `;` is also the `；` of a Chinese keyboard."""
    signs = {BETWEEN, *pick.several}
    signs |= {unicodedata.normalize("NFKC", sign) for sign in signs}
    signs |= {sign.translate(_WIDE) for sign in signs}
    return re.compile("|".join(map(re.escape, sorted(signs, key=len, reverse=True))))


def is_ticked(text: str, name: str) -> bool | None:
    """Whether a cell ticks its option, as 1, √ and 是 do, or the option's own name; None where nobody can tell.

    >>> is_ticked("√", "商务"), is_ticked("商务", "商务"), is_ticked("", "商务"), is_ticked("5", "商务")
    (True, True, False, None)
    """
    said = folded(text)
    if said in YES or (said and said == folded(name)):
        return True
    return False if not said or said in NO or said in NO_VALUE else None
