"""Ids for rows of exports that have none: what the row says, and for the how-manieth time the file says it.

Owns what such an id is made of. The same rows in another order, encoding or file, or with new rows among them, get the
same ids again. Why: docs/adr/0006.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b


class RowIds:
    """Gives out the ids of one file, row by row; rows that say the same are told apart by counting them."""

    def __init__(self, headers: Sequence[str]) -> None:
        # columns that change places change no id
        self._columns = sorted((header, place) for place, header in enumerate(headers))
        self._seen: dict[bytes, int] = {}

    def of(self, cells: Sequence[str]) -> str:
        """The id of the next row.

        >>> ids = RowIds(["name", "stars"])
        >>> one, other, again = ids.of(["An", "5"]), ids.of(["An", "4"]), ids.of([" An", "5 "])
        >>> one.split("-")[0] == again.split("-")[0] != other.split("-")[0], one[-2:], again[-2:]
        (True, '-1', '-2')
        """
        # A cell without a value says nothing: an export that gains an empty column stays what it was.
        told = [f"{header}\x1f{cell}" for header, place in self._columns if (cell := cells[place].strip())]
        said = blake2b("\x1e".join(told).encode(), digest_size=10).digest()
        self._seen[said] = times = self._seen.get(said, 0) + 1
        return f"{said.hex()}-{times}"
