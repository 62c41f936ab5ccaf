"""Findings of charts: one sentence with its n, worded from verdicts that were reached elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from servq.metrics.catalog import get_metric
from servq.metrics.metric import Metric
from servq.metrics.verdicts import Standing, Verdict
from servq.records import Label, Reading
from servq.ui.shell.language import joined_words, name_of, say
from servq.ui.shell.numbers import value_text

MOST_NAMED = 3

_MEDIAN, _WITHIN = get_metric("first_response_median"), get_metric("sla_attainment")

_CHANGED = {
    Verdict.BETTER: Label("变好", "better"),
    Verdict.WORSE: Label("变差", "worse"),
    Verdict.NO_EVIDENCE: Label("无显著变化", "no significant change"),
    Verdict.TOO_FEW: Label("样本不足以比较", "too few to compare"),
}


@dataclass(frozen=True)
class Answered:
    """One group's response: its median, the share within the promised time, and whether that keeps the promise."""

    name: str
    median: Reading
    within: Reading
    standing: Standing


def over_time(metric: Metric, span: int, now: Reading, before: Reading, verdict: Verdict) -> str:
    """The finding of a trend: the last `span` weeks, as many before, and the verdict on the two.

    Args:
        verdict: of `now` against `before`, as the page judged it.
    """
    name = name_of(metric.label)
    if not now.n:
        return say(f"{name}：近 {span} 周没有数据", f"{name}: no data in the last {span} weeks")
    (value, past), (n, n_past) = (value_text(metric, now), value_text(metric, before)), (f"{now.n:,}", f"{before.n:,}")
    zh = f"近 {span} 周 {value}（n = {n}），之前 {span} 周 {past}（n = {n_past}）"
    en = f"{value} (n = {n}) in the last {span} weeks, {past} (n = {n_past}) in the {span} before"
    if verdict not in _CHANGED:
        return say(f"{name}：{zh}；只是计数，不判断变化", f"{name}: {en}; a plain count, not judged")
    word = _CHANGED[verdict]
    return say(f"{name}：{word.zh}，{zh}", f"{name}: {word.en}, {en}")


def against_promises(groups: Sequence[Answered], without: int, noun: Label) -> str:
    """The finding of clocks: the groups that break their promise, and the number that keep it.

    Args:
        groups: those that promised something.
        without: how many others promised nothing.
        noun: what the groups are called.
    """
    head = say("首次响应：", "First response: ")
    if not groups:
        return head + say(f"{without} 个{noun.zh}没有公开的承诺可以对照", f"no promise of {without} {noun.en} is known")
    more = say(f"；{without} 个没有公开承诺", f"; {without} without a promise") if without else ""
    broken = sorted((g for g in groups if g.standing == Standing.MISSED), key=lambda group: -group.within.n)
    met = sum(group.standing == Standing.MET for group in groups)
    open_ = len(groups) - met - len(broken)
    n = f"{sum(group.within.n for group in groups):,}"
    if broken:
        zh, en = f"；{met} 个{noun.zh}兑现，{open_} 个暂无定论", f"; {met} {noun.en} keep it, {open_} inconclusive"
        return head + _who(broken, noun) + say(zh, en) + more
    if not open_:
        zh, en = f"{met} 个{noun.zh}全部兑现承诺（n = {n}）", f"all {met} {noun.en} keep the promise (n = {n})"
    else:
        zh = f"{met} 个{noun.zh}兑现承诺，{open_} 个暂无定论，无显著未兑现（n = {n}）"
        en = f"{met} {noun.en} keep the promise, {open_} inconclusive, none is told to break it (n = {n})"
    return head + say(zh, en) + more


def _who(broken: Sequence[Answered], noun: Label) -> str:
    """Those that break their promise by name, each with its median, its share in time and the n of that."""
    told = []
    for group in broken[:MOST_NAMED]:
        median, share = value_text(_MEDIAN, group.median), value_text(_WITHIN, group.within)
        n = f"{group.within.n:,}"
        zh, en = f"（中位数 {median}；时限内 {share}，n = {n}）", f" (median {median}; {share} in time, n = {n})"
        told.append((group.name, say(zh, en)))
    if len(told) == 1:
        name, figures = told[0]
        return say(f"{name} 未兑现承诺{figures}", f"{name} breaks the promise{figures}")
    names = joined_words(name + figures for name, figures in told)
    if len(broken) > len(told):
        return say(
            f"{names}等 {len(broken)} 个{noun.zh}未兑现承诺",
            f"{len(broken)} {noun.en} break the promise, among them {names}",
        )
    return say(f"{names} 未兑现承诺", f"{names} break the promise")
