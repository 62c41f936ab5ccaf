"""Rater severity and agreement of mystery shoppers: how strictly each marks, and how far two on the same day agree.

A visit is *doubled* when on the same business day another shopper went to the same place: same channel, same team,
same outlet (where no outlet is recorded, the team is the place). Of a shopper who went twice that day the first visit
counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from servq.metrics.judgement.rater_severity import Scored, Severity, severities
from servq.metrics.metric import VISIT_DIMENSIONS
from servq.metrics.statistics.krippendorff import FEWEST_OCCASIONS as FEWEST_OCCASIONS
from servq.metrics.statistics.krippendorff import TRUSTED_FROM as TRUSTED_FROM
from servq.metrics.statistics.krippendorff import Alpha, alpha
from servq.metrics.verdicts import Hand
from servq.query.slices import rows_of
from servq.query.snapshot import Snapshot
from servq.records import NOT_GIVEN, Slice
from servq.weeks import business_day

PLACE = ["channel", "team", "outlet"]


@dataclass(frozen=True)
class Shopper:
    """One shopper's name and severity."""

    name: str
    severity: Severity


@dataclass(frozen=True)
class Pair:
    """Two shoppers at the same place on the same day, in percent of the points possible on the items both saw."""

    day: date
    channel: str
    team: str
    outlet: str
    shoppers: tuple[str, str]
    scores: tuple[float, float]


@dataclass(frozen=True)
class Doubled:
    """The doubled visits of a slice: the shoppers' agreement, and each pair of visits, newest first."""

    alpha: Alpha
    pairs: tuple[Pair, ...]


def usable_items(snapshot: Snapshot, slice_: Slice) -> pd.DataFrame:
    """The checklist items of a slice that have points, with `share` (0 … 1); shoppers without a name are left out."""
    if slice_.dimensions - VISIT_DIMENSIONS:  # visits do not know what the filter asks for
        slice_ = Slice(date.min, date.min)
    frame = rows_of(snapshot, "visits", slice_)
    frame = frame[(frame["points_possible"] > 0) & frame["points"].notna() & (frame["shopper_id"] != NOT_GIVEN)]
    return frame.assign(share=frame["points"].astype(float) / frame["points_possible"].astype(float))


def shoppers(snapshot: Snapshot, slice_: Slice) -> list[Shopper]:
    """Every shopper of a slice against the others, the most different first."""
    frame = usable_items(snapshot, slice_)
    if frame.empty:
        return []
    names, codes = np.unique(frame["shopper_id"].to_numpy(dtype=str), return_inverse=True)
    stratum = frame.groupby(["channel", "team", "item"], observed=True).ngroup().to_numpy()
    scored = Scored(
        stratum,
        codes,
        pd.factorize(frame["visit_id"])[0],
        frame["share"].to_numpy(dtype=float),
        frame["points_possible"].to_numpy(dtype=float),
    )
    found = [Shopper(str(names[s.shopper]), s) for s in severities(scored)]
    return sorted(found, key=lambda one: (one.severity.p is None, one.severity.p, one.name))


def unlike_shoppers(snapshot: Snapshot, slice_: Slice) -> tuple[str, ...]:
    """The shoppers of a slice who mark significantly more strictly or leniently than the others."""
    unlike = (Hand.HARSH, Hand.MILD)
    return tuple(sorted(one.name for one in shoppers(snapshot, slice_) if one.severity.hand in unlike))


def without_shoppers(snapshot: Snapshot, slice_: Slice, names: tuple[str, ...]) -> Slice:
    """A slice without the visits of these shoppers."""
    if not names:
        return slice_
    asked = dict(slice_.where).get("shopper_id") or tuple(snapshot.values("shopper_id"))
    return slice_.and_(shopper_id=tuple(name for name in asked if name not in names))


def doubled(snapshot: Snapshot, slice_: Slice) -> Doubled:
    """The occasions on which two shoppers or more saw the same place on the same day."""
    frame = usable_items(snapshot, slice_)
    days = {moment: business_day(moment) for moment in frame["visited_at"].unique()}
    frame = frame.assign(day=frame["visited_at"].map(days), occasion=-1)
    if not frame.empty:
        frame["occasion"] = frame.groupby(["day", *PLACE], observed=True).ngroup()
    first = frame.groupby(["occasion", "shopper_id"], observed=True)["visited_at"].transform("min")
    frame = frame[frame["visited_at"] == first].drop_duplicates(["occasion", "shopper_id", "item"])
    several = frame.groupby("occasion")["shopper_id"].transform("nunique") > 1
    frame = frame[several].sort_values(["visited_at", "visit_id"])
    units = frame.groupby(["occasion", "item"], observed=True).ngroup().to_numpy()
    found = alpha(pd.factorize(frame["occasion"])[0], units, frame["share"].to_numpy(dtype=float))
    pairs = [pair for _, part in frame.groupby("occasion") for pair in _pairs(part)]
    return Doubled(found, tuple(sorted(pairs, key=lambda pair: pair.day, reverse=True)))


def _pairs(part: pd.DataFrame) -> list[Pair]:
    """The first shopper of an occasion beside each later one, on the items that both saw."""
    names = list(dict.fromkeys(part["shopper_id"]))
    head = part.iloc[0]
    place = (head["day"], str(head["channel"]), str(head["team"]), str(head["outlet"]))
    found = []
    for other in names[1:]:
        pair = part[part["shopper_id"].isin([names[0], other])]
        both = pair[pair.groupby("item", observed=True)["shopper_id"].transform("nunique") == 2]
        if both.empty:
            continue
        sums = both.groupby("shopper_id", observed=True)[["points", "points_possible"]].sum()
        score = 100 * sums["points"] / sums["points_possible"]
        found.append(Pair(*place, (names[0], other), (float(score[names[0]]), float(score[other]))))
    return found
