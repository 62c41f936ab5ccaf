"""Contradictions between score and text: the SQL conditions, shared by cells, lists and searches."""

from __future__ import annotations

from sqlalchemy import ColumnElement, or_

from servq.measures import COMPARED, MISMATCHES, NPS_BANDS
from servq.warehouse.tables.fact_tables import response, text_score

_HIGH, _LOW = (response.c.likelihood.between(*NPS_BANDS[band]) for band in ("promoter", "detractor"))
_HEARD = text_score.c.polarity.is_not(None)

MISMATCH: dict[str, ColumnElement[bool]] = {
    COMPARED: or_(_HIGH, _LOW) & _HEARD,
    MISMATCHES[0]: _HIGH & _HEARD & (text_score.c.label == "negative"),
    MISMATCHES[1]: _LOW & _HEARD & (text_score.c.label == "positive"),
}
"""Measure -> which answers it counts. What sounds uncertain contradicts nothing: its label is neither."""
