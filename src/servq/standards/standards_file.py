"""The reader of `data/standards.toml`: every entry checked for kind and day, or an error with its place.

An entry holds until a later one of the same channel or metric takes its place.

    [default]
    limit_hours = 24            # of channels without a promise

    [[promise]]
    channel = "小程序"
    metric = "first_response"
    limit_hours = 0.5
    text = "30 分钟内响应"
    text_en = "answered within 30 minutes"
    valid_from = 2026-01-01

    [[target]]                  # what a metric should reach
    metric = "nps"
    value = 35
    channel = "OTA"             # may be left out: of every channel that has none of its own
    valid_from = 2026-01-01

    [[margin]]                  # how far two channels may lie apart
    metric = "nps"
    value = 10
    valid_from = 2026-01-01
"""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

from servq.standards.promise_register import read_register
from servq.standards.standards import Margin, Standards, Target, TimeLimit
from servq.standards.toml_entries import Entry, bad, entries, refuse_twice

if TYPE_CHECKING:
    from pathlib import Path


def read_standards(path: Path) -> Standards:
    """The standards in a TOML file, with the register in promises.toml beside it; without files: the default limit.

    Raises:
        UsageError: the file is no TOML, an entry lacks a value or has one of the wrong kind, or a version stands twice.
    """
    register = read_register(path.with_name("promises.toml"))
    if not path.exists():
        return Standards(register=register)
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise bad(path.name, f"不是有效的 TOML：{error}", f"not valid TOML: {error}") from error
    promises = tuple(_promise(entry) for entry in entries(path.name, content, "promise"))
    targets = tuple(_target(entry) for entry in entries(path.name, content, "target"))
    margins = tuple(_margin(entry) for entry in entries(path.name, content, "margin"))
    refuse_twice(path.name, "promise", [(p.channel, p.metric, p.valid_from) for p in promises])
    refuse_twice(path.name, "target", [(t.metric, t.channel, t.valid_from) for t in targets])
    refuse_twice(path.name, "margin", [(m.metric, m.valid_from) for m in margins])
    default = Entry(f"{path.name}: [default]", content.get("default", {"limit_hours": 24}))
    return Standards(
        promises=tuple(sorted(promises, key=lambda p: p.valid_from)),
        targets=tuple(sorted(targets, key=lambda t: t.valid_from)),
        default_hours=default.hours("limit_hours"),
        margins=tuple(sorted(margins, key=lambda m: m.valid_from)),
        register=register,
    )


def _promise(entry: Entry) -> TimeLimit:
    return TimeLimit(
        channel=entry.text("channel"),
        metric=entry.text("metric"),
        limit_hours=entry.hours("limit_hours"),
        text=entry.text("text", default=""),
        text_en=entry.text("text_en", default=""),
        valid_from=entry.day("valid_from"),
    )


def _target(entry: Entry) -> Target:
    return Target(
        metric=entry.text("metric"),
        value=entry.number("value"),
        valid_from=entry.day("valid_from"),
        channel=entry.text("channel", default=""),
    )


def _margin(entry: Entry) -> Margin:
    return Margin(metric=entry.text("metric"), value=entry.above_zero("value"), valid_from=entry.day("valid_from"))
