"""The errors of servq as one tree; every message says what, where and what to do.

    ServqError                 exit code 1
    ├── UsageError             2    a name that does not exist, an option that makes no sense
    │   └── ChangedMeanwhile   2    somebody else changed the same thing first; nothing was saved
    ├── FileRefused            3    a file that cannot be trusted; nothing of it was loaded
    │   └── SourceUnavailable  3    a folder or a database to pull from that cannot be read
    └── WarehouseUnavailable   4    the warehouse cannot be reached, is too old, or is damaged

Messages are Chinese first with the English beside. Nothing here prints; the ways in (cli, ui) do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class ServqError(Exception):
    """Something the user can understand and mend.

    Args:
        zh: what went wrong, in Chinese.
        en: the same in English.
        where: file, row, column, option: whatever lets the reader find the place.
        hint_zh: what to do about it, in Chinese.
        hint_en: the same in English.
    """

    exit_code = 1

    def __init__(self, zh: str, en: str, *, where: str = "", hint_zh: str = "", hint_en: str = "") -> None:
        self.zh, self.en, self.where, self.hint_zh, self.hint_en = zh, en, where, hint_zh, hint_en
        super().__init__(self.message)

    @property
    def message(self) -> str:
        """Where, what and hint on two lines: Chinese, then English."""
        place = f"{self.where}: " if self.where else ""
        hint_zh = f"。{self.hint_zh}" if self.hint_zh else ""
        hint_en = f". {self.hint_en}" if self.hint_en else ""
        return f"{place}{self.zh}{hint_zh}\n{place}{self.en}{hint_en}"


class UsageError(ServqError):
    """A name or an option that servq does not know."""

    exit_code = 2


class ChangedMeanwhile(UsageError):
    """Somebody else changed the same thing after it was looked at; nothing was saved."""


class FileRefused(ServqError):
    """A file that is refused as a whole; nothing of it was loaded."""

    exit_code = 3


class SourceUnavailable(FileRefused):
    """A folder or a database to pull from that cannot be read; what it has not brought yet comes the next time."""


class WarehouseUnavailable(ServqError):
    """The warehouse cannot be opened, is not initialised, or is damaged."""

    exit_code = 4


def suggest(word: str, known: Iterable[str]) -> str:
    """The known name that the reader may have meant, or nothing.

    >>> suggest("nsp", ["nps", "csat"])
    'nps'
    """
    from difflib import get_close_matches  # only where somebody erred: it is part of every start

    found = get_close_matches(word, list(known), n=1, cutoff=0.5)
    return found[0] if found else ""


def unknown(kind_zh: str, kind_en: str, word: str, known: Iterable[str]) -> UsageError:
    """The error for a name that is not in a catalog, with the nearest one as hint."""
    names = list(known)
    near = suggest(word, names)
    listed = ", ".join(names)
    return UsageError(
        f"没有名为“{word}”的{kind_zh}",
        f"there is no {kind_en} named '{word}'",
        hint_zh=f"是否想用 {near}？" if near else f"可用：{listed}",
        hint_en=f"Did you mean {near}?" if near else f"Known: {listed}",
    )
