"""The configuration of an installation: `servq.toml`, read once and checked as it is read.

Owns the sections, their keys and defaults. Knows nothing of what a source is (ingest does), and holds no secret:
connections name environment variables.
"""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, field, fields
from ipaddress import ip_network
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from servq.errors import UsageError, suggest

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE = "servq.toml"
MIB = 1 << 20
_Section = TypeVar("_Section")


@dataclass(frozen=True)
class FileLimits:
    """Limits on the size of a file; a larger one is refused.

    Attributes:
        file_bytes: size of the file on the disk.
        inflated_bytes: size of a workbook's parts unpacked, as declared and as really streamed.
        zip_entries: parts in a workbook.
        zip_ratio: unpacked size of a part against its packed size.
        cell_chars: characters in one cell.
        seconds: time for one file.
    """

    file_bytes: int = 512 * MIB
    inflated_bytes: int = 2048 * MIB
    zip_entries: int = 2_000
    zip_ratio: int = 200
    rows: int = 5_000_000
    columns: int = 500
    cell_chars: int = 32_767
    seconds: int = 3_600


@dataclass(frozen=True)
class Loading:
    """Tolerances of a load.

    Attributes:
        bad_share: above this share of untrusted rows a file is refused as a whole.
        lock_seconds: how long a load waits for another one that is writing.
        channel_required, team_required: whether a row that does not say it is set aside, instead of counting as
            未注明.
    """

    bad_share: float = 0.5
    lock_seconds: int = 60
    channel_required: bool = False
    team_required: bool = False

    @property
    def demanded(self) -> tuple[str, ...]:
        """The columns that every row must say."""
        return tuple(name for name in ("channel", "team") if getattr(self, f"{name}_required"))


@dataclass(frozen=True)
class Retention:
    """After how many days rows are pruned; 0 keeps them for good."""

    surveys: int = 0
    complaints: int = 0
    visits: int = 0
    quarantine: int = 0


@dataclass(frozen=True)
class Viewing:
    """Limits on what is shown of few customers.

    Attributes:
        minimum: what fewer of them answered is hidden as a figure; 0 hides nothing.
    """

    minimum: int = 5


@dataclass(frozen=True)
class TextChoices:
    """Choices about words.

    Attributes:
        words: the file of the operator's own words, from the folder of the configuration on; "" is `words.txt` in the
            data folder, which need not be there.
    """

    words: str = ""


@dataclass(frozen=True)
class Access:
    """The way into the dashboard.

    Attributes:
        sign_in: `none` (this machine only), `local` (accounts with a password) or `proxy` (a trusted proxy's header).
        proxy_peers: addresses or networks of the reverse proxies in front; nobody else's headers are believed.
        proxy_header: the header in which such a proxy names the person.
        idle_minutes: a session that is not used for so long has ended.
        longest_hours: a session has ended after so long, used or not.
        https: browsers come by https although this server itself does not speak it.
    """

    sign_in: str = "none"
    proxy_peers: tuple[str, ...] = ()
    proxy_header: str = "X-Remote-User"
    idle_minutes: int = 120
    longest_hours: int = 12
    https: bool = False


WAYS = ("none", "local", "proxy")
"""What `sign_in` may say."""


@dataclass(frozen=True)
class Configuration:
    """All of `servq.toml`; a key that it does not set has its default.

    Attributes:
        sources: the `[[source]]` entries as they stand there, for `servq sync`.
        path: the file, whether or not it exists.
    """

    limits: FileLimits = field(default_factory=FileLimits)
    loading: Loading = field(default_factory=Loading)
    retention: Retention = field(default_factory=Retention)
    viewing: Viewing = field(default_factory=Viewing)
    text: TextChoices = field(default_factory=TextChoices)
    access: Access = field(default_factory=Access)
    sources: tuple[Mapping[str, Any], ...] = ()
    path: Path = Path(FILE)


