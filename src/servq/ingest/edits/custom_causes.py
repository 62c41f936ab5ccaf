"""Custom causes accepted into the tree or withdrawn: checked, attributed, and every text searched with the new tree.

Owns the one transaction in which a cause is accepted or withdrawn and the stored causes follow, so that no figure mixes
two trees.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from servq.errors import unknown
from servq.ingest.load import who_runs
from servq.ingest.models.rescoring import recode_now
from servq.ingest.rows.coding import tree_in_force
from servq.text.causes.custom import own_leaf
from servq.text.masking.masking import mask
from servq.warehouse.books import custom_causes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from servq.warehouse.store.engine import Warehouse


def accept(
    warehouse: Warehouse,
    category: str,
    name: str,
    words: Sequence[str],
    progress: Callable[[int], None] | None = None,
) -> tuple[str, int]:
    """Accept a cause into the tree and search every text with it.

    Args:
        progress: told how many texts were searched so far.

    Returns:
        The code of the cause, and how many texts were searched.

    Raises:
        UsageError: name or words cannot be kept, or the cause is there already.
    """
    with warehouse.write() as connection:
        leaf = own_leaf(tree_in_force(connection), category, mask(name), [mask(word) for word in words])
        custom_causes.add(connection, leaf.code, leaf.words, int(time.time()), who_runs())
        return leaf.code, recode_now(connection, progress)


def withdraw(warehouse: Warehouse, code: str, progress: Callable[[int], None] | None = None) -> int:
    """Withdraw a cause from the tree; its record stays. Returns how many texts were searched.

    Raises:
        UsageError: there is no such accepted cause in force.
    """
    with warehouse.write() as connection:
        if not custom_causes.withdraw(connection, code, int(time.time()), who_runs()):
            known = [one.code for one in custom_causes.in_force(connection)]
            raise unknown("自有原因", "accepted cause", code, known)
        return recode_now(connection, progress)
