"""Promises and their histories as text, the same on the page, in exports and on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servq.records import Label
from servq.standards.promise import Promise, differences

if TYPE_CHECKING:
    from collections.abc import Callable

TESTED_BY: dict[str, Label] = {
    "clock": Label("首次响应时钟", "first-response clock"),
    "question": Label("问卷", "survey"),
    "cause": Label("投诉原因", "complaint cause"),
    "checklist": Label("神秘访客", "mystery shopper"),
    "nothing": Label("无人检验", "nobody looks"),
}
"""The kinds of test of a promise."""

KINDS: dict[str, Label] = {
    "file": Label("文件原有", "as in the file"),
    "new": Label("新增", "new"),
    "change": Label("修改", "changed"),
    "withdraw": Label("撤下", "withdrawn"),
}
"""The kinds of lines in a promise's history."""

FIELDS: dict[str, Label] = {
    "text": Label("原文", "Text"),
    "text_en": Label("英文", "English"),
    "channels": Label("渠道", "Channels"),
    "published_where": Label("公布在", "Published"),
    "published_on": Label("公布日", "Published on"),
    "tested_by": Label("用什么检验", "Tested by"),
    "subject": Label("检验对象", "Subject"),
    "threshold": Label("界限", "Threshold"),
    "valid_from": Label("自", "Valid from"),
    "withdrawn": Label("撤下", "Withdrawn"),
}
"""The fields of a promise, in the order in which they are told."""


def threshold_told(promise: Promise) -> str:
    """The threshold as text: `≥ 4`, `≤ 10`; empty where the standards set it."""
    if promise.threshold is None:
        return ""
    return f"{'≤' if promise.better == 'lower' else '≥'} {promise.threshold:g}"


def changes_told(
    before: Promise | None, after: Promise, chinese: bool, subject: Callable[[Promise], str] = lambda one: one.subject
) -> list[str]:
    """A change as text, a line per field: `界限 ≤ 10 → ≤ 5`; of a new promise all its fields.

    Args:
        subject: how what tests a promise is called.
    """
    changed = {"threshold" if name == "better" else name for name, _, _ in differences(before, after)}
    lines = []
    for name, label in FIELDS.items():
        if name in changed:
            now = _value(after, name, chinese, subject)
            was = "" if before is None else f"{_value(before, name, chinese, subject) or '—'} → "
            lines.append(f"{label.zh if chinese else label.en} {was}{now or '—'}")
    return lines


def _value(promise: Promise, name: str, chinese: bool, subject: Callable[[Promise], str]) -> str:
    if name == "threshold":
        return threshold_told(promise)
    if name == "subject":
        return subject(promise)
    if name == "tested_by":
        label = TESTED_BY[promise.tested_by]
        return label.zh if chinese else label.en
    if name == "withdrawn":
        return ("是" if chinese else "yes") if promise.withdrawn else ("否" if chinese else "no")
    value = getattr(promise, name)
    return ("、" if chinese else ", ").join(value) if isinstance(value, tuple) else str(value)
