"""Improvement cards as stored, and the figures and sentences from which a new one is made."""

from __future__ import annotations

from dataclasses import dataclass

from servq.metrics.readings import NO_COMPLAINTS, share_reading
from servq.query.drill import rows_behind
from servq.query.measure import measure
from servq.query.snapshot import Snapshot
from servq.records import Slice
from servq.records.improvement_card import SENTENCES, CauseCard, Share
from servq.text.quotes.representative import typical_sentences
from servq.warehouse.books import improvement_cards

BESIDE = ("first_response_median", "resolution_median", "reopen_rate")
"""Metrics of the same slice that a card remembers beside the share."""

LOOKED_AT = 300
"""Newest complaints among which the typical sentences are looked for."""


@dataclass(frozen=True)
class Findings:
    """The figures and sentences from which a new card is made.

    Attributes:
        figures: metric -> (value, low, high, n).
        sentences: (complaint, sentence) that speak for the others.
    """

    share: Share
    figures: dict[str, tuple[float | None, float | None, float | None, int]]
    sentences: tuple[tuple[str, str], ...]


def findings(snapshot: Snapshot, slice_: Slice, whole: Slice) -> Findings:
    """The present figures and sentences of a cause.

    Args:
        slice_: the slice of the cause.
        whole: the same days and filters without the cause.
    """
    n, total = (measure(snapshot, "complaints", (), some)[0].reading.n for some in (slice_, whole))
    share = share_reading(n, total, {}, NO_COMPLAINTS)
    beside = {name: measure(snapshot, name, (), slice_)[0].reading for name in BESIDE}
    frame = rows_behind(snapshot, "complaints", slice_, LOOKED_AT).frame
    spoken = frame if frame.empty else frame[frame["text"].notna()]
    told = list(zip(spoken["complaint_id"].map(str), spoken["text"].map(str), strict=True)) if len(spoken) else []
    chosen = typical_sentences([text for _, text in told], SENTENCES)
    return Findings(
        Share(n, total, share.value, share.low, share.high, snapshot.load_id),
        {name: (reading.value, reading.low, reading.high, reading.n) for name, reading in beside.items()},
        tuple((told[place][0], sentence) for place, sentence in chosen),
    )


def all_cards(snapshot: Snapshot) -> list[CauseCard]:
    """Every card, the newest first."""
    with snapshot.warehouse.read() as connection:
        return improvement_cards.all_cards(connection)
