"""Row rules of a map: rows of the export that are none of the source's, told by the value of one column.

Owns the form of a rule and its reading. Rows are compared with it in cells/left_out.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from servq.errors import UsageError
from servq.loaders.maps.entries import known, nonsense, typed

ONLY, LEAVE_OUT = "only", "leave_out"
KINDS = (ONLY, LEAVE_OUT)


@dataclass(frozen=True)
class RowRule:
    """One rule: rows with (`leave_out`) or without (`only`) one of these values are left out.

    Attributes:
        header: the export's header.
        values: what its cell is compared with; "" is the empty cell.
    """

    header: str
    kind: str
    values: tuple[str, ...]

    @property
    def told(self) -> str:
        """The rule as reports and the load log tell it, e.g. `leave_out Finished = False`."""
        values = " | ".join(value or '""' for value in self.values)
        return f"{self.kind} {self.header} = {values}"


def read_rules(given: Any, where: str) -> tuple[RowRule, ...]:
    """The `[[rows]]` of a map.

    Raises:
        UsageError: a rule names no header, or not exactly one of `only` and `leave_out`.
    """
    rules = typed(given, list, where)
    return tuple(_rule(rule, f"{where} {place}") for place, rule in enumerate(rules, start=1))


def _rule(given: Any, where: str) -> RowRule:
    options = typed(given, dict, where)
    known(options, ("from", *KINDS), where, "选项", "option")
    kinds = [kind for kind in KINDS if kind in options]
    header = typed(options.get("from", ""), str, f"{where}.from").strip()
    if len(kinds) != 1 or not header:
        raise UsageError(
            "一条行规则要写 from，以及 only 或 leave_out 其中之一",
            "a rule of rows needs from, and one of only and leave_out",
            where=where,
            hint_zh='例如：from = "Finished"、leave_out = "False"',
            hint_en='For example: from = "Finished" and leave_out = "False"',
        )
    return RowRule(header, kinds[0], _values(options[kinds[0]], f"{where}.{kinds[0]}"))


def _values(given: Any, where: str) -> tuple[str, ...]:
    values = given if isinstance(given, list) else [given]
    if not values or not all(isinstance(value, str | bool | int) for value in values):
        raise nonsense(where, given, '["False"]')
    return tuple(str(value).strip() for value in values)
