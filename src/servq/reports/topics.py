"""The sections on promises and on causes of complaint, over several weeks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servq.formatting import format_value
from servq.metrics.catalog import get_metric
from servq.metrics.verdicts import PROMISE_OUTCOMES, UNTESTED, Standing, Verdict
from servq.query import measure
from servq.query.causes.cause_counts import compared, named_in
from servq.query.promises.promise_verdicts import judged_promises, promise_counts
from servq.records import UNATTRIBUTED, Label
from servq.reports.report import ReportColumn, ReportField, Section, Table, Tone
from servq.reports.wording import figure_field, named, tone_of
from servq.text.causes.labels import cause_label

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from servq.query import Snapshot
    from servq.query.causes.cause_counts import CauseChange
    from servq.query.promises.promise_verdicts import Tested
    from servq.records import Slice

MOST_PROMISES, MOST_CAUSES = 20, 12
"""Rows that fit on paper; a sheet holds all."""

MOST_NAMED = 2

_MARKS = {Standing.MET: ("✓ ", Tone.BETTER), Standing.MISSED: ("× ", Tone.WORSE)}
_ORDER = (Standing.MISSED, Standing.UNDECIDED, Standing.TOO_FEW, Standing.MET)
_MORE = {Verdict.WORSE: Label("更多 ▼", "more ▼"), Verdict.BETTER: Label("更少 ▲", "fewer ▲")}


def promises(snapshot: Snapshot, period: Slice, day: date) -> Section:
    """Every promise in every channel, the broken ones first."""
    found = sorted(judged_promises(snapshot, period, day), key=lambda one: (one.untested, _ORDER.index(one.standing)))
    title = Label("承诺兑现", "Promises")
    note = Label(
        "✓ 兑现 × 未兑现 ○ 暂无定论（95% 区间跨过界限或样本不足）或未检验，不算兑现",
        "✓ kept × broken ○ inconclusive (the 95% interval holds the limit, or too few rows) or not tested",
    )
    if not found:
        return Section("promises", title, Label("没有在守的承诺", "No promise is in force"), note, page=2)
    columns = (
        ReportColumn(Label("渠道", "Channel")),
        ReportColumn(Label("承诺", "Promise"), wide=True),
        ReportColumn(Label("结论", "Verdict")),
        ReportColumn(Label("实际", "Found"), figures=True),
        ReportColumn(Label("承诺值", "Promised")),
    )
    table = Table(columns, tuple(_promise(one) for one in found), MOST_PROMISES)
    return Section("promises", title, promise_counts(found), note, table=table, page=2)


def _promise(one: Tested) -> tuple[ReportField, ...]:
    mark, tone = _MARKS.get(one.standing, ("○ ", Tone.FAINT))
    word = UNTESTED if one.untested else PROMISE_OUTCOMES[one.standing]
    unit = "percent" if one.promise.tested_by in ("clock", "cause") else get_metric(one.metric).unit
    sign = "≤" if one.promise.better == "lower" else "≥"
    floor = [
        "" if one.threshold is None else f"{sign} {format_value(one.threshold, unit, language)}"
        for language in ("zh", "en")
    ]
    return (
        ReportField(named(one.channel)),
        ReportField(Label(*one.text)),
        ReportField(Label(mark + word.zh, mark + word.en), tone),
        figure_field(unit, one.reading),
        ReportField(Label(*floor)),
    )


def causes(snapshot: Snapshot, period: Slice, before: Slice, span: int) -> Section:
    """The causes that complaints of the period name, each against as many weeks before."""
    title = Label(f"投诉原因（近 {span} 周）", f"Causes of complaint ({span} weeks)")
    note = Label(
        f"从投诉原文找出，一件可有多个原因；占全部投诉的比例，对比之前 {span} 周，一起检验",
        f"Found in the complaints' own words, of which one may name several; share of all complaints, against the "
        f"{span} weeks before, tested together",
    )
    counted = named_in(snapshot, period)
    total = measure(snapshot, "complaints", (), period)[0].reading
    if not total.n:
        nothing = total.reason or Label("这段时间没有投诉", "No complaints in this period")
        return Section("causes", title, nothing, note, page=2)
    changed = {one.code: one for one in compared(snapshot, period, before)[0]}
    without = measure(snapshot, "complaints", (), period.and_(cause=UNATTRIBUTED))[0].reading.n
    columns = (
        ReportColumn(Label("原因", "Cause")),
        ReportColumn(Label("件数", "Complaints")),
        ReportColumn(Label("占比", "Share"), figures=True),
        ReportColumn(Label(f"之前 {span} 周", f"{span} weeks before"), figures=True),
        ReportColumn(Label("变化", "Change")),
    )
    rows = []
    for one in counted:
        change = changed.get(one.code)
        other = ReportField(Label("", "")) if change is None else figure_field("percent", change.against)
        word = Label("", "") if change is None else _MORE.get(change.change.verdict, Label("", ""))
        tone = tone_of(None if change is None else change.change)
        n, share = Label(f"{one.n:,}", f"{one.n:,}"), figure_field("percent", one.share)
        head = (ReportField(cause_label(one.code)), ReportField(n, count=one.n))
        rows.append((*head, share, other, ReportField(word, tone)))
    unit = Label("占投诉的 %", "% of complaints")
    table = Table(columns, tuple(rows), MOST_CAUSES, charted=2, unit=unit)
    finding = _finding(
        list(changed.values()), counted[0].code if counted else "", counted[0].n if counted else 0, total.n
    )
    rest = Label(f"；未归因 {without:,} / {total.n:,} 件", f"; no cause found in {without:,} of {total.n:,}")
    return Section("causes", title, finding, Label(note.zh + rest.zh, note.en + rest.en), table=table, page=2)


def _finding(changed: Sequence[CauseChange], most: str, n: int, total: int) -> Label:
    """Causes named more or less often than before, and the one named most."""
    parts = []
    for verdict, how in (
        (Verdict.WORSE, Label("明显增多", "named more often")),
        (Verdict.BETTER, Label("明显减少", "named less often")),
    ):
        told = sorted((one for one in changed if one.change.verdict == verdict), key=lambda one: one.change.p or 0.0)
        if told:
            zh, en = ([_course(one, language) for one in told[:MOST_NAMED]] for language in (0, 1))
            parts.append(Label(f"{how.zh}：{'、'.join(zh)}", f"{how.en}: {', '.join(en)}"))
    if most:
        name = cause_label(most)
        parts.append(Label(f"说得最多：{name.zh} {n:,} / {total:,} 件", f"named most: {name.en}, {n:,} of {total:,}"))
    else:
        parts.append(Label("原文里没有可识别的原因", "No known cause in the words"))
    return Label("；".join(one.zh for one in parts), "; ".join(one.en for one in parts))


def _course(one: CauseChange, language: int) -> str:
    before, now = (format_value(share.value, "percent", "en" if language else "zh") for share in (one.against, one.now))
    return f"{cause_label(one.code)[language]} {before} → {now}"
