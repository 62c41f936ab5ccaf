"""Likeness of answers of one customer: ρ of each value, measured once over all channels and teams (`clustering`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from servq.measures import COMPARED, EASY_FROM, GAPS, ITEMS, MISMATCHES, OTHER_SCALE, REPURCHASES, SENTIMENTS
from servq.metrics.definitions.nps import ANSWERS, DETRACTORS, PROMOTERS
from servq.metrics.statistics.clustering import Groups, Strata, intraclass
from servq.query.cells import Cells

if TYPE_CHECKING:
    from numpy.typing import NDArray

STRATUM = ("channel", "team")
"""Within which answers of one customer are compared with those of others."""


def alike(
    cells: Cells,
    names: Mapping[str, Sequence[str]],
    codes: Mapping[str, NDArray[np.intp]],
    cluster: NDArray[np.intp],
    told: Mapping[str, NDArray[np.float64]],
) -> dict[str, float]:
    """How alike two answers of one customer are, for each value that anybody gave."""
    sums = dict(cells.grouped(STRATUM))
    places = {key: place for place, key in enumerate(sums)}
    shape = [len(names[name]) for name in STRATUM]
    groups, stratum = np.unique(_groups([codes[name] for name in STRATUM], shape), return_inverse=True)
    pairs = zip(*np.unravel_index(groups, shape), strict=True) if len(groups) else ()
    found = [tuple(names[name][code] for name, code in zip(STRATUM, pair, strict=True)) for pair in pairs]
    stratum = np.array([places[key] for key in found], dtype=np.intp)[stratum]
    return {
        name: intraclass(_strata(name, sums.values()), _several(values, stratum, cluster))
        for name, values in told.items()
    }


def _groups(codes: Sequence[NDArray[np.intp]], shape: Sequence[int]) -> NDArray[np.int64]:
    """One number for each combination of codes."""
    found = np.zeros(len(codes[0]), dtype=np.int64)
    for of, size in zip(codes, shape, strict=True):
        found = found * size + of
    return found


def _several(values: NDArray[np.float64], stratum: NDArray[np.intp], cluster: NDArray[np.intp]) -> Groups:
    """Those with several answers in a stratum."""
    known = ~np.isnan(values)
    stratum, values = stratum[known], values[known]
    pairs = stratum * (int(cluster.max(initial=0)) + 1) + cluster[known]
    _, first, places = np.unique(pairs, return_index=True, return_inverse=True)
    parts = (np.ones(len(values)), values, values**2)
    n, total, squares = (np.bincount(places, part, len(first)).astype(float) for part in parts)
    several = n > 1
    return Groups(stratum[first][several], n[several], total[several], squares[several])


def _strata(name: str, sums: Iterable[Mapping[str, float]]) -> Strata:
    """All answers of each stratum that have a value."""
    rows = np.array([_moments(name, of) for of in sums]).reshape(-1, 3)
    return Strata(*rows.T)


def _moments(name: str, of: Mapping[str, float]) -> tuple[float, float, float]:
    """How many answers have a value, its sum and sum of squares; the values are those of `answers_together`."""
    if name == "likelihood":
        up, down = sum(of[answer] for answer in PROMOTERS), sum(of[answer] for answer in DETRACTORS)
        return sum(of[answer] for answer in ANSWERS), up - down, up + down
    if name in (*ITEMS, *GAPS, *EASY_FROM):
        return of[f"{name}_n"], of[f"{name}_sum"], of[f"{name}_squares"]
    n, hits = _HITS[name]
    counted, hit = sum(of[part] for part in n), sum(of[part] for part in hits)
    return counted, hit, hit


_HITS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "csat": (("csat_n",), ("csat_satisfied",)),
    "scored": (tuple(f"sentiment_{label}" for label in SENTIMENTS), ("sentiment_negative",)),
    COMPARED: ((COMPARED,), MISMATCHES),
    **{band: ((f"{band}_n",), (f"{band}_yes",)) for band in REPURCHASES},
    OTHER_SCALE: ((f"{OTHER_SCALE}_n",), (f"{OTHER_SCALE}_satisfied",)),
    "easy": (tuple(f"{effort}_n" for effort in EASY_FROM), tuple(f"{effort}_easy" for effort in EASY_FROM)),
}
"""Value of 0 and 1 -> the measures that count it, and those that count its ones."""


def given_in(cells: Cells, values: Sequence[str]) -> list[str]:
    """The values that any answer of these cells gives; the others need not be read."""
    whole = cells.total()
    return [name for name in values if _moments(name, whole)[0]]
