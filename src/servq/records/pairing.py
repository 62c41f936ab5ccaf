"""The words of comparing within the same customers: what is compared, and what is added up over them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True)
class SameCustomers:
    """Those who gave a score in `first` and, in the same survey mode, in `second` too.

    Attributes:
        score: the column compared, `likelihood` or `csat`.
        along: the dimension of which `first` and `second` are values, `touchpoint` or `channel`.
    """

    score: str
    along: str
    first: str
    second: str


class PairSums(NamedTuple):
    """What is added up over the customers of a pair, one difference each.

    Attributes:
        n: customers with a score in both.
        before: sum of their own means in the first.
        differences, squares: sum of (second − first) and of its squares.
    """

    n: int
    before: float
    differences: float
    squares: float


NO_PAIR = PairSums(0, 0.0, 0.0, 0.0)
"""Nobody gave a score in both."""
