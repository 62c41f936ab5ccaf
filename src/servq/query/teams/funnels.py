"""Team funnels: all teams of a slice on one plot, unadjusted and adjusted for case mix."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from servq.measures import ITEMS
from servq.metrics.catalog import get_metric
from servq.metrics.definitions.response_times import MEDIAN
from servq.metrics.judgement.adjusted import ENOUGH_LIKE as ENOUGH_LIKE
from servq.metrics.judgement.adjusted import adjusted_change
from servq.metrics.judgement.funnel import Funnel as Funnel
from servq.metrics.judgement.funnel import funnel
from servq.metrics.judgement.funnel_limits import FAR, LEAST
from servq.metrics.judgement.funnel_limits import Placed as Placed
from servq.metrics.statistics.case_mix import Kind, Tally
from servq.metrics.statistics.clustering import CLUSTER, UNKNOWN, worth_of
from servq.metrics.statistics.intervals import Z
from servq.metrics.statistics.survival import clock_quantile
from servq.metrics.suppression import hidden_groups
from servq.metrics.verdicts import Change
from servq.query.measure import unsuppressed
from servq.query.respondents import customers_of
from servq.query.slices import rows_of
from servq.query.snapshot import Snapshot
from servq.records import NOT_GIVEN, Slice
from servq.warehouse.reads import cases

ANSWERS = {
    "nps": ("likelihood_n", "promoters"),
    "csat": ("csat_n", "satisfied"),
    "negative_share": ("scored", "negative"),
}
"""Metric of survey answers -> what counts, and what hits."""

COMPLAINTS = {"sla_attainment": "attained", "reopen_rate": "is_reopened"}
"""Metric of complaints -> the column that is true where it hits."""

SLOWER = {
    "first_response_median": ("first_response_hours", "first_response_seen"),
    "resolution_median": ("resolution_hours", "resolution_seen"),
}
"""Metric -> its clock, and what is true once it has ended. Their funnels show the share of cases that took longer than
the median of all, of those old enough to tell (adr/0024): a median has no sum."""

MEASURED = COMPLAINTS | {"first_response_median": "first_response", "resolution_median": "resolution"}
"""Metric of complaints -> what is measured of each, as `Snapshot.complaints_alike` names it."""

ON_FUNNELS = (*ANSWERS, "sla_attainment", *SLOWER)
"""The metrics drawn on funnels; the four items are adjusted in the same way (`ADJUSTED`)."""

ADJUSTED = (*ITEMS, *ON_FUNNELS)

LIMITS = (Z, FAR)
"""The two limits of a funnel, 95 % and 99.8 %, in standard errors."""
SECONDS = 3600
"""Of an hour."""

_LEVELS_OF_ANSWERS = ((0, 1, 2), (1, 2), (2,), ())
"""Channel × product × survey mode, product × mode, mode, anything."""

_LEVELS_OF_COMPLAINTS = ((0, 1, 2), (0, 2), (1, 2), (2,), ())
"""Channel × product × severity, channel × severity, product × severity, severity, anything."""


def teams_on_funnel(snapshot: Snapshot, name: str, slice_: Slice) -> Funnel:
    """Every team of a slice on the funnel of a metric; a team without cases is absent.

    Args:
        name: one of ADJUSTED.
    """
    if slice_.dimensions - get_metric(name).dimensions:
        return funnel({}, [()])
    if name in ANSWERS or name in ITEMS:
        cases_of = _of_answers(_counted(snapshot, slice_), name)
        worth = _worth(snapshot, name, slice_)
        found = funnel(independent(cases_of, worth), _LEVELS_OF_ANSWERS, 0.0 if name in ITEMS else LEAST)
        return _without_the_few(_with_rows(found, cases_of), snapshot, name, slice_)
    frame = rows_of(snapshot, "complaints", slice_)
    counted = _slower(frame, snapshot.as_of, *SLOWER[name]) if name in SLOWER else _hit(frame, name)
    return _of_complaints(counted, snapshot.complaints_alike.get(MEASURED[name], 0.0))


def adjusted_difference(funnel_of: Callable[[str], Funnel], team: str, name: str) -> Change | None:
    """The team's figure less the expected one of its cases; None where that is not known."""
    return adjusted_change(funnel_of(name), team, get_metric(name).better) if name in ADJUSTED else None


def naming_on_funnel(snapshot: Snapshot, category: str, slice_: Slice) -> Funnel:
    """Every team of a slice by the share of its complaints that name a category of cause."""
    if slice_.dimensions - get_metric("complaints").dimensions:
        return funnel({}, [()])
    frame = rows_of(snapshot, "complaints", slice_)
    naming = snapshot.causes.index[snapshot.causes["cause_category"] == category]
    naming_it = frame.assign(hit=frame.index.isin(naming))
    return _of_complaints(naming_it, UNKNOWN if snapshot.complaints_alike else 0.0)


