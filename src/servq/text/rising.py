"""What is new in the customers' words: words and pairs of words that rise in a slice of the comments.

Owns the comparison and the grouping of what says nearly the same. It knows no cause tree: what it finds is an offer
to whoever keeps the tree, with the number of texts and where to read them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import log, sqrt
from typing import TYPE_CHECKING

from servq.text.cause_rules import as_read
from servq.text.features import segmented

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

PRIOR = 500.0
"""Weight of the prior, in words: how many words of the whole speak before the slice does. It keeps what hardly
anybody says from looking dramatic."""

CUT = 3.0
"""The z from which a phrase rises: of a thousand phrases that do not, about one passes against each of the two."""

EXAMPLES = 3


@dataclass(frozen=True)
class Rise:
    """One group of phrases that say nearly the same, and rise.

    Attributes:
        phrase: the one that rises most.
        also: the others of its group.
        z: how surely it rises: the smaller z of the comparisons made.
        n: texts of the slice with any phrase of the group.
        before: texts of the slice's own past with any.
        examples: places of such texts in the slice, at most `EXAMPLES`.
    """

    phrase: str
    also: tuple[str, ...]
    z: float
    n: int
    before: int
    examples: tuple[int, ...]


def rising(now: Sequence[str], past: Sequence[str], others: Sequence[str] = (), least: int = 4) -> list[Rise]:
    """The phrases that stand in a slice more often than in its own past and than elsewhere, the surest first.

    A phrase counts once in a text, so that nobody's repetition is news.

    Args:
        now: the comments of the slice.
        past: the same channel, team … before; without it nothing can rise.
        others: the same time elsewhere; left out of the comparison where it is empty.
        least: texts of the slice that must have the phrase.

    Source:
        Monroe, Colaresi & Quinn (2008), Fightin' Words, eqs. 16 and 22: log-odds ratio with an informative
        Dirichlet prior, here the shares in all texts together.
    """
    if not past:
        return []
    slices = [[_phrases(text) for text in texts] for texts in (now, past, others)]
    here, before, elsewhere = (Counter(phrase for text in texts for phrase in text) for texts in slices)
    whole = here + before + elsewhere
    total = whole.total()
    found: dict[str, float] = {}
    for phrase, count in here.items():
        if count >= least:
            prior = PRIOR * whole[phrase] / total
            compared = [other for other in (before, elsewhere) if other]
            z = min(log_odds(count, here.total(), other[phrase], other.total(), prior, PRIOR) for other in compared)
            if z >= CUT:
                found[phrase] = z
    return [_rise(group, found, slices[0], slices[1]) for group in _grouped(found)]


def log_odds(count: int, size: int, other_count: int, other_size: int, prior: float, prior_size: float) -> float:
    """The z of how much more often something is said here than there.

    Args:
        count: how often it is said here, of `size` things said.
        size: see count.
        other_count: how often there.
        other_size: see other_count.
        prior: how often it was said beforehand, of `prior_size`; both above 0.
        prior_size: see prior.

    >>> round(log_odds(9, 100, 3, 200, 2.0, 50.0), 3)
    2.513
    """
    one, two = count + prior, other_count + prior
    ratio = log(one / (size + prior_size - one)) - log(two / (other_size + prior_size - two))
    return ratio / sqrt(1 / one + 1 / two)


def _phrases(text: str) -> set[str]:
    """The words of a text that have at least two letters, and its pairs of neighbours; no digits and no signs."""
    found: set[str] = set()
    before = ""
    for word in segmented(as_read([text]).tobytes().decode("utf-32-le", "surrogatepass")):
        if not word.isalpha():
            before = ""
            continue
        if len(word) > 1:
            found.add(word)
        if before and len(before + word) > 2:
            found.add(before + word if not (before + word).isascii() else f"{before} {word}")
        before = word
    return found


def _grouped(found: dict[str, float]) -> Iterator[list[str]]:
    """Phrases that say nearly the same, each group and the groups with the surest first."""
    groups: list[list[str]] = []
    for phrase in sorted(found, key=lambda phrase: (-found[phrase], -len(phrase), phrase)):
        for group in groups:
            if _alike(phrase, group[0]):
                group.append(phrase)
                break
        else:
            groups.append([phrase])
    yield from groups


def _alike(one: str, other: str) -> bool:
    """Whether one phrase contains the other, or half of all their characters stand in both.

    >>> _alike("押金", "退押金"), _alike("没有退款", "退款没有到"), _alike("押金", "退款")
    (True, True, False)
    """
    if one.isascii() or other.isascii():
        return bool(set(one.split()) & set(other.split()))
    both, any_ = set(one) & set(other), set(one) | set(other)
    return one in other or other in one or 2 * len(both) >= len(any_)


def _rise(group: list[str], found: dict[str, float], now: list[set[str]], past: list[set[str]]) -> Rise:
    places = _with_any(group, now)
    return Rise(
        group[0],
        tuple(group[1:]),
        found[group[0]],
        len(places),
        len(_with_any(group, past)),
        tuple(places[:EXAMPLES]),
    )


def _with_any(group: Iterable[str], texts: list[set[str]]) -> list[int]:
    wanted = set(group)
    return [place for place, phrases in enumerate(texts) if not wanted.isdisjoint(phrases)]
