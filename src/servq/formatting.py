"""The format of figures: the same digits, unit and words on every page, in every export and on the terminal.

Owns the formats only. It never computes a figure and never decides what may be concluded from one.
"""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Literal

from servq.records import STATES, Label, State

if TYPE_CHECKING:
    from servq.records import Reading

Language = Literal["zh", "en"]

NOTHING = "—"
"""The text where there is no value. Never 0."""

MINUS = "\N{MINUS SIGN}"
"""The sign before a figure below zero: as wide as a digit, and no dash of a range."""

FAR_FEWER = 1.5
"""So many times more answers than independent ones are said beside n."""

UNITS: dict[str, Label] = {
    "points": Label("点", "points"),
    "percent": Label("%", "%"),
    "score": Label("分", "of 5"),
    "score_7": Label("分", "of 7"),
    "gap": Label("分", "points"),
    "hours": Label("小时", "hours"),
    "count": Label("条", "count"),
    "per_100": Label("件/百份", "per 100"),
}
"""Unit of a metric -> how it is written."""

_PERCENTAGE_POINTS = Label("个百分点", "pct. points")

_DIGITS = {"points": 0, "percent": 1, "score": 2, "score_7": 2, "gap": 2, "hours": 1, "count": 0, "per_100": 1}
_ENDS = {"percent": (0, 100), "per_100": (0,)}

_MINUTES, _HOURS, _DAYS = Label("分钟", "min"), Label("小时", "h"), Label("天", "d")


def unit_label(unit: str, language: Language) -> str:
    """The unit as axes, headers and cards name it.

    >>> unit_label("points", "zh"), unit_label("per_100", "en")
    ('点', 'per 100')
    """
    return _in(UNITS[unit], language)


def state_label(reading: Reading, language: Language) -> str:
    """The label of a reading's state (judgeable, indicative, too few)."""
    return _in(STATES[reading.state], language)


def format_value(value: float | None, unit: str, language: Language, *, bare: bool = False) -> str:
    """A figure with its unit as text; `NOTHING` where there is none.

    NPS in whole points, shares with one decimal, scores with two, counts with thousands separators, times in the
    unit that a person would use. Halves round away from zero, and nothing is ever "−0". A share that is hardly any
    or nearly all gets the decimals that tell it from none and all.

    Args:
        value: in the metric's unit.
        bare: leave out the unit where the place says it already (axis, matrix); times keep theirs.

    >>> format_value(31.4, "points", "zh"), format_value(82.44, "percent", "zh"), format_value(1204, "count", "zh")
    ('31 点', '82.4%', '1,204')
    >>> [format_value(hours, "hours", "zh") for hours in (0.3, 3.24, 50.4)]
    ['18 分钟', '3.2 小时', '2.1 天']
    >>> format_value(-12.5, "points", "zh")
    '−13 点'
    >>> [format_value(share, "percent", "zh") for share in (0, 0.034, 0.0019, 99.97, 100)]
    ['0.0%', '0.03%', '0.002%', '99.97%', '100.0%']
    """
    if value is None or not math.isfinite(value):
        return NOTHING
    return _written(value, unit, _digits(value, unit), language, bare=bare)


def _written(value: float, unit: str, digits: int, language: Language, *, bare: bool) -> str:
    if unit == "hours":
        number, word = _time(value, language)
        return f"{number} {word}"
    number = _number(value, digits)
    if unit == "percent":
        return number if bare else f"{number}%"
    return number if bare or unit == "count" else f"{number} {unit_label(unit, language)}"


def format_reading(reading: Reading, unit: str, language: Language) -> str:
    """The value of a reading with its unit; `NOTHING` when there is none or too few rows stand behind it."""
    value = None if reading.state == State.TOO_FEW else reading.value
    return format_value(value, unit, language)


def format_n(reading: Reading, language: Language) -> str:
    """n, its total, how many independent answers it is worth, and the number of rows that are still open.

    >>> from servq.records import Reading, State
    >>> format_n(Reading(31.4, 1204, State.JUDGEABLE), "zh")
    'n = 1,204'
    """
    parts = [Label(f"n = {reading.n:,}", f"n = {reading.n:,}")]
    if reading.base is not None:
        parts.append(Label(f"{reading.base:,} 份答卷", f"{reading.base:,} responses"))
    if reading.effective is not None and reading.n >= FAR_FEWER * reading.effective:
        worth = max(1, round(reading.effective))
        parts.append(
            Label(
                f"同一客户或订单有多条，约抵 {worth:,} 条独立记录", f"several of one customer or order: worth {worth:,}"
            )
        )
    if reading.censored:
        parts.append(Label(f"其中 {reading.censored:,} 件未结束", f"{reading.censored:,} of them still open"))
    return " · ".join(_in(part, language) for part in parts)


