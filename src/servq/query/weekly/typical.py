"""Representative comments of a week: those whose score and text agree, with the clearest sentiment first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servq.measures import NPS_BANDS
from servq.query.drill import rows_behind

if TYPE_CHECKING:
    from servq.query.snapshot import Snapshot
    from servq.records import Slice

HOW_MANY = 3
LOOKED_AT = 500
READABLE = range(12, 90)
"""Characters: long enough to say something, short enough for a glance."""


def typical_answers(snapshot: Snapshot, week: Slice, *, bad: bool, most: int = HOW_MANY) -> list[dict[str, Any]]:
    """The answers of detractors (or of promoters) whose comments say it most clearly, each as a row of the drill.

    Answers that are too few for their figure to be shown are withheld, here as in the drill.
    """
    label = "negative" if bad else "positive"
    frame = rows_behind(snapshot, "negative_share", week.and_(sentiment=label), LOOKED_AT).frame
    plain = frame.astype(object)
    plain = plain.where(plain.notna(), None)
    names = [str(name) for name in plain.columns]
    rows = [dict(zip(names, values, strict=True)) for values in plain.itertuples(index=False, name=None)]
    fitting = [row for row in rows if _agrees(row["likelihood"], bad) and len(row["comment"]) in READABLE]
    return sorted(fitting, key=lambda row: row["polarity"] if bad else -row["polarity"])[:most]


def _agrees(likelihood: int | None, bad: bool) -> bool:
    lowest, highest = NPS_BANDS["detractor" if bad else "promoter"]
    return likelihood is not None and lowest <= likelihood <= highest
