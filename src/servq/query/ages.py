"""Open complaints by age."""

from __future__ import annotations

import numpy as np

from servq.query.slices import rows_of
from servq.query.snapshot import Snapshot
from servq.records import Slice

HOURS_PER_DAY = 24


def open_ages(snapshot: Snapshot, kept: Slice, by: str, limits_days: tuple[int, ...]) -> dict[str, tuple[int, ...]]:
    """How many complaints of a slice are still open, per group and age.

    Returns:
        Group -> counts of those open up to the first limit, up to the second …, beyond the last.
    """
    frame = rows_of(snapshot, "complaints", kept)
    still = frame[frame["is_open"].fillna(False).astype(bool)]
    found = {}
    for group, piece in still.groupby(by, observed=True):
        places = np.searchsorted(limits_days, piece["age_hours"].to_numpy(float) / HOURS_PER_DAY, side="left")
        found[str(group)] = tuple(np.bincount(places, minlength=len(limits_days) + 1).tolist())
    return found
