"""The record of a report: its title, period and filters, and sections of sentences, figures, tables and quotes.

One record is rendered as PDF and as XLSX, so that both say the same. Texts stand in both languages; figures keep their
reading, so that a sheet holds numbers and not their texts.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from servq.metrics.metric import Metric
    from servq.metrics.verdicts import Change
    from servq.records import Label, Reading


class Tone(StrEnum):
    """The tint of a statement or field: only a verdict has colour."""

    BETTER = "better"
    WORSE = "worse"
    PLAIN = "plain"
    FAINT = "faint"


@dataclass(frozen=True)
class Line:
    """One statement: its mark, the sentence, and the two figures that it holds against each other.

    Attributes:
        kind: when it holds: new, by a changed mix, lasting.
    """

    mark: str
    tone: Tone
    kind: Label
    text: Label
    metric: Metric
    now: Reading
    before: Reading


@dataclass(frozen=True)
class ReportFigure:
    """One figure of the period with everything that a card of the page says.

    Attributes:
        against: what `before` is called.
        before: the figure of the comparison period, and `change` the verdict on the difference; None: not judged.
        target: in the metric's unit, and its `standing` in words; None where there is none.
        course: Monday and reading of the last weeks, oldest first; None where a week has no data.
    """

    metric: Metric
    now: Reading
    against: Label
    before: Reading
    change: Change | None
    target: float | None
    standing: Label | None
    course: tuple[tuple[date, Reading | None], ...]


@dataclass(frozen=True)
class ReportField:
    """One field of a table: a text, or a figure with its unit.

    Attributes:
        beneath: what stands small under it, as n.
        reading: the figure that the text shows; a sheet holds it as numbers, as it does a plain `count`.
        verdict: what was found of the figure; a sheet writes it in a column of a `judged` column's figures.
    """

    text: Label
    tone: Tone = Tone.PLAIN
    beneath: Label | None = None
    reading: Reading | None = None
    count: int | None = None
    verdict: Label | None = None


@dataclass(frozen=True)
class ReportColumn:
    """One column of a table.

    Attributes:
        figures: whether its fields are figures, which a sheet writes as value, interval, n and state.
        judged: whether a verdict stands beside each.
        wide: whether it takes the room that the others leave.
    """

    label: Label
    figures: bool = False
    judged: bool = False
    wide: bool = False


@dataclass(frozen=True)
class Table:
    """A table of a section.

    Attributes:
        printed: how many rows fit on paper; a sheet holds all.
        totals: whether the last row is all together, and is printed in any case.
        stacked: whether n stands on a line of its own.
        charted: the column of figures that a sheet draws, with its unit; None draws nothing.
    """

    columns: tuple[ReportColumn, ...]
    rows: tuple[tuple[ReportField, ...], ...]
    printed: int = 1_000
    totals: bool = False
    stacked: bool = False
    charted: int | None = None
    unit: Label | None = None


@dataclass(frozen=True)
class ReportQuote:
    """A customer's words, as they are stored (masked), and where they come from."""

    text: str
    about: Label
    tone: Tone


@dataclass(frozen=True)
class Section:
    """One question and its answer.

    Attributes:
        name: a short fixed name, by which the layout places it.
        finding: the sentence that answers the question.
        note: how to read it.
        sentences: what is told in words only, the most important first.
        page: the page on which it is printed, from 1; 0 is not printed. A workbook holds every section.
    """

    name: str
    title: Label
    finding: Label
    note: Label
    sentences: tuple[Label, ...] = ()
    lines: tuple[Line, ...] = ()
    figures: tuple[ReportFigure, ...] = ()
    table: Table | None = None
    quotes: tuple[ReportQuote, ...] = ()
    page: int = 1


@dataclass(frozen=True)
class Report:
    """A report on one state of the warehouse.

    Attributes:
        kind: its name on the command line.
        first, last: the days of the week that it tells.
        filters: dimension and the values kept.
        load_id: the newest load in it, and `loaded_at` when that was (UTC seconds; 0 before the first).
        version: the version of servq that made it.
    """

    kind: str
    title: Label
    first: date
    last: date
    filters: tuple[tuple[Label, tuple[str, ...]], ...]
    load_id: int
    loaded_at: int
    version: str
    sections: tuple[Section, ...]
