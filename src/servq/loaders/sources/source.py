"""The form of a source: its columns, its key, and the conditions that a row must satisfy.

Owns the two frozen forms. Never reads a file and never holds a value.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from servq.records import Label

ROWS = Label("行", "rows")

Kind = Literal["id", "name", "time", "score", "number", "flag", "band", "text"]
"""What a column holds.

`id`: text with its leading zeros; `name`: a value of a dimension; `time`: a moment; `score`: an answer on a
scale; `number`: a plain number; `flag`: yes (1) or no (0); `band`: promoter (1), passive (0) or detractor (−1);
`text`: words as they came.
"""


@dataclass(frozen=True)
class Column:
    """One canonical column of a source.

    Attributes:
        name: canonical name, the same in map, frame and warehouse.
        label: how readers see it.
        kind: how its cells are read.
        aliases: other headers under which real exports have it; the canonical name always matches.
        required: whether every row must have a value, and every file the column.
        low, high: allowed range, both ends included; None is open.
        above: the value must be greater than this (an end that is not included).
        whole: whether only whole numbers are answers.
        filled: what a row without a value has instead, where the file must have the column and a row need not: the
            group of rows that do not say it. A map's `required` still demands a value.
        mapped: whether only a map fills it: no header tells on which scale it was asked.
        unclear: headers that may be meant, and do not tell which end of the scale is the good one.
    """

    name: str
    label: Label
    kind: Kind
    aliases: tuple[str, ...]
    required: bool = False
    low: float | None = None
    high: float | None = None
    whole: bool = False
    above: float | None = None
    filled: str = ""
    mapped: bool = False
    unclear: tuple[str, ...] = ()


@dataclass(frozen=True)
class Source:
    """One kind of file that servq understands.

    Attributes:
        key: the columns that name a row; two rows with the same key are the same thing.
        at_least_one: columns of which a row needs one value; empty means no such rule.
        time_order: chains of time columns; within a chain no time may be before an earlier column's.
        at_most: pairs (column, column that it may not exceed).
        sample: file name in `data/sample`.
        things: what a row, or all rows of one key, are called after their number.
        numbering: headers under which exports number the rows of a questionnaire: the key is unique within it only.
    """

    name: str
    label: Label
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    at_least_one: tuple[str, ...] = ()
    time_order: tuple[tuple[str, ...], ...] = ()
    sample: str = ""
    at_most: tuple[tuple[str, str], ...] = ()
    numbering: tuple[str, ...] = ()
    things: Label = ROWS

    def column(self, name: str) -> Column:
        """The column of this canonical name.

        Raises:
            KeyError: the source has no such column.
        """
        return {column.name: column for column in self.columns}[name]

    @property
    def names(self) -> tuple[str, ...]:
        """Canonical names in their order."""
        return tuple(column.name for column in self.columns)

    @property
    def required(self) -> tuple[str, ...]:
        """Canonical names that every row must have."""
        return tuple(column.name for column in self.columns if column.required)


def column(
    name: str,
    label: Label,
    kind: Kind,
    zh: tuple[str, ...],
    en: tuple[str, ...],
    *,
    required: bool = False,
    low: float | None = None,
    high: float | None = None,
    whole: bool = False,
    above: float | None = None,
    filled: str = "",
) -> Column:
    """A column with its Chinese headers and its English ones, as a source writes it down."""
    return Column(name, label, kind, (*zh, *en), required, low, high, whole, above, filled)


UPDATED_AT = column(
    "updated_at",
    Label("更新时间", "Updated at"),
    "time",
    ("更新时间", "最后更新时间", "最近更新时间", "修改时间", "最后修改时间", "最近修改时间"),
    ("Updated at", "Last updated", "Last updated at", "Updated on", "Last modified", "Last modified at", "Modified at"),
)
"""The time of a row's last change in the system that exports it: every source may have it, and it decides which of two
exports of one row is the newer."""
