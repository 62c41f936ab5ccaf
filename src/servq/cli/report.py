"""Commands on reports: report list, make."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from servq.cli.terminal.groups import group
from servq.cli.terminal.options import (
    DatabaseOption,
    FormOption,
    WhereOption,
    open_snapshot,
    read_slice,
    read_week,
)
from servq.cli.terminal.output import Form, note, write_lines
from servq.cli.terminal.tables import TableColumn, write_table
from servq.errors import UsageError, unknown
from servq.weeks import monday_of, today, week_key

app = group("report", "报告：PDF 与 XLSX / reports as PDF and XLSX")

_LISTED = (
    TableColumn("kind", "报告", "kind"),
    TableColumn("title", "名称"),
    TableColumn("pages", "页", right=True),
    TableColumn("tells", "内容", folds=True),
)


class Paper(StrEnum):
    """The form of a report."""

    PDF = "pdf"
    XLSX = "xlsx"


class Spoken(StrEnum):
    """The language of a report."""

    ZH = "zh"
    EN = "en"


@app.command("list")
def listed(form: FormOption = Form.TABLE) -> None:
    """有哪些报告 / the kinds of report."""
    from servq.reports.kinds import KINDS

    lines = [
        {
            "kind": kind.name,
            "title": f"{kind.title.zh} {kind.title.en}",
            "pages": kind.pages,
            "tells": f"{kind.tells.zh} / {kind.tells.en}",
        }
        for kind in KINDS.values()
    ]
    if form is Form.TABLE:
        write_table(_LISTED, [[f"{line[column.name]}" for column in _LISTED] for line in lines])
    else:
        write_lines(form, [column.name for column in _LISTED], lines)


@app.command("make")
def make(
    ctx: typer.Context,
    kind: Annotated[str, typer.Argument(metavar="KIND", help="哪种报告，见 report list / which report")],
    week: Annotated[
        str | None,
        typer.Option("--week", metavar="WEEK", help="哪一周，默认最新 / which week, else the newest: 2026-W18"),
    ] = None,
    against: Annotated[
        str, typer.Option("--against", metavar="PERIOD", help="与什么比 / week, four-weeks, last-year")
    ] = "week",
    span: Annotated[
        int, typer.Option("--span", min=1, max=52, help="需要多周的部分看几周 / weeks of the sections that need more")
    ] = 8,
    where: WhereOption = None,
    form: Annotated[Paper, typer.Option("--format", help="文件格式 / the form of the file")] = Paper.PDF,
    spoken: Annotated[Spoken, typer.Option("--language", help="语言 / the language")] = Spoken.ZH,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="写到哪里，默认当前文件夹 / where to, else the present folder"),
    ] = None,
    database: DatabaseOption = None,
) -> None:
    """生成一份报告 / make a report of one week, as the pages tell it."""
    from servq.query import Against
    from servq.reports.files import file_name, report_bytes
    from servq.reports.kinds import KINDS, make_report

    if against not in set(Against):
        raise unknown("对比", "comparison", against, [str(one) for one in Against])
    if kind not in KINDS:
        raise unknown("报告", "report", kind, KINDS)
    asked, slice_ = read_week(week), read_slice(where, None, None)
    snapshot = open_snapshot(ctx, database)
    monday = asked or max(snapshot.weeks, default=monday_of(today()))
    if monday not in snapshot.weeks:
        note(f"{week_key(monday)} 没有数据，报告会写明\nno data in {week_key(monday)}: the report says so")
    made = make_report(snapshot, kind, monday, slice_, Against(against), span)
    target = out or Path(file_name(made, form))
    _write(target, report_bytes(made, form, spoken.value))
    note(f"已写入 {target}\nwritten to {target}")


def _write(target: Path, content: bytes) -> None:
    """The file, whole or not at all: it is written beside its place and moved there."""
    beside = target.with_name(f".{target.name}.part")
    try:
        beside.write_bytes(content)
        beside.replace(target)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise UsageError(
            f"无法写入：{error.strerror}",
            f"cannot be written: {error.strerror}",
            where=str(target),
            hint_zh="换一个文件夹，或用 --out 指定文件",
            hint_en="Choose another folder or file with --out",
        ) from error
