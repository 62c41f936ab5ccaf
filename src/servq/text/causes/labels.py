"""Labels of causes in both languages, by the codes that are stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servq.records import UNATTRIBUTED, Label
from servq.text.causes.finder import shipped_tree

if TYPE_CHECKING:
    from servq.text.causes.tree import Tree


def cause_label(code: str, tree: Tree | None = None) -> Label:
    """The label of a leaf or a category by its code; a code that is no longer in the tree is its own label.

    A cause that was accepted by a user carries its name in its code: "money.押金迟退" is 押金迟退.

    >>> cause_label("money.rules").zh, cause_label("money").zh, cause_label("未归因").en
    ('退改规则各处不一', '退改与费用', 'no cause found')
    """
    if code == UNATTRIBUTED:
        return Label(UNATTRIBUTED, "no cause found")
    known = tree or shipped_tree()
    named = known.leaves.get(code) or next((one for one in known.categories if one.code == code), None)
    if named is not None:
        return Label(named.zh, named.en)
    own = code.partition(".")[2]
    return Label(own, own) if own and not own.isascii() else Label(code, code)
