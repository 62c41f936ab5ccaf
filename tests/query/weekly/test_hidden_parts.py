"""Parts of a mix change: they follow from the figures that are shown beside them, so that they tell nothing hidden."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, event, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from servq.query import Snapshot, measure
from servq.query.weekly.mix import STRATA, shift_between, told_shift
from servq.records import Slice, State
from studies.worlds.company import Company

TEAMS, MODES, CHANNEL_OF = 4, 3, (0, 0, 1, 1)

OFTEN_ENOUGH = st.one_of(st.integers(5, 60), st.integers(20, 60), st.integers(0, 4))
TABLES = arrays.arrays(np.int64, (2, TEAMS, MODES), elements=OFTEN_ENOUGH)
"""Answers before and now, by team and survey mode."""

CELLS: list[dict[str, str]] = [{}, {"channel": "channel 00"}, {"channel": "channel 01"}, {"team": "team 003"}]

Parts = tuple[float, float]


def company_of(table: np.ndarray, seed: int) -> Company:
    """A company whose answers are as many as the table says."""
    week, team, mode = (np.repeat(place, table.ravel()) for place in np.indices(table.shape).reshape(3, -1))
    said = np.random.default_rng(seed).integers(0, 11, len(week))
    modes = np.array([f"mode {m}" for m in range(MODES)], dtype=object)[mode]
    answers = pd.DataFrame({"week": week, "team": team, "likelihood": said, "mode": modes})
    nobody = pd.DataFrame({"week": [0], "team": [0], "hours": [1.0], "resolved": [2.0]})
    return Company(2, answers, nobody, CHANNEL_OF)


def by_reader(snapshot: Snapshot, dims: dict[str, str], days: list[Slice]) -> Parts | None:
    """Kitagawa's parts as somebody works them out who sees nothing but the tables; None where a total is hidden."""
    periods, covered = [], set()
    for slice_ in days:
        (total,) = measure(snapshot, "nps", (), slice_.and_(**dims))
        rows = {tuple(row.dims.values()): row.reading for row in measure(snapshot, "nps", STRATA, slice_.and_(**dims))}
        if total.reading.value is None:
            return None
        periods.append((total.reading.n, total.reading.value, rows))
        covered |= {name for name, reading in rows.items() if reading.state == State.HIDDEN}
    return _parts(*(_strata(n, value, rows, covered) for n, value, rows in periods))


def _strata(n: int, value: float, rows: dict, covered: set) -> dict:
    """Stratum -> answers and figure; of those that either period hides only what the total leaves for all of them."""
    found = {name: (one.n, one.value) for name, one in rows.items() if name not in covered}
    left = n - sum(count for count, _ in found.values())
    if left:
        found["covered"] = (left, (n * value - sum(count * figure for count, figure in found.values())) / left)
    return found


def _parts(now: dict, before: dict) -> Parts:
    """Strata of one period only stand together, as far as the other has such too."""
    found = []
    for one, other in ((now, before), (before, now)):
        lone = [one[name] for name in one.keys() - other.keys()]
        known = {name: one[name] for name in one.keys() & other.keys()}
        if lone:
            count = sum(n for n, _ in lone)
            known["lone"] = (count, sum(n * figure for n, figure in lone) / count)
        found.append(known)
    late, early = found
    n_late, n_early = (sum(n for n, _ in strata.values()) for strata in found)
    shared = late.keys() & early.keys()
    rate = sum(
        (late[name][0] / n_late + early[name][0] / n_early) / 2 * (late[name][1] - early[name][1]) for name in shared
    )
    raw = sum(n * figure for n, figure in late.values()) / n_late
    return rate, raw - sum(n * figure for n, figure in early.values()) / n_early - rate


@settings(max_examples=40, deadline=None, suppress_health_check=[*HealthCheck], phases=[Phase.explicit, Phase.generate])
@given(TABLES, st.integers(0, 2**31))
def test_whoever_sees_the_tables_could_work_the_parts_out(table: np.ndarray, seed: int) -> None:
    table[:, 0, 0] += 1  # both weeks have an answer
    company = company_of(table, seed)
    before, now = (Slice(monday, monday + timedelta(days=6)) for monday in company.mondays)
    snapshot = company.snapshot()
    for dims in CELLS:
        told = told_shift(snapshot, "nps", dims, now, before, shift_between(snapshot, "nps", dims, now, before))
        worked_out = by_reader(snapshot, dims, [now, before])
        if told is None or worked_out is None:  # a change whose total is hidden is shown without parts
            event("not told")
            continue
        event("told")
        assert (told.rate, told.mix) == pytest.approx(worked_out, abs=1e-6)


def test_three_by_phone_are_put_together_with_what_is_hidden_for_their_sake() -> None:
    """Modes 3, 20 and 100 of one team now and before: the 3 and the 20 are one stratum, the third stands alone."""
    table = np.zeros((2, TEAMS, MODES), dtype=np.int64)
    table[:, 0] = (3, 20, 100)
    company = company_of(table, 5)
    before, now = (Slice(monday, monday + timedelta(days=6)) for monday in company.mondays)
    snapshot, dims = company.snapshot(), {"team": "team 000"}
    shift = shift_between(snapshot, "nps", dims, now, before)
    told = told_shift(snapshot, "nps", dims, now, before, shift)
    assert shift is not None
    assert told is not None, "23 of 123 are less than a fifth"
    assert (told.rate, told.mix) == pytest.approx(by_reader(snapshot, dims, [now, before]))
    table[:, 0] = (3, 40, 100)
    other = company_of(table, 5).snapshot()
    assert told_shift(other, "nps", dims, now, before, shift) is None, "43 of 143 are more"
