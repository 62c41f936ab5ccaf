"""Coder agreement: the clerk's category of each complaint against the category of its own words, with Cohen's kappa.

Never decides which of the two is right: a clerk may know more than the customer wrote, and a text may name a cause
for which the clerk had no category.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from servq.records import UNATTRIBUTED

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from servq.text.causes.finder import Mention


@dataclass(frozen=True)
class CoderAgreement:
    """Clerk's category against text's category, complaint by complaint.

    Attributes:
        names: both ways of the table: every name that either of them used, the most used one first.
        counts: counts[i][j] complaints that the clerk filed under names[i] and the text under names[j].
        n: complaints in the table.
        share: how often both say the same; None without complaints.
        kappa: the share beyond what chance would give, 1 at best; None where chance alone gives agreement.
    """

    names: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    n: int
    share: float | None
    kappa: float | None


def agreement(clerk: Sequence[str], text: Sequence[str]) -> CoderAgreement:
    """The cross table of two codings of the same complaints.

    Args:
        clerk: the category in the complaint log, one for each complaint.
        text: the category that its words name (`main_category`), in the same order and by the same names.

    Source:
        Cohen (1960), A coefficient of agreement for nominal scales: (observed - expected) / (1 - expected), where
        expected is the sum over the categories of the product of both shares.

    >>> agreement(["退改", "态度"], ["退改", "退改"]).share
    0.5
    """
    used = Counter(clerk) + Counter(text)
    names = tuple(sorted(used, key=lambda name: (-used[name], name)))
    pairs = Counter(zip(clerk, text, strict=True))
    counts = tuple(tuple(pairs[row, column] for column in names) for row in names)
    n = len(clerk)
    if not n:
        return CoderAgreement(names, counts, 0, None, None)
    share = sum(counts[place][place] for place in range(len(names))) / n
    columns = [sum(row[place] for row in counts) for place in range(len(names))]
    expected = sum(sum(row) * column for row, column in zip(counts, columns, strict=True)) / n**2
    return CoderAgreement(names, counts, n, share, None if expected == 1 else (share - expected) / (1 - expected))


def main_category(mentions: Collection[Mention]) -> str:
    """The main category of a text: the one with the longest stretches of text, in a tie the first named.

    Returns:
        The category's code; `UNATTRIBUTED` where the text names no cause.
    """
    lengths: dict[str, int] = {}
    for leaf, start, end in sorted(mentions, key=lambda mention: mention.start):
        category = leaf.partition(".")[0]
        lengths[category] = lengths.get(category, 0) + end - start
    return max(lengths, key=lambda category: lengths[category], default=UNATTRIBUTED)
