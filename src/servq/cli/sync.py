"""The command that pulls the feeds of servq.toml: sync.

Owns its output for persons, programs and cron, and its exit code.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from servq.cli.feeds import STATUSES
from servq.cli.terminal.options import DatabaseOption, open_warehouse, settings_of
from servq.cli.terminal.output import counting_rows, note, printable, write, write_json
from servq.cli.terminal.reports import IN_JSON, summed
from servq.errors import FileRefused, UsageError, unknown
from servq.records import OUTCOMES, REASONS

if TYPE_CHECKING:
    from servq.configuration import Configuration
    from servq.loaders.feeds.feeds import Feed
    from servq.records import LoadReport
    from servq.records.feed import FeedReport
    from servq.settings import Settings
    from servq.warehouse.store.engine import Warehouse

_COUNTED = ("rows_read", *OUTCOMES)


def sync(
    ctx: typer.Context,
    name: Annotated[
        str | None, typer.Option("--source", metavar="NAME", help="只同步这一个 [[source]] / this [[source]] only")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="每个来源一行 JSON / one JSON object per source")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="只说出错的 / say only what went wrong, for cron")] = False,
    again: Annotated[bool, typer.Option("--again", help="从头重读，不重复载入 / read everything once more")] = False,
    database: DatabaseOption = None,
) -> None:
    """拉取 servq.toml 里的来源 / pull what is new from every [[source]] in servq.toml."""
    from servq.configuration import read_configuration
    from servq.ingest.sync.sync_lock import alone

    settings = settings_of(ctx, database)
    feeds = _wanted(read_configuration(settings.home), name)
    warehouse = open_warehouse(ctx, database)
    warehouse.check()
    code = 0
    with alone(settings.home) as free:
        if not free and not quiet:
            note("另一个同步正在进行，本次不做任何事\nanother sync is running; nothing was done")
        for feed in feeds if free else ():
            report = _pull(warehouse, settings, feed, again)
            if as_json:
                write_json(_in_json(report))
            else:
                _tell(report, quiet=quiet)
            code = max(code, FileRefused.exit_code if report.status in ("refused", "unavailable") else 0)
    raise typer.Exit(code)


def _wanted(configuration: Configuration, name: str | None) -> list[Feed]:
    from servq.loaders.feeds.feed_entries import read_feeds

    feeds = {feed.name: feed for feed in read_feeds(configuration)}
    if name is not None and name not in feeds:
        raise unknown("来源配置", "[[source]]", name, feeds)
    if not feeds:
        raise UsageError(
            "servq.toml 里没有 [[source]]",
            "servq.toml has no [[source]]",
            where=str(configuration.path),
            hint_zh="写法见 docs/sync.md",
            hint_en="See docs/sync.md",
        )
    return list(feeds.values()) if name is None else [feeds[name]]


def _pull(warehouse: Warehouse, settings: Settings, feed: Feed, again: bool) -> FeedReport:
    from servq.ingest.sync.sync import pull_feed

    with counting_rows(feed.name) as progress:
        return pull_feed(warehouse, settings.home, feed, again=again, progress=progress)


def _in_json(report: FeedReport) -> dict[str, Any]:
    loads = [asdict(replace(one, seconds=round(one.seconds, 3))) for one in report.loads]
    told = asdict(replace(report, loads=(), seconds=round(report.seconds, 3)))
    return told | {"loads": [{name: one[name] for name in IN_JSON} for one in loads], "left": list(report.left)}


def _tell(report: FeedReport, *, quiet: bool) -> None:
    """One line about a feed, one for each file of a folder; why something was refused goes to stderr."""
    failed = report.status in ("refused", "unavailable")
    if quiet and not failed:
        return
    head = f"{'✗' if failed else '✓'} {report.name} → {report.source}  {STATUSES[report.status]}"
    if quiet:
        note(head)
    else:
        write(f"{head}{_counts(report.loads)}  ({report.seconds:.1f} s)\n")
        _tell_more(report)
    for message in [report.message, *(one.message for one in report.loads)]:
        if message:
            note(message)


def _tell_more(report: FeedReport) -> None:
    for one in report.loads if report.kind == "folder" else ():
        write(
            f"    {'✗' if one.status == 'refused' else '✓'} {printable(one.file.rpartition('/')[2])}{_counts([one])}\n"
        )
    reasons: Counter[str] = Counter()
    for one in report.loads:
        reasons.update(one.reasons)
    for code, count in reasons.most_common():
        label = REASONS.get(code)
        write(f"    {count:,} × {f'{label.zh} {label.en}' if label else code}\n")
    if report.left:
        names = printable(", ".join(report.left))
        write(f"    还在写入，留待下次 still being written, left for next time: {names}\n")
    if report.waiting:
        write(f"    {report.waiting} 个以前被拒绝的文件没有变化 files refused earlier have not changed\n")
    if report.without_watermark:
        write(f"    {report.without_watermark:,} 行没有水位值，不会拉取 rows without a watermark are never pulled\n")


def _counts(loads: list[LoadReport] | tuple[LoadReport, ...]) -> str:
    """The outcomes of the rows of several loads together."""
    counts = {name: sum(getattr(one, name) for one in loads if one.status == "loaded") for name in _COUNTED}
    read = counts.pop("rows_read")
    return f"  {read:,} 行 rows = {summed(counts)}" if read else ""
