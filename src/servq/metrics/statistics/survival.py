"""Kaplan–Meier percentiles of clocks, some of them still running. Knows hours and whether they ended, nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from servq.metrics.statistics.intervals import Z, percentile, percentile_interval

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Quantile(NamedTuple):
    """A percentile of a clock in hours; each part is None when the curve has not come down to it yet."""

    value: float | None
    low: float | None
    high: float | None


def clock_quantile(hours: NDArray[Any], ended: NDArray[np.bool_], share: float, worth: float | None = None) -> Quantile:
    """The time within which a share of all cases has ended, those still running included.

    Args:
        hours: time to the end, or the time open so far.
        ended: whether the clock has ended (False: censored, still running).
        share: 0.5 for the median, 0.9 for P90.
        worth: how many independent cases they are worth; None: as many.

    Returns:
        The Kaplan–Meier quantile with its 95 % interval: by order statistics when every clock has ended, else by
        inverting the log-log Greenwood band. Where the curve lies exactly on the wanted share, the middle of the step.

    Source: Kaplan & Meier 1958, JASA 53; Brookmeyer & Crowley 1982, Biometrics 38.

    >>> clock_quantile(np.array([1.0, 2.0, 3.0, 4.0, 5.0]), np.array([True, True, False, True, False]), 0.5).value
    4.0
    """
    ordered = np.sort(hours)
    if np.count_nonzero(ended) == len(hours):
        return Quantile(percentile(ordered, share), *percentile_interval(ordered, share, worth))
    times, events = _counted(np.sort(hours[ended]))
    at_risk = len(hours) - np.searchsorted(ordered, times, side="left")
    wider = 1.0 if worth is None else np.sqrt(len(hours) / worth)
    return _read_off(times, events, at_risk, share, wider)


def _counted(ordered: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """The different values of a sorted array, and how often each is in it (`np.unique` takes three times as long)."""
    lasts = np.flatnonzero(np.append(ordered[1:] != ordered[:-1], np.ones(min(1, len(ordered)), dtype=bool)))
    return ordered[lasts], np.diff(lasts, prepend=-1)


def _read_off(times: NDArray[Any], events: NDArray[Any], at_risk: NDArray[Any], share: float, wider: float) -> Quantile:
    """The times at which the curve and its band, so many times wider than Greenwood's, cross the wanted share."""
    running = np.cumprod(1 - events / at_risk)
    left = at_risk - events
    last = len(times) - 1 if len(times) and left[-1] == 0 else len(times)  # there the curve is 0 and has no band
    s = running[:last]
    greenwood = np.cumsum(events[:last] / (at_risk[:last] * left[:last]))
    loglog = np.log(-np.log(s))
    spread = wider * Z * np.sqrt(greenwood) / -np.log(s)
    wanted = np.log(-np.log(1 - share))

    value = _middle_of_step(times, running, 1 - share)
    low = _first(times[:last], loglog + spread >= wanted)
    high = _first(times[:last], loglog - spread >= wanted)
    if low is None and value is not None:
        low = value  # the curve falls to 0 in one step: nothing below it is ruled out, nothing above it is known
    return Quantile(value, low, high)


def _middle_of_step(times: NDArray[Any], running: NDArray[Any], wanted: float) -> float | None:
    """The first time at which the curve is down to the wanted height; the middle of the step when it rests on it."""
    place = int(np.searchsorted(-running, -wanted - 1e-12, side="left"))
    if place == len(times):
        return None
    rests = abs(running[place] - wanted) < 1e-12 and place + 1 < len(times)
    return float((times[place] + times[place + 1]) / 2) if rests else float(times[place])


def _first(times: NDArray[Any], reached: NDArray[np.bool_]) -> float | None:
    """The first of the times for which something holds."""
    return float(times[int(reached.argmax())]) if reached.any() else None
