"""Commands on reports: report list, make."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from servq.cli.terminal.groups import group
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
from servq.cli.terminal.output import Form, note, write_lines
from servq.cli.terminal.tables import TableColumn, write_table
from servq.cli.terminal.whole_file import write_whole
from servq.errors import unknown
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
    week: WeekOption = None,
    against: AgainstOption = "week",
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
    from servq.reports.files import file_name, report_bytes
    from servq.reports.kinds import KINDS, make_report

    if kind not in KINDS:
        raise unknown("报告", "report", kind, KINDS)
    than, asked, slice_ = read_against(against), read_week(week), read_slice(where, None, None)
    snapshot = open_snapshot(ctx, database)
    monday = asked or max(snapshot.weeks, default=monday_of(today()))
    if monday not in snapshot.weeks:
        note(f"{week_key(monday)} 没有数据，报告会写明\nno data in {week_key(monday)}: the report says so")
    made = make_report(snapshot, kind, monday, slice_, than, span)
    target = out or Path(file_name(made, form))
    write_whole(target, report_bytes(made, form, spoken.value))
    note(f"已写入 {target}\nwritten to {target}")
