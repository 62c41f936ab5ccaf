"""The command `servq changes`: the statements of the page 每周得分 on a week, with every figure behind them."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from servq.cli.terminal.options import DatabaseOption, FormOption, WhereOption, open_snapshot, read_slice, read_week
from servq.cli.terminal.output import Form, note, write_csv, write_json
from servq.cli.terminal.tables import TableColumn, write_table
from servq.errors import unknown
from servq.formatting import format_value
from servq.records import Label
from servq.weeks import monday_of, week_key, week_label

if TYPE_CHECKING:
    from servq.query import Against, CellChange, Snapshot, WeekChanges
    from servq.query.weekly.changes import Sign
    from servq.records import Reading

COLUMNS = (
    "kind", "metric", "channel", "team", "verdict", "evidence", "weeks", "now", "now_n", "before", "before_n", "change",
    "low", "high", "within_groups", "by_mix", "p", "p_adjusted", "limit_since", "statement", "statement_en",
)  # fmt: skip
"""The columns of `changes` in CSV."""

_BY_MIX = Label("变的主要是构成，不算服务变化", "mostly a changed mix, no change of service")


def changes(
    ctx: typer.Context,
    week: Annotated[
        str | None,
        typer.Option("--week", metavar="WEEK", help="哪一周，默认最新 / which week, else the newest: 2026-W18"),
    ] = None,
    against: Annotated[
        str, typer.Option("--against", metavar="PERIOD", help="与什么比 / week, four-weeks, last-year")
    ] = "week",
    where: WhereOption = None,
    form: FormOption = Form.TABLE,
    database: DatabaseOption = None,
) -> None:
    """一周里真正变了什么 / what really changed in a week, as 每周得分 says it."""
    from servq.query import AGAINST, Against, weekly_changes

    if against not in set(Against):
        raise unknown("对比", "comparison", against, [str(one) for one in Against])
    kept, than = read_slice(where, None, None), Against(against)
    asked = read_week(week)
    snapshot = open_snapshot(ctx, database)
    monday = asked or max(snapshot.weeks, default=monday_of(date.today()))
    family = weekly_changes(snapshot, kept, monday, than)
    told = [_told(cell, kind, AGAINST[than]) for kind, cells in _kinds(family) for cell in cells]
    if monday not in snapshot.weeks:
        note(f"{week_key(monday)} 没有数据\nno data in {week_key(monday)}")
    if form is Form.JSON:
        write_json(_judged(snapshot, family, monday, than) | {"statements": told, "load_id": snapshot.load_id})
    elif form is Form.CSV:
        write_csv(COLUMNS, [[_flat(one)[name] for name in COLUMNS] for one in told])
    else:
        _print(snapshot, family, told, monday, AGAINST[than])


def _kinds(family: WeekChanges) -> list[tuple[str, list[CellChange]]]:
    """The statements of the page in its order: new ones, figures that only their mix moved, and lasting ones."""
    return [("news", family.news), ("mixed", family.mixed), ("lasting", family.lasting)]


def _judged(snapshot: Snapshot, family: WeekChanges, monday: date, against: Against) -> dict[str, object]:
    """The cells tested, the way of judging, and the number of statements."""
    from servq.metrics.verdicts import FALSE_ALARMS, FALSE_DISCOVERIES_WATCHED
    from servq.query import LOOKED_AT

    return {
        "week": week_key(monday),
        "first_day": monday.isoformat(),
        "last_day": (monday + timedelta(days=6)).isoformat(),
        "against": str(against),
        "metrics": list(LOOKED_AT),
        "cells": len(family.cells),
        "tested": family.tested,
        "q": FALSE_DISCOVERIES_WATCHED,
        "false_alarms": FALSE_ALARMS,
        "viewing_minimum": snapshot.viewing_minimum,
        "news": len(family.news),
        "mixed": len(family.mixed),
        "lasting": len(family.lasting),
    }


def _told(cell: CellChange, kind: str, against: Label) -> dict[str, object]:
    """One statement with its figures: those of the sign that says most, else of the week and what it is held against.

    Where a figure is hidden nothing is told that it follows from: neither the change nor its p. `within_groups` and
    `by_mix` are both parts of this week's change, where it is beyond chance.
    """
    from servq.metrics.verdicts import VERDICTS

    sign = None if kind == "mixed" else cell.leading
    now, before, change = (cell.now, cell.before, cell.change) if sign is None else (sign.now, sign.before, sign.change)
    shown = change.delta is not None
    verdict, why = _BY_MIX if kind == "mixed" else VERDICTS[change.verdict], _why(cell, sign, against)
    values = [_values(cell.metric, reading) for reading in (before, now)]
    who = " · ".join(cell.dims.values())
    return {
        "kind": kind,
        "metric": cell.metric,
        "dims": dict(cell.dims),
        "verdict": str(change.verdict),
        "evidence": "comparison" if sign is None else str(sign.rule),
        "weeks": None if sign is None else sign.lasting,
        "since": None if cell.since is None else week_key(cell.since),
        "now": _figure(now),
        "before": _figure(before),
        "change": change.delta,
        "low": change.low,
        "high": change.high,
        "within_groups": None if cell.shift is None else cell.shift.rate,
        "by_mix": None if cell.shift is None else cell.shift.mix,
        "p": change.p if shown else None,
        "p_adjusted": change.p_adjusted if shown else None,
        "limit_since": None if cell.limit_since is None else cell.limit_since.isoformat(),
        "statement": _sentence(who or "全部", cell, verdict.zh, " → ".join(zh for zh, _ in values), now, why.zh),
        "statement_en": _sentence(
            who or "All", cell, verdict.en, " → ".join(en for _, en in values), now, why.en, "en"
        ),
    }


def _sentence(
    who: str, cell: CellChange, verdict: str, values: str, now: Reading, why: str, language: str = "zh"
) -> str:
    from servq.metrics.catalog import get_metric

    label = get_metric(cell.metric).label
    name = label.zh if language == "zh" else label.en
    return f"{who} {name} {verdict} {values} (n={now.n:,}; {why})"


def _why(cell: CellChange, sign: Sign | None, against: Label) -> Label:
    """By which evidence: a rule of the control chart, or what the week is compared with; and a limit that changed."""
    from servq.metrics.verdicts import RULES

    why = Label(f"对比{against.zh}", f"against {against.en}") if sign is None else RULES[sign.rule]
    if cell.since is not None:
        why = Label(f"{why.zh}，自 {week_key(cell.since)} 起", f"{why.en}, since {week_key(cell.since)}")
    elif sign is not None and sign.lasting > 1:
        why = Label(f"{why.zh}，{sign.lasting} 周", f"{why.en}, {sign.lasting} weeks")
    if cell.limit_since is None:
        return why
    return Label(f"{why.zh}；时限自 {cell.limit_since} 起变更", f"{why.en}; another limit since {cell.limit_since}")


def _values(metric: str, reading: Reading) -> tuple[str, str]:
    """A figure in both languages; what stands for it where it is hidden."""
    from servq.formatting import state_label
    from servq.metrics.catalog import get_metric

    unit = get_metric(metric).unit
    if reading.value is None:
        return state_label(reading, "zh"), state_label(reading, "en")
    return format_value(reading.value, unit, "zh"), format_value(reading.value, unit, "en")


def _figure(reading: Reading) -> dict[str, object]:
    kept = ("value", "n", "excluded", "low", "high", "state")
    return {name: value for name, value in asdict(reading).items() if name in kept}


def _flat(told: dict[str, object]) -> dict[str, object]:
    """A statement as one row."""
    now, before, dims = told["now"], told["before"], told["dims"]
    assert isinstance(now, dict)
    assert isinstance(before, dict)
    assert isinstance(dims, dict)
    flat = {"channel": dims.get("channel", ""), "team": dims.get("team", "")}
    return told | flat | {
        "now": now["value"], "now_n": now["n"], "before": before["value"], "before_n": before["n"],
    }  # fmt: skip


def _print(
    snapshot: Snapshot, family: WeekChanges, told: list[dict[str, object]], monday: date, against: Label
) -> None:
    from servq.metrics.verdicts import FALSE_ALARMS

    columns = [TableColumn("kind", "何时"), TableColumn("statement", "说了什么", folds=True)]
    kinds = {"news": "本周 news", "mixed": "构成 mix", "lasting": "更早 lasting"}
    lines = [[kinds[str(one["kind"])], f"{one['statement']}"] for one in told]
    sentence = family.sentence
    title = f"{week_label(monday)}  {sentence.zh} / {sentence.en}"
    cells, tested, alarms = f"{len(family.cells):,}", f"{family.tested:,}", f"{FALSE_ALARMS:.0%}"
    foot = (
        f"看了 {cells} 格，共 {tested} 次比较样本足够、一起检验（对比{against.zh}与自己的过去）；"
        f"平稳的周约 {alarms} 会误报\n"
        f"{cells} cells looked at, {tested} comparisons tested together (against {against.en} and their own past); "
        f"a week without change alarms in about {alarms}\n"
        f"依据第 {snapshot.load_id} 次载入 / as of load {snapshot.load_id}"
    )
    write_table(columns, lines, title, foot)
