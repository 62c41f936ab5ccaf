"""The feeds of servq.toml in `servq sources`: their place, their progress, and the outcome of the last sync."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from servq.cli.terminal.options import open_warehouse, settings_of
from servq.cli.terminal.rows import minute
from servq.cli.terminal.tables import TableColumn, write_table
from servq.settings import BUSINESS_ZONE

if TYPE_CHECKING:
    import typer

STATUSES = {
    "loaded": "已载入 loaded",
    "nothing_new": "没有新内容 nothing new",
    "refused": "有被拒绝的 something was refused",
    "unavailable": "无法读取 cannot be read",
}
_FEEDS = (
    TableColumn("name", "来源配置", "feed"),
    TableColumn("source", "来源"),
    TableColumn("kind", "类型"),
    TableColumn("place", "位置", folds=True),
    TableColumn("synced_at", "最近同步", "last sync"),
    TableColumn("reached", "水位", "watermark", folds=True),
    TableColumn("outcome", "结果", folds=True),
)


def print_feeds(lines: list[dict[str, Any]]) -> None:
    """The feeds as a table, below the sources."""
    rows = [
        [
            *(
                line["name"],
                line["source"],
                line["kind"],
                line["place"],
                minute(line["synced_at"]),
                line["reached"] or "—",
            ),
            STATUSES.get(line["outcome"], line["outcome"] or "—"),
        ]
        for line in lines
    ]
    write_table(_FEEDS, rows, title="servq.toml")


def feed_lines(ctx: typer.Context, database: str | None) -> list[dict[str, Any]]:
    """The feeds of servq.toml and their progress; never a secret."""
    from servq.configuration import read_configuration
    from servq.loaders.feeds.feed_entries import read_feeds
    from servq.warehouse.books.sync_state import pulled_feeds

    feeds = read_feeds(read_configuration(settings_of(ctx, database).home))
    warehouse = open_warehouse(ctx, database)
    known = {}
    if feeds and warehouse.schema_version() is not None:
        with warehouse.read() as connection:
            known = pulled_feeds(connection)
    lines = []
    for feed in feeds:
        line = {"name": feed.name, "source": feed.source, "kind": feed.kind, "place": feed.place}
        state = known.get(feed.name)
        reached = ((state.watermark or {}) if state else {}).get("reached", {}).get("value")
        when = datetime.fromtimestamp(state.synced_at, tz=BUSINESS_ZONE).isoformat() if state else None
        lines.append(line | {"synced_at": when, "reached": reached, "outcome": state.outcome if state else None})
    return lines
