"""The printed rows behind a figure: selected columns for readers, all of them for programs."""

from __future__ import annotations

import math
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from servq.cli.terminal.options import open_warehouse, read_slice
from servq.cli.terminal.output import Form, note, write_json, write_lines
from servq.cli.terminal.tables import TableColumn, write_table
from servq.measures import CELL_DIMENSIONS
from servq.records import DIMENSIONS, SENTIMENT_LABELS, SEVERAL
from servq.settings import BUSINESS_ZONE
from servq.weeks import week_label

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    import typer

    from servq.query import Behind

TIMES = (
    "answered_at",
    "opened_at",
    "first_response_at",
    "resolved_at",
    "reopened_at",
    "visited_at",
    "started_at",
    "finished_at",
    "undone_at",
    "last_loaded_at",
)
WHOLE = ("likelihood",)

RESPONSE_DIMENSIONS = (*CELL_DIMENSIONS, "product", "partner", "sentiment")
"""By what survey answers may be filtered when no metric is asked for."""

_SHOWN = {
    "responses": ("answered_at", "channel", "team", "likelihood", "csat", "sentiment", "comment"),
    "complaints": ("opened_at", "channel", "team", "category", "text"),
    "visits": ("visited_at", "channel", "team", "item", "points", "points_possible", "remark"),
}
"""Kind of row -> the columns of the table, the customers' words last."""

_COLUMNS = {name: TableColumn(name, label.zh) for name, label in DIMENSIONS.items()} | {
    column.name: column
    for column in (
        TableColumn("answered_at", "作答时间", "answered"),
        TableColumn("opened_at", "受理时间", "opened"),
        TableColumn("visited_at", "检查时间", "visited"),
        TableColumn("likelihood", "推荐", "0–10", right=True),
        TableColumn("csat", "满意", right=True),
        TableColumn("points", "得分", right=True),
        TableColumn("points_possible", "满分", "of", right=True),
        TableColumn("comment", "评论", folds=True),
        TableColumn("text", "投诉内容", folds=True),
        TableColumn("remark", "备注", folds=True),
    )
}

_KINDS = {"responses": ("份答卷", "responses"), "complaints": ("件投诉", "complaints"), "visits": ("次检查", "visits")}


def verbatims_behind(
    ctx: typer.Context,
    database: str | None,
    where: list[str] | None,
    first: str | None,
    last: str | None,
    limit: int,
) -> tuple[Behind, int]:
    """The newest comments of a slice, from the facts, and the load they belong to."""
    from servq.query import Behind, last_load_id
    from servq.warehouse.reads import snapshot_reads

    kept = read_slice(where, first, last, RESPONSE_DIMENSIONS)
    warehouse = open_warehouse(ctx, database)
    with warehouse.read() as connection:
        total, frame = snapshot_reads.responses_behind(connection, kept, "comment", limit or None)
    return Behind("responses", total, frame), last_load_id(warehouse)


def print_behind(form: Form, metric: str | None, behind: Behind, load_id: int) -> None:
    """Print rows and their number; `metric` is the figure whose n that is."""
    if behind.withheld:
        note("答卷太少，不列出，以免认出个人\ntoo few answers to be listed: nobody is to be recognised")
    rows = records_of(behind.frame)
    shown = len({row["visit_id"] for row in rows}) if behind.kind == "visits" else len(rows)
    if form is Form.JSON:
        counts = {"metric": metric, "kind": behind.kind, "total": behind.total, "shown": shown}
        write_json(counts | {"rows": rows, "load_id": load_id})
        return
    zh, en = _KINDS[behind.kind]
    told = (
        f"共 {behind.total:,} {zh}，显示最新 {shown:,}；依据第 {load_id} 次载入\n"
        f"{behind.total:,} {en}, newest {shown:,} shown; as of load {load_id}"
    )
    if form is Form.CSV:
        write_lines(form, list(behind.frame.columns), rows)
        note(told)
        return
    names = _SHOWN[behind.kind]
    columns = [_COLUMNS[name] for name in names]
    write_table(columns, [[_told(name, row.get(name)) for name in names] for row in rows], foot=told)


def records_of(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame as records for programs: missing is None, times are ISO 8601 in Shanghai."""
    names = [str(name) for name in frame.columns]
    columns = [[_plain(name, value) for value in frame[name].astype(object)] for name in names]
    return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]


def minute(moment: str | None) -> str:
    """A moment to the minute, for readers.

    >>> minute("2026-04-27T08:30:12+08:00"), minute(None)
    ('2026-04-27 08:30', '—')
    """
    return "—" if moment is None else moment[:16].replace("T", " ")


def _plain(name: str, value: Any) -> Any:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    if name in TIMES:
        return datetime.fromtimestamp(int(value), tz=BUSINESS_ZONE).isoformat()
    return int(value) if name in WHOLE else value


def _told(name: str, value: Any) -> str:
    """A value as people read it."""
    if value is None:
        return ""
    if name in TIMES:
        return minute(value)
    if name == "sentiment":
        return SENTIMENT_LABELS[value].zh if value in SENTIMENT_LABELS else str(value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def dimension_labels(dims: Mapping[str, str]) -> dict[str, str]:
    """A group's dimensions for readers: weeks with their days, causes with their names beside their codes."""
    return {name: _label(name, value) for name, value in dims.items()}


def _label(dimension: str, value: str) -> str:
    if dimension == "week":
        return week_label(date.fromisoformat(value))
    if dimension in SEVERAL:
        from servq.text.causes.labels import cause_label

        name = cause_label(value).zh
        return value if name == value else f"{value} {name}"
    return value
