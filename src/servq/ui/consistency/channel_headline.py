"""The headline of 渠道一致性: broken promises and differences, then consistent channels and missing answers."""

from __future__ import annotations

from collections.abc import Sequence

from servq.formatting import format_difference
from servq.metrics.verdicts import Agreement, Standing
from servq.query.channels.agreement import CLOCK, ChannelLine, broken_since
from servq.query.channels.channel_verdicts import ChannelVerdict, channel_verdicts
from servq.query.channels.mix import unlike
from servq.query.promises.promise_verdicts import Tested
from servq.query.verdicts import PROMISE
from servq.ui.components import drill
from servq.ui.components.figures import get_metric
from servq.ui.consistency.consistency import MARKS, OTHERS, ROWS, together
from servq.ui.consistency.promise_verdicts import tested
from servq.ui.shell import shell
from servq.ui.shell.language import joined_words, language, name_of, say, shown
from servq.ui.shell.theme import in_channel_order
from servq.ui.shell.view import View, kept_per_view
from servq.weeks import week_key

MOST_NAMED = 4
"""Broken promises that the headline names; the register names all."""

LOOKED_BACK = 26
"""Weeks in which the turn of a broken promise is looked for."""


def headline(view: View) -> None:
    """Broken promises and differences in one sentence; beneath it how many channels are consistent, and which."""
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
    count = say(
        f"{len(verdicts)} 个渠道：{len(same)} 一致 · {len(apart)} 不一致 · {len(unknown)} 证据不足",
        f"{len(verdicts)} channels: {len(same)} consistent · {len(apart)} not · {len(unknown)} without enough evidence",
    )
    broken = [one for one in tested(view) if one.standing == Standing.MISSED]
    told = [_promises(view, broken), *(_apart_in(view, one) for one in apart)]
    found = say("；", "; ").join(part for part in told if part)
    beneath = [count if found else "", _same(same, broken), _missing(unknown), drill.describe(view.period)]
    shell.title(found or count, " · ".join(part for part in beneath if part))


def _promises(view: View, broken: Sequence[Tested]) -> str:
    """The broken promises of the register, each with its channel: the first ones by name."""
    if not broken:
        return ""
    named_ = joined_words(_broken(view, one) for one in broken[:MOST_NAMED])
    more = say(" 等", " and more") if len(broken) > MOST_NAMED else ""
    count = len(broken)
    return say(
        f"{count} 项承诺未兑现：{named_}{more}", f"{count} promise{'s' if count > 1 else ''} broken: {named_}{more}"
    )


def _broken(view: View, one: Tested) -> str:
    """A broken promise by its channel and what it is about; a promised time also since when."""
    who, about = shown(one.channel), one.promise.subject
    if one.promise.tested_by != "clock":
        about = name_of(get_metric(about).label) if one.promise.tested_by == "question" else shown(about)
        return f"{who} {about}"
    since = broken_since(view.snapshot, one.channel, view.slice_, view.mondays(LOOKED_BACK))
    if since is None:
        return say(f"{who} 响应承诺", f"{who}, its response time")
    week = week_key(since).partition("-")[2]
    return say(f"{who} 响应承诺（自 {week} 起）", f"{who}, its response time (since {week})")


def _same(same: Sequence[ChannelVerdict], broken: Sequence[Tested]) -> str:
    """The consistent channels; one that is consistent in scores but breaks a promise is said to be that."""
    breaks = {one.channel for one in broken}
    mark = say("（得分一致，但有承诺未兑现）", " (in scores, but breaks a promise)")
    order = in_channel_order(one.channel for one in same)
    names = joined_words(shown(name) + (mark if name in breaks else "") for name in order)
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
    """The figures in which a channel differs from the others, the most severe first; "" where only its promise does.

    Where its promised time is broken, its share of the limit says the same once more and is left out.
    """
    late = any(cell.metric == PROMISE for cell in verdict.apart)
    cells = [cell for cell in verdict.apart if cell.metric != PROMISE and not (late and cell.metric == CLOCK)]
    if not cells:
        return ""
    who = f"{MARKS[cells[0].judged.agreement]} {shown(verdict.channel)}{say('：', ': ')}"
    other = any(cell.against is not None and unlike(view.snapshot, cell.slice_, cell.against) for cell in cells)
    mixed = say("，业务构成也不同", ", with another case mix") if other else ""
    return who + joined_words(_difference(cell) for cell in cells) + mixed


def _difference(cell: ChannelLine) -> str:
    """One figure of a channel against the others, with its size where that may be shown."""
    name, difference = name_of(ROWS[cell.metric]).removesuffix(" %"), cell.shown_difference
    if cell.withheld or difference is None:
        worse = cell.judged.agreement == Agreement.WORSE
        return say(f"{name} {'较差' if worse else '较好'}", f"{name} {'worse' if worse else 'better'}")
    size = format_difference(abs(difference.value), get_metric(cell.metric).unit, language())
    high = difference.value > 0
    return say(f"{name} {'高' if high else '低'} {size}", f"{name} {size} {'higher' if high else 'lower'}")
