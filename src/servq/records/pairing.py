"""Records of comparisons within the same customers: the two sides compared, and the sums over the customers."""

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


@dataclass(frozen=True)
class SeenInBoth:
    """Customers, or orders, that were in contact by `first` and by `second`, in an answer or a complaint.

    Attributes:
        by: "customer" or "order".
    """

    by: str
    first: str
    second: str


class Crossing(NamedTuple):
    """The number of customers or orders by the channels they used, counted in the store.

    Attributes:
        total, repeated, across: all who are named, those with several answers or complaints, those in several channels.
        alone: channel -> those who were in contact by no other.
        pairs: (first, second) -> those who were in contact by both; (first, first) are all of the first.
    """

    total: int
    repeated: int
    across: int
    alone: dict[str, int]
    pairs: dict[tuple[str, str], int]


class Named(NamedTuple):
    """Rows of one source, and the numbers of them with a customer id and with an order."""

    rows: int
    customer: int
    order: int


class PairSums(NamedTuple):
    """Sums over the customers of a pair, one difference each.

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
