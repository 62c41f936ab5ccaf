"""Rows as plain arrays, one array per column, for formulas that run over thousands of groups on one page.

A data frame's own overhead would cost more than the formulas do. Missing values are NaN.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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

    def within(self, rows: slice) -> Columns:
        """The rows from one place up to another, without copying them."""
        return Columns({name: values[rows] for name, values in self.arrays.items()}, rows.stop - rows.start)


def column(rows: pd.DataFrame | Columns, name: str) -> NDArray[Any]:
    """One column as an array; True, False and missing become 1, 0 and NaN."""
    if isinstance(rows, Columns):
        return rows.arrays[name]
    values = rows[name]
    if isinstance(values.dtype, pd.BooleanDtype):
        told: NDArray[Any] = values.to_numpy(dtype=float, na_value=np.nan)
        return told
    return values.to_numpy()
