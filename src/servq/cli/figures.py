"""Commands that print figures: measure, and verbatims (the rows behind a figure)."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from servq.cli.terminal.explained import EXPLAINED, explained, flat_of, method_of, print_explained
from servq.cli.terminal.options import (
    DatabaseOption,
    ExplainOption,
    FormOption,
    FromOption,
    LimitOption,
    ToOption,
    WhereOption,
    open_snapshot,
    read_by,
    read_slice,
)
from servq.cli.terminal.output import Form, note, write_csv, write_json
from servq.cli.terminal.rows import dimension_labels, print_behind, verbatims_behind
from servq.cli.terminal.tables import TableColumn, write_table
from servq.errors import suggest
from servq.formatting import format_interval, format_value, state_label, unit_label
from servq.records import DIMENSIONS, NOT_GIVEN, SEVERAL, Slice
from servq.weeks import week_key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from servq.metrics.metric import Metric
    from servq.query import Row, Snapshot
    from servq.records import Reading

OnceOption = Annotated[
    str | None,
    typer.Option(
        "--one-per-customer", metavar="first|last", help="每位客户每期只计一份 / one answer per customer and period"
    ),
]

FIGURE = ("value", "n", "excluded", "low", "high", "state")
"""The columns of `measure` beside its dimensions."""


def measure(
    ctx: typer.Context,
    metric: Annotated[str, typer.Argument(metavar="METRIC", help="指标名，见 servq metrics / its name")],
    by: Annotated[str, typer.Option("--by", metavar="DIM,…", help="按维度拆分 / cut by: week,channel,team …")] = "",
    where: WhereOption = None,
    first: FromOption = None,
    last: ToOption = None,
    once: OnceOption = None,
    explain: ExplainOption = False,
    form: FormOption = Form.TABLE,
    database: DatabaseOption = None,
) -> None:
    """算一个指标 / one figure, with n, interval and state."""
    from servq.metrics.catalog import get_metric
    from servq.query import measure as ask

    asked, dims, kept = get_metric(metric), read_by(by), read_slice(where, first, last)
    snapshot = open_snapshot(ctx, database)
    rows = _once(snapshot, metric, once, dims, kept) if once else ask(snapshot, metric, dims, kept)
    if kept.dimensions - asked.dimensions:
        rows = ask(snapshot, metric, (), kept)  # no group can be told: one reading that says why
    _note_unknown_values(snapshot, kept)
    if SEVERAL.intersection(dims):
        note("一件投诉可有几个原因：各组之和大于总数\na complaint may name several causes: its groups exceed the whole")
    if snapshot.overlap(dims):
        note(
            "分组有重叠：一份答卷可属几组，各组之和大于总数\n"
            "groups overlap: an answer may be in several, and they exceed the whole"
        )
    if not rows:
        _note_why_nothing(ask(snapshot, metric, (), kept)[0].reading)
    if form is Form.TABLE:
        _print_figures(asked, dims, kept, rows, snapshot.load_id)
        if explain:
            print_explained(asked, [(_cells(dimension_labels(row.dims), dims), row.reading) for row in rows], dims)
    else:
        _write_figures(form, asked, dims, rows, snapshot.load_id, explain=explain)


def _once(snapshot: Snapshot, metric: str, once: str, dims: tuple[str, ...], kept: Slice) -> list[Row]:
    """The figures with one answer per customer; what is passed over is told beside them."""
    from servq.query.one_per_customer import measure_once

    found = measure_once(snapshot, metric, once, dims, kept)
    which = {"first": ("最早", "the first"), "last": ("最近", "the last")}[once]
    period = ("每周", "each week") if "week" in dims else ("本期内", "in the period")
    note(
        f"每位客户{period[0]}只计{which[0]}一次作答；同一客户的另外 {found.passed_over:,} 份不计\n"
        f"one answer per customer {period[1]}, {which[1]}; {found.passed_over:,} further answers are not counted"
    )
    return found.rows


def verbatims(
    ctx: typer.Context,
    metric: Annotated[
        str | None, typer.Option("--metric", metavar="METRIC", help="某一指标背后的全部行 / the rows behind a figure")
    ] = None,
    where: WhereOption = None,
    first: FromOption = None,
    last: ToOption = None,
    limit: LimitOption = 20,
    form: FormOption = Form.TABLE,
    database: DatabaseOption = None,
) -> None:
    """数字背后的原声，已脱敏 / the customers' words behind a figure, masked."""
    from servq.metrics.catalog import get_metric
    from servq.query import rows_behind

    if metric is None:
        print_behind(form, None, *verbatims_behind(ctx, database, where, first, last, limit))
        return
    get_metric(metric)
    kept = read_slice(where, first, last)
    snapshot = open_snapshot(ctx, database)
    behind = rows_behind(snapshot, metric, kept, limit or None)
    _note_unknown_values(snapshot, kept)
    print_behind(form, metric, behind, snapshot.load_id)


