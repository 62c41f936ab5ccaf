"""Changes of a week: what was found in each cell, and all of them with the new ones and the lasting ones in order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from servq.metrics.judgement.change_detection import TOLD, Sign
from servq.metrics.verdicts import Change
from servq.query.weekly.mix import MixShift
from servq.records import Label, Reading
from servq.weeks import week_key

Dims = tuple[tuple[str, str], ...]
Key = tuple[str, Dims]


@dataclass(frozen=True)
class CellChange:
    """One cell: its metric and group, the figures now and before, and the verdict.

    Attributes:
        before: what the week is compared with.
        change: this week against that.
        signs: the rules of the control chart that it breaks and that a comparison with its own past bears out.
        limit_since: the day from which another limit was promised, where that lies among the weeks compared; told only
            of a cell of which something is told.
        since: of a lasting change, the Monday from which the weeks most likely follow another level.
        shift: of a change beyond chance, what its strata did and what their mix did; None where that may not be told.
        by_mix: whether a change beyond chance is mostly a mix of teams, channels and survey modes that moved.
    """

    metric: str
    dims: Mapping[str, str]
    now: Reading
    before: Reading
    change: Change
    signs: tuple[Sign, ...] = ()
    limit_since: date | None = None
    since: date | None = None
    shift: MixShift | None = None
    by_mix: bool = False

    @property
    def is_news(self) -> bool:
        """Whether it shows a change that began this week or the week before."""
        return self.change.verdict in TOLD or any(sign.is_news for sign in self.signs)

    @property
    def leading(self) -> Sign | None:
        """The most important sign: a new one where there is one, then the most significant."""
        return min(self.signs, key=lambda sign: (not sign.is_news, sign.change.p), default=None)

    @property
    def p(self) -> float:
        """The smallest p-value among the changes shown."""
        told = [self.change, *(sign.change for sign in self.signs)]
        return min((change.p for change in told if change.p is not None and change.verdict in TOLD), default=1.0)


@dataclass(frozen=True)
class WeekChanges:
    """All cells that were judged together.

    Attributes:
        cells: every cell with rows now, once.
        tested: how many comparisons had enough rows to be tested.
    """

    cells: tuple[CellChange, ...]
    tested: int

    def of(self, metric: str, dims: Mapping[str, str]) -> CellChange | None:
        """The cell of a metric and some dimension values; a team that works in one channel only is there once."""
        team = {name: value for name, value in dims.items() if name == "team"}
        return self.by_key.get(_key(metric, dims)) or self.by_key.get(_key(metric, team))

    @cached_property
    def news(self) -> list[CellChange]:
        """The cells with a new change, the most significant first."""
        return _ranked(cell for cell in self.cells if cell.is_news)

    @cached_property
    def lasting(self) -> list[CellChange]:
        """The cells that have differed from their own past for longer, the most significant first."""
        return _ranked(cell for cell in self.cells if cell.signs and not cell.is_news)

    @property
    def sentence(self) -> Label:
        """What the week says in one line: how much is new, how much lasts and since when."""
        if not self.lasting:
            return _NOTHING if not self.news else _new(len(self.news))
        new = _new(len(self.news)) if self.news else _NOTHING_NEW
        count, since = len(self.lasting), min((cell.since for cell in self.lasting if cell.since), default=None)
        zh, en = (
            ("", "") if since is None else (f"（最早自 {week_key(since)}）", f" (the oldest since {week_key(since)})")
        )
        return Label(f"{new.zh}；{count} 项持续异常{zh}", f"{new.en}; {count} lasting{en}")

    @cached_property
    def mixed(self) -> list[CellChange]:
        """Cells whose figure moved beyond chance, but by their mix rather than by what its parts did."""
        return [cell for cell in _ranked(self.cells) if cell.by_mix and cell.change.verdict not in TOLD]

    @cached_property
    def by_key(self) -> dict[Key, CellChange]:
        """The cells by metric and dimension values."""
        return {_key(cell.metric, cell.dims): cell for cell in self.cells}


_NOTHING = Label("本周无显著变化", "No significant change this week")
_NOTHING_NEW = Label("本周无新变化", "Nothing new this week")


def _new(count: int) -> Label:
    return Label(f"{count} 处显著变化", f"{count} significant change{'s' if count > 1 else ''}")


def _ranked(cells: Iterable[CellChange]) -> list[CellChange]:
    """Each once: a channel with one team has the same rows as the team, and is named."""
    once: dict[tuple[object, ...], CellChange] = {}
    for cell in cells:
        once.setdefault((cell.metric, repr(cell.now), repr(cell.before)), cell)
    return sorted(once.values(), key=lambda cell: cell.p)


def _key(metric: str, dims: Mapping[str, str]) -> Key:
    return metric, tuple(sorted(dims.items()))
