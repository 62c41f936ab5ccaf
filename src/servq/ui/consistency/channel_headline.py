"""The headline of 渠道一致性: consistent channels, inconsistent ones with their lines, missing answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from servq.formatting import format_difference
from servq.metrics.verdicts import Agreement
from servq.query.channels.agreement import broken_since
from servq.query.channels.channel_verdicts import ChannelVerdict, channel_verdicts
from servq.query.channels.mix import unlike
from servq.query.verdicts import PROMISE
from servq.ui.components import drill
from servq.ui.components.figures import get_metric
from servq.ui.consistency.consistency import MARKS, OTHERS, ROWS, together
from servq.ui.shell import shell
from servq.ui.shell.language import joined_words, language, name_of, say, shown
from servq.ui.shell.theme import in_channel_order
from servq.ui.shell.view import View, kept_per_view
from servq.weeks import week_key

LOOKED_BACK = 26
"""Weeks in which the turn of a broken promise is looked for."""


def headline(view: View) -> None:
    """The number of consistent channels, the inconsistent ones and their lines, the number of missing answers."""
    verdicts = channel_verdicts(together(view, OTHERS))
    if not verdicts:
        nothing = say("所选范围没有可以比较的渠道", "There are no channels to compare in this slice")
        shell.title(nothing, drill.describe(view.period))
        return
    same, apart, unknown = (
        [one for one in verdicts if one.agreement in kinds]
        for kinds in (
            (Agreement.SAME,),
            (Agreement.WORSE, Agreement.BETTER),
            (Agreement.UNDECIDED, Agreement.APART),
        )
    )
    what = say("；", "; ").join(_apart_in(view, one) for one in apart)
    shell.title(
        say(
            f"{len(verdicts)} 个渠道：{len(same)} 一致 · {len(apart)} 不一致{what and f'（{what}）'} · "
            f"{len(unknown)} 证据不足",
            f"{len(verdicts)} channels: {len(same)} consistent · {len(apart)} not{what and f' ({what})'} · "
            f"{len(unknown)} without enough evidence",
        ),
        " · ".join(part for part in (_same(same), _missing(unknown), drill.describe(view.period)) if part),
    )


def _same(same: Sequence[ChannelVerdict]) -> str:
    names = joined_words(shown(name) for name in in_channel_order(one.channel for one in same))
    return say(f"一致：{names}", f"Consistent: {names}") if names else ""


def _missing(unknown: Sequence[ChannelVerdict]) -> str:
    """The channels that cannot be judged yet, and the largest number of answers that are missing."""
    more = {one.channel: _more(one) for one in unknown}
    names = joined_words(shown(name) + more[name] for name in in_channel_order(more))
    return say(f"证据不足：{names}", f"Not enough evidence: {names}") if names else ""


def _more(one: ChannelVerdict) -> str:
    if one.more is None:
        return ""
    return say(f"（还需至多 {one.more:,} 份）", f" (up to {one.more:,} more answers)")


@kept_per_view
def _apart_in(view: View, verdict: ChannelVerdict) -> str:
    """The lines on which a channel is inconsistent, the most severe first; and whether its mix of cases differs."""
    cell, difference = verdict.apart[0], verdict.apart[0].shown_difference
    who = f"{MARKS[cell.judged.agreement]} {shown(verdict.channel)}{say('：', ': ')}"
    more = len(verdict.apart) - 1
    tail = say(f"，另 {more} 项", f", and {more} more") if more else ""
    if cell.withheld and cell.metric != PROMISE:
        name, worse = name_of(ROWS[cell.metric]).removesuffix(" %"), cell.judged.agreement == Agreement.WORSE
        zh, en = ("较差", "worse") if worse else ("较好", "better")
        return who + say(f"{name} {zh}", f"{name} {en}") + tail
    if cell.metric == PROMISE or difference is None:
        since = broken_since(view.snapshot, verdict.channel, view.slice_, view.mondays(LOOKED_BACK))
        return who + _broken(since) + tail
    metric, name = get_metric(cell.metric), name_of(ROWS[cell.metric]).removesuffix(" %")
    size = format_difference(abs(difference.value), metric.unit, language())
    zh, en = ("高", "higher") if difference.value > 0 else ("低", "lower")
    other = cell.against is not None and bool(unlike(view.snapshot, cell.slice_, cell.against))
    mixed = say("，业务构成也不同", ", with another case mix") if other else ""
    return who + say(f"{name} {zh} {size}", f"{name} {size} {en}") + tail + mixed


def _broken(since: date | None) -> str:
    if since is None:
        return say("响应承诺未兑现", "its response promise is not kept")
    week = week_key(since).partition("-")[2]
    return say(f"响应承诺自 {week} 起未兑现", f"its response promise has not been kept since {week}")
