"""The configuration of an installation: `servq.toml`, read once and checked as it is read.

Owns the sections, their keys and defaults. Knows nothing of what a source is (ingest does), and holds no secret:
connections name environment variables.
"""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, field, fields
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
    _check_names(said, ("limits", "loading", "retention", "viewing", "text", "source"), str(path))
    return Configuration(
        limits=_section(FileLimits, said.get("limits", {}), f"{path} [limits]"),
        loading=_section(Loading, said.get("loading", {}), f"{path} [loading]"),
        retention=_section(Retention, said.get("retention", {}), f"{path} [retention]"),
        viewing=_section(Viewing, said.get("viewing", {}), f"{path} [viewing]"),
        text=_section(TextChoices, said.get("text", {}), f"{path} [text]"),
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
