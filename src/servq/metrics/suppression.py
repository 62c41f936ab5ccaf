"""Suppression of small groups of survey answers: those that are too small, and those that would reveal them.

Owns the rule alone, on counts. It never sees a value, and knows neither metrics nor pages.
Source: complementary cell suppression as official statistics use it (Hundepool et al. 2012, Statistical Disclosure
Control, ch. 4), with the smallest cells of a line as the complement.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from servq.records import Label, Reading, State

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

USUAL_MINIMUM = 5
"""The default viewing minimum: figures of fewer customers are not shown, unless servq.toml says otherwise."""

Key = tuple[str, ...]


def hidden_groups(counts: Mapping[Key, int], minimum: int) -> dict[Key, bool]:
    """The groups of a table whose figures must not be shown, each with whether it is too small itself.

    A line is what adds up to a total that somebody may ask for: in a table by team and channel every team and every
    channel. Of a line with a hidden group so many are hidden that no total minus its parts tells a figure of fewer than
    `minimum` answers; and what a hidden total is made of is not shown whole either.

    Args:
        counts: dimension values of a group -> its customers. Groups without answers are empty, not hidden.

    Returns:
        Group -> True where it is too small, False where it is hidden for another one's sake.

    >>> hidden_groups({("a",): 3, ("b",): 40, ("c",): 9}, 5)
    {('a',): True, ('c',): False}
    >>> hidden_groups({(): 4}, 5), hidden_groups({("a",): 0, ("b",): 40}, 5)
    ({(): True}, {})
    """
    there = {key: n for key, n in counts.items() if n > 0}
    found = {key: True for key, n in there.items() if n < minimum}
    lines = list(_lines(there, minimum))
    before = -1
    while len(found) > before:  # what is hidden for one line's sake may leave another with a single hidden group
        before = len(found)
        for members, total_hidden in lines:
            found |= dict.fromkeys(_missing(members, total_hidden, found, minimum), False)
    return found


def hidden(reading: Reading, minimum: int, *, small: bool) -> Reading:
    """A reading with the number of answers and without any value from them."""
    if small:
        why = Label(
            f"不足 {minimum} 位客户，隐藏以免认出个人",
            f"fewer than {minimum} customers: hidden, so that nobody is recognised",
        )
    else:
        why = Label("为保护另一个小组别而隐藏", "hidden, so that a smaller group cannot be worked out")
    return Reading(None, reading.n, State.HIDDEN, reading.excluded, base=reading.base, reason=why)


def _lines(counts: Mapping[Key, int], minimum: int) -> Iterator[tuple[dict[Key, int], bool]]:
    """Every line of a table: its groups, and whether its total is hidden."""
    for axis in range(len(next(iter(counts), ()))):
        members: dict[Key, dict[Key, int]] = defaultdict(dict)
        for key, n in counts.items():
            members[key[:axis] + key[axis + 1 :]][key] = n
        totals = Counter({line: sum(groups.values()) for line, groups in members.items()})
        hidden_totals = hidden_groups(totals, minimum)
        for line, groups in members.items():
            yield groups, line in hidden_totals


def _missing(members: Mapping[Key, int], total_hidden: bool, found: Mapping[Key, bool], minimum: int) -> list[Key]:
    """The groups of a line to be hidden besides, smallest first, so that its total gives no hidden one away."""
    out = [n for key, n in members.items() if key in found]
    added: list[Key] = []
    for n, key in sorted((n, key) for key, n in members.items() if key not in found):
        if bool(out) if total_hidden else not out or (len(out) > 1 and sum(out) >= minimum):
            break
        out.append(n)
        added.append(key)
    return added
