"""Rows as plain arrays, one array per column, for formulas that run over thousands of groups on one page.

A data frame's own overhead would cost more than the formulas do. Missing values are NaN.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray


@dataclass(frozen=True)
class Columns:
    """Some rows, column by column.

    Attributes:
        arrays: column -> its values, one for each row.
        count: how many rows there are.
    """

    arrays: Mapping[str, NDArray[Any]]
    count: int

    @classmethod
    def of(cls, frame: pd.DataFrame, names: Sequence[str]) -> Columns:
        """These columns of a frame.

        >>> found = Columns.of(pd.DataFrame({"is_open": pd.array([True, None], "boolean")}), ["is_open"])
        >>> len(found), column(found, "is_open").tolist()
        (2, [1.0, nan])
        """
        return cls({name: column(frame, name) for name in names}, len(frame))

    def __len__(self) -> int:
        """The number of rows."""
        return self.count

    @classmethod
    def joined(cls, parts: Sequence[Columns]) -> Columns:
        """The rows of several parts with the same columns, one after the other; a column is put together when it is
        read.
        """
        return cls(_Joined([part.arrays for part in parts]), sum(map(len, parts)))

    def taken(self, places: NDArray[np.intp]) -> Columns:
        """The rows at these places, in this order."""
        return Columns({name: values[places] for name, values in self.arrays.items()}, len(places))

    def within(self, rows: slice) -> Columns:
        """The rows from one place up to another, without copying them."""
        return Columns({name: values[rows] for name, values in self.arrays.items()}, rows.stop - rows.start)


class _Joined(Mapping[str, "NDArray[Any]"]):
    """Columns of several parts, put together whenever they are read and not kept: many groups share their parts."""

    def __init__(self, parts: Sequence[Mapping[str, NDArray[Any]]]) -> None:
        self._parts = parts

    def __getitem__(self, name: str) -> NDArray[Any]:
        return np.concatenate([part[name] for part in self._parts])

    def __iter__(self) -> Iterator[str]:
        return iter(self._parts[0])

    def __len__(self) -> int:
        return len(self._parts[0])


def column(rows: pd.DataFrame | Columns, name: str) -> NDArray[Any]:
    """One column as an array; True, False and missing become 1, 0 and NaN."""
    if isinstance(rows, Columns):
        return rows.arrays[name]
    values = rows[name]
    if isinstance(values.dtype, pd.BooleanDtype):
        told: NDArray[Any] = values.to_numpy(dtype=float, na_value=np.nan)
        return told
    return values.to_numpy()
