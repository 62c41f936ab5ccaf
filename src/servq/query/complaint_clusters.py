"""Complaints of one customer or order: which belong together, and how alike two are in what is measured of them.

measured          value of a complaint, whose mean stands for the metric
attained          answered within the limit: 1 or 0
is_reopened       came back: 1 or 0
first_response    took longer than the middle complaint of its channel, closed or still open: 1 or 0
resolution        the same
count             1 for all: complaints of one customer come together
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from servq.metrics.columns import column
from servq.metrics.readings import COUNT
from servq.metrics.statistics.clustering import CLUSTER, Groups, Strata, intraclass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

STRATUM = ["channel", "team"]
"""Within which complaints of one customer are compared with those of others."""

SHARES = ("attained", "is_reopened")
CLOCKS = {"first_response": "first_response_hours", "resolution": "resolution_hours"}


def with_cluster(complaints: pd.DataFrame, together: pd.DataFrame) -> pd.DataFrame:
    """The complaints with the number of their customer or order where that has several, else −1.

    Args:
        together: `complaint_id` and `cluster`, as `complaints_together` reads them.
    """
    cluster = complaints["complaint_id"].map(together.set_index("complaint_id")["cluster"])
    return complaints.assign(**{CLUSTER: cluster.fillna(-1).astype(np.int64)})


def complaints_alike(complaints: pd.DataFrame) -> dict[str, float]:
    """ρ, 0 … 1, of each value in the table above; empty where no customer is known to have several.

    Args:
        complaints: with clocks, `cluster`, and dimensions as categories.
    """
    if not (complaints[CLUSTER] >= 0).any():
        return {}
    stratum = np.asarray(complaints.groupby(STRATUM, observed=True).ngroup(), dtype=np.intp)
    cluster = complaints[CLUSTER].to_numpy()
    return {name: _alike(values, stratum, cluster) for name, values in _values(complaints)} | {COUNT: 1.0}


def _values(complaints: pd.DataFrame) -> Iterator[tuple[str, NDArray[np.float64]]]:
    """Each value, NaN where it is not known."""
    for name in SHARES:
        yield name, column(complaints, name)
    for name, clock in CLOCKS.items():
        hours = complaints[clock]
        middle = hours.groupby(complaints["channel"], observed=True).transform("median")
        yield name, np.where(hours.isna(), np.nan, (hours > middle).to_numpy(dtype=float))


def _alike(values: NDArray[np.float64], stratum: NDArray[np.intp], cluster: NDArray[np.int64]) -> float:
    known = ~np.isnan(values)
    values, stratum, cluster = values[known], stratum[known], cluster[known]
    parts = (np.ones(len(values)), values, values**2)
    size = int(stratum.max(initial=-1)) + 1
    together = cluster >= 0
    pairs = stratum[together] * (int(cluster.max(initial=0)) + 1) + cluster[together]
    _, first, places = np.unique(pairs, return_index=True, return_inverse=True)
    n, total, squares = (np.bincount(places, part[together], len(first)).astype(float) for part in parts)
    several = n > 1
    groups = Groups(stratum[together][first][several], n[several], total[several], squares[several])
    return intraclass(Strata(*(np.bincount(stratum, part, size).astype(float) for part in parts)), groups)
