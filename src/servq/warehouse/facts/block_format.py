"""Week blocks as bytes: the cells of one week as narrow columns behind a header, packed with zlib.

    4 bytes     length of the header
    header      JSON: format, rows, names (dimension -> its values, sorted), columns ([name, dtype], in their order)
    columns     codes of each dimension (places in names), then every measure that is not 0 in all cells

A measure that no column stands for is 0. Rows are sorted by their dimensions, so that equal cells are equal bytes on
every database. Whole numbers take the narrowest type that holds them; sums of decimals stay float64. The week itself is
the block's key and no column.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray

FORMAT = 1
"""The layout; a reader knows one only."""

_QUICKEST = 1
"""Of zlib's levels: unpacking takes as long at any, and packing is part of a load."""


@dataclass(frozen=True, eq=False)
class Block:
    """The cells of one week; arrays that were unpacked are read-only.

    Attributes:
        names: dimension -> its values; a missing one is "".
        codes: dimension -> for each cell the place of its value in `names`.
        columns: measure -> its value in each cell; absent where it is 0 in all.
    """

    names: Mapping[str, Sequence[str]]
    codes: Mapping[str, NDArray[Any]]
    columns: Mapping[str, NDArray[Any]]

    def __len__(self) -> int:
        """The number of cells."""
        return len(next(iter(self.codes.values())))


def block_of(dimensions: Sequence[str], measures: Sequence[str], rows: Sequence[Sequence[Any]]) -> Block:
    """The cells that a database gave: the values of the dimensions, then the measures; at least one cell."""
    names, codes = {}, {}
    for dimension, values in zip(dimensions, zip(*(row[: len(dimensions)] for row in rows), strict=True), strict=True):
        said = {value: str(value) for value in set(values)}
        names[dimension] = sorted(said.values())
        place = {name: number for number, name in enumerate(names[dimension])}
        found = {value: place[name] for value, name in said.items()}
        codes[dimension] = np.array([found[value] for value in values])
    order = np.lexsort([codes[dimension] for dimension in reversed(dimensions)])
    told = np.array([row[len(dimensions) :] for row in rows], dtype=np.float64)[order]
    return Block(
        names,
        {dimension: narrow(places[order]) for dimension, places in codes.items()},
        {measures[place]: narrow(told[:, place]) for place in np.flatnonzero(told.any(axis=0)).tolist()},
    )


def narrow(values: NDArray[Any]) -> NDArray[Any]:
    """The same numbers in the narrowest type that holds them all.

    >>> narrow(np.array([0.0, 255.0])).dtype, narrow(np.array([-1.0, 3.0])).dtype, narrow(np.array([0.5])).dtype
    (dtype('uint8'), dtype('int8'), dtype('float64'))
    """
    if not len(values):
        return values.astype("<u1")
    if values.dtype.kind == "f" and (values != np.floor(values)).any():
        return values.astype("<f8")
    low, high = values.min(), values.max()
    for kind, least, most in _UNSIGNED if low >= 0 else _SIGNED:
        if least <= low and high <= most:
            return values.astype(kind)
    return values.astype("<f8" if values.dtype.kind == "f" else "<i8")


_UNSIGNED, _SIGNED = (
    [(f"<{sign}{size}", int(np.iinfo(f"{sign}{size}").min), int(np.iinfo(f"{sign}{size}").max)) for size in (1, 2, 4)]
    for sign in "ui"
)
"""The whole types that a column may have, the narrowest first: name, smallest and largest value."""


def pack(block: Block) -> bytes:
    """A block as it is stored."""
    columns = {**block.codes, **block.columns}
    header = {
        "format": FORMAT,
        "rows": len(block),
        "names": block.names,
        "columns": [[name, values.dtype.str] for name, values in columns.items()],
    }
    head = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    parts = [len(head).to_bytes(4, "little"), head, *(values.tobytes() for values in columns.values())]
    return zlib.compress(b"".join(parts), _QUICKEST)


def unpack(body: bytes) -> Block:
    """A stored block.

    Raises:
        ValueError: it is not whole, or of a format that this servq does not know.
    """
    try:
        said = zlib.decompress(body)
    except zlib.error as error:
        raise ValueError(str(error)) from error
    start = 4 + int.from_bytes(said[:4], "little")
    header = json.loads(said[4:start])
    if header["format"] != FORMAT:
        raise ValueError(f"format {header['format']}")
    found: dict[str, NDArray[Any]] = {}
    for name, kind in header["columns"]:
        found[name] = np.frombuffer(said, dtype=kind, count=header["rows"], offset=start)
        start += found[name].nbytes
    names = header["names"]
    return Block(names, {name: found.pop(name) for name in names}, found)


def version_of(body: bytes) -> str:
    """The name of a content: equal versions are equal blocks, in any warehouse and at any time."""
    return blake2b(body, digest_size=12).hexdigest()
