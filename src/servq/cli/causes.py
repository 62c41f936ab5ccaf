"""Commands on the cause tree: causes list, new, accept, withdraw."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any

import typer

from servq.cli.terminal.groups import group
from servq.cli.terminal.options import (
    DatabaseOption,
    FormOption,
    FromOption,
    ToOption,
    WhereOption,
    open_snapshot,
    open_warehouse,
    read_slice,
)
from servq.cli.terminal.output import Form, counting_rows, printable, write, write_lines
from servq.cli.terminal.tables import TableColumn, write_table
from servq.errors import UsageError

app = group("causes", "原因树与新说法 / the cause tree, and what customers say that is new")

LAST_WEEKS = 8
"""The period of `new` where none is given: so many weeks up to the last one."""

_LISTED = (
    TableColumn("code", "代码", folds=True),
    TableColumn("zh", "原因", folds=True),
    TableColumn("category", "大类"),
    TableColumn("words", "词", folds=True),
    TableColumn("home", "存于"),
)
_NEW = (
    TableColumn("phrase", "说法", folds=True),
    TableColumn("also", "也说", folds=True),
    TableColumn("n", "件数", right=True),
    TableColumn("before", "此前", right=True),
    TableColumn("unattributed", "未归因", right=True),
    TableColumn("sentences", "例句", folds=True),
)


@app.command("list")
def listed(ctx: typer.Context, form: FormOption = Form.TABLE, database: DatabaseOption = None) -> None:
    """原因树的全部原因 / every cause of the tree in force."""
    from servq.query.causes.custom_tree import own_leaves, tree_of

    snapshot = open_snapshot(ctx, database)
    own = {one.code for one in own_leaves(snapshot) if one.withdrawn_at is None}
    lines: list[dict[str, Any]] = [
        {
            "code": leaf.code,
            "zh": leaf.zh,
            "category": category.zh,
            "words": list(leaf.words),
            "home": "warehouse" if leaf.code in own else "file",
        }
        for category in tree_of(snapshot).categories
        for leaf in category.leaves
    ]
    if form is Form.TABLE:
        rows = [[str(line[name]) for name in ("code", "zh", "category")] + _words(line) for line in lines]
        write_table(_LISTED, rows)
    else:
        write_lines(form, [column.name for column in _LISTED], lines)


@app.command("new")
def new(
    ctx: typer.Context,
    where: WhereOption = None,
    first: FromOption = None,
    last: ToOption = None,
    form: FormOption = Form.TABLE,
    database: DatabaseOption = None,
) -> None:
    """投诉里新出现的说法 / wordings that rise in the complaints, beyond what chance gives."""
    from servq.query.causes.emerging_phrases import what_is_new

    kept, snapshot = read_slice(where, first, last), open_snapshot(ctx, database)
    end = kept.end or (snapshot.weeks[-1] + timedelta(days=6) if snapshot.weeks else None)
    if end is None:
        raise UsageError("仓库里还没有数据", "there are no data in the warehouse yet")
    found = what_is_new(snapshot, kept.between(kept.start or end - timedelta(days=7 * LAST_WEEKS - 1), end))
    lines = [
        {
            "phrase": one.rise.phrase,
            "also": list(one.rise.also),
            "n": len(one.ids),
            "before": one.rise.before,
            "unattributed": one.unexplained,
            "sentences": [sentence for _, sentence in one.sentences],
        }
        for one in found.news
    ]
    if form is not Form.TABLE:
        write_lines(form, [column.name for column in _NEW], lines)
        return
    nothing = "" if lines else "未发现显著的新说法 / no significant new wording\n"
    foot = f"本期 now {found.now:,}，此前 before {found.past:,}，别处 elsewhere {found.others:,} 件 complaints"
    rows = [[_cell(line[column.name]) for column in _NEW] for line in lines]
    write_table(_NEW, rows, foot=nothing + foot)


@app.command("accept")
def accept(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="原因的名字 / what the cause is called")],
    words: Annotated[
        list[str], typer.Option("--word", metavar="WORD", help="说到它的词，可多次 / says it; may repeat")
    ],
    category: Annotated[str, typer.Option("--category", metavar="CODE", help="归到哪一大类 / code of its category")],
    trial: Annotated[bool, typer.Option("--dry-run", help="只看会找到什么 / show what it would find")] = False,
    database: DatabaseOption = None,
) -> None:
    """收入一个原因，全部文字重新查找 / take a cause into the tree and search every text with it."""
    from servq.ingest.edits import custom_causes
    from servq.query.causes.custom_tree import would_move

    if trial:
        moved = would_move(open_snapshot(ctx, database), category, name, tuple(words))
        write(
            f"会找到 {len(moved.ids):,} / {moved.looked_at:,} 件投诉，其中 {len(moved.silent):,} 件未归因 / "
            f"would be found in so many complaints, of which so many name no cause\n"
        )
        for _, sentence in moved.sentences:
            write(f"  {printable(sentence)}\n")
        return
    warehouse = open_warehouse(ctx, database)
    with counting_rows("servq causes accept") as progress:
        code, searched = custom_causes.accept(warehouse, category, name, words, progress)
    write(f"✓ {printable(code)}，{searched:,} 段文字重新查找 / texts searched anew\n")


@app.command("withdraw")
def withdraw(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(metavar="CODE", help="如 money.押金迟退 / as causes list shows it")],
    database: DatabaseOption = None,
) -> None:
    """撤回自己收入的原因 / take an accepted cause out of the tree again."""
    from servq.ingest.edits import custom_causes

    warehouse = open_warehouse(ctx, database)
    with counting_rows("servq causes withdraw") as progress:
        searched = custom_causes.withdraw(warehouse, code, progress)
    write(f"✓ 已撤回 withdrawn: {printable(code)}，{searched:,} 段文字重新查找 / texts searched anew\n")


def _words(line: dict[str, Any]) -> list[str]:
    words: list[str] = line["words"]
    shown = "、".join(words[:_SHOWN]) + (f" … (+{len(words) - _SHOWN})" if len(words) > _SHOWN else "")
    return [shown, str(line["home"])]


_SHOWN = 3
"""Words of a cause that the table shows; --format json has all."""


def _cell(value: object) -> str:
    return " / ".join(map(str, value)) if isinstance(value, list) else str(value)
