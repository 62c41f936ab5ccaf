"""Sentences on channels: broken promises and differences first, then consistent channels and missing answers.

The page 渠道一致性 and its report tell the same ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from servq.formatting import format_difference
from servq.metrics.catalog import get_metric
from servq.metrics.verdicts import Agreement, Standing
from servq.query.channels.agreement import CLOCK, ChannelLine, Together, broken_since
from servq.query.channels.channel_verdicts import ChannelVerdict, channel_verdicts
from servq.query.channels.mix import unlike
from servq.query.channels.order import in_channel_order
from servq.query.verdicts import PROMISE
from servq.records import NOT_GIVEN, Label, Slice
from servq.text.visible import visible
from servq.weeks import last_weeks, week_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from servq.query.promises.promise_verdicts import Tested
    from servq.query.snapshot import Snapshot

MARKS = {
    Agreement.SAME: "●",
    Agreement.BETTER: "▲",
    Agreement.WORSE: "▼",
    Agreement.UNDECIDED: "○",
    Agreement.APART: "–",
}
"""The shape of a verdict on one channel and line."""

LINE_LABELS = {
    "nps": Label("NPS", "NPS"),
    "csat": Label("CSAT %", "CSAT %"),
    "attitude": Label("态度", "Attitude"),
    "responsiveness": Label("响应", "Responsive"),
    "resolution": Label("解决", "Resolution"),
    "communication": Label("沟通", "Communication"),
    CLOCK: Label("首次响应 时限占用率", "Response, share of limit"),
    PROMISE: Label("承诺 按时响应率", "Promise, on-time response"),
}
"""Line -> its short name, with its unit where it is a share."""

MOST_NAMED = 4
"""Broken promises that the first sentence names; the register names all."""

LOOKED_BACK = 26
"""Weeks in which the turn of a broken promise is looked for."""


@dataclass(frozen=True)
class ChannelSentences:
    """The first sentence on all channels, and the lines beneath it; there are none without channels."""

    first: Label
    beneath: tuple[Label, ...]


def channel_sentences(
    snapshot: Snapshot, slice_: Slice, monday: date, together: Together, tested: Sequence[Tested]
) -> ChannelSentences:
    """Broken promises and differences in one sentence; beneath it how many channels are consistent, and which.

    Args:
        slice_: the filter, without days.
        together: the matrix against all others of each channel.
        tested: the verdicts on promises.
    """
    verdicts = channel_verdicts(together)
    if not verdicts:
        return ChannelSentences(
            Label("所选范围没有可以比较的渠道", "There are no channels to compare in this slice"), ()
        )
    same, apart, unknown = (
        [one for one in verdicts if one.agreement in kinds]
        for kinds in (
            (Agreement.SAME,),
            (Agreement.WORSE, Agreement.BETTER),
            (Agreement.UNDECIDED, Agreement.APART),
        )
    )
    count = Label(
        f"{len(verdicts)} 个渠道：{len(same)} 一致 · {len(apart)} 不一致 · {len(unknown)} 证据不足",
        f"{len(verdicts)} channels: {len(same)} consistent · {len(apart)} not · {len(unknown)} without enough evidence",
    )
    broken = [one for one in tested if one.standing == Standing.MISSED]
    told = [_promises(snapshot, slice_, monday, broken), *(_apart_in(snapshot, one) for one in apart)]
    told = [one for one in told if one.zh]
    found = Label("；".join(one.zh for one in told), "; ".join(one.en for one in told))
    beneath = [count] if told else []
    beneath += [one for one in (_same(same, broken), _missing(unknown)) if one.zh]
    return ChannelSentences(found if told else count, tuple(beneath))


_NOTHING = Label("", "")


def _name(value: str) -> Label:
    """A channel as readers see it."""
    return Label(NOT_GIVEN, "not given") if value == NOT_GIVEN else Label(visible(value), visible(value))


def _joined(labels: Iterable[Label]) -> Label:
    found = list(labels)
    return Label("、".join(one.zh for one in found), ", ".join(one.en for one in found))


def _promises(snapshot: Snapshot, slice_: Slice, monday: date, broken: Sequence[Tested]) -> Label:
    """The broken promises of the register, each with its channel: the first ones by name."""
    if not broken:
        return _NOTHING
    told = _joined(_broken(snapshot, slice_, monday, one) for one in broken[:MOST_NAMED])
    more = Label(" 等", " and more") if len(broken) > MOST_NAMED else _NOTHING
    count = len(broken)
    return Label(
        f"{count} 项承诺未兑现：{told.zh}{more.zh}",
        f"{count} promise{'s' if count > 1 else ''} broken: {told.en}{more.en}",
    )


def _broken(snapshot: Snapshot, slice_: Slice, monday: date, one: Tested) -> Label:
    """A broken promise by its channel and what it is about; a promised time also since when."""
    who, subject = _name(one.channel), one.promise.subject
    if one.promise.tested_by != "clock":
        about = get_metric(subject).label if one.promise.tested_by == "question" else _name(subject)
        return Label(f"{who.zh} {about.zh}", f"{who.en} {about.en}")
    since = broken_since(snapshot, one.channel, slice_, last_weeks(monday, LOOKED_BACK))
    if since is None:
        return Label(f"{who.zh} 响应承诺", f"{who.en}, its response time")
    week = week_key(since).partition("-")[2]
    return Label(f"{who.zh} 响应承诺（自 {week} 起）", f"{who.en}, its response time (since {week})")


def _same(same: Sequence[ChannelVerdict], broken: Sequence[Tested]) -> Label:
    """The consistent channels; one that is consistent in scores but breaks a promise is said to be that."""
    breaks = {one.channel for one in broken}
    mark = Label("（得分一致，但有承诺未兑现）", " (in scores, but breaks a promise)")
    order = in_channel_order(one.channel for one in same)
    names = _joined(
        Label(_name(name).zh + mark.zh, _name(name).en + mark.en) if name in breaks else _name(name) for name in order
    )
    return Label(f"一致：{names.zh}", f"Consistent: {names.en}") if order else _NOTHING


def _missing(unknown: Sequence[ChannelVerdict]) -> Label:
    """The channels that cannot be judged yet, and the largest number of answers that are missing."""
    more = {one.channel: _more(one) for one in unknown}
    names = _joined(
        Label(_name(name).zh + more[name].zh, _name(name).en + more[name].en) for name in in_channel_order(more)
    )
    return Label(f"证据不足：{names.zh}", f"Not enough evidence: {names.en}") if more else _NOTHING


def _more(one: ChannelVerdict) -> Label:
    if one.more is None:
        return _NOTHING
    return Label(f"（还需至多 {one.more:,} 份）", f" (up to {one.more:,} more answers)")


def _apart_in(snapshot: Snapshot, verdict: ChannelVerdict) -> Label:
    """The figures in which a channel differs from the others, the most severe first; "" where only its promise does.

    Where its promised time is broken, its share of the limit says the same once more and is left out.
    """
    late = any(cell.metric == PROMISE for cell in verdict.apart)
    cells = [cell for cell in verdict.apart if cell.metric != PROMISE and not (late and cell.metric == CLOCK)]
    if not cells:
        return _NOTHING
    who, mark = _name(verdict.channel), MARKS[cells[0].judged.agreement]
    other = any(cell.against is not None and unlike(snapshot, cell.slice_, cell.against) for cell in cells)
    mixed = Label("，业务构成也不同", ", with another case mix") if other else _NOTHING
    told = _joined(_difference(cell) for cell in cells)
    return Label(f"{mark} {who.zh}：{told.zh}{mixed.zh}", f"{mark} {who.en}: {told.en}{mixed.en}")


def _difference(cell: ChannelLine) -> Label:
    """One figure of a channel against the others, with its size where that may be shown."""
    name = Label(*(text.removesuffix(" %") for text in LINE_LABELS[cell.metric]))
    difference = cell.shown_difference
    if cell.withheld or difference is None:
        worse = cell.judged.agreement == Agreement.WORSE
        return Label(f"{name.zh} {'较差' if worse else '较好'}", f"{name.en} {'worse' if worse else 'better'}")
    unit, high = get_metric(cell.metric).unit, difference.value > 0
    zh, en = format_difference(abs(difference.value), unit, "zh"), format_difference(abs(difference.value), unit, "en")
    return Label(f"{name.zh} {'高' if high else '低'} {zh}", f"{name.en} {en} {'higher' if high else 'lower'}")
