"""Feed entries: the `[[source]]` tables of servq.toml, each read as a feed.

Owns the keys of an entry, and refuses an invalid one before anything is opened. Guide: docs/sync.md.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from servq.errors import UsageError
from servq.loaders.feeds.connections import read_url
from servq.loaders.feeds.feeds import Database, Feed, Folder
from servq.loaders.feeds.queries import check_query
from servq.loaders.maps.column_mapping import known, nonsense, typed
from servq.loaders.maps.map import read_map
from servq.loaders.sources.catalog import get_source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from servq.configuration import Configuration

COMMON = ("name", "kind", "source", "map")
FOLDER = ("path", "pattern", "recursive", "settle_seconds")
DATABASE = (
    "url", "url_env", "password_env", "table", "query", "watermark", "watermark_type", "lag", "batch_rows",
    "timeout_seconds",
)  # fmt: skip
KINDS = {"folder": FOLDER, "database": DATABASE}
"""Kind of feed -> its keys beside the common ones."""

WATERMARK_TYPES = ("number", "text", "time")
_NAME = re.compile(r"\w[\w-]{0,59}")
_LAG = re.compile(r"([0-9]{1,6})\s*([smhd])")
_SECONDS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}


def read_feeds(configuration: Configuration) -> tuple[Feed, ...]:
    """Every feed, checked, in the order in which the file has them.

    Raises:
        UsageError: an entry has an unknown key, a value that makes no sense, a secret, or a name given before.
    """
    feeds: dict[str, Feed] = {}
    for entry in configuration.sources:
        feed = _read_feed(dict(entry), configuration.path)
        if feed.name.casefold() in feeds:
            raise UsageError(
                f"有两个 [[source]] 都叫 {feed.name}",
                f"two entries are named {feed.name}",
                where=str(configuration.path),
            )
        feeds[feed.name.casefold()] = feed
    return tuple(feeds.values())


def _read_feed(entry: dict[str, Any], path: Path) -> Feed:
    where = f"{path} [[source]]"
    name = typed(_needed(entry, "name", where), str, f"{where} name")
    if not _NAME.fullmatch(name):
        raise nonsense(f"{where} name", name, "crm-surveys")
    where = f"{where} {name}"
    kind = _one_of(_needed(entry, "kind", where), tuple(KINDS), f"{where} kind")
    known(entry, (*COMMON, *KINDS[kind]), where, "键", "key")
    source = get_source(typed(_needed(entry, "source", where), str, f"{where} source")).name
    map_ = read_map(_path(entry["map"], path, f"{where} map")) if "map" in entry else None
    if map_ is not None and map_.source != source:
        raise UsageError(
            f"映射是给 {map_.source} 的，不是 {source}", f"the map is for {map_.source}, not {source}", where=where
        )
    if map_ is not None and kind != "folder" and (map_.long is not None or map_.items is not None):
        raise UsageError(
            "数据库的行不能用映射转换形状（[long]、[items]）",
            "rows of a database are not turned round by a map ([long], [items])",
            where=where,
            hint_zh="请在查询里转换（例如用视图）",
            hint_en="Turn them round in the query, for example in a view",
        )
    origin = _folder(entry, path, where) if kind == "folder" else _database(entry, path, where)
    return Feed(name, source, origin, map_)


def _folder(entry: dict[str, Any], path: Path, where: str) -> Folder:
    given = typed(entry.get("pattern", list(Folder.pattern)), (str, list), f"{where} pattern")
    patterns = tuple(typed(one, str, f"{where} pattern") for one in ([given] if isinstance(given, str) else given))
    for pattern in patterns:
        if not pattern.strip() or "/" in pattern or "\\" in pattern:
            raise nonsense(f"{where} pattern", pattern, "*.csv")
    return Folder(
        path=_path(_needed(entry, "path", where), path, f"{where} path"),
        pattern=patterns,
        recursive=typed(entry.get("recursive", False), bool, f"{where} recursive"),
        settle_seconds=_whole(entry, "settle_seconds", Folder.settle_seconds, where, least=0),
    )


def _database(entry: dict[str, Any], path: Path, where: str) -> Database:
    _exactly_one(entry, ("url", "url_env"), where)
    _exactly_one(entry, ("table", "query"), where)
    texts = {key: typed(entry[key], str, f"{where} {key}").strip() for key in DATABASE[:6] if key in entry}
    for key, text in texts.items():
        if not text:
            raise nonsense(f"{where} {key}", text)
    if "url" in texts:
        texts["url"] = _url(texts["url"], path, where)
    if "query" in texts:
        check_query(texts["query"], f"{where} query")
    return Database(
        **{"watermark": typed(_needed(entry, "watermark", where), str, f"{where} watermark")} | texts,
        watermark_type=_one_of(entry.get("watermark_type", ""), ("", *WATERMARK_TYPES), f"{where} watermark_type"),
        lag=_lag(entry.get("lag", 0), f"{where} lag"),
        batch_rows=_whole(entry, "batch_rows", Database.batch_rows, where),
        timeout_seconds=_whole(entry, "timeout_seconds", Database.timeout_seconds, where),
    )


def _url(text: str, path: Path, where: str) -> str:
    """The URL, checked; an SQLite file may be given as seen from servq.toml. A password in the file is refused."""
    url = read_url(text, f"{where} url")
    if url.password is not None:
        raise UsageError(
            "配置文件里不能写密码",
            "a password may not stand in the configuration",
            where=f"{where} url",
            hint_zh='改用 password_env = "环境变量名"，密码放在环境变量里',
            hint_en='Keep it in an environment variable and name that: password_env = "CRM_PASSWORD"',
        )
    if url.get_backend_name() == "sqlite":
        url = url.set(database=str(_path(url.database, path, where)))
    return url.render_as_string()


def _path(given: Any, configuration: Path, where: str) -> Path:
    """A path as seen from the folder of servq.toml."""
    return configuration.absolute().parent / Path(typed(given, str, where)).expanduser()


def _lag(given: Any, where: str) -> int:
    """`"10m"`, or a number of units."""
    if isinstance(given, str):
        found = _LAG.fullmatch(given.strip())
        if not found:
            raise nonsense(where, given, '"10m"')
        return int(found[1]) * _SECONDS[found[2]]
    number: int = typed(given, int, where)
    if number < 0:
        raise nonsense(where, given, '"10m"')
    return number


def _whole(entry: Mapping[str, Any], key: str, usual: int, where: str, least: int = 1) -> int:
    number: int = typed(entry.get(key, usual), int, f"{where} {key}")
    if number < least:
        raise nonsense(f"{where} {key}", number, str(usual))
    return number


def _one_of(given: Any, names: tuple[str, ...], where: str) -> Any:
    if given not in names:
        raise nonsense(where, given, " / ".join(filter(None, names)))
    return given


def _needed(entry: Mapping[str, Any], key: str, where: str) -> Any:
    if key not in entry:
        raise UsageError(f"缺少 {key}", f"{key} is missing", where=where, hint_zh="写法见 docs/sync.md")
    return entry[key]


def _exactly_one(entry: Mapping[str, Any], keys: tuple[str, str], where: str) -> None:
    if sum(key in entry for key in keys) != 1:
        raise UsageError(
            f"{keys[0]} 与 {keys[1]} 必须且只能写一个", f"exactly one of {keys[0]} and {keys[1]} is needed", where=where
        )
