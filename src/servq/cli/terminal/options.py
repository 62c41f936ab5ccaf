"""Options that several commands share, and their values: a warehouse, a slice, a form of output.

Owns reading them. Never prints and never asks for a figure.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from servq.cli.terminal.output import Form
from servq.errors import UsageError, unknown
from servq.records import DIMENSIONS, Slice
from servq.settings import Settings, read_settings
from servq.weeks import week_from_key, weeks_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from servq.query import Against, Snapshot
    from servq.warehouse.store.engine import Warehouse


DatabaseOption = Annotated[
    str | None,
    typer.Option("--database", metavar="URL", help="数据仓库地址 / the warehouse (else SERVQ_DATABASE_URL)"),
]
FormOption = Annotated[Form, typer.Option("--format", help="输出格式 / how to print")]
ExplainOption = Annotated[
    bool, typer.Option("--explain", help="说明怎么算出来的 / rows in, left out and why, method and reference")
]
LimitOption = Annotated[int, typer.Option("--limit", min=0, help="最多显示几条，0 为全部 / at most; 0 is all")]
SourceOption = Annotated[
    str | None, typer.Option("--source", metavar="SOURCE", help="只看此来源 / of this source only")
]
WhereOption = Annotated[
    list[str] | None,
    typer.Option(
        "--where",
        metavar="DIM=VALUE",
        help="只看 / keep only; 可重复，同一维度取任一值 / may repeat, one dimension twice means either",
    ),
]
FromOption = Annotated[
    str | None, typer.Option("--from", metavar="DATE", help="起始日或周 / first day or week: 2026-04-27, 2026-W18")
]
ToOption = Annotated[
    str | None, typer.Option("--to", metavar="DATE", help="截止日或周（含）/ last day or week, included")
]

WeekOption = Annotated[
    str | None,
    typer.Option("--week", metavar="WEEK", help="哪一周，默认最新 / which week, else the newest: 2026-W18"),
]
AgainstOption = Annotated[
    str, typer.Option("--against", metavar="PERIOD", help="与什么比 / week, four-weeks, last-year")
]


def settings_of(ctx: typer.Context, database: str | None) -> Settings:
    """The settings; `--database` may stand before or after the command."""
    return read_settings(database or ctx.obj)


def open_warehouse(ctx: typer.Context, database: str | None) -> Warehouse:
    """The warehouse that the options name; no connection is opened yet, and all are closed when the command ends.

    What a dashboard that was killed has left of a file in mid-upload is cleared away first.
    """
    from servq.configuration import read_configuration
    from servq.warehouse.store.engine import Warehouse

    settings = settings_of(ctx, database)
    if (settings.home / "uploads").is_dir():
        from servq.ingest.uploads import clear_away

        clear_away(settings.home)
    warehouse = Warehouse(settings.database_url, read_configuration(settings.home).loading.lock_seconds)
    ctx.call_on_close(warehouse.close)
    return warehouse


def open_snapshot(ctx: typer.Context, database: str | None) -> Snapshot:
    """The snapshot of the newest load."""
    from servq.configuration import read_configuration
    from servq.query import take_snapshot
    from servq.standards import read_standards
    from servq.text.quotes.own_words import configured_words

    settings = settings_of(ctx, database)
    chosen = read_configuration(settings.home)
    standards, words = read_standards(settings.data / "standards.toml"), configured_words(chosen, settings.data)
    return take_snapshot(open_warehouse(ctx, database), standards, chosen.viewing.minimum, words)


def read_by(given: str) -> tuple[str, ...]:
    """The dimensions of `--by`, in the order given.

    >>> read_by("week, channel,week")
    ('week', 'channel')
    """
    names = [name.strip() for name in given.split(",") if name.strip()]
    for name in names:
        if name not in DIMENSIONS:
            raise unknown("维度", "dimension", name, DIMENSIONS)
    return tuple(dict.fromkeys(names))


def read_slice(
    where: list[str] | None, first: str | None, last: str | None, known: Iterable[str] = DIMENSIONS
) -> Slice:
    """The slice that `--where`, `--from` and `--to` describe.

    Args:
        known: the dimensions that may be filtered here.

    Raises:
        UsageError: an unknown dimension, a word that is no day, or an end before its start.

    >>> read_slice(["channel=OTA", "channel=APP"], "2026-W18", "2026-W18").where
    (('channel', ('APP', 'OTA')),)
    """
    kept: dict[str, list[str]] = {}
    for condition in where or ():
        name, sign, value = condition.partition("=")
        if not sign:
            raise UsageError(
                "--where 需要写成 维度=值",
                "--where needs DIM=VALUE",
                where=condition,
                hint_zh="例：--where channel=OTA",
                hint_en="Example: --where channel=OTA",
            )
        _check_dimension(name, known)
        kept.setdefault(name, []).append(_monday(value) if name == "week" else value)
    start, end = _day(first, "--from", last=False), _day(last, "--to", last=True)
    if start is not None and end is not None and start > end:
        raise UsageError(
            f"起始日 {start} 晚于截止日 {end}",
            f"the first day {start} is after the last day {end}",
            where="--from/--to",
        )
    return Slice.of(start, end, **kept)


def _check_dimension(name: str, known: Iterable[str]) -> None:
    if name not in DIMENSIONS:
        raise unknown("维度", "dimension", name, known)
    if name not in known:
        raise UsageError(
            f"这里不能按 {name} 筛选",
            f"{name} cannot be filtered by here",
            where="--where",
            hint_zh=f"可用：{', '.join(known)}；其他维度请加 --metric",
            hint_en=f"Known: {', '.join(known)}; for other dimensions give --metric",
        )


def _monday(value: str, option: str = "--where week") -> str:
    """A week of `--where week=…` as the warehouse keeps it: its Monday."""
    day = _day(value, option, last=False)
    assert day is not None
    return (day - timedelta(days=day.weekday())).isoformat()


def _day(given: str | None, option: str, *, last: bool) -> date | None:
    """A day, or the first or last day of a week."""
    if given is None:
        return None
    try:
        if "W" in given.upper():
            return week_from_key(given.upper()) + timedelta(days=6 if last else 0)
        return date.fromisoformat(given)
    except ValueError:
        year, _, week = given.upper().partition("-W")
        if year.isdecimal() and week == "53":
            raise _no_such_week(given, int(year), option) from None
        raise UsageError(
            f"“{given}”不是日期",
            f"'{given}' is not a day",
            where=option,
            hint_zh="例：2026-04-27 或 2026-W18",
            hint_en="Example: 2026-04-27 or 2026-W18",
        ) from None


def read_week(given: str | None) -> date | None:
    """The Monday of the week of `--week`: by its name, or by any of its days."""
    return None if given is None else date.fromisoformat(_monday(given, "--week"))


def read_against(given: str) -> Against:
    """The comparison of `--against`.

    Raises:
        UsageError: there is none of this name.
    """
    from servq.query import Against

    if given not in set(Against):
        raise unknown("对比", "comparison", given, [str(one) for one in Against])
    return Against(given)


def _no_such_week(given: str, year: int, option: str) -> UsageError:
    last = f"{year}-W{weeks_in(year)}"
    return UsageError(
        f"没有“{given}”这一周",
        f"there is no week '{given}'",
        where=option,
        hint_zh=f"{year} 年最后一周是 {last}",
        hint_en=f"The last week of {year} is {last}",
    )
