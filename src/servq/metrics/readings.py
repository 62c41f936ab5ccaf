"""Builders of readings: shares, means, empty readings with their reason, and the labels of exclusions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from servq.metrics.columns import column
from servq.metrics.metric import USUAL_LEAST, state_of
from servq.metrics.statistics.clustering import CLUSTER, effective_n, worth_of
from servq.metrics.statistics.intervals import mean_interval, share_interval
from servq.records import Label, Reading, State

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from servq.metrics.metric import Facts

EXCLUSIONS: dict[str, Label] = {
    "no_answer": Label("未作答", "not answered"),
    "still_running": Label("尚未到期或未结案", "not decided yet"),
    "not_ripe": Label("结案未满 14 天", "resolved less than 14 days ago"),
    "not_recorded": Label("已结案但无首次响应记录", "resolved without a recorded first response"),
    "by_day": Label("只有日期，说不出小时", "only the day is known, not the hour"),
    "not_compared": Label("无评分、无可判断的文字，或评 7–8 分", "no score, no scored text, or a score of 7–8"),
    "not_expected": Label("期望或体验未作答", "expectation or experience not answered"),
    "not_followed": Label("不知是否复购", "not known whether they bought again"),
    "not_listed": Label("所在的载入没有列出未作答者", "their load does not list who did not answer"),
    "other_band": Label("推荐分不在这一档，或未作答", "likelihood in another band, or not given"),
    "not_contrary": Label(
        "意愿与行为不相悖，或不知是否复购", "intention and behaviour agree, or the behaviour is not known"
    ),
    "no_mismatch": Label("无此不符", "without such a contradiction"),
    "not_open": Label("已结案", "resolved"),
    "no_points": Label("无有效检查项", "without a usable checklist item"),
}
"""The reasons why rows of a slice are not in n, with every code of `Reading.excluded`."""

COUNT = "count"
"""Under this name `Facts.alike` says that complaints of one customer come together: 1 where anybody has several."""

NO_RESPONSES = Label("没有答卷", "no survey answers here")
NO_ANSWERS = Label("有答卷，但无人回答此项", "there are answers, but none to this question")
NOT_EXPECTED = Label("没有问期望", "expectations were not asked")
NOT_FOLLOWED = Label("没有复购标记", "it is not known who bought again")
NOT_LISTED = Label("没有载入列出未作答者及其时间", "no load lists who did not answer, and when they were asked")
NOT_COMPARED = Label("没有同时给出高分或低分与评论的答卷", "no answer has both a high or low score and a comment")
NO_COMPLAINTS = Label("没有投诉", "no complaints here")
NO_VISITS = Label("没有神秘访客检查", "no mystery-shopping visits here")
NO_SURVEYS_LOADED = Label("尚未载入答卷", "no survey answers are loaded")
NO_COMPLAINTS_LOADED = Label("尚未载入投诉", "no complaints are loaded")
NONE_DECIDED = Label("尚无已有结果的投诉", "no complaint is decided yet")
DAYS_ALONE = Label("只有日期，没有钟点：不足一天的时长说不出", "only days are known: nothing below a day can be told")
NOT_REACHED = Label("未结案太多，尚不能得出", "too many cases are still open to tell")

NOT_RECORDED: dict[str, Label] = {
    "first_response": Label("没有记录首次响应时间", "no first response is recorded"),
    "resolution": Label("没有记录结案时间", "no resolution is recorded"),
}
"""Clock -> why it tells nothing where not one complaint of the slice has its end."""


def nothing(reason: Label, excluded: Mapping[str, int] | None = None) -> Reading:
    """A reading without a value, with the reason; never 0."""
    return Reading(None, 0, State.TOO_FEW, excluded=left_out(**(excluded or {})), reason=reason)


def left_out(**counts: int) -> dict[str, int]:
    """The exclusions with at least one row; codes with 0 rows are not listed.

    >>> left_out(no_answer=3, still_running=0)
    {'no_answer': 3}
    """
    return {code: count for code, count in counts.items() if count}


def measured(facts: Facts, name: str) -> int:
    """A count among the measures; 0 where the group has no such cell."""
    return int(facts.responses.get(name, 0))


def share_reading(
    hits: int,
    n: int,
    excluded: dict[str, int],
    reason: Label,
    least: tuple[int, int] = USUAL_LEAST,
    effective: float | None = None,
) -> Reading:
    """hits / n in percent with its Wilson interval; `reason` is given when n is 0.

    Args:
        effective: how many independent rows n are worth; None: as many.
    """
    if n == 0:
        return nothing(reason, excluded)
    worth = n if effective is None else effective
    low, high = share_interval(hits * worth / n, worth)
    return Reading(100 * hits / n, n, state_of(worth, *least), excluded, low, high, effective=told_effective(n, worth))


def share_of_answers(facts: Facts, hits: int, n: int, answered: str) -> Reading:
    """hits of n survey answers in percent; those of the slice that are not in n did not answer.

    Args:
        answered: the value under which answers of one customer are weighted (`clustering`).
    """
    responses = measured(facts, "responses")
    excluded = left_out(no_answer=responses - n)
    worth = effective_n(facts.responses, answered, n)
    return share_reading(hits, n, excluded, NO_ANSWERS if responses else NO_RESPONSES, effective=worth)


def told_effective(n: int, worth: float) -> float | None:
    """What `Reading.effective` is: None where all rows are independent.

    >>> told_effective(30, 30.0), told_effective(30, 12.5)
    (None, 12.5)
    """
    return worth if worth < n else None


def mean_reading(
    facts: Facts, name: str, scale: tuple[float, float], excluded: dict[str, int], reason: Label
) -> Reading:
    """Mean of a score whose count, sum and squares are measured under a name, with Student's t interval.

    Args:
        scale: the lowest and highest value that one answer can have.
        reason: given when there are answers, but none to this.
    """
    n = measured(facts, f"{name}_n")
    if n == 0:
        return nothing(reason if measured(facts, "responses") else NO_RESPONSES, excluded)
    total, squares = float(facts.responses[f"{name}_sum"]), float(facts.responses[f"{name}_squares"])
    worth = effective_n(facts.responses, name, n)
    part = worth / n
    low, high = mean_interval(worth, part * total, part * squares, *scale) or (None, None)
    return Reading(total / n, n, state_of(worth), excluded, low, high, effective=told_effective(n, worth))


def true_share(
    facts: Facts, name: str, codes: dict[str, int], reason: Label, least: tuple[int, int] = USUAL_LEAST
) -> Reading:
    """The share of 1 among the 1 and 0 of a column of the complaints; the missing ones (NaN) are the `codes`."""
    assert facts.complaints is not None
    told = column(facts.complaints, name)
    known = told == told  # NaN is not equal to itself
    hits, n = int(np.count_nonzero(told == 1)), int(np.count_nonzero(known))
    worth = worth_of_complaints(facts, name, None if n == len(known) else known)
    return share_reading(hits, n, codes, reason, least, worth)


def worth_of_complaints(facts: Facts, name: str, counted: NDArray[np.bool_] | None = None) -> float:
    """How many independent complaints those that count are worth: several of one customer are alike.

    Args:
        name: what is measured of them, as `Facts.alike` names it.
        counted: which of them count; None: all.
    """
    assert facts.complaints is not None
    alike = facts.alike.get(name, 0.0)
    if not alike:
        return len(facts.complaints) if counted is None else int(counted.sum())
    cluster = column(facts.complaints, CLUSTER)
    return worth_of(cluster if counted is None else cluster[counted], alike)
