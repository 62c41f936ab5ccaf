"""Overlapping groups: a dimension of which one answer may have several values, stored as one text.

    商务┋亲子   one answer of a business trip with children: it is in both groups, and the groups exceed the whole

Owns the stored form. How a file says several is a matter of maps (loaders); queries tell the groups apart.
"""

from __future__ import annotations

OVERLAPPING = frozenset({"segment"})
"""Dimensions of which an answer may have several values. Where an answer was given, and by whom it was served, is one
place: channel, team and touchpoint are compared with each other and stay apart."""

BETWEEN = "┋"
"""What stands between the values of one answer, as 问卷星 writes it; no value of its own holds it."""


def groups_of(value: str) -> tuple[str, ...]:
    """The values that a stored text says; of an ordinary one itself.

    >>> groups_of("商务┋亲子"), groups_of("商务")
    (('商务', '亲子'), ('商务',))
    """
    if BETWEEN not in value:
        return (value,)
    return tuple(dict.fromkeys(part for part in map(str.strip, value.split(BETWEEN)) if part)) or (value,)
