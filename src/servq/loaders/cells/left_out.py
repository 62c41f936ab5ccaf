"""Rows that a map's rules leave out: taken from a block of rows before any cell is read.

Owns the comparison. Width, case and surrounding blanks do not count. What a rule is stands in maps/row_rules.py.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from servq.loaders.cells.numbers import folded
from servq.loaders.maps.row_rules import ONLY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servq.loaders.headers.header_row import Row
    from servq.loaders.maps.row_rules import RowRule


class LeftOut:
    """The row rules of one file."""

    def __init__(self, rules: Sequence[RowRule], headers: Sequence[str]) -> None:
        """Rules for a file with these headers; each names one of them."""
        self._width = len(headers)
        self._rules = [
            (headers.index(rule.header), rule.kind == ONLY, frozenset(map(folded, rule.values)), rule.told)
            for rule in rules
        ]

    def of(self, block: list[Row]) -> tuple[list[Row], dict[str, int]]:
        """The rows that stay, and how many each rule leaves out; a row counts for the first that does.

        >>> from servq.loaders.maps.row_rules import LEAVE_OUT, RowRule
        >>> rules = LeftOut([RowRule("done", LEAVE_OUT, ("False",))], ["id", "done"])
        >>> rules.of([(2, ["1", "TRUE"]), (3, ["2", " false"])])
        ([(2, ['1', 'TRUE'])], {'leave_out done = False': 1})
        """
        if not self._rules:
            return block, {}
        counts: Counter[str] = Counter()
        stays = []
        for row in block:
            rule = self._which(row[1])
            if rule is None:
                stays.append(row)
            else:
                counts[rule] += 1
        return stays, dict(counts)

    def _which(self, cells: Sequence[str]) -> str | None:
        """The rule that leaves a row out.

        In a row that is too wide nobody knows which cell is the rule's. In one that is too narrow, as a line of totals
        may be, the cells that are there stand in their place.
        """
        if len(cells) > self._width:
            return None
        for place, only, values, told in self._rules:
            if place < len(cells) and (folded(cells[place]) in values) is not only:
                return told
        return None
