"""The refusal of a file for its rows: where too many cannot be trusted, the others are not trusted either.

Owns the words of that refusal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from servq.errors import FileRefused
from servq.records import REASONS, Label, Rejected

NOT_OF_THE_FILE = ("conflict", "forgotten_person")
"""Reasons that say nothing about how well a file was exported and read."""

_SHOWN = 3

ANOTHER_FROM, ANOTHER_SHARE = 3, 0.9
"""From so many conflicts on, and such a share of the rows whose ids are known, a file may be another questionnaire."""


def looks_like_another(conflicts: int, known: int) -> bool:
    """Whether nearly all of the rows whose ids are known say something else than what is known.

    >>> looks_like_another(9, 10), looks_like_another(8, 10), looks_like_another(2, 2)
    (True, False, False)
    """
    return conflicts >= ANOTHER_FROM and conflicts >= ANOTHER_SHARE * known


def another_questionnaire(conflicts: int, rows: int, header: str, file: str) -> FileRefused:
    """The refusal of a file whose ids number its rows, and meet those of another file."""
    return FileRefused(
        f"{rows:,} 行中有 {conflicts:,} 行的“{header}”已有、内容却不同：是不是另一份问卷？未载入任何内容",
        f"of {rows:,} rows {conflicts:,} have a '{header}' that is known, with other content: is it another"
        " questionnaire? Nothing was loaded",
        where=file,
        hint_zh="序号只在一份问卷里唯一：请给这份问卷一个名称（命令行 --questionnaire，页面“这是哪份问卷”，"
        "或映射中的 questionnaire）",
        hint_en="Such a number is an id within one questionnaire: name this one (--questionnaire, the field on the"
        " page, or questionnaire in a map)",
    )


def mostly_bad(
    rows: int, reasons: Counter[str], first: Sequence[Rejected], share: float, file: str, *, on_page: bool = False
) -> FileRefused | None:
    """The refusal of a file more than `share` of whose rows are untrusted; None where there are fewer.

    Args:
        on_page: say what can be done on the upload page, which has no options.
    """
    told = Counter({code: count for code, count in reasons.items() if code not in NOT_OF_THE_FILE})
    bad = told.total()
    if bad <= share * rows:
        return None
    codes = [code for code, _ in told.most_common(_SHOWN)]
    zh = "，".join(f"{REASONS.get(code, Label(code, code)).zh} {told[code]:,} 行" for code in codes)
    en = ", ".join(f"{REASONS.get(code, Label(code, code)).en} {told[code]:,}" for code in codes)
    places = [(one.row, f"“{one.column}”" if one.column else "") for one in first[:_SHOWN]]
    rows_zh = "、".join(f"第 {row} 行{column}" for row, column in places)
    rows_en = ", ".join(f"row {row} {column}".rstrip() for row, column in places)
    hint_zh = "请先检查表头、日期格式与分制（可用映射 --map），确认无误再放宽 --max-bad-share"
    hint_en = "Check headers, date formats and scales first (a --map may fit them); then allow more: --max-bad-share"
    if on_page:
        hint_zh = "请先检查表头、日期格式与分制；选“逐列指定”可以说明每一列怎样读"
        hint_en = "Check headers, date formats and scales; “As I say, column by column” tells how each column is read"
    return FileRefused(
        f"{rows:,} 行中有 {bad:,} 行不可信（上限 {share:.0%}），整个文件未载入。{zh}；例如{rows_zh}",
        f"{bad:,} of {rows:,} rows cannot be trusted (at most {share:.0%} may be), nothing was loaded. {en};"
        f" for example {rows_en}",
        where=file,
        hint_zh=hint_zh,
        hint_en=hint_en,
    )
