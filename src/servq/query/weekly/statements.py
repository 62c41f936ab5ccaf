"""Statements on the cells of a week: one sentence each, with the figures and the evidence behind it.

The command line, the reports and whoever else tells a week use the same ones. Judges nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from servq.formatting import format_value, state_label
from servq.metrics.catalog import get_metric
from servq.metrics.verdicts import RULES, VERDICTS
from servq.query.comparison_period import AGAINST, compared_weeks, has_data, weeks_back
from servq.records import NOT_GIVEN, Label
from servq.weeks import week_key

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from servq.metrics.verdicts import Change
    from servq.query.comparison_period import Against
    from servq.query.snapshot import Snapshot
    from servq.query.weekly.cell_changes import CellChange, WeekChanges
    from servq.query.weekly.changes import Sign
    from servq.records import Reading, Slice

Kind = Literal["news", "mixed", "lasting"]

BY_MIX = Label("变的主要是构成，不算服务变化", "mostly a changed mix, no change of service")

EVERYBODY = Label("全部", "All")


@dataclass(frozen=True)
class Statement:
    """One statement of a week.

    Attributes:
        kind: new this week, a figure that only its mix moved, or lasting.
        sign: the rule of the control chart that says most; None where the week is held against the other period.
        now, before, change: the two figures of the statement, of the sign where there is one.
        text: the whole sentence in both languages.
    """

    kind: Kind
    cell: CellChange
    sign: Sign | None
    now: Reading
    before: Reading
    change: Change
    text: Label


def statements_of(family: WeekChanges, against: Label) -> list[Statement]:
    """The statements of a week in the page's order: new ones, figures that only their mix moved, and lasting ones.

    Args:
        against: what the week is compared with, by its name.
    """
    return [_stated(cell, kind, against) for kind, cells in _kinds(family) for cell in cells]


def headline_of(snapshot: Snapshot, slice_: Slice, monday: date, family: WeekChanges, against: Against) -> Label:
    """The first sentence on a week; where nothing could be compared, why.

    Args:
        slice_: the filter, without days.
    """
    if family.news or family.tested:
        return family.sentence
    name = AGAINST[against]
    if not has_data(snapshot, weeks_back(slice_, monday, 0, 1)):
        return Label("本周没有数据", "No data in this week")
    if not has_data(snapshot, compared_weeks(slice_, monday, against)):
        return Label(f"{name.zh}没有数据，无从比较", f"Nothing to compare with: no data in {name.en}")
    return Label(f"本周与{name.zh}的样本都不足以比较", f"Too few rows this week or {name.en} to compare")


def who_is_meant(cell: CellChange) -> Label:
    """The group whose figure a statement tells: its channel and team, or all."""
    if not cell.dims:
        return EVERYBODY
    values = list(cell.dims.values())
    return Label(" · ".join(values), " · ".join("not given" if one == NOT_GIVEN else one for one in values))


def _kinds(family: WeekChanges) -> Iterator[tuple[Kind, list[CellChange]]]:
    yield "news", family.news
    yield "mixed", family.mixed
    yield "lasting", family.lasting


def _stated(cell: CellChange, kind: Kind, against: Label) -> Statement:
    """The figures of the sign that says most, else of the week and what it is held against."""
    sign = None if kind == "mixed" else cell.leading
    now, before, change = (cell.now, cell.before, cell.change) if sign is None else (sign.now, sign.before, sign.change)
    verdict = BY_MIX if kind == "mixed" else VERDICTS[change.verdict]
    who, name, why = who_is_meant(cell), get_metric(cell.metric).label, _why(cell, sign, against)
    values = [_value(cell.metric, reading) for reading in (before, now)]
    zh, en = (" → ".join(one) for one in zip(*values, strict=True))
    n = f"n={now.n:,}"
    text = Label(
        f"{who.zh} {name.zh} {verdict.zh} {zh} ({n}; {why.zh})",
        f"{who.en} {name.en} {verdict.en} {en} ({n}; {why.en})",
    )
    return Statement(kind, cell, sign, now, before, change, text)


def _why(cell: CellChange, sign: Sign | None, against: Label) -> Label:
    """By which evidence: a rule of the control chart, or what the week is compared with; and a limit that changed."""
    why = Label(f"对比{against.zh}", f"against {against.en}") if sign is None else RULES[sign.rule]
    if cell.since is not None:
        why = Label(f"{why.zh}，自 {week_key(cell.since)} 起", f"{why.en}, since {week_key(cell.since)}")
    elif sign is not None and sign.lasting > 1:
        why = Label(f"{why.zh}，{sign.lasting} 周", f"{why.en}, {sign.lasting} weeks")
    if cell.limit_since is None:
        return why
    return Label(f"{why.zh}；时限自 {cell.limit_since} 起变更", f"{why.en}; another limit since {cell.limit_since}")


def _value(metric: str, reading: Reading) -> tuple[str, str]:
    """A figure in both languages; what stands for it where it is hidden."""
    unit = get_metric(metric).unit
    if reading.value is None:
        return state_label(reading, "zh"), state_label(reading, "en")
    return format_value(reading.value, unit, "zh"), format_value(reading.value, unit, "en")
