"""A team, the channels that it works in, and the other teams of those channels."""

from __future__ import annotations

from dataclasses import dataclass, replace

from servq.records import NOT_GIVEN, Slice
from servq.ui.components.figures import readings
from servq.ui.shell.view import View, kept_per_view

KNOWN_BY = ("responses", "complaints", "visit_score")
"""Metrics whose n counts what is known of a team: answers, complaints, visits."""


LOOKED_BACK = 26
"""Weeks in which a team's channels, peers and cases are looked for."""


@dataclass(frozen=True)
class Team:
    """A team, the channels that it works in, and the other teams there.

    Attributes:
        own: the reader's view, narrowed to the team.
        others: the same view over the other teams of its channels; None where it is alone.
    """

    name: str
    channels: tuple[str, ...]
    other_names: tuple[str, ...]
    own: View
    others: View | None


@kept_per_view
def team_of(view: View, name: str) -> Team:
    """The team with its channels and the other teams there; the team filter is dropped, every other filter stays."""
    wide = Slice.of(None, None, **{key: values for key, values in view.slice_.where if key != "team"})
    own = replace(view, slice_=wide.and_(team=name))
    channels = _found(own, "channel")
    everywhere = replace(view, slice_=Slice.of(None, None, **(dict(wide.where) | {"channel": channels})))
    others = tuple(team for team in _found(everywhere, "team") if team not in (name, NOT_GIVEN)) if channels else ()
    kept = Slice.of(None, None, **(dict(everywhere.slice_.where) | {"team": others}))
    return Team(name, channels, others, own, replace(view, slice_=kept) if others else None)


def _found(view: View, dimension: str) -> tuple[str, ...]:
    """The values of a dimension among the answers, complaints and visits of the last half year."""
    days = view.weeks_back(0, LOOKED_BACK)
    rows = [row for name in KNOWN_BY for row in readings(view, name, (dimension,), days)]
    return tuple(sorted({row.dims[dimension] for row in rows}))