def read_configuration(home: Path) -> Configuration:
    """The choices in `servq.toml` of the home folder, or where SERVQ_CONFIG points.

    Raises:
        UsageError: not readable, not TOML, an unknown section or key, or a value of the wrong kind.
    """
    path = Path(os.environ.get("SERVQ_CONFIG") or home / FILE)
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return Configuration(path=path)
    except (OSError, UnicodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError("配置文件无法读取", "the configuration cannot be read", where=f"{path}: {error}") from error
    _check_names(said, ("limits", "loading", "retention", "viewing", "text", "access", "source"), str(path))
    return Configuration(
        limits=_section(FileLimits, said.get("limits", {}), f"{path} [limits]"),
        loading=_section(Loading, said.get("loading", {}), f"{path} [loading]"),
        retention=_section(Retention, said.get("retention", {}), f"{path} [retention]"),
        viewing=_section(Viewing, said.get("viewing", {}), f"{path} [viewing]"),
        text=_section(TextChoices, said.get("text", {}), f"{path} [text]"),
        access=_access(said.get("access", {}), f"{path} [access]"),
        sources=_tables(said.get("source", []), str(path)),
        path=path,
    )


def _section(kind: type[_Section], said: Any, where: str) -> _Section:
    usual = {one.name: one.default for one in fields(kind)}  # type: ignore[arg-type]  # every section is a dataclass
    if not isinstance(said, dict):
        raise UsageError("需要是一个表", "a table is needed", where=where)
    _check_names(said, tuple(usual), where)
    for name, value in said.items():
        if isinstance(usual[name], bool):
            if not isinstance(value, bool):
                raise UsageError(f"{name} 需要 true 或 false", f"{name} is true or false", where=where)
            continue
        if isinstance(usual[name], str):
            if not isinstance(value, str) or not value.strip() or "\0" in value:
                raise UsageError(f"{name} 需要一段文字", f"{name} needs a text in quotes", where=where)
            continue
        number = isinstance(value, (int, float)) and not isinstance(value, bool)
        if not number or value < 0 or (isinstance(usual[name], int) and not isinstance(value, int)):
            raise UsageError(f"{name} 需要非负的数", f"{name} needs a number, not below 0", where=where)
    return kind(**said)


def _access(said: Any, where: str) -> Access:
    """The section [access], whose values are of several kinds."""
    usual = Access()
    if not isinstance(said, dict):
        raise UsageError("需要是一个表", "a table is needed", where=where)
    _check_names(said, tuple(one.name for one in fields(Access)), where)
    for name, value in said.items():
        if name == "proxy_peers":
            _check_peers(value, where)
        elif type(value) is not type(getattr(usual, name)) or value == "" or (type(value) is int and value < 1):
            kind_zh, kind_en = _KINDS[type(getattr(usual, name))]
            raise UsageError(f"{name} 需要{kind_zh}", f"{name} needs {kind_en}", where=where)
    known = Access(**said | {"proxy_peers": tuple(said.get("proxy_peers", ()))})
    if known.sign_in not in WAYS:
        raise UsageError(
            f"没有名为 {known.sign_in} 的登录方式",
            f"there is no way to sign in named {known.sign_in}",
            where=f"{where} sign_in",
            hint_zh=f"可用：{', '.join(WAYS)}",
            hint_en=f"Known: {', '.join(WAYS)}",
        )
    if known.sign_in == "proxy" and not known.proxy_peers:
        raise UsageError(
            "sign_in 为 proxy 时需要 proxy_peers",
            "with sign_in = proxy, proxy_peers is needed",
            where=where,
            hint_zh='写上反向代理的地址，如 proxy_peers = ["10.0.0.5"]',
            hint_en='Give the addresses of the reverse proxy, as proxy_peers = ["10.0.0.5"]',
        )
    return known


_KINDS = {
    str: ("文字", "a text"),
    int: ("大于 0 的整数", "a whole number above 0"),
    bool: ("true 或 false", "true or false"),
}


def _check_peers(said: Any, where: str) -> None:
    """Raise UsageError unless these are addresses or networks of at most a few machines."""
    try:
        networks = [ip_network(one) for one in said]
    except (TypeError, ValueError) as error:
        raise UsageError(
            "proxy_peers 需要 IP 地址或网段的列表", "proxy_peers needs a list of addresses or networks", where=where
        ) from error
    if not isinstance(said, list) or any(network.prefixlen == 0 for network in networks):
        raise UsageError("proxy_peers 不能是所有地址", "proxy_peers must not be every address", where=where)


def _tables(said: Any, where: str) -> tuple[Mapping[str, Any], ...]:
    if not isinstance(said, list) or not all(isinstance(one, dict) for one in said):
        raise UsageError("source 写作 [[source]]", "source is written as [[source]]", where=where)
    return tuple(said)


def _check_names(said: Mapping[str, Any], known: tuple[str, ...], where: str) -> None:
    for name in said:
        if name not in known:
            near = suggest(name, known) or ", ".join(known)
            raise UsageError(
                f"没有名为 {name} 的设置",
                f"there is no setting named {name}",
                where=where,
                hint_zh=f"是否想用 {near}？",
                hint_en=f"Did you mean {near}?",
            )
