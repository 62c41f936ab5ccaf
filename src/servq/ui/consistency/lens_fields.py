"""Fields of the three-source matrix: one source's verdict on a unit, the joint result, their marks and hover texts."""

from __future__ import annotations

from collections.abc import Sequence

from servq.formatting import format_value
from servq.metrics.verdicts import ACCORDS, Accord, Verdict
from servq.query.channels.lenses import COMPLAINTS, LENSES, SURVEY, VISITS, Seen, Unit
from servq.records import Label, State
from servq.ui.charts.canvas import plain
from servq.ui.charts.grids.board import Field, Tint
from servq.ui.components.figures import get_metric
from servq.ui.shell.language import joined_words, language, name_of, say, shown
from servq.ui.shell.numbers import HIDDEN_MARK, interval_text, n_text, value_text, why_nothing
from servq.ui.shell.theme import GREY

COLUMNS = {
    SURVEY: Label("问卷 NPS", "NPS"),
    COMPLAINTS: Label("投诉/百份", "Complaints"),
    VISITS: Label("访客 %", "Visits %"),
}
"""Lens -> its short name, with its unit."""

SHORT = {SURVEY: Label("问卷", "survey"), COMPLAINTS: Label("投诉", "complaints"), VISITS: Label("访客", "visits")}
"""Lens -> what it is called in a sentence."""

TOGETHER = Label("合看", "Together")
_SHORT_ACCORDS = ACCORDS | {
    Accord.MISSING: Label("缺数据", "no data"),
    Accord.UNDECIDED: Label("证据不足", "unclear"),
}
"""Short labels of joint results, for fields that are narrow on a phone."""

_WORDS = {
    Verdict.BETTER: Label("好于其余", "better than the others"),
    Verdict.WORSE: Label("差于其余", "worse than the others"),
    Verdict.NO_EVIDENCE: Label("与其余无显著差别", "no significant difference to the others"),
    Verdict.TOO_FEW: Label("缺数据：没有数据或样本不足", "no data: no rows, or too few"),
}
_MARKS = {Verdict.BETTER: "▲", Verdict.WORSE: "▼", Verdict.NO_EVIDENCE: "●"}
_TINTS = {Verdict.BETTER: Tint.BETTER, Verdict.WORSE: Tint.WORSE}
ORDER = (Accord.CONTRADICT, Accord.AGREE, Accord.MISSING, Accord.UNDECIDED)
"""In which the accords are told, and units stand."""


def lacking(units: Sequence[Unit]) -> list[str]:
    """The sources that are missing for any of these."""
    gone = {one.metric for unit in units for one in unit.seen if one.change.verdict == Verdict.TOO_FEW}
    return [name_of(SHORT[name]) for name in LENSES if name in gone]


def named(unit: Unit) -> str:
    """A unit with the sources that show a difference: 小程序 问卷▲ 投诉▼."""
    told = [f"{name_of(SHORT[one.metric])}{_MARKS[one.change.verdict]}" for one in unit.seen if _is_told(one)]
    return f"{shown(unit.name)} {' '.join(told)}"


def along(unit: Unit) -> str:
    """The direction in which the sources of a unit agree, as a mark after its name; "" where they do not."""
    return f" {_MARKS[unit.way]}" if unit.way else ""


def together(unit: Unit) -> Field:
    """The joint result of the sources; it opens the rows of the most significant one."""
    surest = min(unit.seen, key=lambda one: (not _is_told(one), -one.own.n))
    word = name_of(_SHORT_ACCORDS[unit.accord])
    below = joined_words(lacking([unit])) if unit.accord == Accord.MISSING else ""
    tint = Tint.PLAIN
    if unit.accord == Accord.CONTRADICT:
        tint, below = Tint.WORSE, say("方向相反", "opposite ways")
    elif unit.accord == Accord.AGREE and unit.way:
        tint = _TINTS[unit.way]
    strong = f"<b>{word}</b>" if unit.accord in ORDER[:2] else f"<span style='color:{GREY}'>{word}</span>"
    text = f"{strong}<br><span style='font-size:11px;color:{GREY}'>{f'{along(unit)} {below}'.strip()}</span>"
    lines = [
        f"{plain(shown(unit.name))} · {name_of(ACCORDS[unit.accord])}",
        *(f"{_lens(one)}{_word(one)}" for one in unit.seen),
    ]
    return Field(
        shown(unit.name), name_of(TOGETHER), text, "<br>".join(lines), tint, (surest.metric, surest.slice_)
    )  # fmt: skip


def field(unit: Unit, one: Seen) -> Field:
    """One unit in one source: value and n, tinted where significant; it opens its rows."""
    own, metric = one.own, get_metric(one.metric)
    if own.value is None or own.state == State.TOO_FEW:
        mark = HIDDEN_MARK if own.state == State.HIDDEN else "–"
        value = f"<span style='color:{GREY}'>{mark}</span>"
    else:
        value = f"{_MARKS.get(one.change.verdict, '○')} {format_value(own.value, metric.unit, language(), bare=True)}"
        value = f"<b>{value}</b>" if _is_told(one) else f"<span style='color:{GREY}'>{value}</span>"
    text = f"{value}<br><span style='font-size:11px;color:{GREY}'>n={own.n:,}</span>"
    tint = _TINTS.get(one.change.verdict, Tint.PLAIN)
    return Field(
        shown(unit.name), name_of(COLUMNS[one.metric]), text, _hover(unit, one), tint, (one.metric, one.slice_)
    )  # fmt: skip


def _hover(unit: Unit, one: Seen) -> str:
    metric = get_metric(one.metric)
    lines = [f"{plain(shown(unit.name))} · {name_of(metric.label)}"]
    if one.own.value is None or one.own.state == State.TOO_FEW:
        lines += [why_nothing(one.own), n_text(one.own)]
    else:
        lines.append(f"<b>{value_text(metric, one.own)}</b> ({interval_text(metric, one.own)})")
        lines.append(n_text(one.own))
        lines.append(say("其余 ", "the others ") + f"{value_text(metric, one.others)} · {n_text(one.others)}")
    return "<br>".join([*lines, _word(one)])


def _lens(one: Seen) -> str:
    return name_of(COLUMNS[one.metric]) + say("：", ": ")


def _word(one: Seen) -> str:
    return name_of(_WORDS.get(one.change.verdict, _WORDS[Verdict.TOO_FEW]))


def _is_told(one: Seen) -> bool:
    return one.change.verdict in _TINTS
