"""Records of loading: the incoming rows of a file, the rejected ones, and the outcome of all of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from servq.records.asking import Label

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    import pandas as pd


@dataclass(frozen=True)
class Rejected:
    """One row of a file that could not be trusted, and why.

    Attributes:
        row: row number as a spreadsheet shows it (the header is row 1, the first answer row 2).
        column: header of the offending column as it stands in the file, or "".
        value: the offending value as it came.
        reason: machine-readable code, e.g. `out_of_range`; see `REASONS`.
        raw: the whole row as header -> text.
        also: further problems of the same row, each as (column, value, reason).
    """

    row: int
    column: str
    value: str
    reason: str
    raw: dict[str, str]
    also: tuple[tuple[str, str, str], ...] = ()


REASONS: dict[str, Label] = {
    "missing_value": Label("必填值缺失", "a required value is missing"),
    "not_a_number": Label("不是数字", "not a number"),
    "not_yes_or_no": Label("既不是“是”也不是“否”", "neither yes nor no"),
    "not_a_band": Label("不是推荐者、中立者、贬损者之一", "none of promoter, passive and detractor"),
    "band_contradicts": Label("推荐类别与推荐分不符", "the NPS category is not that of the score"),
    "not_a_time": Label("无法识别的时间", "not a time that is understood"),
    "not_a_duration": Label("无法识别的时长（单独的数字要有单位）", "not a duration that is understood"),
    "placeholder_time": Label(
        "像是系统写的“没有时间”（1970-01-01、1900-01-01、9999-12-31 …）",
        "a moment that systems write for no time, such as 1970-01-01 or 9999-12-31",
    ),
    "unknown_zone": Label("时间后面的时区不认识", "a time zone behind a time that is not known, or is several"),
    "out_of_range": Label("超出允许范围", "outside the allowed range"),
    "not_whole": Label("必须是整数", "must be a whole number"),
    "time_order": Label("时间先后矛盾", "times contradict each other"),
    "future_time": Label("时间在未来", "a time in the future"),
    "nothing_answered": Label("没有任何评分或评论", "neither a score nor a comment"),  # of loads before migration 0011
    "error_cell": Label("公式出错的单元格", "a cell whose formula failed"),
    "not_calculated": Label("没有算出结果的公式", "a formula that was never calculated"),
    "cell_twice": Label("工作簿里同一个单元格有两个值", "two values in one cell of the workbook"),
    "digits_lost": Label("编号被电子表格改成了科学计数法", "an id that a spreadsheet rounded, as in 1.2E+17"),
    "wrong_width": Label("列数与表头不符", "not as many cells as the header"),
    "asked_twice": Label("同一答卷里同一题有几个答案", "one question answered more than once in one answer sheet"),
    "lines_differ": Label("同一答卷的各行说法不同", "the lines of one answer sheet contradict each other"),
    "conflict": Label("同一编号、内容不同", "the same id with other content, and nobody says which is newer"),
    "forgotten_person": Label("此人已按要求删除", "this person was erased on request"),
}
"""The reasons of quarantined rows: every code that a loader or ingest gives."""


NOTES: dict[str, Label] = {
    "placeholder_id": Label(
        "处占位编号（-、无、0 …）当作没有编号", "placeholders (-, N/A, 0 and the like) taken as no id"
    ),
    "lines_turned": Label(
        "行文件内容转成了上面的行数（每题一行，或每个检查项一列）",
        "rows of the file were turned into the rows above (one per answer, or one column per checklist item)",
    ),
    "items_not_checked": Label("个检查项的格子是空的：没有检查，不计入", "checklist items without a cell: not checked"),
}
"""What a load says about cells that it took, by code; told behind their number."""

OUTCOMES: dict[str, Label] = {
    "loaded": Label("新增", "new"),
    "updated": Label("更新", "updated"),
    "duplicates": Label("重复", "duplicate"),
    "conflicts": Label("冲突", "conflict"),
    "quarantined": Label("隔离", "quarantined"),
    "not_answered": Label("未作答", "not answered"),
    "left_out": Label("按规则排除", "left out by rule"),
}
"""What may become of a row that was read, in the order in which it is told: exactly one of these. They are attributes
of `LoadReport` and columns of the load log; reports, pages and checks add them up from here."""

RARE = ("not_answered", "left_out")
"""Outcomes that most files do not have: a report tells them where there is any."""


SEVERAL = "+ "
"""Before the headers of a column that is put together of several, where one header would stand."""


@dataclass(frozen=True)
class Turned:
    """How a table was turned round.

    Attributes:
        told: in a few words.
        anything: headers of the file under which any column's values stand, a person's id too.
    """

    told: Label
    anything: tuple[str, ...] = ()


@dataclass(frozen=True)
class FileFacts:
    """The detected facts about a file, shown before and after loading.

    Attributes:
        other_sheets, hidden_sheets: sheets of the workbook that were not read.
        calendar: the year from which the workbook counts its days, 1900 or 1904; 0 where it is none.
        columns: canonical column -> header in the file (constants are given as `= value`, several headers
            as `+ one + other`).
        matched: canonical column -> by which rule that header was taken for it.
        unused: headers of the file that no canonical column uses.
        headers: every header of the file, in its order.
        longer_open: columns of more than five points of which nobody says on which scale they were asked.
        five_open: columns of five points of which nobody says on which scale they were asked.
        turned: how the table was turned round; None where its rows are the source's.
        running_ids: whether the ids number the rows of one questionnaire, and nobody says of which.
    """

    name: str
    sha256: str
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    header_row: int = 1
    other_sheets: tuple[str, ...] = ()
    hidden_sheets: tuple[str, ...] = ()
    calendar: int = 0
    columns: dict[str, str] = field(default_factory=dict)
    matched: dict[str, Label] = field(default_factory=dict)
    unused: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    running_ids: bool = False
    longer_open: tuple[str, ...] = ()
    turned: Turned | None = None
    five_open: tuple[str, ...] = ()

    @property
    def unread_sheets(self) -> tuple[str, ...]:
        """The sheets that were not read, hidden ones marked as such."""
        return (*self.other_sheets, *(f"{name}（隐藏 hidden）" for name in self.hidden_sheets))


@dataclass(frozen=True)
class Chunk:
    """Some thousand rows of a file, parsed.

    Attributes:
        frame: one row per trusted row, one column per canonical column that the file has, plus `row`
            (spreadsheet row number) and `raw` (canonical column -> text as it came, of the cells whose value was
            made by a rule; None where a row has none such). Times are UTC epoch seconds (nullable Int64), scores and
            numbers are Float64, the rest is text; missing is `pd.NA`, never 0 and never "".
        raw: the same rows as they came (index aligned with `frame`), header -> text.
        rejected: the rows that could not be trusted.
        rows_read: trusted + rejected + unanswered + left out.
        noted: what is said about cells that are trusted, code of NOTES -> count.
        unanswered: the rows in which nothing was answered, with the columns of `frame`; id and time may be missing.
        left_out: rule of the map, as it is told -> how many rows it leaves out; of them nothing else is kept.
    """

    frame: pd.DataFrame
    raw: pd.DataFrame
    rejected: tuple[Rejected, ...]
    rows_read: int
    unanswered: pd.DataFrame
    noted: dict[str, int] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Batch:
    """One incoming file: its facts, and its rows chunk by chunk (can be walked once)."""

    source: str
    facts: FileFacts
    chunks: Generator[Chunk]
    map_name: str = ""


@dataclass(frozen=True)
class Conflict:
    """A row whose id is known with other content, where no rule decides between the two.

    Attributes:
        row: its number in the file at hand.
        key: its id, as the canonical key columns say it.
        load_id: the load that brought what is known; that of the file at hand, when the file contradicts itself (0 when
            nothing of it was kept).
        differs: (canonical column, what is known, what this row says) of each column in which the two differ.
    """

    row: int
    key: tuple[str, ...]
    load_id: int
    differs: tuple[tuple[str, str, str], ...]

    @property
    def told(self) -> str:
        """The conflict in one line, the id first and long texts cut short."""
        sides = (f"{name} {_short(known)} → {_short(here)}" for name, known, here in self.differs)
        return f"{' '.join(self.key)}: {'; '.join(sides)}"


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"


@dataclass(frozen=True)
class LoadReport:
    """The outcome of one file. `rows_read` is always the sum of OUTCOMES.

    Attributes:
        status: `loaded`, `unchanged` (nothing new in it) or `refused`.
        reasons: rejection code -> count.
        noted: code of NOTES -> count, of cells that were taken.
        rules: rule of the map -> how many rows it left out.
        conflicting: the first of its conflicts.
        another: nearly all of its rows whose ids are known say otherwise: it may be another questionnaire.
        facts: what was detected about the file.
    """

    file: str
    source: str
    status: str
    encoding: str = ""
    delimiter: str = ""
    rows_read: int = 0
    loaded: int = 0
    updated: int = 0
    duplicates: int = 0
    conflicts: int = 0
    quarantined: int = 0
    not_answered: int = 0
    left_out: int = 0
    another: bool = False
    reasons: dict[str, int] = field(default_factory=dict)
    noted: dict[str, int] = field(default_factory=dict)
    rules: dict[str, int] = field(default_factory=dict)
    load_id: int | None = None
    seconds: float = 0.0
    message: str = ""
    conflicting: tuple[Conflict, ...] = ()
    facts: FileFacts | None = None

    @property
    def adds_up(self) -> bool:
        """Whether every row that was read is accounted for."""
        return bool(self.rows_read == sum(getattr(self, name) for name in OUTCOMES))

    @classmethod
    def of_several(cls, name: str, reports: Sequence[LoadReport]) -> LoadReport:
        """The outcome of several files as one, called `name`: counts, reasons, notes and rules added up.

        It keeps the first report's source; what belongs to a single file (encoding, load, facts) is empty.
        """
        counts = {count: sum(getattr(one, count) for one in reports) for count in ("rows_read", *OUTCOMES, "seconds")}
        known = tuple(conflict for one in reports for conflict in one.conflicting)
        asked = any(one.another for one in reports)
        return cls(name, reports[0].source, "loaded", **counts, conflicting=known, another=asked, **_added(reports))


def _added(reports: Sequence[LoadReport]) -> dict[str, Any]:
    """The tallies of several outcomes, added up by code."""
    tallies: dict[str, Counter[str]] = {"reasons": Counter(), "noted": Counter(), "rules": Counter()}
    for one in reports:
        for of, tally in tallies.items():
            tally.update(getattr(one, of))
    return {of: dict(tally) for of, tally in tallies.items()}
