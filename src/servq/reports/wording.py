"""Words and marks of reports: a value of the data, a figure, and a verdict, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servq.formatting import NOTHING, format_interval, format_n, format_reading, format_value, state_label
from servq.metrics.verdicts import Change, Verdict
from servq.records import NOT_GIVEN, Label, Reading, State
from servq.reports.report import ReportField, Tone

if TYPE_CHECKING:
    from servq.metrics.metric import Metric

HIDDEN_MARK = "⊘"
"""The mark of a figure that is known and not shown."""

_MARKS = {Verdict.BETTER: "▲", Verdict.WORSE: "▼", Verdict.NO_EVIDENCE: "●", Verdict.TOO_FEW: "○", Verdict.NONE: ""}
_TONES = {Verdict.BETTER: Tone.BETTER, Verdict.WORSE: Tone.WORSE}


def named(value: str) -> Label:
    """A value of the data: unchanged, except for the mark of a missing one."""
    return Label(value, "not given" if value == NOT_GIVEN else value)


def mark_of(change: Change | None) -> str:
    """The shape of a verdict; nothing where none was reached."""
    return "" if change is None else _MARKS[change.verdict]


def tone_of(change: Change | None) -> Tone:
    """The colour of a verdict: only a significant change has one."""
    return Tone.PLAIN if change is None else _TONES.get(change.verdict, Tone.PLAIN)


def value_label(metric: Metric, reading: Reading) -> Label:
    """A figure with its unit, or the reason why there is none."""
    zh, en = (format_reading(reading, metric.unit, language) for language in ("zh", "en"))
    if zh != NOTHING:
        return Label(zh, en)
    if reading.reason is not None:
        return reading.reason
    return Label(state_label(reading, "zh"), state_label(reading, "en"))


def bare_value(unit: str, reading: Reading) -> Label:
    """A figure for a field of a table whose head names the unit; a mark where there is none to show."""
    if reading.value is None or reading.state == State.TOO_FEW:
        mark = HIDDEN_MARK if reading.state == State.HIDDEN else "○" if reading.n else NOTHING
        return Label(mark, mark)
    return Label(
        format_value(reading.value, unit, "zh", bare=unit != "percent"),
        format_value(reading.value, unit, "en", bare=unit != "percent"),
    )


def interval_parts(reading: Reading) -> tuple[float | None, float | None, float | None]:
    """Value, low and high of a figure; nothing where it may not be shown."""
    if reading.value is None or reading.state in (State.TOO_FEW, State.HIDDEN):
        return None, None, None
    return reading.value, reading.low, reading.high


def interval_label(unit: str, reading: Reading) -> Label:
    """The 95 % interval of a reading; empty where it has none or may not be shown."""
    if reading.state == State.TOO_FEW:
        return Label("", "")
    return Label(format_interval(reading, unit, "zh"), format_interval(reading, unit, "en"))


def n_label(reading: Reading) -> Label:
    """n of a reading, its total, and the number of rows that are still open."""
    return Label(format_n(reading, "zh"), format_n(reading, "en"))


def figure_field(
    unit: str, reading: Reading, tone: Tone = Tone.PLAIN, mark: str = "", verdict: Label | None = None
) -> ReportField:
    """A figure as a field of a table, n beneath it; grey where it is only indicative or too few."""
    text, n = bare_value(unit, reading), f"n={reading.n:,}"
    shown = Label(f"{mark} {text.zh}".strip(), f"{mark} {text.en}".strip())
    weak = reading.state != State.JUDGEABLE and tone == Tone.PLAIN
    return ReportField(shown, Tone.FAINT if weak else tone, Label(n, n), reading, verdict=verdict)
