"""Comparison of two readings: the interval of their difference, its p-value and the verdict. Never looks at rows.

The difference of two independent readings gets its interval from theirs (MOVER: method of variance estimates
recovery), so a metric that has a good interval has a good comparison:

    now        ├────────●──────┤              reach upwards   √(above(now)² + below(before)²)
    before  ├─────●─────────┤                 reach downwards √(below(now)² + above(before)²)

Source: Zou & Donner 2008, Statistics in Medicine 27. Error rates as simulated: docs/statistics.md.
"""

from __future__ import annotations

from dataclasses import replace
from math import erfc, inf, isfinite, sqrt
from typing import TYPE_CHECKING, Literal

import numpy as np
from scipy import special

from servq.metrics.statistics.intervals import TAIL, Z, t_reach
from servq.metrics.verdicts import FALSE_DISCOVERIES, Change, Changes, Spread, Standing, Verdict
from servq.records import Reading, State

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Better = Literal["higher", "lower", "none"]


def compare(now: Reading, before: Reading, better: Better) -> Change:
    """Whether a reading changed against another, independent one: 变好 / 变差 / 无显著变化 / 样本不足.

    The p-value is that of the side of the interval that faces 0, as if that reach were 1.96 standard errors.

    >>> now = Reading(31.0, 100, State.JUDGEABLE, low=14.0, high=44.0)
    >>> before = Reading(70.0, 90, State.JUDGEABLE, low=58.0, high=79.0)
    >>> compare(now, before, "higher").verdict
    <Verdict.WORSE: 'worse'>
    """
    if now.value is None or before.value is None:
        return Change(None, None, None, None, _without_interval(now, before))
    delta = now.value - before.value
    down, up = _reach(now, before, delta)
    if down == inf and up == inf:
        return Change(delta, None, None, None, _without_interval(now, before))
    return changed(delta, down, up, better, judgeable=now.state == before.state == State.JUDGEABLE)


def by_t(change: Change, now: Reading, before: Reading) -> Change:
    """The same change with the p of Student's t, for means whose intervals are t intervals.

    The verdict of one comparison stays, because it is that of the interval. In a family thousands of comparisons make
    p = 0.00001 the border, and there the normal tail takes chance for change: thirty answers that happen to be alike
    show a small spread. Degrees of freedom by Welch and Satterthwaite from the reaches that face 0.

    By hand: +0.41 from 31 answers reaching 0.168 down, against a past of 921 reaching 0.027: 2.40 reaches; degrees
    (0.168² + 0.027²)² / (0.168⁴ / 30 + 0.027⁴ / 920) = 31.6; t = 2.038 · 2.40 = 4.9, p = 0.00003 (normal: 0.000002).

    Source: Welch 1947, Biometrika 34.
    """
    if change.delta is None or change.p is None or not 0 < change.p < 1:
        return change
    (below_now, above_now), (below_before, above_before) = _arms(now), _arms(before)
    parts = (below_now, above_before) if change.delta > 0 else (above_now, below_before)
    facing = sqrt(sum(part**2 for part in parts))
    spread = sum(part**4 / max(reading.worth - 1, 1.0) for part, reading in zip(parts, (now, before), strict=True))
    degrees = facing**4 / spread
    times = t_reach(degrees) * abs(change.delta) / facing
    return replace(change, p=float(2 * special.stdtr(degrees, -times)))


def changed(delta: float, down: float, up: float, better: Better, *, judgeable: bool) -> Change:
    """The verdict on a difference, given how far its 95 % interval reaches below and above it."""
    p = _p_value(delta, down, up)
    verdict = _judge(delta, p < 2 * TAIL, better) if judgeable else Verdict.TOO_FEW
    return Change(delta, _finite(delta - down), _finite(delta + up), p, verdict)


def compare_many(pairs: Sequence[tuple[Reading, Reading, Better]], q: float = FALSE_DISCOVERIES) -> Changes:
    """`compare` for all the (now, before, better) cells that a page looks at together, judged by `judge_together`."""
    return judge_together([compare(now, before, better) for now, before, better in pairs], q)


def judge_together(changes: Sequence[Change], q: float = FALSE_DISCOVERIES) -> Changes:
    """Changes of one family, with the verdicts that remain after Benjamini–Hochberg over all of them.

    Benjamini–Hochberg at q over the cells that are judgeable; a change is pointed out only when it passes and
    its own 95 % interval leaves 0 out, so that no verdict contradicts the interval drawn beside it.

    Source: Benjamini & Hochberg 1995, JRSS B 57 (`scipy.stats.false_discovery_control`).
    """
    from scipy.stats import false_discovery_control  # half a second to import: only where it is needed

    judged, known = list(changes), {Verdict.BETTER, Verdict.WORSE, Verdict.NO_EVIDENCE}
    tested = [
        (place, change.p) for place, change in enumerate(judged) if change.p is not None and change.verdict in known
    ]
    if tested:
        adjusted = false_discovery_control(np.array([p for _, p in tested]))
        for (place, _), p in zip(tested, adjusted.tolist(), strict=True):
            verdict = judged[place].verdict if p <= q else Verdict.NO_EVIDENCE
            judged[place] = replace(judged[place], p_adjusted=p, verdict=verdict)
    return Changes(judged, len(tested))


