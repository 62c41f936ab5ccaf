"""Survey answers counted by kind of case and by pattern of scores, which week cells do not keep.

Read from the facts, at most the newest `limit` answers of a slice, so that it costs a bounded time in any warehouse.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
from sqlalchemy import Connection, Select, case, func, select

from servq.measures import ITEMS, NPS_BANDS, SATISFIED_FROM
from servq.records import Slice
from servq.warehouse.reads.snapshot_reads import conditions
from servq.warehouse.store.frames import fetch_frame
from servq.warehouse.tables.fact_tables import response, text_score

KINDS = ("team", "channel", "product", "survey_mode")

AT_MOST = 200_000
"""Answers of a slice that are looked at, the newest first."""


def answers_by_kind(connection: Connection, slice_: Slice, limit: int = AT_MOST) -> pd.DataFrame:
    """Answers by team, channel, product and survey mode.

    Returns:
        KINDS (missing is ""), then `responses` and per figure how many count and how many hit: `likelihood_n`,
        `promoters`, `detractors`, `csat_n`, `satisfied`, `scored`, `negative`; per item `_n`, `_sum`, `_squares`.
    """
    newest = _newest(slice_, limit, *KINDS, "likelihood", "csat", "text_hash", *ITEMS).subquery()
    heard = newest.outerjoin(text_score, newest.c.text_hash == text_score.c.text_hash)
    scored = text_score.c.polarity.is_not(None)
    counts: dict[str, Any] = {
        "responses": func.count(),
        "likelihood_n": func.count(newest.c.likelihood),
        "promoters": _count_if(newest.c.likelihood.between(*NPS_BANDS["promoter"])),
        "detractors": _count_if(newest.c.likelihood.between(*NPS_BANDS["detractor"])),
        "csat_n": func.count(newest.c.csat),
        "satisfied": _count_if(newest.c.csat >= SATISFIED_FROM),
        "scored": _count_if(scored),
        "negative": _count_if(scored & (text_score.c.label == "negative")),
    }
    for item in ITEMS:
        score = newest.c[item]
        counts[f"{item}_n"] = func.count(score)
        counts[f"{item}_sum"] = func.coalesce(func.sum(score), 0)
        counts[f"{item}_squares"] = func.coalesce(func.sum(score * score), 0)
    kinds = [func.coalesce(newest.c[name], "").label(name) for name in KINDS]
    columns = [expression.label(name) for name, expression in counts.items()]
    return fetch_frame(connection, select(*kinds, *columns).select_from(heard).group_by(*kinds))


def score_patterns(connection: Connection, slice_: Slice, limit: int = AT_MOST) -> pd.DataFrame:
    """Answers that have a likelihood and all four items, counted by these five scores.

    Returns:
        `likelihood`, the ITEMS, `n`; some thousand rows at most where scores are whole numbers.
    """
    names = ("likelihood", *ITEMS)
    wanted = _newest(slice_, limit, *names).where(*(response.c[name].is_not(None) for name in names)).subquery()
    scores = [wanted.c[name] for name in names]
    return fetch_frame(connection, select(*scores, func.count().label("n")).group_by(*scores).order_by(*scores))


def _newest(slice_: Slice, limit: int, *names: str) -> Select[Any]:
    wanted = conditions(response, "surveys", slice_)
    return (
        select(*(response.c[name] for name in names))
        .where(*wanted)
        .order_by(response.c.answered_at.desc())
        .limit(limit)
    )


def _count_if(condition: Any) -> Any:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)
