"""Row ids for exports without any: a hash of the row's content, and the count of equal rows before it in the file.

Owns the content of such an id. The same rows in another order, encoding or file, or with new rows among them, get the
same ids again, and those of another map with other constants or another questionnaire get others. Why: docs/adr/0006.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import blake2b

from servq.loaders.books.joined_tables import ORIGINS


class RowIds:
    """Gives the ids of one file, row by row; equal rows are numbered."""

    def __init__(self, headers: Sequence[str], told: Mapping[str, str] | None = None) -> None:
        """Ids for a file with these headers.

        Args:
            told: what a map says of every row beside the cells, its constants and its questionnaire: two shops whose
                files say the same are told apart by it.
        """
        self._told = "\x1e".join(f"{name}\x1f{text}" for name, text in sorted((told or {}).items()) if text)
        # columns that change places change no id
        self._columns = sorted((header, place) for place, header in enumerate(headers) if header not in ORIGINS)
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

    def with_told(self, plain_id: str) -> str:
        """The id of a row together with what its map says; the plain id itself where the map says nothing.

        >>> ids, shop = RowIds(["stars"]), RowIds(["stars"], {"team": "一店"})
        >>> ids.with_told(ids.of(["5"])) == shop.of(["5"]) != shop.with_told(ids.of(["5"]))
        True
        """
        if not self._told:
            return plain_id
        said, _, times = plain_id.partition("-")
        return f"{blake2b(f'{said}{self._told}'.encode(), digest_size=10).hexdigest()}-{times}"
