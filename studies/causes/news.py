"""How often "what is new" shows something where nothing is: complaints of the sample, dealt out by chance.

Every slice is a draw of complaints that are all from the same months in truth, so that whatever rises in it is chance.
`python -m studies.causes.news` prints the figures that stand in docs/causes.md.
"""

from __future__ import annotations

import random

from servq.text.quotes.emerging import rising
from studies.causes.page import HOW_WELL, HowWell, sample_rows

SIZES = (30, 60, 120, 300)
"""Complaints of a slice: a team's month to the whole company's."""

PAST, OTHERS = 500, 400


def false_alarms(slices: int, beside: bool = False, seed: int = 1) -> int:
    """In how many slices anything rises though nothing does."""
    texts, chance, found = [row[3] for row in sample_rows()], random.Random(seed), 0
    for number in range(slices):
        chance.shuffle(texts)
        size = SIZES[number % len(SIZES)]
        others = texts[size + PAST : size + PAST + OTHERS] if beside else []
        found += bool(rising(texts[:size], texts[size : size + PAST], others))
    return found


def sentences_of_words(count: int, seed: int) -> list[str]:
    """Complaints of the sample in an order of chance."""
    texts = [row[3] for row in sample_rows()]
    random.Random(seed).shuffle(texts)
    return texts[:count]


if __name__ == "__main__":
    print(HowWell(HOW_WELL.slices, *(false_alarms(HOW_WELL.slices, beside) for beside in (False, True))))
