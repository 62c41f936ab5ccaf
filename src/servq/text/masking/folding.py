"""Masking rules applied to a text: matched in a folded copy with one form of each digit, replaced in the original.

Owns the folding and the replacing. The rules are in patterns.py and accounts.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from servq.text.masking.patterns import NAMED_AS_ORDER

if TYPE_CHECKING:
    from servq.text.masking.patterns import PersonalDataRule

# One character for one, so that a place in the folded text is the same place in the text.
# Full-width ！..～ (１３８, ＠, ＋, （, ：), then the spaces and dashes that phones and web forms put in, then A-Z.
_FOLD = (
    {0xFEE0 + code: code for code in range(0x21, 0x7F)}
    | dict.fromkeys([0x00A0, 0x2002, 0x2003, 0x2009, 0x202F, 0x3000], ord(" "))
    | dict.fromkeys([*range(0x2010, 0x2016), 0x2212, 0xFE63, 0xFF0D], ord("-"))
    | dict.fromkeys([0x00B7, 0x2022, 0x30FB, 0xFF65], ord("·"))
    | {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
    | {0xFEE0 + code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
)

_SEPARATORS = str.maketrans("", "", " .-_·()/,、~*")


def applied(rules: tuple[PersonalDataRule, ...], text: str) -> str:
    """The text after these rules, in their order; every other character is unchanged."""
    folded = text.translate(_FOLD)
    for rule in rules:
        spans = _places(rule, folded)
        if spans:
            text = replaced(text, spans, rule.mark)
            folded = replaced(folded, spans, rule.mark)
    return text


def _places(rule: PersonalDataRule, folded: str) -> list[tuple[int, int]]:
    """From where to where the rule's kind stands in the folded text."""
    places = []
    for found in rule.pattern.finditer(folded):
        start, end = found.span("it")
        named = rule.spares_orders and NAMED_AS_ORDER.search(folded, max(0, start - 16), start)
        if not named and rule.holds(found["it"].translate(_SEPARATORS)):
            places.append((start, end))
    return places


def replaced(text: str, spans: list[tuple[int, int]], mark: str) -> str:
    """The text with a mark in these places, which are in order and do not overlap."""
    parts, last = [], 0
    for start, end in spans:
        parts += [text[last:start], mark]
        last = end
    return "".join([*parts, text[last:]])
