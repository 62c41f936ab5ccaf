"""The factor by which the weeks of a metric vary more than their rows explain, by its teams.

Two neighbouring weeks share all but one of the weeks before them: each week is read once and kept.

    asked for week 30    reads weeks 3 … 30
    asked for week 29    reads week 2
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from servq.metrics.judgement.change_detection import restlessness
from servq.metrics.statistics.xmr import MOST_WEEKS, RECENT
from servq.query.comparison_period import weeks_back
from servq.query.measure import unsuppressed
from servq.records import Reading, State
from servq.weeks import last_weeks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servq.query.snapshot import Snapshot
    from servq.records import Slice

TeamValues = dict[str, float | None]

_UNREAD = Reading(None, 0, State.TOO_FEW)


def restless_weeks(snapshot: Snapshot, name: str, slice_: Slice, monday: date) -> float:
    """How restless a metric is in the weeks up to one; at least 1 (`restlessness`)."""
    mondays = last_weeks(monday, RECENT + MOST_WEEKS)
    weekly = _weekly(snapshot, name, slice_, mondays)
    by_team = unsuppressed(snapshot, name, ("team",), weeks_back(slice_, monday, RECENT, MOST_WEEKS))
    past = {row.dims["team"]: row.reading for row in by_team}
    teams = sorted({team for week in weekly for team in week})
    return restlessness(([week.get(team) for week in weekly], past.get(team, _UNREAD)) for team in teams)


def drawn_value(reading: Reading | None) -> float | None:
    """The value of a week as a control chart takes it: one with too few rows is a gap."""
    return None if reading is None or reading.state == State.TOO_FEW else reading.value


def _weekly(snapshot: Snapshot, name: str, slice_: Slice, mondays: Sequence[date]) -> list[TeamValues]:
    """Each team's value in each of these weeks."""
    known = _known(snapshot, name, slice_.between(None, None))
    unread = [monday for monday in mondays if monday not in known]
    if unread:
        days = slice_.between(unread[0], unread[-1] + timedelta(days=6))
        found: dict[str, TeamValues] = {}
        for row in unsuppressed(snapshot, name, ("team", "week"), days):
            found.setdefault(row.dims["week"], {})[row.dims["team"]] = drawn_value(row.reading)
        known |= {monday: found.get(monday.isoformat(), {}) for monday in unread}
    return [known[monday] for monday in mondays]


@lru_cache(maxsize=64)
def _known(snapshot: Snapshot, name: str, filter_: Slice) -> dict[date, TeamValues]:
    """The weeks of a metric and filter that were read already."""
    return {}
