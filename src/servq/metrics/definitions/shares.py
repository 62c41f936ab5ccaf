"""Shares in percent: customers satisfied, comments negative, cases in time, cases reopened; with Wilson intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from servq.measures import SENTIMENTS
from servq.metrics.columns import column
from servq.metrics.metric import CLOCK_LEAST, COMPLAINT_DIMENSIONS, RESPONSE_DIMENSIONS, Facts, Family, Metric
from servq.metrics.readings import (
    NO_COMPLAINTS,
    NONE_DECIDED,
    left_out,
    measured,
    nothing,
    share_of_answers,
    true_share,
)
from servq.records import Label, Reading

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from servq.metrics.columns import Columns


def read_csat(facts: Facts) -> Reading:
    """Share of satisfaction scores of at least 4 on the scale 1–5, in percent of those who gave one."""
    return share_of_answers(facts, measured(facts, "csat_satisfied"), measured(facts, "csat_n"), "csat")


def read_negative_share(facts: Facts) -> Reading:
    """Share of negative comments, in percent of the scored ones (negative, uncertain, positive)."""
    scored = sum(measured(facts, f"sentiment_{label}") for label in SENTIMENTS)
    return share_of_answers(facts, measured(facts, "sentiment_negative"), scored, "scored")


def read_sla_attainment(facts: Facts) -> Reading:
    """Share of complaints answered within their channel's limit, in percent of those whose limit has passed.

    A case whose limit still runs is excluded whether it is answered or not: those that are answered already are the
    quick ones. Counted by them, 160 cases of the last day with a limit of a day are all in time; a day later 56 % are.
    """
    complaints = facts.complaints
    if complaints is None or not len(complaints):
        return nothing(NO_COMPLAINTS)
    in_time = column(complaints, "attained")
    undecided = in_time != in_time  # NaN is not equal to itself
    many = int(np.count_nonzero(undecided))
    codes = _undecided(complaints, undecided, many) if many else {}
    return true_share(facts, "attained", codes, NONE_DECIDED, CLOCK_LEAST)


def _undecided(complaints: pd.DataFrame | Columns, undecided: NDArray[np.bool_], many: int) -> dict[str, int]:
    """Why so many complaints are not decided."""
    answered_early = ~np.isnan(column(complaints, "within_limit"))
    runs = undecided & (answered_early | (column(complaints, "is_open") == 1))
    running = int(runs.sum())
    days = int((undecided & ~runs & (column(complaints, "first_response_by_day") == 1)).sum())
    return left_out(still_running=running, by_day=days, not_recorded=many - running - days)


def read_reopen_rate(facts: Facts) -> Reading:
    """Share of complaints that were reopened, in percent of those that were resolved two weeks ago or earlier.

    A case that was resolved yesterday has had no time to come back: counted, it would make young weeks look better.
    """
    complaints = facts.complaints
    if complaints is None or not len(complaints):
        return nothing(NO_COMPLAINTS)
    came_back = column(complaints, "is_reopened")
    unknown = np.isnan(came_back)
    running = int((unknown & column(complaints, "is_open")).sum())
    codes = left_out(still_running=running, not_ripe=int(unknown.sum()) - running)
    return true_share(facts, "is_reopened", codes, NONE_DECIDED)


CSAT = Metric(
    name="csat",
    label=Label("满意度 CSAT", "Customer satisfaction"),
    question=Label("多大比例的客户满意？", "What share of customers is satisfied?"),
    unit="percent",
    better="higher",
    needs=frozenset({"responses"}),
    dimensions=RESPONSE_DIMENSIONS,
    drill="responses",
    counted="csat",
    counted_as=Label("作答了“总体满意度”的答卷", "answers with “Overall satisfaction”"),
    family=Family.PERCEPTION,
    formula=Label(
        "100 × 评分 ≥ 4 的人数 ÷ 评分人数（1–5 分）", "100 × scores of at least 4 ÷ scores given (scale 1–5)"
    ),
    reference=Label("5 分制中 4–5 分的占比；区间：Wilson 1927", "share of 4–5 of 5; interval: Wilson 1927"),
    read=read_csat,
)

NEGATIVE_SHARE = Metric(
    name="negative_share",
    label=Label("负面评论占比", "Negative comments"),
    question=Label("客户写下的评论有多少是负面的？", "What share of the comments is negative?"),
    unit="percent",
    better="lower",
    needs=frozenset({"responses"}),
    dimensions=RESPONSE_DIMENSIONS,
    drill="responses",
    counted="sentiment",
    counted_as=Label("评论已判定情感的答卷", "answers with a scored comment"),
    family=Family.PERCEPTION,
    formula=Label(
        "100 × 负面评论数 ÷ 已判定情感的评论数（负面 + 不确定 + 正面）",
        "100 × negative comments ÷ scored comments (negative + uncertain + positive)",
    ),
    reference=Label("区间：Wilson 1927", "interval: Wilson 1927"),
    read=read_negative_share,
)

SLA_ATTAINMENT = Metric(
    name="sla_attainment",
    label=Label("首次响应达标率", "Answered within the limit"),
    question=Label("多少投诉在承诺时限内得到首次响应？", "What share of complaints was first answered in time?"),
    unit="percent",
    better="higher",
    needs=frozenset({"complaints"}),
    dimensions=COMPLAINT_DIMENSIONS,
    drill="complaints",
    counted="attained",
    counted_as=Label("时限已过的投诉", "complaints whose limit has passed"),
    family=Family.PROCESS,
    formula=Label(
        "100 × 时限内首次响应的件数 ÷ 时限已过的件数；未响应且超时计为未达标；时限未到的，无论是否已响应，暂不计入",
        "100 × answered within the limit ÷ those whose limit has passed; unanswered past the limit counts as missed; "
        "inside it a case is not counted yet, answered or not",
    ),
    reference=Label(
        "时限按渠道与日期：data/standards.toml；区间：Wilson 1927",
        "limit per channel and day: data/standards.toml; interval: Wilson 1927",
    ),
    read=read_sla_attainment,
    maturity=Label("时限已过", "the limit has passed"),
    shown_from=CLOCK_LEAST[0],
    judgeable_from=CLOCK_LEAST[1],
)

REOPEN_RATE = Metric(
    name="reopen_rate",
    label=Label("重开率", "Reopened"),
    question=Label("多少投诉结案后又被重新打开？", "What share of resolved complaints came back?"),
    unit="percent",
    better="lower",
    needs=frozenset({"complaints"}),
    dimensions=COMPLAINT_DIMENSIONS,
    drill="complaints",
    counted="is_reopened",
    counted_as=Label("结案（或重开）已满 14 天的投诉", "complaints resolved (or reopened) at least 14 days ago"),
    family=Family.RESULT,
    formula=Label(
        "100 × 曾重开的件数 ÷ 结案（或重开）已满 14 天的件数",
        "100 × reopened ÷ resolved (or reopened) at least 14 days ago",
    ),
    reference=Label("区间：Wilson 1927", "interval: Wilson 1927"),
    read=read_reopen_rate,
    population=Label("本期开立、已结案的投诉", "complaints opened in the period that were resolved"),
    maturity=Label("结案（或重开）满 14 天", "14 days after it was resolved (or came back)"),
)
