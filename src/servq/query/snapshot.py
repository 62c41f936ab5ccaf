"""A snapshot: everything that the figures of one state of the warehouse need, read once per load.

After that a figure costs the same whatever the number of responses.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

import pandas as pd

from servq.metrics.clocks import with_clocks
from servq.metrics.metric import Need
from servq.metrics.suppression import USUAL_MINIMUM
from servq.query.alike import given_in
from servq.query.blocks import read_cells
from servq.query.cells import Cells
from servq.query.clusters import NO_CLUSTERS, Clusters
from servq.query.complaint_causes import attributed
from servq.query.complaint_clusters import complaints_alike, with_cluster
from servq.query.overlapping import coded
from servq.records import DIMENSIONS, NOT_GIVEN, OVERLAPPING, groups_of
from servq.standards import Standards
from servq.standards.promise import merged
from servq.text.quotes import own_words
from servq.text.quotes.own_words import OwnWords
from servq.warehouse.books import load_log, promises, recompute_log
from servq.warehouse.reads import snapshot_reads
from servq.warehouse.reads.blocks import StoredBlocks
from servq.warehouse.reads.clusters import VALUES, answers_together, complaints_together
from servq.warehouse.store.engine import Warehouse

NO_TIME = 0
"""The last moment of a warehouse without complaints."""

CLOCKS_APART = 2 * 86_400
"""Seconds by which clocks and time zones of two machines may differ."""

FEWEST_AHEAD = 10
"""Cases opened after their load, and at least one of so many, from which the load's clock is not believed."""


@dataclass(frozen=True, eq=False)
class Snapshot:
    """The data of one state of the warehouse; two snapshots are never equal.

    Attributes:
        load_id: the newest load in it; equal ids mean equal figures.
        as_of: the last moment that the data cover, never after their load (UTC seconds); clocks still open run
            until then.
        cells: the week cells of the responses.
        erasures: the newest erasure before it was read; after another one it may hold an erased person's rows.
        reworks: the newest rework of texts (`servq rescore`) in it.
        own_words: the operator's own words, with which phrases and topics are cut.
        cause_cells: the answers of the same cells by the causes that their words name.
        causes: the causes that each complaint names, under its index in `complaints`.
        clusters: the answers of customers and orders that gave several.
        complaints, visits: narrow frames; dimensions are categories, missing ones `NOT_GIVEN`.
        complaints_alike: how alike two complaints of one customer are in what is measured of them
            (`servq.query.complaint_clusters`).
        standards: as in the files, the promises of the register as they were changed since.
        viewing_minimum: what fewer customers answered is not shown as a figure.
    """

    load_id: int
    as_of: int
    cells: Cells
    cause_cells: Cells
    complaints: pd.DataFrame
    causes: pd.DataFrame
    visits: pd.DataFrame
    standards: Standards
    warehouse: Warehouse = field(repr=False)
    clusters: Clusters = NO_CLUSTERS
    complaints_alike: Mapping[str, float] = field(default_factory=dict)
    erasures: int = 0
    viewing_minimum: int = USUAL_MINIMUM
    reworks: int = 0
    own_words: OwnWords = own_words.NONE

    @cached_property
    def _values(self) -> dict[str, list[str]]:
        """The values of the dimensions that were asked for."""
        return {}

    @cached_property
    def under_one_rule(self) -> dict[tuple[tuple[str, float], ...], Snapshot]:
        """The same under other limits, as `servq.query.one_rule` made them: channel and limit -> snapshot."""
        return {}

    @cached_property
    def version(self) -> tuple[str, int, int, int, int, int, int]:
        """Equal versions give equal figures: the warehouse, its newest load, erasure and rework, the standards, the
        minimum, the own words.
        """
        state = (self.load_id, self.erasures, self.reworks)
        return self.warehouse.place, *state, hash(self.standards), self.viewing_minimum, hash(self.own_words)

    @cached_property
    def held(self) -> frozenset[Need]:
        """The kinds of fact with at least one row; of the others nothing is known, not even that there are none."""
        rows: dict[Need, int] = {
            "responses": len(self.cells),
            "complaints": len(self.complaints),
            "visits": len(self.visits),
        }
        return frozenset(kind for kind, count in rows.items() if count)

    @cached_property
    def weeks(self) -> list[date]:
        """The Mondays of every week that has responses, complaints or visits, oldest first."""
        return [date.fromisoformat(week) for week in self.values("week")]

    def values(self, dimension: str) -> list[str]:
        """The values that a dimension takes anywhere in the data, sorted."""
        if dimension not in self._values:  # every page asks for its filters on every rerun
            frames = (self.complaints, self.causes, self.visits)
            found = {value for frame in frames if dimension in frame for value in frame[dimension].cat.categories}
            found.update(self.cells.names.get(dimension, ()))
            if dimension in OVERLAPPING:
                found = {one for value in found for one in groups_of(value)}
            self._values[dimension] = sorted(found, key=lambda value: (value == NOT_GIVEN, value))
        return list(self._values[dimension])

    def overlap(self, by: Sequence[str]) -> bool:
        """Whether answers are in several groups of one of these dimensions: the groups then exceed the whole."""
        return any(
            len(groups_of(name)) > 1
            for dimension in by
            if dimension in OVERLAPPING
            for name in self.cells.names[dimension]
        )


