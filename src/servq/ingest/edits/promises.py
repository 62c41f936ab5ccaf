"""Changes of the promise register: checked, attributed, and refused where somebody else changed the same promise first.

A promise that is changed for the first time moves from its file into the warehouse with all its versions, so that its
history says what it was before; from then on the file does not count for it.
"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from servq.errors import ChangedMeanwhile, UsageError
from servq.ingest.load import who_runs
from servq.standards.checking import LONGEST, checked
from servq.standards.promise import Promise, PromiseVersion, merged, names_of, versions_after, versions_of
from servq.text.masking.masking import mask
from servq.warehouse.books import promises

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from servq.standards.checking import Known
    from servq.warehouse.store.engine import Warehouse

_FILE = "promises.toml"
"""The author named for a promise as it was before its first change."""


def save_promise(
    warehouse: Warehouse, file: Sequence[Promise], promise: Promise, seen: Sequence[Promise], reason: str, known: Known
) -> str:
    """Store one version of a promise; returns the promise's name.

    Args:
        file: the register as it stands in its file.
        promise: without a name it is a new promise and is given one.
        seen: all versions of the promise as the person who changes it saw them.
        reason: why; personal data in it is hidden.

    Raises:
        UsageError: a field or the reason cannot be kept.
        ChangedMeanwhile: the promise is not as it was seen.
    """
    whole, why = checked(promise, known), _reason(reason)
    with warehouse.write() as connection:
        histories = promises.histories(connection)
        register = merged(file, {name: versions_after(changes) for name, changes in histories.items()})
        if not whole.name:
            whole = _named(whole, names_of(register))
        if versions_of(register, whole.name) != tuple(seen):
            raise _changed_meanwhile(histories.get(whole.name, ()))
        _write(connection, whole, versions_of(register, whole.name), histories.get(whole.name, ()), why)
    return whole.name


def save_register(
    warehouse: Warehouse, file: Sequence[Promise], brought: Sequence[Promise], reason: str, known: Known
) -> list[Promise]:
    """Store every version of a register that differs from the known ones; all or nothing. Promises that it lacks stay.

    Returns:
        What was new or different.

    Raises:
        UsageError: a version or the reason cannot be kept; its promise is named.
    """
    why, whole = _reason(reason), [_checked(promise, known) for promise in brought]
    with warehouse.write() as connection:
        kept = []
        for promise in whole:
            histories = promises.histories(connection)
            register = merged(file, {name: versions_after(changes) for name, changes in histories.items()})
            if promise not in register:
                _write(connection, promise, versions_of(register, promise.name), histories.get(promise.name, ()), why)
                kept.append(promise)
    return kept


def _write(
    connection: Connection, promise: Promise, before: Sequence[Promise], history: Sequence[PromiseVersion], why: str
) -> None:
    at, who = int(time.time()), who_runs()
    lines = (
        []
        if history
        else [PromiseVersion(place, "file", one, "", at, _FILE) for place, one in enumerate(before, start=1)]
    )
    kind = "withdraw" if promise.withdrawn else "change" if before else "new"
    lines.append(PromiseVersion(len(history) + len(lines) + 1, kind, promise, why, at, who))
    promises.add(connection, lines)


def _checked(promise: Promise, known: Known) -> Promise:
    try:
        return checked(promise, known)
    except UsageError as error:
        error_of = (error.zh, error.en)
        raise UsageError(*error_of, where=promise.name, hint_zh=error.hint_zh, hint_en=error.hint_en) from error


def _reason(typed: str) -> str:
    reason = mask(typed.strip())
    if not reason or len(reason) > LONGEST or "\0" in reason:
        raise UsageError(
            f"请写明为什么改（最多 {LONGEST} 字）",
            f"say why it is changed (at most {LONGEST} characters)",
            hint_zh="一句话即可：谁决定的，依据什么",
            hint_en="One sentence: who decided it, and on what grounds",
        )
    return reason


def _named(promise: Promise, taken: Sequence[str]) -> Promise:
    """A new promise with a name that none has."""
    number = len(taken) + 1
    while f"promise-{number}" in taken:
        number += 1
    return replace(promise, name=f"promise-{number}")


def _changed_meanwhile(history: Sequence[PromiseVersion]) -> ChangedMeanwhile:
    zh, en = "文件 promises.toml", "the file promises.toml"
    if history:
        zh = en = history[-1].who or "?"
    return ChangedMeanwhile(
        f"您打开之后，这条承诺已被改动（{zh}）；您的修改没有保存",
        f"this promise was changed after you opened it (by {en}); yours was not saved",
        hint_zh="请看“修改历史”里新的一行，再决定",
        hint_en="Look at the new line in its history, then decide",
    )
