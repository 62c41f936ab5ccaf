"""Commands that bring data in: init, demo, load."""

from __future__ import annotations

import time
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from servq.cli.options import DatabaseOption, open_warehouse, settings_of
from servq.cli.output import counting_rows, note, printable, write, write_json
from servq.errors import FileRefused
from servq.records import REASONS, LoadReport

if TYPE_CHECKING:
    from servq.loaders.maps import Map
    from servq.warehouse.engine import Warehouse

STATUSES = {"loaded": "已载入 loaded", "unchanged": "没有变化 unchanged", "refused": "已拒绝 refused"}

IN_JSON = (
    "file", "source", "status", "encoding", "delimiter", "rows_read", "loaded", "updated", "duplicates", "conflicts",
    "quarantined", "reasons", "load_id", "seconds", "message",
)  # fmt: skip
"""What `load --json` says of a file; other programs read it."""


def init(ctx: typer.Context, database: DatabaseOption = None) -> None:
    """建立或升级数据仓库 / create or migrate the warehouse."""
    from servq.warehouse.migrate import migrate

    warehouse = open_warehouse(ctx, database)
    zh, en = ("已就绪", "is ready") if migrate(warehouse) else ("已是最新", "is up to date")
    write(f"数据仓库{zh} / the warehouse {en}: {printable(warehouse.place)}\n")


def demo(ctx: typer.Context, database: DatabaseOption = None) -> None:
    """载入样例数据 / load data/sample."""
    from servq.loaders.catalog import SOURCES

    warehouse, settings = open_warehouse(ctx, database), settings_of(ctx, database)
    warehouse.check()
    code = 0
    for source in SOURCES.values():
        report = _load_one(warehouse, settings.home, settings.data / "sample" / source.sample, source.name, None)
        _tell(report)
        code = max(code, _code_of(report))
    raise typer.Exit(code)


def load(
    ctx: typer.Context,
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="surveys, complaints, visits")],
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="CSV / XLSX")],
    map_file: Annotated[
        Path | None, typer.Option("--map", metavar="MAP.toml", help="外来文件的列映射 / fits a foreign export")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="每个文件一行 JSON / one JSON object per file")] = False,
    database: DatabaseOption = None,
) -> None:
    """载入文件 / load files; each one whole or not at all."""
    from servq.loaders.catalog import get_source
    from servq.loaders.maps import read_map

    get_source(source)
    map_ = None if map_file is None else read_map(map_file)
    warehouse, settings = open_warehouse(ctx, database), settings_of(ctx, database)
    warehouse.check()
    code = 0
    for path in files:
        report = _load_one(warehouse, settings.home, path, source, map_)
        if as_json:
            told = asdict(replace(report, seconds=round(report.seconds, 3)))
            write_json({name: told[name] for name in IN_JSON})
        else:
            _tell(report)
        code = max(code, _code_of(report))
    raise typer.Exit(code)


def _load_one(warehouse: Warehouse, home: Path, path: Path, source: str, map_: Map | None) -> LoadReport:
    """Load a file; a refused one is reported like the others, so that the rest still load."""
    from servq.ingest import load_file

    started = time.perf_counter()
    try:
        with counting_rows(path.name) as progress:
            return load_file(warehouse, home, path, source, map_, progress=progress)
    except FileRefused as refused:
        seconds = time.perf_counter() - started
        return LoadReport(str(path), source, "refused", seconds=seconds, message=refused.message)


def _code_of(report: LoadReport) -> int:
    return FileRefused.exit_code if report.status == "refused" else 0


def _tell(report: LoadReport) -> None:
    """One line about a file, one more for what waits in quarantine; why a file was refused goes to stderr."""
    name, status = printable(Path(report.file).name), STATUSES[report.status]
    if report.status == "refused":
        write(f"✗ {name} → {report.source}  {status}\n")
        note(report.message)
        return
    if report.status == "unchanged":
        write(f"✓ {name} → {report.source}  {status}  {report.rows_read:,} 行 rows\n")
        return
    counts = (
        f"{report.rows_read:,} 行 rows = 新增 new {report.loaded:,} + 更新 updated {report.updated:,}"
        f" + 重复 duplicate {report.duplicates:,} + 冲突 conflict {report.conflicts:,}"
        f" + 隔离 quarantined {report.quarantined:,}"
    )
    write(f"✓ {name} → {report.source}  {status}  {counts}  ({report.seconds:.1f} s)\n")
    for code, count in sorted(report.reasons.items(), key=lambda item: -item[1]):
        label = REASONS.get(code)
        words = f"{label.zh} {label.en}" if label else code
        write(f"    {count:,} × {words}\n")
