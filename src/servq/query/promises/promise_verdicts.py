"""The verdict on every promise in every channel: 兑现, 未兑现, 暂无定论 or 未检验, with the figure behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from servq.metrics.judgement.comparison import against_target
from servq.metrics.readings import NO_COMPLAINTS, share_reading
from servq.metrics.verdicts import Standing
from servq.query.measure import measure
from servq.query.snapshot import Snapshot
from servq.query.verdicts import kept_from
from servq.records import Label, Reading, Slice, State
from servq.standards import Promise
from servq.standards.promise import held_on

_NOTHING = Reading(None, 0, State.TOO_FEW)
_METRICS = {"clock": "sla_attainment", "cause": "complaints", "checklist": "visit_score"}


@dataclass(frozen=True)
class Tested:
    """The verdict on one promise in one channel.

    Attributes:
        standing: `met` and `missed` when the whole interval lies on one side of the threshold.
        metric, kept: the rows behind the figure, as many as its n.
        untested: nothing that is collected tests it, so that it has no figure at all.
    """

    promise: Promise
    channel: str
    text: tuple[str, str]
    standing: Standing
    reading: Reading
    threshold: float | None
    metric: str
    slice_: Slice
    untested: bool = False


def judged_promises(snapshot: Snapshot, slice_: Slice, day: date) -> list[Tested]:
    """Every promise that held on a day, in each of its channels, by its version of that day; judged by what came since
    that version holds.
    """
    asked = dict(slice_.where).get("channel")
    return [
        _tested(snapshot, promise, channel, slice_, day)
        for promise in held_on(snapshot.standards.register, day)
        for channel in promise.channels
        if asked is None or channel in asked
    ]


def promise_counts(found: Sequence[Tested]) -> Label:
    """The number of promises kept, broken, inconclusive and not tested, in one line."""
    met, missed = (sum(one.standing == wanted for one in found) for wanted in (Standing.MET, Standing.MISSED))
    untested = sum(one.untested for one in found)
    open_ = len(found) - met - missed - untested
    return Label(
        f"兑现 {met} · 未兑现 {missed} · 暂无定论 {open_} · 未检验 {untested}",
        f"{met} kept · {missed} broken · {open_} inconclusive · {untested} not tested",
    )


def _tested(snapshot: Snapshot, promise: Promise, channel: str, slice_: Slice, day: date) -> Tested:
    start = promise.valid_from if slice_.start is None else max(slice_.start, promise.valid_from)
    rows = slice_.between(start, slice_.end).and_(channel=channel)
    text, threshold, better = (promise.text, promise.text_en or promise.text), promise.threshold, promise.better
    metric = _METRICS.get(promise.tested_by, promise.subject)
    if promise.tested_by == "nothing":
        return Tested(promise, channel, text, Standing.TOO_FEW, _NOTHING, None, "responses", rows, untested=True)
    if promise.tested_by == "clock":
        published = snapshot.standards.promise(channel, day)
        threshold = kept_from(snapshot, day, channel)
        if published is None:
            return Tested(promise, channel, text, Standing.TOO_FEW, _NOTHING, threshold, metric, rows, untested=True)
        text = (published.text or text[0], published.text_en or text[1])
    if promise.tested_by == "checklist":
        rows = rows.and_(item=promise.subject)
    reading = measure(snapshot, metric, (), rows)[0].reading
    if promise.tested_by == "cause":
        hits = measure(snapshot, metric, (), rows.and_(subcategory=promise.subject))[0].reading.n
        reading = share_reading(hits, reading.n, {}, NO_COMPLAINTS)
    side: Literal["higher", "lower"] = "lower" if better == "lower" else "higher"
    standing = against_target(reading, threshold or 0.0, side)
    return Tested(promise, channel, text, standing, reading, threshold, metric, rows)
