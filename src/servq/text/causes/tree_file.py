"""The reader of the cause tree, data/causes.toml.

Owns every error about the file, each with its place. The tree's meaning is in tree.py.
"""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

from servq.errors import UsageError, suggest
from servq.text.causes.rules import BadRule, rules_of
from servq.text.causes.tree import SERVQUAL, TOUCHPOINTS, Category, Leaf, Tree

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_LEAF_KEYS = ("code", "zh", "en", "servqual", "touchpoint", "words", "rules", "unless", "yields_to")
_CATEGORY_KEYS = ("code", "zh", "en", "aka", "leaf")


def read_tree(path: Path) -> Tree:
    """The tree in a TOML file.

    Raises:
        UsageError: the file is missing or no TOML, or an entry lacks a value, has an unknown one, or stands twice.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise _bad(path.name, "无法读取", "cannot be read") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _bad(path.name, f"不是有效的 TOML：{error}", f"not valid TOML: {error}") from error
    _refuse_unknown(path.name, content, ("lists", "category"))
    entries = content.get("category", [])
    if not isinstance(entries, list) or not entries:
        raise _bad(path.name, "没有 [[category]]", "there is no [[category]]")
    lists = content.get("lists", {})
    tree = Tree(
        tuple(_category(f"{path.name}: [[category]] {n}", entry) for n, entry in enumerate(entries, 1)),
        tuple((name, _text(f"{path.name}: [lists]", lists, name)) for name in lists),
    )
    _refuse_twice(f"{path.name}: category", (category.code for category in tree.categories))
    for leaf in tree.leaves.values():
        for number, written in enumerate(leaf.rules, 1):
            _check_rule(f"{path.name}: {leaf.code} rules {number}", written, dict(tree.lists))
        for code in leaf.yields_to:
            _check_known(f"{path.name}: {leaf.code} yields_to", code, tree)
    return tree


def _category(place: str, entry: dict[str, Any]) -> Category:
    _refuse_unknown(place, entry, _CATEGORY_KEYS)
    code = _text(place, entry, "code")
    leaves = entry.get("leaf", [])
    if not isinstance(leaves, list) or not leaves:
        raise _bad(f"{place} ({code})", "没有子类 [[category.leaf]]", "has no [[category.leaf]]")
    found = tuple(_leaf(f"{place} ({code}) leaf {n}", code, leaf) for n, leaf in enumerate(leaves, 1))
    _refuse_twice(f"{place} ({code}) leaf", (leaf.code for leaf in found))
    return Category(code, _text(place, entry, "zh"), _text(place, entry, "en"), found, _texts(place, entry, "aka"))


def _leaf(place: str, category: str, entry: dict[str, Any]) -> Leaf:
    _refuse_unknown(place, entry, _LEAF_KEYS)
    leaf = Leaf(
        f"{category}.{_text(place, entry, 'code')}",
        _text(place, entry, "zh"),
        _text(place, entry, "en"),
        _one_of(place, entry, "servqual", SERVQUAL),
        _one_of(place, entry, "touchpoint", TOUCHPOINTS),
        *(_texts(place, entry, key) for key in ("words", "rules", "unless", "yields_to")),
    )
    if not leaf.words and not leaf.rules:
        raise _bad(place, "既没有 words 也没有 rules", "has neither words nor rules")
    if blank := [
        word for word in (*leaf.words, *leaf.unless) if not any(map(str.isalnum, word)) or word.startswith("#")
    ]:
        raise _bad(place, f"不能作为词：{blank[0]!r}", f"cannot be a word: {blank[0]!r}")
    return leaf


def _check_rule(place: str, written: str, lists: dict[str, str]) -> None:
    try:
        list(rules_of(written, lists))
    except BadRule as error:
        zh, en = error.args
        raise _bad(place, f"{zh}：{written}", f"{en}: {written}") from error


def _check_known(place: str, code: str, tree: Tree) -> None:
    if code not in tree.leaves:
        near = suggest(code, tree.leaves)
        raise _bad(place, f"没有子类 {code}（是否想写 {near}？）", f"there is no leaf {code}, did you mean {near}?")


def _text(place: str, entry: dict[str, Any], key: str) -> str:
    value = entry.get(key)
    if not isinstance(value, str) or not value.strip():
        raise _bad(f"{place} {key}", "缺失或不是文字", "missing or not a text")
    return value.strip()


def _texts(place: str, entry: dict[str, Any], key: str) -> tuple[str, ...]:
    value = entry.get(key, [])
    if not isinstance(value, list) or not all(isinstance(text, str) and text.strip() for text in value):
        raise _bad(f"{place} {key}", "应为文字的列表", "should be a list of texts")
    return tuple(text.strip() for text in value)


def _one_of(place: str, entry: dict[str, Any], key: str, known: tuple[str, ...]) -> str:
    value = _text(place, entry, key)
    if value not in known:
        raise _bad(
            f"{place} {key}", f"“{value}”应为 {'、'.join(known)} 之一", f"'{value}' is none of {', '.join(known)}"
        )
    return value


def _refuse_unknown(place: str, entry: Any, known: tuple[str, ...]) -> None:
    if not isinstance(entry, dict):
        raise _bad(place, "应为表", "should be a table")
    for key in entry:
        if key not in known:
            near = suggest(key, known)
            hint = f"（是否想写 {near}？）" if near else ""
            raise _bad(f"{place} {key}", f"不认识的键{hint}", f"unknown key{f', did you mean {near}?' if near else ''}")


def _refuse_twice(place: str, codes: Iterable[str]) -> None:
    seen: set[str] = set()
    for code in codes:
        if code in seen:
            raise _bad(f"{place} {code}", "代码出现两次", "the code stands twice")
        seen.add(code)


def _bad(place: str, zh: str, en: str) -> UsageError:
    return UsageError(
        zh, en, where=place, hint_zh="请改正投诉原因树后重试", hint_en="Correct the cause tree and try again"
    )
