"""The promise register as a file: `promises.toml` read and written, each promise in its versions.

A promise may have several versions, each from its own `valid_from` on (left out: since it was published).
"""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

import tomli_w

from servq.standards.promise import JUDGED, TESTS, Promise
from servq.standards.toml_entries import Entry, bad, entries

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def read_register(path: Path) -> tuple[Promise, ...]:
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
    found = tuple(_promise(entry) for entry in entries(path.name, content, "promise"))
    versions = {(promise.name, promise.valid_from) for promise in found}
    if len(versions) < len(found):
        raise bad(path.name, "两条承诺同名同日", "two promises have the same name and day")
    return found


def register_text(register: Iterable[Promise]) -> str:
    """The register as a TOML file that `read_register` reads back equal."""
    return tomli_w.dumps({"promise": [_entry(promise) for promise in register]})


def _promise(entry: Entry) -> Promise:
    tested_by = entry.text("tested_by")
    if tested_by not in TESTS:
        raise bad(f"{entry.place} tested_by", f"应为 {'、'.join(TESTS)}", f"one of {', '.join(TESTS)}")
    channels = entry.values.get("channels")
    if not isinstance(channels, list) or not channels or not all(isinstance(name, str) for name in channels):
        raise bad(f"{entry.place} channels", "应为渠道名的列表", "a list of channels is needed")
    judged = tested_by in JUDGED
    key = "at_most" if "at_most" in entry.values else "at_least"
    published_on = entry.day("published_on")
    return Promise(
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


def _entry(promise: Promise) -> dict[str, Any]:
    """A version as it stands in the file; what follows from the rest is left out."""
    said: dict[str, Any] = {
        "name": promise.name,
        "text": promise.text,
        "text_en": promise.text_en,
        "channels": list(promise.channels),
        "published_where": promise.published_where,
        "published_on": promise.published_on,
        "valid_from": promise.valid_from,
        "tested_by": promise.tested_by,
    }
    if promise.tested_by in JUDGED:
        said |= {"subject": promise.subject, "at_most" if promise.better == "lower" else "at_least": promise.threshold}
    if not promise.text_en:
        del said["text_en"]
    return said | ({"withdrawn": True} if promise.withdrawn else {})