def _write_figures(
    form: Form, metric: Metric, dims: tuple[str, ...], rows: list[Row], load_id: int, *, explain: bool
) -> None:
    """The figures for programs, explained where that was asked for."""
    if form is Form.JSON:
        found = [
            _dims(row) | _figure(row.reading) | ({"explained": explained(row.reading)} if explain else {})
            for row in rows
        ]
        whole = {"metric": metric.name, "unit": metric.unit, "by": dims, "rows": found, "load_id": load_id}
        write_json(whole | ({"explained": method_of(metric)} if explain else {}))
        return
    heads = [*dims, *FIGURE, *(EXPLAINED if explain else ())]
    lines = [
        [*_cells(_dims(row), dims), *_flat(row.reading), *(flat_of(row.reading) if explain else ())] for row in rows
    ]
    write_csv(heads, lines)


def _print_figures(metric: Metric, dims: tuple[str, ...], slice_: Slice, rows: list[Row], load_id: int) -> None:
    columns = [
        *(TableColumn(name, DIMENSIONS[name].zh) for name in dims),
        TableColumn("value", "数值", right=True),
        TableColumn("interval", "95% 区间", right=True),
        TableColumn("n", "样本量", right=True),
        TableColumn("excluded", "未计入", right=True),
        TableColumn("state", "判断", folds=True),
    ]
    lines = [
        [
            *_cells(dimension_labels(row.dims), dims),
            format_value(row.reading.value, metric.unit, "zh"),
            format_interval(row.reading, metric.unit, "zh"),
            f"{row.reading.n:,}",
            f"{sum(row.reading.excluded.values()):,}",
            _conclusion(row.reading),
        ]
        for row in rows
    ]
    title = f"{metric.label.zh} {metric.label.en}（{unit_label(metric.unit, 'zh')}）{_told(slice_)}"
    write_table(columns, lines, title, _foot(rows, load_id))


def _conclusion(reading: Reading) -> str:
    state = state_label(reading, "zh")
    return state if reading.reason is None else f"{state}：{reading.reason.zh} {reading.reason.en}"


def _foot(rows: list[Row], load_id: int) -> str:
    """Exclusions with their reasons, over all rows; and the load of the figures."""
    from servq.metrics.readings import EXCLUSIONS

    left_out: Counter[str] = Counter()
    for row in rows:
        left_out.update(row.reading.excluded)
    why = "；".join(f"{EXCLUSIONS[code].zh} {EXCLUSIONS[code].en} {count:,}" for code, count in left_out.items())
    nothing = "" if rows else "此范围内没有数据 / no data in this slice\n"
    return (
        f"{nothing}{f'未计入 excluded: {why}' if why else ''}\n依据第 {load_id} 次载入 / as of load {load_id}".replace(
            "\n\n", "\n"
        ).lstrip("\n")
    )


def _told(slice_: Slice) -> str:
    """The filter in words, as part of the title."""
    parts = [f"{name}={'|'.join(values)}" for name, values in slice_.where]
    if slice_.start or slice_.end:
        parts.append(f"{slice_.start or '…'} – {slice_.end or '…'}")
    return f"  {'  '.join(parts)}" if parts else ""


def _dims(row: Row) -> dict[str, object]:
    """A row's dimensions as programs read them: weeks by their short name."""
    return {name: week_key(date.fromisoformat(value)) if name == "week" else value for name, value in row.dims.items()}


def _cells(values: Mapping[str, object], dims: tuple[str, ...]) -> list[str]:
    """One cell for each dimension; empty in the row of a reading that stands for no group."""
    return [str(values.get(name, "")) for name in dims]


def _figure(reading: Reading) -> dict[str, object]:
    return {name: getattr(reading, name) for name in FIGURE}


def _flat(reading: Reading) -> list[object]:
    """The same for CSV, where what was left out is one number."""
    return list((_figure(reading) | {"excluded": sum(reading.excluded.values())}).values())


def _note_why_nothing(whole: Reading) -> None:
    """No group has any row: say why, where the figure over the whole slice knows it."""
    if whole.reason is not None:
        note(f"{whole.reason.zh}\n{whole.reason.en}")


def _note_unknown_values(snapshot: Snapshot, slice_: Slice) -> None:
    """An empty answer may come from a typing slip: say which value the data do not have."""
    for name, values in slice_.where:
        known = snapshot.values(name)
        for value in values:
            if known and value not in known and value != NOT_GIVEN:
                near = suggest(value, known)
                zh, en = (f"。是否想用 {near}？", f". Did you mean {near}?") if near else ("", "")
                note(f"数据里没有 {name}={value}{zh}\nthe data have no {name}={value}{en}")
