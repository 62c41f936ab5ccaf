"""Paired comparison within the same customers: the mean of each one's own difference. Never compares different groups.

    customer   before  after   own difference
    A             9      7        −2
    B             8      8         0          mean −1.0 with Student's t interval over the three
    C            10      9        −1

A customer's habit of scoring high or low cancels out, so far fewer customers show a fall than between two groups.

Source: Student 1908; the same as `scipy.stats.ttest_rel`. Coverage as simulated: docs/metrics.md.
"""

from __future__ import annotations

from typing import NamedTuple

from scipy import special

from servq.metrics.metric import state_of
from servq.metrics.readings import nothing
from servq.metrics.statistics.intervals import TAIL, mean_interval, t_reach
from servq.metrics.suppression import hidden
from servq.metrics.verdicts import Change, Verdict
from servq.records import Label, PairSums, Reading, State

NO_PAIRS = Label("没有客户在两处都打过分", "no customer gave a score in both")

WIDTHS = {"likelihood": 10.0, "csat": 4.0}
"""Score -> how far two answers on its scale can be apart."""


class Paired(NamedTuple):
    """The means of the same customers at two moments or places, and the verdict on the difference.

    Attributes:
        difference: second − first in points of the scale; n is customers.
    """

    before: float | None
    after: float | None
    difference: Reading
    change: Change


def paired(sums: PairSums, width: float) -> Paired:
    """The mean difference within the same customers, −width … width, with its t interval from two customers on.

    >>> found = paired(PairSums(n=3, before=27.0, differences=-3.0, squares=5.0), width=10)
    >>> found.before, found.after, found.difference.value, round(found.difference.low, 3)
    (9.0, 8.0, -1.0, -3.484)
    """
    n = sums.n
    if n == 0:
        return Paired(None, None, nothing(NO_PAIRS), Change(None, None, None, None, Verdict.TOO_FEW))
    mean, before = sums.differences / n, sums.before / n
    low, high = mean_interval(n, sums.differences, sums.squares, -width, width) or (None, None)
    reading = Reading(mean, n, state_of(n), low=low, high=high)
    return Paired(before, before + mean, reading, _change(reading))


def concealed(found: Paired, minimum: int, *, small: bool) -> Paired:
    """The result with the number of customers and without any value of theirs."""
    reading = hidden(found.difference, minimum, small=small)
    return Paired(None, None, reading, Change(None, None, None, None, Verdict.TOO_FEW))


def _change(reading: Reading) -> Change:
    """The difference against 0: below 0 the second is worse."""
    if reading.value is None or reading.low is None or reading.high is None:
        return Change(reading.value, None, None, None, Verdict.TOO_FEW)
    facing = reading.value - reading.low if reading.value > 0 else reading.high - reading.value
    degrees = reading.n - 1
    # 0 beyond the end of the scale cannot be: then the facing end is the value itself
    p = 0.0 if facing == 0 else 2 * float(special.stdtr(degrees, -t_reach(degrees) * abs(reading.value) / facing))
    verdict = Verdict.NO_EVIDENCE
    if reading.state != State.JUDGEABLE:
        verdict = Verdict.TOO_FEW
    elif p < 2 * TAIL:
        verdict = Verdict.BETTER if reading.value > 0 else Verdict.WORSE
    return Change(reading.value, reading.low, reading.high, p, verdict)
