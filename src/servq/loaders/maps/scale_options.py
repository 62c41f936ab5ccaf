"""Options of a map about scales: the export's scale, and from which answer on a customer counts as satisfied.

Nothing is rescaled: a scale must end where the column's ends, or it goes into a column of its own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from servq.errors import UsageError
from servq.loaders.maps.entries import nonsense, typed
from servq.measures import EFFORT_SCALES, OTHER_SCALE
from servq.records import Label

if TYPE_CHECKING:
    from collections.abc import Mapping

    from servq.loaders.sources.source import Column

FIVE_POINTS = (1.0, 5.0)

_DIGITS = re.compile(r"[0-9]+")

_ELSEWHERE: dict[str, Label] = {
    "csat": Label(
        f"其他量表的满意度请对应到 {OTHER_SCALE}，写明 scale 与 satisfied_from；它是另一个指标，不与五分制相混",
        f"map a satisfaction of another scale to {OTHER_SCALE}, with scale and satisfied_from: it is a metric of its"
        " own and not mixed with the one of five points",
    ),
    "effort": Label("五分制请对应到 effort_5", "map five points to effort_5"),
}
"""Column -> where an answer of another scale goes."""


def read_scale(value: Any, column: Column, where: str) -> tuple[float, float]:
    """The export's scale. It must end where servq's ends: 5 of 5 is not a likelihood of 5, and nothing is rescaled."""
    if column.kind not in ("score", "number") or not isinstance(value, list) or len(value) != 2:
        raise nonsense(where, value, "[1, 5]")
    low, high = (float(typed(end, (int, float), where)) for end in value)
    if column.name == OTHER_SCALE and (low, high) == FIVE_POINTS:
        raise UsageError(
            "五分制的满意度就是 csat",
            "a satisfaction of five points is csat",
            where=where,
            hint_zh="csat",
            hint_en="csat",
        )
    inside = (column.low is None or low >= column.low) and (column.high is None or high == column.high)
    if low >= high or not inside:
        zh, en = _ELSEWHERE.get(column.name, Label("请不要映射这一列", "leave this column out"))
        allowed = f"[{column.low:g}, {column.high:g}]" if column.high is not None else "[0, …]"
        raise UsageError(
            f"量表 {value} 与 {column.name} 的 {allowed} 不符",
            f"the scale {value} does not fit {column.name}, which is {allowed}",
            where=where,
            hint_zh=f"servq 不做量表换算；{zh}",
            hint_en=f"servq never rescales an answer; {en}",
        )
    return low, high


def read_satisfied_from(value: Any, scale: tuple[float, float] | None, column: Column, where: str) -> float | None:
    """From which answer on a customer counts as satisfied, on a scale that the map says; nobody else knows it."""
    example = "scale = [0, 10], satisfied_from = 8"
    if column.name != OTHER_SCALE:
        if value is not None:
            raise nonsense(where, value, f'{OTHER_SCALE} = {{ from = "…", {example} }}')
        return None
    if scale is None or value is None:
        raise UsageError(
            f"{column.name} 要写明量表和从几分起算满意",
            f"{column.name} needs its scale and the answer from which on it is satisfied",
            where=where.rpartition(".")[0],
            hint_zh=f"例如 {example}",
            hint_en=f"For example {example}",
        )
    least = float(typed(value, (int, float), where))
    if not scale[0] < least <= scale[1]:
        raise nonsense(where, value, example)
    return least


def check_turned(words: Mapping[str, float], column: Column, where: str) -> None:
    """Refuse an effort of which some answers are turned round and others are not.

    With `"1" = 7` alone a 7 would stay 7, and the hardest and the easiest answer would be one.
    """
    if column.name not in EFFORT_SCALES:
        return
    numbers = {float(word): number for word, number in words.items() if _DIGITS.fullmatch(word.strip())}
    if all(number == turned for number, turned in numbers.items()):
        return
    low, high = map(int, EFFORT_SCALES[column.name])
    left = [str(number) for number in range(low, high + 1) if number not in numbers]
    if left:
        listed = ", ".join(left)
        raise UsageError(
            f"量表颠倒时每个答案都要写明，还缺：{listed}",
            f"of a scale that is turned round every answer must be listed; missing: {listed}",
            where=where,
            hint_zh=", ".join(f'"{one}" = {high + low - int(one)}' for one in left),
            hint_en=", ".join(f'"{one}" = {high + low - int(one)}' for one in left),
        )
