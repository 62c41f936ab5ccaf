"""Figures as text: value, interval, n and verdict in the reader's language, the same on every page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from servq.formatting import format_difference, format_interval, format_n, format_reading
from servq.metrics.metric import Metric
from servq.metrics.verdicts import STANDINGS, VERDICTS, Change, Standing, Verdict
from servq.query.weekly.mix import MixShift
from servq.records import Reading, State
from servq.ui.shell.language import language, name_of, say
from servq.ui.shell.markup import piece

if TYPE_CHECKING:
    from datetime import date

_MARKS = {
    Verdict.BETTER: "▲",
    Verdict.WORSE: "▼",
    Verdict.NO_EVIDENCE: "●",
    Verdict.TOO_FEW: "○",
    Verdict.NONE: "",
}
HIDDEN_MARK = "⊘"
"""The mark of a figure that is known and not shown; ○ are too few rows, an empty field no rows at all."""

_STANDING_CLASS = {Standing.MET: "better", Standing.MISSED: "worse"}


def value_text(metric: Metric, reading: Reading) -> str:
    """The value with its unit; a dash when there is none or too few rows stand behind it."""
    return format_reading(reading, metric.unit, language())


def interval_text(metric: Metric, reading: Reading) -> str:
    """The 95 % interval, or nothing for figures that have none or may not be shown."""
    return "" if reading.state == State.TOO_FEW else format_interval(reading, metric.unit, language())


def n_text(reading: Reading) -> str:
    """n, its total, and the number of rows that are still open."""
    return format_n(reading, language())


def shift_text(metric: Metric, shift: MixShift) -> str:
    """The two parts of a difference: what its parts did themselves, and what their changed shares did."""
    rate, mix = (
        ("+" if part > 0 else "−") + format_difference(abs(part), metric.unit, language())
        for part in (shift.rate, shift.mix)
    )
    return say(f"其中各组自身 {rate}、构成变化 {mix}", f"of this {rate} within groups, {mix} by a changed mix")


def by_one_limit(since: date | None) -> str:
    """Since when another limit is promised, where that lies within the periods compared; nothing for None."""
    if since is None:
        return ""
    zh, en = f"；时限自 {since} 起变更，前后都按新时限计", f"; another limit since {since}, all counted by the new one"
    return say(zh, en)


def chip(change: Change | None) -> Markup:
    """The verdict on a change: word and shape, coloured only where significant."""
    if change is None or change.verdict == Verdict.NONE:
        return Markup("")
    kind = change.verdict if change.verdict in (Verdict.BETTER, Verdict.WORSE) else ""
    return piece(
        '<span class="sq-chip {kind}">{word} {mark}</span>',
        kind=kind,
        # the figure itself may be firm: what is too small is one of the two that are compared
        word=say("不足以比较", "too few to compare")
        if change.verdict == Verdict.TOO_FEW
        else name_of(VERDICTS[change.verdict]),
        mark=_MARKS[change.verdict],
    )


def standing_chip(standing: Standing) -> Markup:
    """A figure's standing against its target or promise."""
    mark = {Standing.MET: "✓", Standing.MISSED: "✕"}.get(standing, "○")
    return piece(
        '<span class="sq-chip {kind}">{word} {mark}</span>',
        kind=_STANDING_CLASS.get(standing, ""),
        word=name_of(STANDINGS[standing]),
        mark=mark,
    )


def why_nothing(reading: Reading) -> str:
    """The reason why a figure is not shown."""
    if reading.reason is not None:
        return name_of(reading.reason)
    return say("样本不足", "too few")
