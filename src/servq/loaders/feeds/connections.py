"""Connections to databases that rows are pulled from: the address, the drivers and options allowed.

Owns the allow-lists and the secrets of an address. Never connects (see sessions.py).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus, unquote

from sqlalchemy import URL, make_url
from sqlalchemy.exc import SQLAlchemyError

from servq.errors import SourceUnavailable, UsageError, suggest

if TYPE_CHECKING:
    from collections.abc import Mapping

DRIVERS = {
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
    "mysql": "mysql+pymysql",
    "mysql+pymysql": "mysql+pymysql",
    "mariadb": "mariadb+pymysql",
    "mariadb+pymysql": "mariadb+pymysql",
    "sqlite": "sqlite",
    "sqlite+pysqlite": "sqlite",
}
"""The scheme before `://` -> the driver that is used."""

_MYSQL_OPTIONS = ("unix_socket", "ssl_ca", "ssl_check_hostname")
OPTIONS: dict[str, tuple[str, ...]] = {
    "postgresql": ("host", "sslmode", "sslrootcert"),
    "mysql": _MYSQL_OPTIONS,
    "mariadb": _MYSQL_OPTIONS,
    "sqlite": (),
}
"""The options allowed after `?`. Options that read other files, run statements or load code are not among them."""


@dataclass(frozen=True)
class Address:
    """A checked URL, and the words in it that nobody may see."""

    url: URL
    secrets: tuple[str, ...] = field(default=(), repr=False)

    @property
    def shown(self) -> str:
        """The address without the password."""
        return self.url.set(password=None).render_as_string()


def read_url(text: str, where: str) -> URL:
    """A URL checked against the allow-lists; the error for a bad one does not repeat it.

    Raises:
        UsageError: no URL, another driver or option, or no database.
    """
    try:
        url = make_url(text)
    except (SQLAlchemyError, ValueError):
        raise _refused("地址无法识别", "the URL is not understood", where, "postgresql://reader@host/crm") from None
    if url.drivername not in DRIVERS:
        raise _refused("不能使用这种数据库驱动", "this driver may not be used", where, ", ".join(DRIVERS))
    url = url.set(drivername=DRIVERS[url.drivername])
    allowed = OPTIONS[url.get_backend_name()]
    for name, value in url.query.items():
        if name not in allowed or not isinstance(value, str):
            near = suggest(name, allowed) or ", ".join(allowed) or "—"
            raise _refused("地址中有不允许的选项", "the URL has an option that may not be used", where, near)
        if name in ("host", "unix_socket", "sslrootcert", "ssl_ca") and not value.startswith("/"):
            raise _refused(f"{name} 需要绝对路径", f"{name} needs an absolute path", where, "/run/mysqld/mysqld.sock")
    if not url.database or url.database.startswith((":", "file:")):
        raise _refused("地址中没有数据库", "the URL names no database", where, "postgresql://reader@host/crm")
    if "@" in (url.host or "") or (url.host and any(mark in url.database for mark in "?#@")):
        # a password that was not percent-encoded: the rest of it would be taken for a host or a database
        raise _refused("密码中的 @ : / ? # 须写成 %40 等", "@ : / ? # in a password are written %40 …", where, "%40")
    return url


def read_address(url: str, url_env: str, password_env: str, where: str, environ: Mapping[str, str]) -> Address:
    """The address to connect to, with the secrets from the environment.

    Raises:
        SourceUnavailable: a variable is not set, or what it holds is no URL that may be used.
    """
    found = {name: environ.get(name, "") for name in (url_env, password_env) if name}
    for name, value in found.items():
        if not value:
            raise SourceUnavailable(
                f"环境变量 {name} 未设置", f"the environment variable {name} is not set", where=where
            )
    try:
        address = read_url(found[url_env], f"{where} {url_env}") if url_env else read_url(url, where)
    except UsageError as error:
        raise SourceUnavailable(error.zh, error.en, where=error.where, hint_zh=error.hint_zh) from None
    if password_env:
        address = address.set(password=found[password_env])
    password = str(address.password or "")
    forms = {password, quote(password), quote(password, safe=""), quote_plus(password), unquote(password)}
    return Address(address, tuple(sorted({*forms, *found.values()} - {""}, key=len, reverse=True)))


def _refused(zh: str, en: str, where: str, example: str) -> UsageError:
    return UsageError(
        zh, en, where=where, hint_zh=f"例如或可用：{example}", hint_en=f"For example, or known: {example}"
    )
