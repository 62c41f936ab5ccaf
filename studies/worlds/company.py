"""A made company: its answers and complaints as plain tables, and the snapshot that pages compute their figures on.

A world makes rows; what happens to them afterwards (cells, clocks, design effects) is servq's own code.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from servq.measures import (
    CAUSE_DIMENSIONS,
    CAUSE_MEASURES,
    CELL_DIMENSIONS,
    ITEMS,
    LIKELIHOODS,
    MEASURES,
    SCORES,
    SENTIMENTS,
)
from servq.metrics.clocks import with_clocks
from servq.query.cells import Cells
from servq.query.clusters import NO_CLUSTERS, Clusters
from servq.query.complaint_causes import attributed
from servq.query.complaint_clusters import complaints_alike, with_cluster
from servq.query.snapshot import Snapshot, categorised
from servq.standards import Standards
from servq.warehouse.reads.snapshot_reads import COMPLAINT_COLUMNS, VISIT_COLUMNS
from servq.warehouse.store.engine import Warehouse
from servq.weeks import day_start

FIRST = date(2023, 1, 2)
"""The Monday with which every world begins."""

ITEMS_OF_A_VISIT = 8
"""Checklist items of a visit."""

WATCHED = (
    "nps", "csat", "first_response_median", "resolution_median", "negative_share", "visit_score", *ITEMS,
    "sla_attainment",
)  # fmt: skip
"""What the weekly page looks at."""

RECOMMENDED = np.array([1, 1, 1, 2, 2, 4, 6, 12, 18, 20, 33], dtype=float) / 100
"""Shares of the likelihoods 0–10 where a world has no others: NPS +36."""


@dataclass(frozen=True)
class Company:
    """Some weeks of a made company.

    Attributes:
        weeks: how many, from `FIRST` on.
        answers: rows are answers: `week` and `team` (places), `likelihood`, optionally `csat`, the items, `customer`
            (a number), `mode` (a name), `sentiment` (negative, uncertain, positive, or ""); missing is NaN.
        complaints: rows are complaints: `week`, `team`, `hours` to the first response, `resolved` to the end,
            optionally `customer` (a number).
        channel_of: team -> channel.
        limit: hours within which a complaint is to be answered.
        visits: rows are visits: `week`, `team`, `score` (the share of ten points that an item gets on the average); of
            None there are none.
    """

    weeks: int
    answers: pd.DataFrame
    complaints: pd.DataFrame
    channel_of: tuple[int, ...]
    limit: float = 2.0
    visits: pd.DataFrame | None = None

    @property
    def mondays(self) -> list[date]:
        """The Mondays of its weeks."""
        return [FIRST + timedelta(weeks=week) for week in range(self.weeks)]

    def snapshot(self) -> Snapshot:
        """What the pages compute on."""
        complaints = self._complaints()
        as_of = day_start(self.mondays[-1] + timedelta(days=7)) + 10**7
        clocked = with_clocks(complaints, as_of, Standards(default_hours=self.limit))
        clocked = categorised(with_cluster(clocked, self._complaints_together()))
        causes = pd.DataFrame({name: pd.Series(dtype=object) for name in (*CAUSE_DIMENSIONS, *CAUSE_MEASURES)})
        cells = Cells.from_frame(self._cells())
        return Snapshot(
            load_id=1,
            as_of=as_of,
            cells=cells,
            cause_cells=Cells.from_frame(causes, CAUSE_DIMENSIONS, CAUSE_MEASURES),
            complaints=clocked,
            causes=attributed(clocked, pd.DataFrame({"complaint_id": [], "cause": []}, dtype=object)),
            visits=categorised(self._visits()),
            standards=Standards(default_hours=self.limit),
            warehouse=Warehouse("sqlite://"),
            clusters=self._clusters(cells),
            complaints_alike=complaints_alike(clocked),
        )

    def _named(self, rows: pd.DataFrame) -> pd.DataFrame:
        """The dimensions of rows, as the warehouse gives them."""
        team = rows["team"].to_numpy()
        mondays = np.array(self.mondays, dtype=object)
        named = pd.DataFrame(
            {
                "week": mondays[rows["week"].to_numpy()],
                "channel": np.array([f"channel {c:02d}" for c in self.channel_of], dtype=object)[team],
                "team": np.array([f"team {t:03d}" for t in range(len(self.channel_of))], dtype=object)[team],
            }
        )
        mode = rows["mode"].to_numpy() if "mode" in rows else ""
        return named.assign(touchpoint="", segment="", survey_mode=mode)

    def _cells(self) -> pd.DataFrame:
        counted = _counts(self.answers)
        named = self._named(self.answers)
        return pd.concat([named, counted], axis=1).groupby(list(CELL_DIMENSIONS), as_index=False)[list(MEASURES)].sum()

    def _complaints(self) -> pd.DataFrame:
        rows = self.complaints
        starts = np.array([day_start(monday) for monday in self.mondays], dtype=np.int64)
        opened = starts[rows["week"].to_numpy(dtype=np.intp)] + 86_400 * (np.arange(len(rows)) % 7) + 30_000
        answered = opened + (3600 * rows["hours"].to_numpy(dtype=float)).astype(np.int64)
        named = self._named(rows).drop(columns=["touchpoint", "segment", "survey_mode"])
        ids = [f"c{place}" for place in range(len(rows))]
        resolved = opened + (3600 * rows["resolved"].to_numpy(dtype=float)).astype(np.int64)
        known = named.assign(complaint_id=ids, opened_at=opened, first_response_at=answered, resolved_at=resolved)
        known["reopened_at"] = pd.Series([pd.NA] * len(rows), dtype="Int64")
        for name in set(COMPLAINT_COLUMNS) - set(known.columns):
            known[name] = pd.Series([None] * len(rows), dtype=object)
        return known[list(COMPLAINT_COLUMNS)]

    def _complaints_together(self) -> pd.DataFrame:
        """Complaints of customers with several."""
        if "customer" not in self.complaints:
            return pd.DataFrame({"complaint_id": [], "cluster": []})
        whose = self.complaints["customer"]
        places = np.flatnonzero(whose.duplicated(keep=False))
        return pd.DataFrame({"complaint_id": [f"c{place}" for place in places], "cluster": whose.to_numpy()[places]})

    def _visits(self) -> pd.DataFrame:
        """Each visit with its items; what an item gets is drawn from whole points."""
        if self.visits is None:
            return pd.DataFrame({name: pd.Series(dtype=object) for name in VISIT_COLUMNS})
        rows = self.visits.loc[self.visits.index.repeat(ITEMS_OF_A_VISIT)].reset_index(names="visit")
        named = self._named(rows).drop(columns=["touchpoint", "segment", "survey_mode"])
        starts = np.array([day_start(monday) for monday in self.mondays], dtype=np.int64)
        item = np.arange(len(rows)) % ITEMS_OF_A_VISIT
        wobble = np.sin(2.4 * np.arange(len(rows))) * 2  # items of a visit differ from each other, its mean does not
        points = np.clip(np.rint(10 * rows["score"].to_numpy() + wobble), 0, 10)
        return named.assign(
            visit_id=rows["visit"].map("v{}".format),
            visited_at=starts[rows["week"].to_numpy(dtype=np.intp)] + 50_000,
            outlet="",
            shopper_id="",
            dimension="",
            item=np.char.add("item ", item.astype(str)).astype(object),
            points=points,
            points_possible=10.0,
        )[list(VISIT_COLUMNS)]

    def _clusters(self, cells: Cells) -> Clusters:
        if "customer" not in self.answers:
            return NO_CLUSTERS
        several = self.answers["customer"].duplicated(keep=False).to_numpy()
        rows = self.answers[several].reset_index(drop=True)
        if not len(rows):
            return NO_CLUSTERS
        values = _values(rows)
        starts = np.array([day_start(monday) for monday in self.mondays], dtype=np.int64)
        frame = self._named(rows).assign(
            answered_at=starts[rows["week"].to_numpy(dtype=np.intp)] + 40_000,
            cluster=rows["customer"].to_numpy(),
            customer=rows["customer"].to_numpy(),
            answered_of_asked=0,
        )
        return Clusters.from_frame(frame.assign(**values), list(values), cells)


def _values(rows: pd.DataFrame) -> dict[str, NDArray[Any]]:
    """The values of `servq.warehouse.reads.clusters.answers_together`."""
    likelihood = rows["likelihood"].to_numpy(dtype=float)
    found = {"likelihood": np.where(np.isnan(likelihood), np.nan, 1.0 * (likelihood >= 9) - (likelihood <= 6))}
    if "csat" in rows:
        csat = rows["csat"].to_numpy(dtype=float)
        found["csat"] = np.where(np.isnan(csat), np.nan, csat >= 4)
    return found | {item: rows[item].to_numpy(dtype=float) for item in ITEMS if item in rows}


def _counts(rows: pd.DataFrame) -> pd.DataFrame:
    """What each answer adds to the measures of its cell."""
    counted = {name: np.zeros(len(rows)) for name in MEASURES}
    counted["responses"] += 1
    for answer, name in enumerate(LIKELIHOODS):
        counted[name] += rows["likelihood"].to_numpy() == answer
    for score in SCORES:
        if score in rows:
            value = rows[score].to_numpy(dtype=float)
            counted[f"{score}_n"] += ~np.isnan(value)
            counted[f"{score}_sum"] += np.nan_to_num(value)
            counted[f"{score}_squares"] += np.nan_to_num(value) ** 2
            if score == "csat":
                counted["csat_satisfied"] += value >= 4
    for label in SENTIMENTS if "sentiment" in rows else ():
        counted[f"sentiment_{label}"] += rows["sentiment"].to_numpy() == label
    return pd.DataFrame(counted)
