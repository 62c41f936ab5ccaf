"""The shapes of a map: `[long]`, one line per answer, and `[items]`, one column per checklist item.

Owns their form and its reading. Rows are turned in loaders/shapes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from servq.errors import UsageError
from servq.loaders.maps.column_mapping import known, nonsense, typed

ITEM, POINTS, POSSIBLE = "检查项", "得分", "满分"
"""Headers of the columns that take the place of a checklist's columns; servq knows them without a map."""

ITEM_COLUMNS = {"item": ITEM, "points": POINTS, "points_possible": POSSIBLE}


@dataclass(frozen=True)
class LongTable:
    """One line per answer: lines of one id are one row, and each question is a column of it.

    Attributes:
        id, question, answer: the export's headers.
    """

    id: str
    question: str
    answer: str


@dataclass(frozen=True)
class ItemColumns:
    """One column per checklist item: each cell is a row.

    Attributes:
        columns: the headers of the items; none: those that tell their points, `微笑服务(5分)`.
        possible: points possible of a header that does not tell them; None where all do.
    """

    columns: tuple[str, ...] = ()
    possible: float | None = None


def read_long(given: Any, where: str) -> LongTable | None:
    """The `[long]` of a map; None where it has none.

    Raises:
        UsageError: one of its headers is missing, or two are one.
    """
    if given is None:
        return None
    options = typed(given, dict, where)
    names = ("id", "question", "answer")
    known(options, names, where, "选项", "option")
    headers = [typed(options.get(name, ""), str, f"{where}.{name}").strip() for name in names]
    if not all(headers) or len(set(headers)) < len(headers):
        raise UsageError(
            "长表要写 id、question、answer 三个不同的表头",
            "a long table needs id, question and answer, three different headers",
            where=where,
            hint_zh='例如：id = "答卷编号"、question = "题目"、answer = "答案"',
            hint_en='For example: id = "答卷编号", question = "题目", answer = "答案"',
        )
    return LongTable(*headers)


def read_items(given: Any, source: str, where: str) -> ItemColumns | None:
    """The `[items]` of a map; None where it has none.

    Raises:
        UsageError: the source has no checklist, or an option makes no sense.
    """
    if given is None:
        return None
    options = typed(given, dict, where)
    known(options, ("columns", "possible"), where, "选项", "option")
    columns = typed(options.get("columns", []), list, f"{where}.columns")
    if source != "visits" or not all(isinstance(one, str) and one.strip() for one in columns):
        raise nonsense(where, columns or source, 'source = "visits", columns = ["微笑服务(5分)", "着装(5分)"]')
    possible = options.get("possible")
    if possible is not None and typed(possible, (int, float), f"{where}.possible") <= 0:
        raise nonsense(f"{where}.possible", possible, "5")
    return ItemColumns(tuple(columns), None if possible is None else float(possible))