def against_target(reading: Reading, target: float, better: Better) -> Standing:
    """Whether a target is met: only said when the whole interval lies on one side of it.

    A plain count has no interval: it is what it is, and is compared as it stands.
    """
    if reading.state != State.JUDGEABLE:
        return Standing.TOO_FEW
    if better == "none" or (reading.value is None and reading.low is None):
        return Standing.UNDECIDED
    low, high = (reading.value, reading.value) if _is_exact(reading) else (reading.low, reading.high)
    if low is not None and (low >= target if better == "higher" else low > target):
        return Standing.MET if better == "higher" else Standing.MISSED
    if high is not None and (high < target if better == "higher" else high <= target):
        return Standing.MISSED if better == "higher" else Standing.MET
    return Standing.UNDECIDED


def compare_with_target(reading: Reading, target: float, better: Better) -> Change:
    """The difference of a reading and its target, which is known exactly: reading − target with the reading's own
    interval.

    By hand: 70 % with an interval 60 – 78 against 90: −20 (−30 … −12); the upper reach 8 faces 0, so z = 1.96 · 20 / 8.

    >>> round(compare_with_target(Reading(70.0, 80, State.JUDGEABLE, low=60.0, high=78.0), 90, "higher").p, 9)
    9.59e-07
    """
    return compare(reading, Reading(target, 0, State.JUDGEABLE, low=target, high=target), better)


def spread(readings: Mapping[str, Reading], better: Better) -> Spread | None:
    """The distance between the best and the worst of several independent groups; None below two judgeable ones.

    The two were picked because they are extreme, so the interval is widened for every pair that might have been
    picked (Bonferroni over k(k − 1)/2 pairs, reaches scaled as if normal).
    """
    known = {
        name: (reading.value, reading)
        for name, reading in readings.items()
        if reading.value is not None and reading.state == State.JUDGEABLE
    }
    if len(known) < 2 or better == "none":
        return None
    ranked = sorted(known, key=lambda name: known[name][0], reverse=better == "higher")
    best, worst = ranked[0], ranked[-1]
    difference = known[best][0] - known[worst][0]
    pairs = len(known) * (len(known) - 1) / 2
    wider = float(special.ndtri(1 - TAIL / pairs)) / Z
    down, up = (wider * reach for reach in _reach(known[best][1], known[worst][1], difference))
    low, high = _finite(difference - down), _finite(difference + up)
    facing = low if better == "higher" else high
    apart = facing is not None and (facing > 0 if better == "higher" else facing < 0)
    return Spread(best, worst, difference, low, high, Verdict.WORSE if apart else Verdict.NO_EVIDENCE, len(known))


def _reach(now: Reading, before: Reading, delta: float) -> tuple[float, float]:
    """The reach of the interval of now − before below and above the difference; infinite where it is not known."""
    (below_now, above_now), (below_before, above_before) = _arms(now), _arms(before)
    return sqrt(below_now**2 + above_before**2), sqrt(above_now**2 + below_before**2)


def _arms(reading: Reading) -> tuple[float, float]:
    """How far a reading's interval reaches below and above its value."""
    value = reading.value or 0.0
    below = inf if reading.low is None else value - reading.low
    return below, inf if reading.high is None else reading.high - value


def _p_value(delta: float, down: float, up: float) -> float:
    """Two-sided p from the side of the interval that faces 0."""
    if delta == 0:
        return 1.0
    facing = down if delta > 0 else up
    return 0.0 if facing == 0 else erfc(Z * abs(delta) / facing / sqrt(2))


def _judge(delta: float, told_apart: bool, better: Better) -> Verdict:
    if better == "none":
        return Verdict.NONE
    if not told_apart:
        return Verdict.NO_EVIDENCE
    return Verdict.BETTER if (delta > 0) == (better == "higher") else Verdict.WORSE


def _without_interval(now: Reading, before: Reading) -> Verdict:
    return Verdict.NONE if now.state == before.state == State.JUDGEABLE else Verdict.TOO_FEW


def _is_exact(reading: Reading) -> bool:
    return reading.low is None and reading.high is None


def _finite(end: float) -> float | None:
    return end if isfinite(end) else None
