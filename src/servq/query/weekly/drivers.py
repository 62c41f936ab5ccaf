"""Drivers of recommending in a slice: relative weights of the items, from the answers that gave all five scores."""

from __future__ import annotations

from servq.measures import ITEMS
from servq.metrics.metric import RESPONSE_DIMENSIONS
from servq.metrics.statistics.relative_weights import FEWEST as FEWEST
from servq.metrics.statistics.relative_weights import Drivers as Drivers
from servq.metrics.statistics.relative_weights import Weight as Weight
from servq.metrics.statistics.relative_weights import drivers
from servq.query.measure import unsuppressed
from servq.query.snapshot import Snapshot
from servq.records import Slice
from servq.warehouse.reads import cases


def item_drivers(snapshot: Snapshot, slice_: Slice) -> Drivers:
    """Relative weights of the four items, in the order of `ITEMS`."""
    if slice_.dimensions - RESPONSE_DIMENSIONS:
        return Drivers(0, None, ())
    with snapshot.warehouse.read() as connection:
        frame = cases.score_patterns(connection, slice_)
    scores = frame[["likelihood", *ITEMS]].to_numpy(dtype=float).reshape(-1, 1 + len(ITEMS))
    readings = [
        row.reading for name in ("nps", *ITEMS) for row in unsuppressed(snapshot, name, (), slice_) if row.reading.n
    ]
    worth = min((one.worth / one.n for one in readings if one.n), default=1.0)
    return drivers(scores, frame["n"].to_numpy(dtype=float), worth=worth)
