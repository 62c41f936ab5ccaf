"""Case mix: outcomes added up by kind of case, so that teams can be compared on the same kinds."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


class Tally(NamedTuple):
    """Outcomes of some cases in the metric's unit (a share's are 0 and 100): how many, their sum, sum of squares."""

    n: float
    total: float
    squares: float

    def plus(self, other: Tally) -> Tally:
        """Both tallies together."""
        return Tally(self.n + other.n, self.total + other.total, self.squares + other.squares)

    def without(self, other: Tally) -> Tally:
        """This tally less a part of it."""
        return Tally(self.n - other.n, self.total - other.total, self.squares - other.squares)

    @property
    def mean(self) -> float:
        """The mean outcome of these cases; 0 without any."""
        return self.total / self.n if self.n else 0.0

    @property
    def variance(self) -> float:
        """The variance of one outcome."""
        return max(0.0, self.squares / self.n - self.mean**2) if self.n else 0.0


NONE = Tally(0.0, 0.0, 0.0)

Kind = tuple[str, ...]


def added(tallies: Iterable[Tally]) -> Tally:
    """All tallies together."""
    found = NONE
    for tally in tallies:
        found = found.plus(tally)
    return found


def by_level(
    cases: Mapping[str, Mapping[Kind, Tally]], level: Sequence[int]
) -> tuple[dict[Kind, Tally], dict[str, dict[Kind, Tally]]]:
    """Outcomes by the kept parts of their kind: of all teams, and of each."""
    total: dict[Kind, Tally] = {}
    own: dict[str, dict[Kind, Tally]] = {}
    for team, kinds in cases.items():
        mine = own.setdefault(team, {})
        for kind, tally in kinds.items():
            key = tuple(kind[part] for part in level)
            mine[key] = mine.get(key, NONE).plus(tally)
            total[key] = total.get(key, NONE).plus(tally)
    return total, own
