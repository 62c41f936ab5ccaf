"""Commands that bring data in: init, demo, load."""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from servq.cli.terminal.options import DatabaseOption, open_warehouse, settings_of
from servq.cli.terminal.output import counting_rows, printable, write
from servq.cli.terminal.reports import tell, tell_facts, write_report
from servq.errors import FileRefused
from servq.records import LoadReport

if TYPE_CHECKING:
    from collections.abc import Callable

    from servq.loaders.maps.map import Map
    from servq.settings import Settings
    from servq.warehouse.store.engine import Warehouse

MapOption = Annotated[
    Path | None,
    typer.Option(
        "--map", metavar="MAP.toml", help="外来文件的列映射，或已知导出的名字 / a map, or a known export's name"
    ),
]
NewerOption = Annotated[
    bool, typer.Option("--replace", help="与已有内容冲突时以文件为准 / the file wins where nobody says which is newer")
]
BadShareOption = Annotated[
    float | None,
    typer.Option("--max-bad-share", min=0, max=1, help="坏行超过此比例则拒绝整个文件 / above it the file is refused"),
]
QuestionnaireOption = Annotated[
    str,
    typer.Option(
        "--questionnaire", metavar="NAME", help="序号只在这份问卷里唯一 / ids are those of this questionnaire"
    ),
]
SaidOption = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="列=值", help="文件没有的列，每行同值 / one value for every row, COLUMN=VALUE"),
]
TrialOption = Annotated[bool, typer.Option("--dry-run", help="只试读并报告，不载入 / read and report, load nothing")]
TryOption = Annotated[
    bool, typer.Option("--try", help="只看前 20 行会怎样入库 / only show how the first 20 rows would be stored")
]
JsonOption = Annotated[bool, typer.Option("--json", help="每个文件一行 JSON / one JSON object per file")]


def init(ctx: typer.Context, database: DatabaseOption = None) -> None:
    """建立或升级数据仓库 / create or migrate the warehouse, and search its texts where the cause tree is newer."""
    from servq.ingest.models.rescoring import recode
    from servq.warehouse.store.migrate import migrate

    warehouse = open_warehouse(ctx, database)
    zh, en = ("已就绪", "is ready") if migrate(warehouse) else ("已是最新", "is up to date")
    searched = recode(warehouse)
    write(f"数据仓库{zh} / the warehouse {en}: {printable(warehouse.place)}\n")
    if searched:
        write(f"按现行原因树重新查找了 {searched:,} 段文字 / {searched:,} texts searched by the present cause tree\n")


def demo(ctx: typer.Context, database: DatabaseOption = None) -> None:
    """载入样例数据 / load data/sample."""
    from servq.ingest import load_file
    from servq.loaders.sources.catalog import SOURCES

    warehouse, settings = open_warehouse(ctx, database), settings_of(ctx, database)
    warehouse.check()
    code = 0
    for source in SOURCES.values():
        path = settings.data / "sample" / source.sample
        report = _load_one(path, source.name, partial(load_file, warehouse, settings.home, path, source.name))
        tell(report)
        code = max(code, _code_of(report))
    raise typer.Exit(code)


def load(
    ctx: typer.Context,
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="surveys, complaints, visits")],
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="CSV / XLSX / XLS / ODS / HTML / ZIP")],
    map_file: MapOption = None,
    newer: NewerOption = False,
    bad_share: BadShareOption = None,
    trial: TrialOption = False,
    first_rows: TryOption = False,
    questionnaire: QuestionnaireOption = "",
    said: SaidOption = None,
    as_json: JsonOption = False,
    database: DatabaseOption = None,
) -> None:
    """载入文件 / load files; each one whole or not at all."""
    from servq.loaders.headers.known_exports import read_said
    from servq.loaders.sources.catalog import get_source

    told = read_said(said or [], get_source(source))
    warehouse, settings = open_warehouse(ctx, database), settings_of(ctx, database)
    map_for = _map_for(source, map_file, told, settings)
    if first_rows:
        raise typer.Exit(_try_all(files, source, map_for, settings, questionnaire, as_json=as_json))
    warehouse.check()
    code = 0
    for path in files:
        options = {"replace": newer, "bad_share": bad_share, "trial": trial, "questionnaire": questionnaire}
        opened = None if as_json else tell_facts
        load_it = partial(_load_mapped, warehouse, settings, path, source, map_for, opened=opened, **options)
        report = _load_one(path, source, load_it)
        (write_report if as_json else tell)(report)
        code = max(code, _code_of(report))
    raise typer.Exit(code)


