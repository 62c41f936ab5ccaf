"""The promise register as a file: `promises.toml` read and written, each promise in its versions.

A promise may have several versions, each from its own `valid_from` on (left out: since it was published).
"""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

import tomli_w

from servq.standards.promise import JUDGED, TESTS, Pledge
from servq.standards.toml_entries import Entry, bad, entries

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def read_register(path: Path) -> tuple[Pledge, ...]:
    """The promises written in a TOML file, in its order; a company without the file has none.

    Raises:
        UsageError: the file is no TOML, or an entry lacks a value or has one of the wrong kind.
    """
    if not path.exists():
        return ()
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise bad(path.name, f"不是有效的 TOML：{error}", f"not valid TOML: {error}") from error
    found = tuple(_pledge(entry) for entry in entries(path.name, content, "promise"))
    versions = {(pledge.name, pledge.valid_from) for pledge in found}
    if len(versions) < len(found):
        raise bad(path.name, "两条承诺同名同日", "two promises have the same name and day")
    return found


def register_text(register: Iterable[Pledge]) -> str:
    """The register as a TOML file that `read_register` reads back equal."""
    return tomli_w.dumps({"promise": [_entry(pledge) for pledge in register]})


def _pledge(entry: Entry) -> Pledge:
    tested_by = entry.text("tested_by")
    if tested_by not in TESTS:
        raise bad(f"{entry.place} tested_by", f"应为 {'、'.join(TESTS)}", f"one of {', '.join(TESTS)}")
    channels = entry.values.get("channels")
    if not isinstance(channels, list) or not channels or not all(isinstance(name, str) for name in channels):
        raise bad(f"{entry.place} channels", "应为渠道名的列表", "a list of channels is needed")
    judged = tested_by in JUDGED
    key = "at_most" if "at_most" in entry.values else "at_least"
    published_on = entry.day("published_on")
    return Pledge(
        name=entry.text("name"),
        text=entry.text("text"),
        text_en=entry.text("text_en", default=""),
        channels=tuple(channels),
        published_where=entry.text("published_where"),
        published_on=published_on,
        tested_by=tested_by,
        subject=entry.text("subject") if judged else "",
        threshold=entry.number(key) if judged else None,
        better="lower" if judged and key == "at_most" else "higher",
        valid_from=entry.day("valid_from") if "valid_from" in entry.values else published_on,
        withdrawn=entry.values.get("withdrawn", False) is True,
    )


def _entry(pledge: Pledge) -> dict[str, Any]:
    """A version as it stands in the file; what follows from the rest is left out."""
    said: dict[str, Any] = {
        "name": pledge.name,
        "text": pledge.text,
        "text_en": pledge.text_en,
        "channels": list(pledge.channels),
        "published_where": pledge.published_where,
        "published_on": pledge.published_on,
        "valid_from": pledge.valid_from,
        "tested_by": pledge.tested_by,
    }
    if pledge.tested_by in JUDGED:
        said |= {"subject": pledge.subject, "at_most" if pledge.better == "lower" else "at_least": pledge.threshold}
    if not pledge.text_en:
        del said["text_en"]
    return said | ({"withdrawn": True} if pledge.withdrawn else {})
