"""Section `rates`: coverage of the NPS interval and false alarms of a single comparison, for each kind of figure."""

from __future__ import annotations

from servq.metrics import simulation as measured
from servq.metrics.simulation import Rate
from studies.statistics.section import Section, cells, table

EXACT, OF_COMPARISONS, OF_CLOCKS = 0.06, 2.1, 4.5
"""How far a cheap repetition may lie from what is printed: exact figures are rounded; of 1,000 rounds a rate of 5 % has
a standard error of 0.7 points, of 200 one of 1.5."""


def write() -> str:
    """All tables; takes half a minute."""
    return "\n\n".join(
        (
            "Methods: `servq.metrics.statistics.intervals`, `servq.metrics.judgement.comparison` "
            "(MOVER, Zou & Donner 2008). Coverage of "
            "the 95 % NPS\ninterval in percent, exact (every possible sample with its probability):",
            as_table("true NPS", measured.coverage_table()),
            f"False alarms of `compare` in percent at nominal 5 %: two samples of n from the same customers, "
            f"{measured.ROUNDS:,} pairs\neach, seeded (a rate of 5 is known to ±0.3):",
            as_table("truth", measured.false_alarm_table()),
            "Near the end of a scale (NPS +88, CSAT 95 %, item 4.70) small samples alarm less often than nominal: a "
            "real change of that size\nis missed more often, noise is not called a change.",
            f"The same for clocks (log-normal hours, {measured.CLOCK_ROUNDS:,} pairs, ±0.7). Order statistics are "
            "cautious; below n = 36 a P90\nhas no upper end, so that two of them are hardly ever told apart:",
            as_table("clock", measured.clock_table()),
        )
    )


def as_table(head: str, rates: list[Rate]) -> str:
    """Rates as a table: one row per truth, one column per n."""
    sizes = list(dict.fromkeys(rate.n for rate in rates))
    found = {(rate.truth, rate.n): f"{rate.percent:.1f}" for rate in rates}
    truths = dict.fromkeys(rate.truth for rate in rates)
    return table([head, *map(column, sizes)], [[truth, *(found[truth, n] for n in sizes)] for truth in truths])


def column(n: int) -> str:
    """The head of the column for n rows."""
    return f"n = {n:,}"


def out_of_step(printed: str) -> list[str]:
    """Printed figures that differ from a new measurement with fewer rounds."""
    page = cells(printed)
    cheap = (
        (EXACT, measured.coverage_table(sizes=(10, 30, 100))),
        (OF_COMPARISONS, measured.false_alarm_table(rounds=1_000)),
        (OF_CLOCKS, measured.clock_table(rounds=200)),
    )
    return [
        f"{rate.truth}, n = {rate.n}: {rate.percent:.1f}"
        for by, rates in cheap
        for rate in rates
        if abs(rate.percent - float(page[rate.truth, column(rate.n)])) > by
    ]


SECTION = Section("rates", "单个数字与单次比较 One figure, one comparison", write, out_of_step)
