"""Reading `data/promises.toml`, the promise register: what was promised where, since when, and what would test it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from servq.standards.entries import Entry, bad, entries

if TYPE_CHECKING:
    from pathlib import Path

TESTS = ("clock", "question", "cause", "checklist", "nothing")


@dataclass(frozen=True)
class Pledge:
    """A promise of the register, made for several channels.

    Attributes:
        tested_by: clock, question, cause, checklist or nothing.
        subject: the metric, the complaint subcategory or the checklist item that tests it.
        threshold: what must be reached, or may not be passed; None where the standards say it.
        better: whether values above (`higher`) or below (`lower`) the threshold keep it.
    """

    name: str
    text: str
    text_en: str
    channels: tuple[str, ...]
    published_where: str
    published_on: date
    tested_by: str
    subject: str
    threshold: float | None
    better: str


def read_register(path: Path) -> tuple[Pledge, ...]:
    """The promises written in a TOML file, in its order; a company without the file has none.

    Raises:
        UsageError: the file is no TOML, or an entry lacks a value or has one of the wrong kind.
    """
    if not path.exists():
        return ()
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise bad(path.name, f"不是有效的 TOML：{error}", f"not valid TOML: {error}") from error
    found = tuple(_pledge(entry) for entry in entries(path.name, content, "promise"))
    names = [pledge.name for pledge in found]
    if len(set(names)) < len(names):
        raise bad(path.name, "两条承诺同名", "two promises have the same name")
    return found


def _pledge(entry: Entry) -> Pledge:
    tested_by = entry.text("tested_by")
    if tested_by not in TESTS:
        raise bad(f"{entry.place} tested_by", f"应为 {'、'.join(TESTS)}", f"one of {', '.join(TESTS)}")
    channels = entry.values.get("channels")
    if not isinstance(channels, list) or not channels or not all(isinstance(name, str) for name in channels):
        raise bad(f"{entry.place} channels", "应为渠道名的列表", "a list of channels is needed")
    judged = tested_by not in ("clock", "nothing")
    key = "at_most" if "at_most" in entry.values else "at_least"
    return Pledge(
        name=entry.text("name"),
        text=entry.text("text"),
        text_en=entry.text("text_en", default=""),
        channels=tuple(channels),
        published_where=entry.text("published_where"),
        published_on=entry.day("published_on"),
        tested_by=tested_by,
        subject=entry.text("subject") if judged else "",
        threshold=entry.number(key) if judged else None,
        better="lower" if judged and key == "at_most" else "higher",
    )
