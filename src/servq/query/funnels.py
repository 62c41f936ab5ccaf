"""All teams of a slice on one funnel, as they came and adjusted for what they are given to do."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache

import numpy as np
import pandas as pd

from servq.metrics.catalog import get_metric
from servq.metrics.funnel import Funnel, funnel
from servq.metrics.tallies import Kind, Tally
from servq.query.slices import rows_of
from servq.query.snapshot import Snapshot
from servq.records import NOT_GIVEN, Slice
from servq.warehouse import cases

ANSWERS = {
    "nps": ("likelihood_n", "promoters"),
    "csat": ("csat_n", "satisfied"),
    "negative_share": ("scored", "negative"),
}
"""Metric of survey answers -> what counts, and what hits."""

COMPLAINTS = {"sla_attainment": "within_limit", "reopen_rate": "is_reopened"}
"""Metric of complaints -> the column that is true where it hits."""

SLOWER = "resolution_median"
"""Its funnel shows the share of cases that took longer than the median of all: a median has no sum."""

ON_FUNNELS = (*ANSWERS, "sla_attainment", SLOWER)

_LEVELS_OF_ANSWERS = ((0, 1, 2), (1, 2), (2,), ())
"""Channel × product × survey mode, product × mode, mode, anything."""

_LEVELS_OF_COMPLAINTS = ((0, 1, 2), (0, 2), (1, 2), (2,), ())
"""Channel × product × severity, channel × severity, product × severity, severity, anything."""


def teams_on_funnel(snapshot: Snapshot, name: str, kept: Slice) -> Funnel:
    """Every team of a slice; one without cases is not on it.

    Args:
        name: one of ON_FUNNELS.
    """
    if name in ANSWERS:
        if kept.dimensions - get_metric(name).dimensions:
            return funnel({}, [()])
        return funnel(_of_answers(_counted(snapshot, kept), name), _LEVELS_OF_ANSWERS)
    if kept.dimensions - get_metric(name).dimensions:
        return funnel({}, [()])
    return funnel(_of_complaints(rows_of(snapshot, "complaints", kept), name), _LEVELS_OF_COMPLAINTS)


@lru_cache(maxsize=8)
def _counted(snapshot: Snapshot, kept: Slice) -> pd.DataFrame:
    with snapshot.warehouse.read() as connection:
        return cases.answers_by_kind(connection, kept)


def _of_answers(frame: pd.DataFrame, name: str) -> dict[str, dict[Kind, Tally]]:
    counted, hit = ANSWERS[name]
    found: dict[str, dict[Kind, Tally]] = defaultdict(dict)
    for row in frame.to_dict("records"):
        n, hits = float(row[counted]), float(row[hit])
        against = float(row["detractors"]) if name == "nps" else 0.0
        if n:
            kind = (row["channel"], row["product"], row["survey_mode"])
            found[row["team"] or NOT_GIVEN][kind] = Tally(n, 100 * (hits - against), 100.0**2 * (hits + against))
    return dict(sorted(found.items()))


def _of_complaints(frame: pd.DataFrame, name: str) -> dict[str, dict[Kind, Tally]]:
    if name == SLOWER:
        frame = frame[frame["resolution_hours"].notna() & ~frame["is_open"]]
        hours = frame["resolution_hours"].to_numpy(dtype=float)
        hit = hours > (np.median(hours) if len(hours) else 0.0)
    else:
        frame = frame[frame[COMPLAINTS[name]].notna()]
        hit = frame[COMPLAINTS[name]].to_numpy(dtype=bool)
    found: dict[str, dict[Kind, Tally]] = defaultdict(dict)
    grouped = frame.assign(hit=hit).groupby(["team", "channel", "product", "severity"], observed=True)["hit"]
    for (team, *kind), hits in grouped:
        tally = Tally(float(len(hits)), 100.0 * hits.sum(), 100.0**2 * hits.sum())
        found[str(team)][tuple(map(str, kind))] = tally
    return dict(sorted(found.items()))
