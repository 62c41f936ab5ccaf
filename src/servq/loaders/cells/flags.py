"""Yes-or-no cells: from text to 1 or 0, and the texts that mean "not known".

Owns the words of the two answers. Any other word is rejected, never guessed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from servq.loaders.cells.numbers import word_reader

if TYPE_CHECKING:
    from collections.abc import Callable

    from servq.loaders.maps.column_mapping import Pick

YES = ("是", "有", "已复购", "复购", "已回购", "回购", "再次购买", "yes", "y", "true", "t", "1", "1.0", "√", "✓", "✔")
NO = ("否", "无", "没有", "未复购", "未回购", "未再次购买", "no", "n", "false", "f", "0", "0.0", "×", "✗", "✘")

NOT_KNOWN = frozenset({"未知", "不详", "未到期", "unknown", "not yet known", "pending"})
"""Texts of exports for "not known yet": no value, and never a no."""

SAYS_ITSELF = {"是": 1.0, "否": 0.0, "1": 1.0, "0": 0.0}
"""The texts that need not be kept beside their number: it says as much."""

_SAID = dict.fromkeys(YES, 1.0) | dict.fromkeys(NO, 0.0)


def flag_reader(pick: Pick) -> Callable[[str], float]:
    """The function that reads one cell of a column of yes and no; a map's own words come first.

    >>> from servq.loaders.maps.column_mapping import Pick
    >>> read = flag_reader(Pick(words=(("老客", 1.0),)))
    >>> read("是"), read("Ｎ"), read("未复购"), read("老客")
    (1.0, 0.0, 0.0, 1.0)
    """
    return word_reader(_SAID, pick, "not_yes_or_no")
