"""Checklists with one column per item, turned into one row per item.

    访问编号 班组 微笑服务(5分) 着装(10分)        访问编号 班组 检查项   得分 满分
    V1       一组 5             8            ->   V1       一组 微笑服务 5    5
    V2       二组 3                               V1       一组 着装     8    10
                                                  V2       二组 微笑服务 3    5

Owns the points that a header tells, and the turning. An item without a cell was not checked: it makes no row, and is
counted. A header that tells a total is no item.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Generator, Iterable, Sequence
from typing import TYPE_CHECKING

from servq.errors import FileRefused
from servq.loaders.books.joined_tables import TURNED
from servq.loaders.cells.numbers import folded
from servq.loaders.cells.placeholders import NO_VALUE
from servq.loaders.cells.turned_rows import LINES, NOT_CHECKED, SetAside, TurnedRows
from servq.loaders.headers.header_words import named, plain
from servq.loaders.maps.shapes import ITEM, POINTS, POSSIBLE
from servq.records import Rejected

if TYPE_CHECKING:
    from servq.loaders.headers.header_row import Row

_TOLD = re.compile(  # 微笑服务(5分) ; 着装（满分10） ; Smile (0-5 points) ; Smile [max 5]
    r"(?P<item>.*\S)\s*[(（\[［【〔]\s*(?P<most>满分|共|最高|max\.?|out of)?\s*:?\s*(?:0\s*[-–~至]\s*)?"
    r"(?P<points>\d+(?:\.\d+)?)\s*(?P<unit>分|points?|pts?\.?)?\s*[)）\]］】〕]",
    re.IGNORECASE,
)
_TOTAL = re.compile(  # 总分 ; 合计得分 ; 本次总分 ; Total score: a sum beside its parts would count them twice
    r"(得分|评分|满分|分值|score)|.*(总分数?|总得分|总评分|合计|总计|小计|得分率)|(合计|总计|小计)(得分|分数?|分值)"
    r"|(sub|grand)?totals?|.*(total|overall|final|sum)(scores?|points?|marks?)|.*pointstotal|sumofpoints"
)
_AGAIN = re.compile(r" \(\d+\)\Z")  # 微笑服务(5分) (2)
_NOT_CHECKED = NO_VALUE | {"不适用", "未检查", "未检", "na", "not applicable", "not checked"}


def points_of(header: str) -> tuple[str, float] | None:
    """The item and its possible points, where a header tells both; None elsewhere and of totals.

    >>> points_of("微笑服务(5分)"), points_of("3、着装（满分 10）"), points_of("总分(100分)"), points_of("备注(选填)")
    (('微笑服务', 5.0), ('3、着装', 10.0), None, None)
    """
    told = _told(_AGAIN.sub("", header.strip()))
    if told is None or _TOTAL.fullmatch(plain(told["item"])):
        return None
    points = float(told["points"])
    return (told["item"].strip(), points) if points > 0 else None


def _told(header: str) -> re.Match[str] | None:
    """The parts of a header that tells points, in brackets at its end and with a word that says what they are."""
    told = _TOLD.fullmatch(header)
    return told if told and (told["most"] or told["unit"]) else None


def items_of(
    headers: Sequence[str], chosen: Sequence[str], possible: float | None, where: str
) -> dict[str, tuple[str, float]]:
    """Header -> item and points possible.

    Args:
        chosen: headers of the file; none: all that tell their points.
        possible: of those that do not tell theirs.

    Raises:
        FileRefused: nobody says how many points an item has, or its header says it twice.
    """
    twice = [header for header in chosen or headers if (one := points_of(header)) and _told(one[0])]
    if twice:
        raise _told_twice(twice, where)
    told = {header: points_of(header) for header in chosen or headers}
    found: dict[str, tuple[str, float]] = {}
    for header, one in told.items():
        if one is not None or (chosen and possible is not None):
            found[header] = one or (header, float(possible or 0))
    missing = [header for header in chosen if header not in found]
    if missing or not found:
        listed = "、".join(missing)
        raise FileRefused(
            f"没有写明这些检查项的满分：{listed}" if missing else "没有一个表头写明检查项的满分",
            f"nobody says how many points these items have: {listed}"
            if missing
            else "no header tells an item's points",
            where=where,
            hint_zh="表头可写“微笑服务(5分)”，或在映射的 [items] 中写 possible = 5",
            hint_en="A header may be 'Smile (5 points)', or a map's [items] says possible = 5",
        )
    names = Counter(name for name, _ in found.values())
    return {header: (name if names[name] == 1 else header, most) for header, (name, most) in found.items()}


def _told_twice(headers: Sequence[str], where: str) -> FileRefused:
    listed = "、".join(headers)
    return FileRefused(
        f"这些检查项的满分写了两次：{listed}",
        f"the points of these items are told twice: {listed}",
        where=where,
        hint_zh="请在表头中只留一个满分，例如“微笑服务(5分)”",
        hint_en="Leave one of them in the header, for example 'Smile (5 points)'",
    )


def turned(
    header: Sequence[str], rows: Iterable[Row], items: dict[str, tuple[str, float]]
) -> tuple[list[str], TurnedRows]:
    """The header of the rows of items, and these rows, numbered on; where each came from stands in a column more."""
    names = named(header)
    places = {names.index(one): told for one, told in items.items()}
    about = [place for place in range(len(names)) if place not in places]
    counts: Counter[str] = Counter()
    made = _made(rows, names, about, places, counts)
    return [*(names[place] for place in about), ITEM, POINTS, POSSIBLE, TURNED], TurnedRows(made, counts)


def _made(
    rows: Iterable[Row],
    names: Sequence[str],
    about: Sequence[int],
    places: dict[int, tuple[str, float]],
    counts: Counter[str],
) -> Generator[Row]:
    number = 1
    for line, cells in rows:
        counts[LINES] += 1
        number += 1
        if len(cells) != len(names):
            raw = dict(zip(named([*names, *[""] * (len(cells) - len(names))]), cells, strict=False))
            yield number, SetAside(Rejected(number, "", str(len(cells)), "wrong_width", raw))
            continue
        own = [cells[place] for place in about]
        checked = [
            (told, cells[place]) for place, told in places.items() if folded(cells[place]) not in ("", *_NOT_CHECKED)
        ]
        counts[NOT_CHECKED] += len(places) - len(checked)
        if not checked:
            raw = dict(zip(names, cells, strict=True))
            yield number, SetAside(Rejected(number, names[next(iter(places))], "", "missing_value", raw))
            continue
        for offset, ((name, most), points) in enumerate(checked):
            number += offset > 0
            yield number, [*own, name, points, f"{most:g}", str(line)]
