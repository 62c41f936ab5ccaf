"""Week cells in memory, laid out for summing: one small integer per dimension, one narrow column per measure.

A page asks for dozens of sums; on plain arrays each takes well under a millisecond. What is kept of the cells is a list
of places: columns are neither copied nor masked before they are added up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from servq.measures import CELL_DIMENSIONS, MEASURES
from servq.query.overlapping import coded, kept, split

AT_MOST_EMPTY = 4
"""Groups are counted in a table of all that are possible where it has at most so many places for each cell."""


@dataclass(frozen=True, eq=False)
class Cells:
    """Some cells.

    Attributes:
        names: dimension -> its values, sorted; weeks are ISO Mondays, a missing value is `NOT_GIVEN`.
        codes: dimension -> for each cell the place of its value in `names`.
        columns: measure -> its value in each cell; absent where it is 0 in all of them.
        measures: what is summed.
        places: the cells that are kept; None: all of them.
        versions: Monday -> the version of the block that its cells were read from (`servq.query.blocks`).
    """

    names: Mapping[str, Sequence[str]]
    codes: Mapping[str, NDArray[Any]]
    columns: Mapping[str, NDArray[Any]]
    measures: Sequence[str] = MEASURES
    places: NDArray[np.intp] | None = None
    versions: Mapping[date, str] = field(default_factory=dict)

    @classmethod
    def from_frame(
        cls, frame: pd.DataFrame, dimensions: Sequence[str] = CELL_DIMENSIONS, measures: Sequence[str] = MEASURES
    ) -> Cells:
        """Cells as the warehouse counts them: a column for each dimension and each measure."""
        names, codes = {}, {}
        for dimension in dimensions:
            names[dimension], codes[dimension] = coded(frame[dimension])
        columns = {name: frame[name].to_numpy(dtype=float) for name in measures}
        return cls(names, codes, {name: values for name, values in columns.items() if values.any()}, measures)

    def __len__(self) -> int:
        """The number of cells that are kept."""
        return len(next(iter(self.codes.values()))) if self.places is None else len(self.places)

    def with_values(self, dimension: str, values: Sequence[str]) -> Cells:
        """The cells that have one of these values."""
        mask, names, codes = kept(dimension, self.names[dimension], self.codes[dimension], values)
        named = replace(self, names={**self.names, dimension: names}, codes={**self.codes, dimension: codes})
        return named._masked(mask if self.places is None else mask[self.places])

    def split(self, by: Sequence[str]) -> Cells:
        """The cells once for each group of these dimensions that they are in: no longer a sum without gaps."""
        rows, names, codes = split(by, self.names, {name: self._of(self.codes[name]) for name in by})
        if rows is None:
            return self
        places = rows if self.places is None else self.places[rows]
        others = {name: values[places] for name, values in self.codes.items()}
        columns = {name: values[places] for name, values in self.columns.items()}
        return Cells(names, others | codes, columns, self.measures)

    def in_weeks(self, first: str | None, after: str | None) -> Cells:
        """The cells of the weeks from `first` up to, without, `after` (ISO Mondays; None is open)."""
        keep = [(first is None or name >= first) and (after is None or name < after) for name in self.names["week"]]
        return self._masked(np.array(keep, dtype=bool)[self._of(self.codes["week"])])

    def total(self) -> dict[str, float]:
        """Measure -> sum over all these cells."""
        return next((sums for _, sums in self.grouped(())), dict.fromkeys(self.measures, 0.0))

    def grouped(self, by: Sequence[str]) -> Iterator[tuple[tuple[str, ...], dict[str, float]]]:
        """The sums of each group that has cells, in the order of the dimensions' values; without `by` of all."""
        cells = self.split(by)
        codes, sums = cells.added(by)
        names = [np.array(cells.names[dimension], dtype=object)[of] for dimension, of in zip(by, codes, strict=True)]
        keys = zip(*names, strict=True) if by else [()] * len(sums)
        for key, row in zip(keys, sums.tolist(), strict=True):
            yield key, dict(zip(self.measures, row, strict=True))

    def added(self, by: Sequence[str]) -> tuple[list[NDArray[np.intp]], NDArray[np.float64]]:
        """The groups that have cells, in the order of the dimensions' values.

        Returns:
            For each dimension of `by` the place of each group's value; groups × measures, their sums.
        """
        shape = [len(self.names[dimension]) for dimension in by]
        groups = np.zeros(len(self), dtype=np.int64)
        for dimension, size in zip(by, shape, strict=True):
            groups = groups * size + self._of(self.codes[dimension])
        present, place = _distinct(groups, int(np.prod(shape, dtype=np.int64)))
        sums = np.zeros((len(present), len(self.measures)))
        for number, name in enumerate(self.measures):
            if name in self.columns:
                sums[:, number] = np.bincount(place, self._of(self.columns[name]), len(present))
        return list(np.unravel_index(present, shape)) if by else [], sums

    def _of(self, values: NDArray[Any]) -> NDArray[Any]:
        return values if self.places is None else values[self.places]

    def _masked(self, mask: NDArray[np.bool_]) -> Cells:
        if mask.all():
            return self
        return replace(self, places=np.flatnonzero(mask) if self.places is None else self.places[mask])


def _distinct(groups: NDArray[np.int64], possible: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The groups that occur, sorted, and for each cell the place of its group among them."""
    if possible > AT_MOST_EMPTY * len(groups):
        return np.unique(groups, return_inverse=True)
    present = np.flatnonzero(np.bincount(groups, minlength=possible))
    place = np.zeros(possible, dtype=np.intp)
    place[present] = np.arange(len(present))
    return present, place[groups]
