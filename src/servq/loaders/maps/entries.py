"""Checks of a map's entries: unknown keys, values of another kind, and values that make no sense."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servq.errors import UsageError, suggest

if TYPE_CHECKING:
    from collections.abc import Iterable


def known(given: dict[str, Any], names: Iterable[str], where: str, zh: str, en: str) -> None:
    """Refuse the first key that is none of the names, with the nearest name as hint."""
    names = list(names)
    for key in given:
        if key not in names:
            near, listed = suggest(key, names), ", ".join(names)
            raise UsageError(
                f"没有名为“{key}”的{zh}",
                f"there is no {en} named '{key}'",
                where=where,
                hint_zh=f"是否想用 {near}？" if near else f"可用：{listed}",
                hint_en=f"Did you mean {near}?" if near else f"Known: {listed}",
            )


def typed(value: Any, kind: Any, where: str) -> Any:
    """The value, if TOML gave the kind that is expected here."""
    # bool is an int to Python, never to somebody who writes a map.
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise nonsense(where, value)
    return value


def nonsense(where: str, value: object, example: str = "") -> UsageError:
    """The error for an invalid value in a map."""
    return UsageError(
        f"“{value}”在这里没有意义",
        f"'{value}' makes no sense here",
        where=where,
        hint_zh=f"例如 {example}" if example else "写法见 docs/maps.md",
        hint_en=f"For example {example}" if example else "See docs/maps.md",
    )