def format_change(value: float | None, unit: str, language: Language) -> str:
    """A difference with its sign and without the unit, for places that name the unit themselves.

    >>> [format_change(value, "score", "zh") for value in (0.5, -0.774, -0.001, None)]
    ['+0.50', '−0.77', '0.00', '—']
    """
    if value is None or not math.isfinite(value):
        return NOTHING
    written = _written(value, unit, _DIGITS[unit], language, bare=True)
    return f"+{written}" if value and value > 0 and written.strip("0.") else written


def format_difference(value: float, unit: str, language: Language) -> str:
    """The distance of two figures with its unit; shares differ by percentage points, not by percent of one another.

    >>> format_difference(5.84, "percent", "zh"), format_difference(5.84, "percent", "en")
    ('5.8 个百分点', '5.8 pct. points')
    >>> format_difference(0.02, "percent", "zh"), format_difference(-0.02, "percent", "zh")
    ('0.0 个百分点', '0.0 个百分点')
    >>> format_difference(25.2, "points", "zh")
    '25 点'
    """
    if unit != "percent":
        return format_value(value, unit, language)
    return f"{_written(value, unit, _DIGITS[unit], language, bare=True)} {_in(_PERCENTAGE_POINTS, language)}"


def format_interval(reading: Reading, unit: str, language: Language) -> str:
    """The 95 % interval of a reading, without the unit where the value beside it has it; "" when there is none.

    An end that could not be reached is left open: half of the cases still running have no upper end.

    >>> from servq.records import Reading, State
    >>> format_interval(Reading(31, 99, State.JUDGEABLE, low=25.6, high=36.1), "points", "zh")
    '26 – 36'
    >>> format_interval(Reading(0, 9734, State.JUDGEABLE, low=0.0, high=0.0394), "percent", "zh")
    '0.0 – 0.04%'
    >>> format_interval(Reading(0.5, 99, State.JUDGEABLE, low=0.4, high=None), "hours", "zh")
    '≥ 24 分钟'
    """
    low, high = reading.low, reading.high
    if low is None and high is None:
        return ""
    if high is None:
        return f"≥ {_end(low, unit, language)}"
    if low is None:
        return f"≤ {_end(high, unit, language)}"
    if unit == "hours":
        (first, first_word), (last, last_word) = _time(low, language), _time(high, language)
        start = first if first_word == last_word else f"{first} {first_word}"
        return f"{start} – {last} {last_word}"
    return f"{_number(low, _digits(low, unit))} – {_end(high, unit, language)}"


def _end(value: float | None, unit: str, language: Language) -> str:
    return format_value(value, unit, language, bare=unit != "percent")


def _digits(value: float, unit: str) -> int:
    """The number of decimals: more than usual for a share that would otherwise be written as 0 or 100 % and is
    neither."""
    usual, ends = _DIGITS[unit], _ENDS.get(unit, ())
    if value <= 0 or value in ends:
        return usual
    return next((digits for digits in range(usual, usual + 4) if _rounded(value, digits) not in ends), usual)


def _time(hours: float, language: Language) -> tuple[str, str]:
    """The number and the unit in which a person would tell a time; 59.7 minutes are 1 hour, not 60 minutes."""
    if abs(_rounded(hours, 1)) >= 24:
        number, word = _number(hours / 24, 1), _DAYS
    elif abs(_rounded(hours * 60, 0)) >= 60:
        number, word = _number(hours, 1), _HOURS
    else:
        number, word = _number(hours * 60, 0), _MINUTES
    if number == "0" and hours:
        number = "< 1"
    return number.removesuffix(".0"), _in(word, language)


def _number(value: float, digits: int) -> str:
    rounded = _rounded(value, digits)
    return f"{abs(rounded) if rounded == 0 else rounded:,}".replace("-", MINUS)


def _rounded(value: float, digits: int) -> Decimal:
    # through repr, so that 2.675 is what the reader sees and not the binary 2.67499…
    return Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def _in(label: Label, language: Language) -> str:
    return label.en if language == "en" else label.zh