def last_load_id(warehouse: Warehouse) -> int:
    """The newest load in the warehouse: a cache key for figures."""
    with warehouse.read() as connection:
        return load_log.last_load_id(connection)


def state_of(warehouse: Warehouse) -> tuple[int, int, int, int]:
    """The newest load, erasure, recomputation and change of a promise: the cache key for rows and figures."""
    with warehouse.read() as connection:
        load_id, erasures = load_log.last_load_id(connection), load_log.last_erasure_id(connection)
        return load_id, erasures, recompute_log.last_id(connection), promises.last_id(connection)


def take_snapshot(
    warehouse: Warehouse,
    standards: Standards,
    viewing_minimum: int = USUAL_MINIMUM,
    words: OwnWords = own_words.NONE,
) -> Snapshot:
    """A snapshot of the warehouse, read in one consistent transaction."""
    with warehouse.read() as connection:
        load_id, erasures = load_log.last_load_id(connection), load_log.last_erasure_id(connection)
        reworks = recompute_log.last_id(connection)
        cells, cause_cells = (read_cells(StoredBlocks(connection, kind)) for kind in ("survey", "cause"))
        complaints, visits = snapshot_reads.all_complaints(connection), snapshot_reads.all_visits(connection)
        loaded_at = load_log.last_loaded_at(connection, "complaints")
        named, paired = snapshot_reads.causes_of_complaints(connection), complaints_together(connection)
        values = given_in(cells, VALUES)
        together = answers_together(connection, values)
        register = merged(standards.register, promises.kept_versions(connection))
    standards = replace(standards, register=register)
    as_of = _last_moment(complaints, loaded_at)
    complaints = categorised(with_cluster(with_clocks(complaints, as_of, standards), paired))
    return Snapshot(
        load_id,
        as_of,
        cells,
        cause_cells,
        complaints,
        attributed(complaints, named),
        categorised(visits),
        standards,
        warehouse,
        Clusters.from_frame(together, values, cells),
        complaints_alike(complaints),
        erasures,
        viewing_minimum,
        reworks,
        words,
    )


def categorised(frame: pd.DataFrame) -> pd.DataFrame:
    """A frame with its dimensions as categories of text; missing values are named."""
    dims = {name: coded(frame[name]) for name in frame if name in DIMENSIONS}
    kept = {name: pd.Categorical.from_codes(codes, categories=pd.Index(names)) for name, (names, codes) in dims.items()}
    return frame.assign(**kept)


def _last_moment(complaints: pd.DataFrame, loaded_at: int | None) -> int:
    """The last moment that the complaints tell, of those that had come when they were loaded.

    One slip of the keyboard would else let every open clock run on until then. Where a tenth of the cases and at least
    ten of them were opened days after the load it is the clock of the machine that is behind, not they that are ahead.
    """
    moments = complaints[["opened_at", "first_response_at", "resolved_at", "reopened_at"]]
    if loaded_at is not None:
        ahead = int((complaints["opened_at"] > loaded_at + CLOCKS_APART).sum())
        if ahead < max(FEWEST_AHEAD, len(complaints) / FEWEST_AHEAD):
            moments = moments.where(moments <= loaded_at)
    last = moments.max().max()
    return NO_TIME if pd.isna(last) else int(last)
