"""Row checks: conditions between the columns of one row.

Owns the checks and the list of a row's problems. Never reads a cell's text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from servq.measures import NPS_BANDS, STANCES

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from servq.loaders.cells.values import Parsed
    from servq.loaders.sources.source import Source

Flags = np.ndarray[Any, np.dtype[np.bool_]]

DAY = 86_400
"""Seconds by which a time may lie in the future: clocks and zones of two systems differ."""


@dataclass(frozen=True)
class Problem:
    """One reason that holds for some rows of a chunk; `column` is canonical, or "" for the row as a whole."""

    column: str
    reason: str
    at: Flags


def problems(parsed: dict[str, Parsed], frame: pd.DataFrame, source: Source, now: float) -> list[Problem]:
    """Every problem of a chunk, in the order in which a row is judged: cells first, then the row."""
    found = [
        *_of_cells(parsed),
        *_time_order(frame, parsed, source),
        *_future(frame, source, now),
        *_at_most(frame, source),
        *_bands(frame),
    ]
    return [problem for problem in found if problem.at.any()]


def _of_cells(parsed: dict[str, Parsed]) -> Iterator[Problem]:
    for name, column in parsed.items():
        if column.reasons is not None:
            for reason in sorted(set(column.reasons) - {""}):
                yield Problem(name, reason, column.reasons == reason)


def not_answered(parsed: dict[str, Parsed], source: Source) -> Flags | None:
    """The rows in which nothing was answered, whatever else they say; None where there is none such.

    Whoever was asked and did not answer has no score, no words and often no time either: such a row is no bad one.
    """
    present = [parsed[name] for name in source.at_least_one if name in parsed]
    if not present:
        return None
    empty = np.logical_and.reduce([_empty(column) for column in present])
    return empty if empty.any() else None


def _empty(column: Parsed) -> Flags:
    """Rows where a column has no value; an unreadable answer is an answer, and has its own reason."""
    missing = np.asarray(column.values.isna(), dtype=bool)
    return missing if column.reasons is None else missing & (column.reasons == "")


def _time_order(frame: pd.DataFrame, parsed: dict[str, Parsed], source: Source) -> Iterator[Problem]:
    for chain in source.time_order:
        latest = np.full(len(frame), -np.inf)
        for name in chain:
            if name in frame:
                times = _floats(frame[name])
                days = parsed[name].by_day
                last = times if days is None else times + days * (DAY - 1)  # of a day alone nobody knows the hour
                # A time that is missing compares as false and moves nothing.
                yield Problem(name, "time_order", last < latest)
                latest = np.fmax(latest, times)


def _future(frame: pd.DataFrame, source: Source, now: float) -> Iterator[Problem]:
    for column in source.columns:
        if column.kind == "time" and column.name in frame:
            yield Problem(column.name, "future_time", _floats(frame[column.name]) > now + DAY)


def _at_most(frame: pd.DataFrame, source: Source) -> Iterator[Problem]:
    for name, bound in source.at_most:
        if name in frame and bound in frame:
            yield Problem(name, "out_of_range", _floats(frame[name]) > _floats(frame[bound]))


def _bands(frame: pd.DataFrame) -> Iterator[Problem]:
    """Rows whose band is not that of their own number: the tool cuts elsewhere, or one of the two is wrong."""
    if "nps_band" in frame and "likelihood" in frame:
        number, told = _floats(frame["likelihood"]), _floats(frame["nps_band"])
        other = np.zeros(len(frame), dtype=bool)
        for band, (low, high) in NPS_BANDS.items():
            other |= (number >= low) & (number <= high) & (told != STANCES[band]) & ~np.isnan(told)
        yield Problem("nps_band", "band_contradicts", other)


def _floats(column: pd.Series[Any]) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Seconds up to the year 9999 are exact as floats."""
    return column.to_numpy(dtype="float64", na_value=np.nan)
