"""The cost of each cause in points of NPS and in hours waited; the parts add up to the whole exactly.

A text that names k causes gives each of them a k-th of its weight. What names no cause, and what has no words, are
parts of their own. Sums are fractions of whole numbers, so that nothing is lost on the way.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from servq.metrics.definitions.nps import ANSWERS, DETRACTORS, PROMOTERS
from servq.metrics.metric import USUAL_LEAST
from servq.metrics.statistics.intervals import mean_reach
from servq.metrics.suppression import hidden_groups
from servq.query.drill import rows_behind
from servq.query.measure import measure
from servq.query.slices import cells_of, rows_of
from servq.records import NOT_GIVEN, UNATTRIBUTED, Slice

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from servq.query.snapshot import Snapshot
    from servq.records import Reading

Weight = Literal["nps", "hours"]

METRIC: dict[Weight, str] = {"nps": "nps", "hours": "complaints"}
"""Weight -> the metric whose rows a part opens, and whose absence is said."""

REMAINDERS = frozenset({UNATTRIBUTED, NOT_GIVEN})
"""Parts that no cause of the tree explains: words without a known cause, and no words at all."""

_SECONDS = 3600

Costs = tuple[dict[str, Fraction], dict[str, int], dict[str, float]]
"""Cause -> its value, its rows, and half the width of the value's interval."""


@dataclass(frozen=True)
class CauseContribution:
    """The contribution of one cause, or of several taken together.

    Attributes:
        codes: the causes; one of `REMAINDERS` where no cause is known.
        value: points of NPS, or hours.
        n: rows that name it; a filter by the codes lists exactly these.
        reach: half the width of the 95 % interval of its points; None for hours, which are what they are, for what is
            taken together, and where too few answers name it.
    """

    codes: tuple[str, ...]
    value: Fraction
    n: int
    reach: float | None = None


@dataclass(frozen=True)
class Parts:
    """The parts of a whole: the costliest first, then those taken together, then the remainders.

    Attributes:
        whole: what they add up to; None where it cannot be told or must not be shown.
        reading: the figure of the whole as every page shows it.
    """

    parts: tuple[CauseContribution, ...]
    whole: Fraction | None
    reading: Reading


def parts_of(snapshot: Snapshot, weight: Weight, slice_: Slice, most: int = 12) -> Parts:
    """The parts of a slice.

    Args:
        most: how many causes stand alone; the others, and answers of fewer customers than the viewing minimum, are
            taken together.
    """
    reading = measure(snapshot, METRIC[weight], (), slice_)[0].reading
    if not reading.n or reading.value is None:
        return Parts((), None, reading)
    values, counts, reach = _nps(snapshot, slice_) if weight == "nps" else _hours(snapshot, slice_)
    folded = _folded(snapshot, slice_, counts) if weight == "nps" else set()
    alone = sorted(set(values) - folded - REMAINDERS, key=lambda code: (_cheapness(weight, values[code]), code))
    folded |= set(alone[most:])
    found = [CauseContribution((code,), values[code], counts[code], reach.get(code)) for code in alone[:most]]
    if folded:
        codes = tuple(sorted(folded))
        n = _distinct(snapshot, weight, slice_, codes)
        found.append(CauseContribution(codes, sum((values[code] for code in codes), Fraction()), n))
    found += [
        CauseContribution((code,), values[code], counts[code]) for code in sorted((REMAINDERS & set(values)) - folded)
    ]
    return Parts(tuple(found), sum(values.values(), Fraction()), reading)


def _cheapness(weight: Weight, value: Fraction) -> Fraction:
    """Sorts the costliest first: what takes most off the NPS, or holds customers longest."""
    return value if weight == "nps" else -value


def _nps(snapshot: Snapshot, slice_: Slice) -> Costs:
    """Cause -> its points, the answers that name it, and how sure that is. Answers without words are what is left."""
    net: dict[str, Fraction] = defaultdict(Fraction)
    squares: dict[str, Fraction] = defaultdict(Fraction)
    counts: dict[str, int] = defaultdict(int)
    said, n, whole = Fraction(), 0, 0
    for cells in cells_of(snapshot, slice_, by_cause=True):
        for (code, named), sums in cells.grouped(("cause", "named")):
            answers = _answers(sums)
            net[code] += Fraction(_difference(sums), int(named))
            squares[code] += Fraction(_extremes(sums), int(named) ** 2)
            counts[code] += answers
            said += Fraction(answers, int(named))
    for cells in cells_of(snapshot, slice_):
        n, whole = n + _answers(cells.total()), whole + _difference(cells.total())
    if n > said:
        counts[NOT_GIVEN] = n - int(said)
        net[NOT_GIVEN] = whole - sum(net.values(), Fraction())
    values = {code: 100 * value / n for code, value in net.items() if counts[code]}
    reach = {
        code: mean_reach(float(net[code]), float(squares[code]), n)
        for code in squares
        if counts[code] >= USUAL_LEAST[0]
    }
    return values, dict(counts), reach


def _answers(sums: Mapping[str, float]) -> int:
    return int(sum(sums[name] for name in ANSWERS))


def _difference(sums: Mapping[str, float]) -> int:
    return int(sum(sums[name] for name in PROMOTERS) - sum(sums[name] for name in DETRACTORS))


def _extremes(sums: Mapping[str, float]) -> int:
    return int(sum(sums[name] for name in (*PROMOTERS, *DETRACTORS)))


def _hours(snapshot: Snapshot, slice_: Slice) -> Costs:
    """Cause -> the hours that customers waited for an end, or wait still, and its complaints."""
    frame = rows_of(snapshot, "complaints", slice_)
    causes = snapshot.causes.loc[snapshot.causes.index.isin(frame.index), ["cause"]].astype({"cause": str})
    named = causes.groupby(level=0)["cause"].transform("size")
    seconds = (frame["resolution_hours"] * _SECONDS).round().astype("int64").reindex(causes.index)
    table = causes.assign(named=named, seconds=seconds)
    grouped = table.groupby(["cause", "named"])["seconds"].agg(["sum", "size"])
    values: dict[str, Fraction] = defaultdict(Fraction)
    counts: dict[str, int] = defaultdict(int)
    for (code, k), (total, size) in zip(grouped.index, grouped.to_numpy().tolist(), strict=True):
        values[code] += Fraction(total, k * _SECONDS)
        counts[code] += size
    return dict(values), dict(counts), {}


def _folded(snapshot: Snapshot, slice_: Slice, counts: Mapping[str, int]) -> set[str]:
    """The causes that must not stand alone: answers of so few customers, and what would give them away."""
    minimum = snapshot.viewing_minimum
    out = {key[0] for key in hidden_groups({(code,): n for code, n in counts.items()}, minimum)}
    rest = sorted((n, code) for code, n in counts.items() if n and code not in out)
    while out and rest and _distinct(snapshot, "nps", slice_, tuple(sorted(out))) < minimum:
        out.add(rest.pop(0)[1])  # one answer may name several of them
    return out


def _distinct(snapshot: Snapshot, weight: Weight, slice_: Slice, codes: Iterable[str]) -> int:
    """The number of rows that name one of these."""
    return rows_behind(snapshot, METRIC[weight], with_causes(slice_, tuple(codes)), 1).total


def with_causes(slice_: Slice, codes: tuple[str, ...]) -> Slice:
    """A slice narrowed to the rows that name one of these causes."""
    return Slice.of(slice_.start, slice_.end, **(dict(slice_.where) | {"cause": codes}))
