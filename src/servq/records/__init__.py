"""Records exchanged between the rooms: frozen data classes, with no behaviour beyond their own fields.

Raw rows travel as `Chunk`s of a `Batch`, filters as a `Slice`, figures as a `Reading`.
"""

from servq.records.asking import (
    DIMENSIONS,
    NOT_GIVEN,
    OPEN_FOR,
    SENTIMENT_LABELS,
    SEVERAL,
    STATES,
    UNATTRIBUTED,
    Label,
    Reading,
    Slice,
    State,
)
from servq.records.drill import Picked
from servq.records.loading import (
    NOTES,
    OUTCOMES,
    RARE,
    REASONS,
    Batch,
    Chunk,
    Conflict,
    FileFacts,
    LoadReport,
    Rejected,
)
from servq.records.overlapping import BETWEEN, OVERLAPPING, groups_of
from servq.records.pairing import NO_PAIR, Crossing, Named, PairSums, SameCustomers, SeenInBoth

__all__ = [
    "BETWEEN",
    "DIMENSIONS",
    "NOTES",
    "NOT_GIVEN",
    "NO_PAIR",
    "OPEN_FOR",
    "OUTCOMES",
    "OVERLAPPING",
    "RARE",
    "REASONS",
    "SENTIMENT_LABELS",
    "SEVERAL",
    "STATES",
    "UNATTRIBUTED",
    "Batch",
    "Chunk",
    "Conflict",
    "Crossing",
    "FileFacts",
    "Label",
    "LoadReport",
    "Named",
    "PairSums",
    "Picked",
    "Reading",
    "Rejected",
    "SameCustomers",
    "SeenInBoth",
    "Slice",
    "State",
    "groups_of",
]