def _map_for(
    source: str, map_file: Path | None, said: dict[str, str], settings: Settings
) -> Callable[[Path], Map | None]:
    """The map of each file: the one given, or that of a known export of this name, with what is said for every row."""
    from servq.ingest import export_maps
    from servq.loaders.headers.known_exports import known_exports
    from servq.loaders.maps.map import read_map

    home, data = settings.home, settings.data
    name = "" if map_file is None or map_file.exists() else str(map_file)
    if name in known_exports(export_maps.folder(data)):
        return lambda path: export_maps.map_of(path, source, name, said, home, data)
    map_ = None if map_file is None else read_map(map_file)
    return lambda path: export_maps.with_said(path, source, map_, said, home)


def _try_all(
    files: list[Path],
    source: str,
    map_for: Callable[[Path], Map | None],
    settings: Settings,
    of: str,
    *,
    as_json: bool,
) -> int:
    """Show the first rows of each file; the highest code among them."""
    return max(_try(path, source, map_for(path), settings, of.strip(), as_json=as_json) for path in files)


def _try(path: Path, source: str, map_: Map | None, settings: Settings, of: str, *, as_json: bool) -> int:
    """Show the first rows of a file as they would be stored; the code that its load would end with, as far as seen."""
    from servq.cli.terminal.trial import tell_trial
    from servq.ingest.preview import preview
    from servq.loaders.maps.map import in_questionnaire
    from servq.text.masking.masking import mask_name

    look = preview(path, source, map_, {}, settings.home)
    if of and look.facts is not None and look.facts.columns:
        look = preview(path, source, in_questionnaire(of, source, look.facts.columns, map_), {}, settings.home)
    tell_trial(mask_name(path.name), source, look, as_json=as_json)
    return 0 if look.refused is None else FileRefused.exit_code


def _load_mapped(
    warehouse: Warehouse,
    settings: Settings,
    path: Path,
    source: str,
    map_for: Callable[[Path], Map | None],
    **options: Any,
) -> LoadReport:
    """Load a file by its map; a refused one that has none is told with the known export that it looks like."""
    from servq.ingest import load_file

    map_ = map_for(path)
    try:
        return load_file(warehouse, settings.home, path, source, map_, **options)
    except FileRefused as refused:
        offer = "" if map_ is not None else _offer(path, source, settings)
        if offer:
            refused.add_note(offer)
        raise


def _offer(path: Path, source: str, settings: Settings) -> str:
    """The known export that a file looks like, as the options that read it; "" where it is none."""
    from servq.ingest.export_maps import recognised
    from servq.loaders.headers.known_exports import table_for
    from servq.loaders.sources.catalog import get_source

    found = recognised(path, source, settings.home, settings.data)
    if found is None:
        return ""
    known, rows = found
    columns = table_for(known, rows, {})["columns"]
    asked = "".join(f" --set {name}=…" for name in get_source(source).required if name not in columns)
    return (
        f"像是 {known.label.zh} 的导出，可加：--map {known.name}{asked}\n"
        f"looks like an export of {known.label.en}: --map {known.name}{asked}"
    )


def _load_one(path: Path, source: str, load_it: Callable[..., LoadReport]) -> LoadReport:
    """Load a file; a refused one is reported like the others, so that the rest still load."""
    from servq.text.masking.masking import mask_name, mask_path

    started = time.perf_counter()
    try:
        with counting_rows(mask_name(path.name)) as progress:
            return load_it(progress=progress)
    except FileRefused as refused:
        seconds = time.perf_counter() - started
        message = "\n".join([refused.message, *getattr(refused, "__notes__", [])])
        return LoadReport(mask_path(path), source, "refused", seconds=seconds, message=message)


def _code_of(report: LoadReport) -> int:
    return FileRefused.exit_code if report.status == "refused" else 0
