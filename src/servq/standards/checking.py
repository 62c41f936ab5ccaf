"""The check of a promise that somebody wrote: every name known, every field filled."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from servq.errors import UsageError, suggest
from servq.standards.promise import JUDGED, TESTS, Promise

if TYPE_CHECKING:
    from collections.abc import Collection

LONGEST = 500
"""Characters of one field."""


@dataclass(frozen=True)
class Known:
    """The names that a promise may use: from the data and from the register."""

    channels: tuple[str, ...]
    question: tuple[str, ...]
    cause: tuple[str, ...]
    checklist: tuple[str, ...]

    def subjects(self, tested_by: str) -> tuple[str, ...]:
        """The names that this kind of test can refer to."""
        found: tuple[str, ...] = getattr(self, tested_by) if tested_by in JUDGED else ()
        return found


_KINDS = {
    "question": ("问卷指标", "survey metric"),
    "cause": ("投诉子类", "complaint subcategory"),
    "checklist": ("检查项", "checklist item"),
}


def checked(promise: Promise, known: Known) -> Promise:
    """The promise as it is stored: trimmed, and without a threshold where nothing of its own tests it.

    A promise that is withdrawn may name what is known no longer.

    Raises:
        UsageError: a field is empty or too long, a name is unknown, or a day comes before its time.
    """
    whole = replace(
        promise,
        text=_said(promise.text, "承诺原文", "the promise's text"),
        text_en=_short(promise.text_en.strip(), "英文", "the English text"),
        published_where=_said(promise.published_where, "公布在哪里", "where it was published"),
        channels=tuple(dict.fromkeys(promise.channels)),
    )
    if whole.valid_from < whole.published_on:
        raise _wrong(
            f"生效日 {whole.valid_from} 早于公布日 {whole.published_on}",
            f"it would hold from {whole.valid_from}, before it was published on {whole.published_on}",
            "公布之前的数字不能用它判定",
            "Figures from before it was published cannot be judged by it",
        )
    if whole.withdrawn:
        return whole
    if not whole.channels:
        raise _wrong("没有选渠道", "no channel is chosen", "至少选一个渠道", "Choose one at least")
    for channel in whole.channels:
        _look_up(channel, known.channels, "渠道", "channel")
    if whole.tested_by not in TESTS:
        raise _wrong(f"没有检验方式“{whole.tested_by}”", f"nothing tests by '{whole.tested_by}'", *_choices(TESTS))
    if whole.tested_by not in JUDGED:
        return replace(whole, subject="", threshold=None, better="higher")
    _look_up(whole.subject, known.subjects(whole.tested_by), *_KINDS[whole.tested_by])
    _check_threshold(whole)
    return whole


def _check_threshold(promise: Promise) -> None:
    # a metric's unit is not known here; shares, points of a checklist and scales all stay within 0 and 100, NPS within
    # -100 and 100
    lowest = -100.0 if promise.tested_by == "question" else 0.0
    if promise.threshold is None or not math.isfinite(promise.threshold) or not lowest <= promise.threshold <= 100:
        raise _wrong(
            "没有界限，或界限不是可达到的数",
            "there is no threshold, or none that can be reached",
            f"填 {lowest:.0f} 到 100 之间的数",
            f"Give a number from {lowest:.0f} to 100",
        )


def _look_up(name: str, known: Collection[str], zh: str, en: str) -> None:
    if not name:
        raise _wrong(f"没有选{zh}", f"no {en} is chosen", *_choices(known))
    if name not in known:
        near = suggest(name, known)
        hint = (f"是否想用 {near}？", f"Did you mean {near}?") if near else _choices(known)
        raise _wrong(f"没有名为“{name}”的{zh}", f"there is no {en} named '{name}'", *hint)


def _choices(known: Collection[str]) -> tuple[str, str]:
    listed = "、".join(list(known)[:12]) or "—"
    return f"可用：{listed}", f"Known: {listed}"


def _said(typed: str, zh: str, en: str) -> str:
    text = typed.strip()
    if not text:
        raise _wrong(f"请写明{zh}", f"{en} is missing", "一句话即可", "One sentence will do")
    return _short(text, zh, en)


def _short(text: str, zh: str, en: str) -> str:
    if len(text) > LONGEST or "\0" in text:
        raise _wrong(f"{zh}最多 {LONGEST} 字", f"{en} holds at most {LONGEST} characters", "请缩短", "Shorten it")
    return text


def _wrong(zh: str, en: str, hint_zh: str, hint_en: str) -> UsageError:
    return UsageError(zh, en, hint_zh=hint_zh, hint_en=hint_en)
