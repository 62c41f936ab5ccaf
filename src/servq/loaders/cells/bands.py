"""Band cells: 推荐者, 中立者 or 贬损者, from words to 1, 0 or −1.

Owns the words of the three bands. A band is kept as one: no number of 0–10 is made of it. Any other word is rejected.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from servq.loaders.cells.numbers import word_reader
from servq.measures import STANCES

if TYPE_CHECKING:
    from collections.abc import Callable

    from servq.loaders.maps.column_mapping import Pick

WORDS: dict[str, tuple[str, ...]] = {
    "promoter": ("推荐者", "推荐型", "promoter", "promoters"),
    "passive": ("中立者", "被动者", "被动型", "passive", "passives"),
    "detractor": ("贬损者", "批评者", "贬低者", "贬损型", "不推荐者", "detractor", "detractors"),
}

_SAID = {word: float(STANCES[band]) for band, words in WORDS.items() for word in words}


def band_reader(pick: Pick) -> Callable[[str], float]:
    """The function that reads one cell of a column of bands; a map's own words come first.

    >>> from servq.loaders.maps.column_mapping import Pick
    >>> read = band_reader(Pick(words=(("铁粉", 1.0),)))
    >>> read("推荐者"), read("Passive "), read("贬损者"), read("铁粉")
    (1.0, 0.0, -1.0, 1.0)
    """
    return word_reader(_SAID, pick, "not_a_band")
