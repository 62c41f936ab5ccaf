"""The panel of one group's steps within the same customers, with the texts under each slope and on hover."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from servq.formatting import NOTHING, format_change, format_value
from servq.metrics.verdicts import Verdict
from servq.query import Asked
from servq.query.customers.channel_overlap import Paired
from servq.records import Reading, Slice, State
from servq.ui.charts.canvas import plain
from servq.ui.shell.language import language, say
from servq.ui.shell.numbers import HIDDEN_MARK
from servq.ui.shell.theme import GREY

_MARKS = {Verdict.BETTER: "▲ ", Verdict.WORSE: "▼ "}


@dataclass(frozen=True)
class PanelStep:
    """One step of a panel: both levels, the verdict, the target of a click."""

    way: tuple[str, str]
    found: Paired
    asked: Asked
    slice_: Slice


@dataclass(frozen=True)
class Panel:
    """One group: its steps in their order."""

    name: str
    rises: Sequence[PanelStep]


def is_drawn(found: Paired) -> bool:
    """Whether a step has enough customers to be drawn."""
    return found.difference.state in (State.JUDGEABLE, State.INDICATIVE)


def label(rise: PanelStep) -> str:
    """The text under a step: both touchpoints, the difference, the number of customers."""
    found, reading = rise.found, rise.found.difference
    way = "→".join(plain(name[:1]) for name in rise.way)
    n = f"<span style='color:{GREY}'>n={reading.n:,}</span>"
    if not is_drawn(found):
        mark = HIDDEN_MARK if reading.state == State.HIDDEN else "○" if reading.n else NOTHING
        return f"{way}<br>{mark}<br>{n}"
    told = _MARKS.get(found.change.verdict, "") + format_change(found.change.delta, "score", language())
    firm = reading.state == State.JUDGEABLE
    return f"{way}<br>" + (f"<b>{told}</b>" if firm else f"<span style='color:{GREY}'>{told}</span>") + f"<br>{n}"


def hover(panel: Panel, rise: PanelStep, words: Mapping[Verdict, str]) -> str:
    """A step in full: its levels, the difference with its interval, n and verdict."""
    found, reading = rise.found, rise.found.difference
    before, after = (format_value(value, "score", language(), bare=True) for value in (found.before, found.after))
    lines = [
        f"{plain(panel.name)} · {' → '.join(map(plain, rise.way))}",
        f"{before} → {after}",
        f"<b>{format_change(reading.value, 'score', language())}</b> ({_ends(reading)})",
        say(f"n = {reading.n:,} 位客户", f"n = {reading.n:,} customers"),
    ]
    return "<br>".join([*lines, words[found.change.verdict]] if found.change.verdict in words else lines)


def _ends(reading: Reading) -> str:
    return " – ".join(format_change(end, "score", language()) for end in (reading.low, reading.high))
