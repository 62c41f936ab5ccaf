"""The command `servq changes`: the statements of the page 每周得分 on a week, with every figure behind them."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, timedelta
from typing import TYPE_CHECKING

import typer

from servq.cli.terminal.options import (
    AgainstOption,
    DatabaseOption,
    FormOption,
    WeekOption,
    WhereOption,
    open_snapshot,
    read_against,
    read_slice,
    read_week,
)
from servq.cli.terminal.output import Form, note, write_csv, write_json
from servq.cli.terminal.tables import TableColumn, write_table
from servq.weeks import monday_of, week_key, week_label

if TYPE_CHECKING:
    from servq.query import Against, Snapshot, WeekChanges
    from servq.query.weekly.statements import Statement
    from servq.records import Label, Reading

COLUMNS = (
    "kind", "metric", "channel", "team", "verdict", "evidence", "weeks", "now", "now_n", "before", "before_n", "change",
    "low", "high", "within_groups", "by_mix", "p", "p_adjusted", "limit_since", "statement", "statement_en",
)  # fmt: skip
"""The columns of `changes` in CSV."""


def changes(
    ctx: typer.Context,
    week: WeekOption = None,
    against: AgainstOption = "week",
    where: WhereOption = None,
    form: FormOption = Form.TABLE,
    database: DatabaseOption = None,
) -> None:
    """一周里真正变了什么 / what really changed in a week, as 每周得分 says it."""
    from servq.query import AGAINST, weekly_changes
    from servq.query.weekly.statements import statements_of

    than, kept = read_against(against), read_slice(where, None, None)
    asked = read_week(week)
    snapshot = open_snapshot(ctx, database)
    monday = asked or max(snapshot.weeks, default=monday_of(date.today()))
    family = weekly_changes(snapshot, kept, monday, than)
    told = [_told(one) for one in statements_of(family, AGAINST[than])]
    if monday not in snapshot.weeks:
        note(f"{week_key(monday)} 没有数据\nno data in {week_key(monday)}")
    if form is Form.JSON:
        write_json(_judged(snapshot, family, monday, than) | {"statements": told, "load_id": snapshot.load_id})
    elif form is Form.CSV:
        write_csv(COLUMNS, [[_flat(one)[name] for name in COLUMNS] for one in told])
    else:
        _print(snapshot, family, told, monday, AGAINST[than])


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


def _told(one: Statement) -> dict[str, object]:
    """One statement with its figures.

    Where a figure is hidden nothing is told that it follows from: neither the change nor its p. `within_groups` and
    `by_mix` are both parts of this week's change, where it is beyond chance.
    """
    cell, sign, change = one.cell, one.sign, one.change
    shown = change.delta is not None
    return {
        "kind": one.kind,
        "metric": cell.metric,
        "dims": dict(cell.dims),
        "verdict": str(change.verdict),
        "evidence": "comparison" if sign is None else str(sign.rule),
        "weeks": None if sign is None else sign.lasting,
        "since": None if cell.since is None else week_key(cell.since),
        "now": _figure(one.now),
        "before": _figure(one.before),
        "change": change.delta,
        "low": change.low,
        "high": change.high,
        "within_groups": None if cell.shift is None else cell.shift.rate,
        "by_mix": None if cell.shift is None else cell.shift.mix,
        "p": change.p if shown else None,
        "p_adjusted": change.p_adjusted if shown else None,
        "limit_since": None if cell.limit_since is None else cell.limit_since.isoformat(),
        "statement": one.text.zh,
        "statement_en": one.text.en,
    }


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
