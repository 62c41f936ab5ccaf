"""The share of complaints that come from customers, or concern orders, with more than one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servq.metrics.metric import state_of
from servq.metrics.readings import NO_COMPLAINTS, nothing
from servq.metrics.statistics.intervals import share_interval
from servq.records import Reading

if TYPE_CHECKING:
    from collections.abc import Mapping


def repeated_share(groups: Mapping[int, int]) -> Reading:
    """Complaints of those who have several, in percent of all whose customer (or order) is known.

    Complaints of one customer stand or fall together: the interval is Wilson's with the effective number of complaints,
    from the linearised variance of a ratio over customers.

    Args:
        groups: number of complaints -> how many customers have so many.

    Source:
        Wilson 1927; effective sample size: Korn & Graubard 1998, Survey Methodology 24.
    """
    n, customers = sum(k * count for k, count in groups.items()), sum(groups.values())
    if n == 0:
        return nothing(NO_COMPLAINTS)
    hits = sum(k * count for k, count in groups.items() if k > 1)
    share = hits / n
    # a customer's part: what repeats of theirs, less what is expected of so many complaints
    squares = sum(count * (k * (k > 1) - share * k) ** 2 for k, count in groups.items())
    variance = squares * customers / max(customers - 1, 1) / n**2
    effective = min(share * (1 - share) / variance, n) if variance else customers
    low, high = share_interval(share * effective, effective)
    return Reading(100 * share, n, state_of(n), {}, low, high)
