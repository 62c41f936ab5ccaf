"""Answers on scales of their own (satisfied, easy) and bands of the NPS: one SQL expression each, for cells and lists.

A satisfaction of another scale is judged by the threshold that stands beside the answer; two scales meet in a share of
satisfied answers only, never in a sum of scores.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, case, func

from servq.measures import BAND_ANSWERS, EASY_FROM, NPS_BANDS, OTHER_SCALE, STANCES
from servq.warehouse.tables.fact_tables import response

_answer = response.c[OTHER_SCALE]

SATISFIED: ColumnElement[int] = case((_answer >= response.c.csat_satisfied_from, 1), (_answer.is_not(None), 0))
"""1 and 0 of an answer on another scale; NULL where there is none."""

EASY: dict[str, ColumnElement[int]] = {
    effort: case((response.c[effort] >= least, 1), (response.c[effort].is_not(None), 0))
    for effort, least in EASY_FROM.items()
}
"""Effort question -> 1 where it was easy and 0 where it was not; NULL where it was not answered."""

EASY_ON_ANY: ColumnElement[int] = func.coalesce(*EASY.values())
"""The same over the scales."""

BAND_ALONE: dict[str, ColumnElement[bool]] = {
    measure: response.c.likelihood.is_(None) & (response.c.nps_band == STANCES[band])
    for band, measure in BAND_ANSWERS.items()
}
"""Measure -> the answers that tell this band and no number."""

STANCE: ColumnElement[int] = case(
    *((response.c.likelihood.between(*ends), STANCES[band]) for band, ends in NPS_BANDS.items()),
    else_=response.c.nps_band,
)
"""1 of a promoter, 0 of a passive, −1 of a detractor; NULL where neither a number nor a band is told."""