def _of_complaints(frame: pd.DataFrame, alike: float) -> Funnel:
    """Complaints with their `hit` on a funnel, each team's for as many as they are worth."""
    cases_of = _tallied(frame)
    if not alike:
        return funnel(cases_of, _LEVELS_OF_COMPLAINTS)
    cluster = frame.groupby("team", observed=True)[CLUSTER]
    worth = {str(team): worth_of(of.to_numpy(), alike) / len(of) for team, of in cluster}
    return _with_rows(funnel(independent(cases_of, worth), _LEVELS_OF_COMPLAINTS), cases_of)


def _worth(snapshot: Snapshot, name: str, slice_: Slice) -> dict[str, float]:
    """For each team how many independent answers one of its answers is worth, 0 … 1."""
    rows = unsuppressed(snapshot, name, ("team",), slice_)
    return {row.dims["team"]: row.reading.worth / row.reading.n for row in rows if row.reading.n}


def independent(cases: Mapping[str, Mapping[Kind, Tally]], worth: Mapping[str, float]) -> dict[str, dict[Kind, Tally]]:
    """The same figures from as many cases as they are worth."""
    return {
        team: {kind: Tally(*(worth.get(team, 1.0) * part for part in tally)) for kind, tally in kinds.items()}
        for team, kinds in cases.items()
    }


def _with_rows(found: Funnel, cases: Mapping[str, Mapping[Kind, Tally]]) -> Funnel:
    """Each team's n as it can be opened, beside what its cases are worth."""
    rows = {team: round(sum(tally.n for tally in kinds.values())) for team, kinds in cases.items()}
    placed = tuple(
        one if one.n == rows[one.team] else replace(one, n=rows[one.team], effective=float(one.n))
        for one in found.placed
    )
    return replace(found, placed=placed)


def _without_the_few(found: Funnel, snapshot: Snapshot, name: str, slice_: Slice) -> Funnel:
    """Teams of few customers are hidden, and with them those that would give them away (adr/0011)."""
    answers: dict[tuple[str, ...], int] = {(placed.team,): placed.n for placed in found.placed}
    people = customers_of(snapshot, get_metric(name), ("team",), slice_, answers)
    out = hidden_groups(people, snapshot.viewing_minimum)
    names = tuple(placed.team for placed in found.placed if (placed.team,) in out)
    return replace(found, placed=tuple(p for p in found.placed if p.team not in names), hidden=names)


@lru_cache(maxsize=8)
def _counted(snapshot: Snapshot, slice_: Slice) -> pd.DataFrame:
    with snapshot.warehouse.read() as connection:
        return cases.answers_by_kind(connection, slice_)


def _of_answers(frame: pd.DataFrame, name: str) -> dict[str, dict[Kind, Tally]]:
    found: dict[str, dict[Kind, Tally]] = defaultdict(dict)
    for row in frame.to_dict("records"):
        tally = _tally(row, name)
        if tally.n:
            found[row["team"] or NOT_GIVEN][row["channel"], row["product"], row["survey_mode"]] = tally
    return dict(sorted(found.items()))


def _tally(row: Mapping[Hashable, Any], name: str) -> Tally:
    """Outcomes of one kind of case: an item's scores, or 100 for each hit."""
    if name in ITEMS:
        return Tally(*(float(row[f"{name}_{part}"]) for part in ("n", "sum", "squares")))
    counted, hit = ANSWERS[name]
    hits, against = float(row[hit]), float(row["detractors"]) if name == "nps" else 0.0
    return Tally(float(row[counted]), 100 * (hits - against), 100.0**2 * (hits + against))


def _hit(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """The cases that a share counts, with `hit` where they are in it."""
    frame = frame[frame[COMPLAINTS[name]].notna()]
    return frame.assign(hit=frame[COMPLAINTS[name]].to_numpy(dtype=bool))


def _slower(frame: pd.DataFrame, as_of: int, clock: str, ended: str) -> pd.DataFrame:
    """The cases older than the median of all, with `hit` where they took longer, or are open and have taken longer.

    Younger ones count for nobody, closed or not: of them only the quick ones are known. Where more than half of all are
    open, their median is not known; the median of the time so far stands in for it.
    """
    frame = frame[frame[clock].notna()]
    if frame.empty:
        return frame.assign(hit=False)
    hours = frame[clock].to_numpy(dtype=float)
    middle = clock_quantile(hours, frame[ended].to_numpy(dtype=bool), MEDIAN).value
    limit = float(np.median(hours)) if middle is None else middle
    old = (as_of - frame["opened_at"].to_numpy(dtype=float)) / SECONDS > limit
    return frame[old].assign(hit=hours[old] > limit)


def _tallied(frame: pd.DataFrame) -> dict[str, dict[Kind, Tally]]:
    """Complaints by team and kind of case, 100 for each that hits."""
    found: dict[str, dict[Kind, Tally]] = defaultdict(dict)
    grouped = frame.groupby(["team", "channel", "product", "severity"], observed=True)["hit"].agg(["size", "sum"])
    for (team, *kind), size, hits in zip(grouped.index, grouped["size"], grouped["sum"], strict=True):
        tally = Tally(float(size), 100.0 * hits, 100.0**2 * hits)
        found[str(team)][tuple(map(str, kind))] = tally
    return dict(sorted(found.items()))
