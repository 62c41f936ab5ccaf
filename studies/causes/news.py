"""False alarms of emerging phrases: how often one is listed for randomly drawn complaints of the sample.

Every slice is a random draw of complaints from the same months, so that whatever rises in it is chance.
`python -m studies.causes.news` prints the figures of docs/causes.md.
"""

from __future__ import annotations

import random

from servq.text.quotes.emerging import rising
from studies.causes.page import HOW_WELL, HowWell, sample_rows

SIZES = (30, 60, 120, 300)
"""Complaints of a slice: a team's month to the whole company's."""

PAST, OTHERS = 500, 400


def false_alarms(slices: int, beside: bool = False, seed: int = 1) -> int:
    """The number of random slices in which any phrase is listed."""
    texts, chance, found = [row[3] for row in sample_rows()], random.Random(seed), 0
    for number in range(slices):
        chance.shuffle(texts)
        size = SIZES[number % len(SIZES)]
        others = texts[size + PAST : size + PAST + OTHERS] if beside else []
        found += bool(rising(texts[:size], texts[size : size + PAST], others))
    return found


def sentences_of_words(count: int, seed: int) -> list[str]:
    """Complaints of the sample in random order."""
    texts = [row[3] for row in sample_rows()]
    random.Random(seed).shuffle(texts)
    return texts[:count]


if __name__ == "__main__":
    print(HowWell(HOW_WELL.slices, *(false_alarms(HOW_WELL.slices, beside) for beside in (False, True))))
