"""Section `funnels`: how often a fair team is called strong or weak, and a weak one is, unadjusted and adjusted."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from servq.metrics.judgement.adjusted import ENOUGH_LIKE, adjusted_change
from servq.metrics.judgement.comparison import judge_together
from servq.metrics.judgement.funnel import Funnel, funnel
from servq.metrics.judgement.funnel_limits import FAR
from servq.metrics.statistics.case_mix import Kind, Tally
from servq.metrics.statistics.intervals import Z
from servq.metrics.verdicts import FALSE_DISCOVERIES, Change, Verdict, Zone
from studies.statistics.section import Section, cells, table

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS, CHEAP_ROUNDS = 200, 60
SIZES = (30, 100, 300, 1000)
DESK_SIZES = (100, 300, 1000)
TEAMS = 12

OUTCOMES: dict[str, tuple[float, float]] = {
    "nps +36": (0.54, 0.18),
    "csat 85 %": (0.85, 0.0),
    "slower than the median": (0.5, 0.0),
    "in time 95 %": (0.95, 0.0),
}
"""Share of hits and, of NPS, of detractors."""

HARD, EASY = (0.36, 0.28), (0.62, 0.10)
"""Promoters and detractors where the case is hard (NPS +8) and where it is not (+52), as in data/sample."""

PRODUCTS, PEER, OTHERS = 5, 800, 600
"""Products of hard cases and of others; answers of the desk's peer, and of each other team."""

COMPARED = 11
"""What the page compares of one team."""

LEVELS = ((0, 1, 2), (1, 2), (2,), ())


def outcomes(n: int, shares: tuple[float, float], random: np.random.Generator) -> Tally:
    """Some cases, each a hit, a miss or (of NPS) a detractor."""
    hits, against, _ = random.multinomial(n, (*shares, 1 - sum(shares)))
    return Tally(float(n), 100.0 * (hits - against), 100.0**2 * (hits + against))


def alike(n: int, shares: tuple[float, float], apart: float, random: np.random.Generator) -> Funnel:
    """Twelve teams of n cases of two kinds; their shares of hits differ by so many points."""
    cases: dict[str, dict[Kind, Tally]] = {}
    for team in range(TEAMS):
        hits = float(np.clip(shares[0] + apart / 100 * random.normal(), 0, 1 - shares[1]))
        cases[str(team)] = {(kind,): outcomes(n // 2, (hits, shares[1]), random) for kind in ("a", "b")}
    return funnel(cases, [(0,), ()])


class Desk(NamedTuple):
    """A desk of which four cases in five are hard, 15 % elsewhere, and the true values.

    Attributes:
        n: its answers.
        shared: of the five hard products so many are the peer's too: else there is no like in the channel.
        channels: by how many NPS points channels differ on the same cases (standard deviation).
        apart: NPS points by which the desk itself differs.
    """

    n: int
    shared: int = PRODUCTS
    channels: float = 0.0
    apart: float = 0.0

    def drawn(self, random: np.random.Generator) -> Funnel:
        """Ten teams in five channels; the desk is the first of the first channel, its peer the second."""
        usual = random.normal(0, self.channels, PRODUCTS)
        cases: dict[str, dict[Kind, Tally]] = {}
        for team in range(10):
            weights = np.repeat([0.8, 0.2] if team == 0 else [0.15, 0.85], PRODUCTS) / PRODUCTS
            if team == 1:
                weights[self.shared : PRODUCTS] = 0
            size = self.n if team == 0 else PEER if team == 1 else OTHERS
            shift = usual[team // 2] + (self.apart if team == 0 else 0.0)
            counts = random.multinomial(size, weights / weights.sum())
            cases[str(team)] = {
                (str(team // 2), str(product), "网页"): outcomes(
                    count, moved(HARD if product < PRODUCTS else EASY, shift), random
                )
                for product, count in enumerate(counts.tolist())
                if count
            }
        return funnel(cases, LEVELS)


def moved(shares: tuple[float, float], points: float) -> tuple[float, float]:
    """Promoters and detractors so many NPS points higher."""
    up = min(max(shares[0] + points / 200, 0.01), 0.99)
    return up, min(max(shares[1] - points / 200, 0.005), 1 - up)


@cache
def beyond(name: str, n: int, rounds: int, apart: float = 0.0) -> tuple[float, float, float, float, float]:
    """Of teams that are judged, in percent beyond 95 % and 99.8 % as they came, and adjusted; rounds called
    overdispersed. nan where none is judged."""
    random = np.random.default_rng([51, n, round(10 * apart), *map(ord, name)])
    found = [alike(n, OUTCOMES[name], apart, random) for _ in range(rounds)]
    judged = [placed for one in found for placed in one.placed if placed.zone != Zone.TOO_FEW]
    if not judged:
        return (float("nan"),) * 5
    zs = np.abs([(placed.z, placed.z_adjusted or 0.0) for placed in judged])
    rates = [100 * float((zs[:, part] > limit).mean()) for part in (0, 1) for limit in (Z, FAR)]
    return rates[0], rates[1], rates[2], rates[3], 100 * sum(one.overdispersed for one in found) / rounds


class Told(NamedTuple):
    """The results of many simulated desks: z unadjusted, z adjusted, its comparison without any threshold, like
    cases."""

    raw: list[float]
    adjusted: list[float]
    changes: list[Change]
    like: float


@cache
def desks(desk: Desk, rounds: int) -> Told:
    """So many simulated desks, seeded by their true values."""
    random = np.random.default_rng([52, desk.n, desk.shared, round(10 * desk.channels), round(10 * abs(desk.apart))])
    found = [desk.drawn(random) for _ in range(rounds)]
    placed = [one.placed[0] for one in found]
    changes = [change for one in found if (change := adjusted_change(one, "0", "higher")) is not None]
    like = sum(one.like for one in placed) / rounds
    return Told([one.z for one in placed], [one.z_adjusted or 0.0 for one in placed], changes, like)


def outside(zs: list[float]) -> float:
    """Percent beyond the 95 % limits."""
    return 100 * sum(abs(z) > Z for z in zs) / len(zs)


def below(zs: list[float]) -> float:
    """Percent below the lower 95 % limit."""
    return 100 * sum(z < -Z for z in zs) / len(zs)


def pages(n: int, apart: float, rounds: int, drawn: int = 2_000) -> tuple[float, float]:
    """Pages of one team, eleven differences judged together, of which the first is off by `apart`.

    In percent: anything told that is not true, the first told.
    """
    random = np.random.default_rng([53, n, round(10 * abs(apart))])
    fair, first = (
        desks(Desk(n), 4 * rounds).changes,
        desks(Desk(n, apart=apart), 4 * rounds if not apart else rounds).changes,
    )
    any_false = found = 0
    for _ in range(drawn):
        others = [fair[place] for place in random.integers(len(fair), size=COMPARED - 1)]
        judged = judge_together([first[random.integers(len(first))], *others]).changes
        told = [one.verdict in (Verdict.BETTER, Verdict.WORSE) for one in judged]
        any_false += any(told[1:] if apart else told)
        found += told[0]
    return 100 * any_false / drawn, 100 * found / drawn


SHARED = (0, 1, 2, 3, 4, 5)
UNLIKE: tuple[tuple[str, Callable[[int], Desk]], ...] = (
    ("false, channels alike", lambda shared: Desk(300, shared)),
    ("false, apart by 5", lambda shared: Desk(300, shared, 5.0)),
    ("false, apart by 10", lambda shared: Desk(300, shared, 10.0)),
    ("false, apart by 10, n = 1,000", lambda shared: Desk(1000, shared, 10.0)),
    ("20 points below, told", lambda shared: Desk(300, shared, apart=-20.0)),
)
"""What is asked for each share of like cases."""

DIFFERENCES = (0.0, -5.0, -10.0, -15.0, -20.0)


def write() -> str:
    """The tables; takes two minutes."""
    return "\n\n".join(
        (
            "Methods: `servq.metrics.judgement.funnel`, `servq.metrics.judgement.adjusted` (indirect "
            "standardisation, Spiegelhalter 2005). "
            f"{TEAMS} teams of n cases\neach, all alike; of those judged so many lie beyond the limits, in percent as "
            f"they came / adjusted (nominal 5 and 0.2;\n{ROUNDS} rounds, {ROUNDS * TEAMS:,} teams in each cell, "
            "±0.5 at 5 %). A team is part of all together, which draws it in a little until it "
            "is\nheld against the others. Not judged is who has no five expected hits and misses:",
            table(["fair teams", *map(_column, SIZES)], _fair()),
            "When the teams' own shares differ, the page says that they differ by more than chance (over-dispersion); "
            "the limits stay\nas narrow as they are. CSAT 85 %, n = 300, where chance is 2.1 points. "
            "It is seldom said by mistake, and often\nnot said where it is so:",
            table(["teams differ by", "beyond 95 %", "beyond 99.8 %", "called overdispersed"], _overdispersed()),
            f"A desk with four hard cases in five, elsewhere 15 % (NPS +8 where hard, +52 where not); it works as well "
            f"as all others.\nCalled weak as it came, beyond the 95 % limits once adjusted (nominal 5), in percent "
            f"({4 * ROUNDS:,} rounds, ±0.8):",
            table(["desk for hard cases", *map(_column, DESK_SIZES)], _desk()),
            "Cases without their like in the team's own channel are held against other channels, where people may "
            "score otherwise: how far\nchannels differ beyond chance (the middle of the channels) is part of the "
            "error. The same desk, its peer sharing none to five of the hard\nproducts; channels differ by so many NPS "
            "points (standard deviation). Told in percent, whatever the share of like cases,\nn = 300 "
            f"({ROUNDS} rounds, ±1.5 at 5 %):",
            table(["like cases", *(name for name, _ in UNLIKE)], _unlike()),
            "Without that part of the error a fair desk with half of its cases alike was told in 16 to 19 % where "
            "channels are ten points\napart, with a fifth in 34 to 45 %. With it no threshold is needed against false "
            f"words; that of {ENOUGH_LIKE:.2f} stays, because below it\nmost of what is compared is another channel's "
            "work.",
            f"The page of one team judges {COMPARED} differences together (Benjamini–Hochberg, q = "
            f"{FALSE_DISCOVERIES:.2f}). The desk's NPS is off by so many points,\nall else is as elsewhere: found, and "
            "pages with any false strength or weak item, in percent (2,000 pages drawn from\n"
            f"{4 * ROUNDS:,} fair and {ROUNDS:,} other desks):",
            table(
                ["NPS off by", *(f"{what}, {_column(n)}" for n in DESK_SIZES for what in ("found", "any false"))],
                _pages(),
            ),
            "Where nothing is off, one page in six to fifteen names something that is chance (nominal: one in ten; "
            "known to ±5): who opens\nthe pages of twelve fair teams should expect one such.",
        )
    )


def _fair() -> list[list[str]]:
    lines = []
    for name in OUTCOMES:
        found = [beyond(name, n, ROUNDS) for n in SIZES]
        lines.append([f"{name}: beyond 95 %", *(_pair(one[0], one[2]) for one in found)])
        lines.append([f"{name}: beyond 99.8 %", *(_pair(one[1], one[3]) for one in found)])
    return lines


def _overdispersed() -> list[list[str]]:
    found = {apart: beyond("csat 85 %", 300, ROUNDS, apart) for apart in (0.0, 1.0, 2.0, 4.0)}
    return [
        [f"{apart:.0f} points", *(f"{rate:.1f}" for rate in (one[2], one[3], one[4]))] for apart, one in found.items()
    ]


def _desk() -> list[list[str]]:
    found = [desks(Desk(n), 4 * ROUNDS) for n in DESK_SIZES]
    return [
        ["weak as it came", *(f"{below(one.raw):.1f}" for one in found)],
        ["strong or weak, adjusted", *(f"{outside(one.adjusted):.1f}" for one in found)],
        ["weak, adjusted", *(f"{below(one.adjusted):.1f}" for one in found)],
    ]


def _unlike() -> list[list[str]]:
    lines = []
    for shared in SHARED:
        found = [desks(of(shared), ROUNDS) for _, of in UNLIKE]
        lines.append([f"{found[0].like:.2f}", *(f"{outside(one.adjusted):.1f}" for one in found)])
    return lines


def _pages() -> list[list[str]]:
    lines = []
    for apart in DIFFERENCES:
        found = [pages(n, apart, ROUNDS) for n in DESK_SIZES]
        lines.append([f"{apart:+.0f} points", *(f"{rate:.1f}" for one in found for rate in one[::-1])])
    return lines


def _column(n: int) -> str:
    return f"n = {n:,}"


def _pair(first: float, second: float) -> str:
    return "not judged" if np.isnan(first) else f"{first:.1f} / {second:.1f}"


def out_of_step(printed: str) -> list[str]:
    """Printed figures that differ from a new measurement with fewer rounds."""
    page, wrong = cells(printed), []
    for n in SIZES[1:]:
        then = float(page["csat 85 %: beyond 95 %", _column(n)].split(" / ")[1])
        now = beyond("csat 85 %", n, CHEAP_ROUNDS)[2]
        if abs(now - then) > 3.0:  # of 720 teams, a rate of 5 % has a standard error of 0.8 points
            wrong.append(f"fair teams, n = {n}: {now:.1f}")
    desk = desks(Desk(300), CHEAP_ROUNDS)
    if below(desk.raw) < 95 or outside(desk.adjusted) > 18:
        wrong.append(f"the desk: {below(desk.raw):.0f} % weak as it came, {outside(desk.adjusted):.0f} % told adjusted")
    if f"that of {ENOUGH_LIKE:.2f} stays" not in printed:
        wrong.append("the threshold of like cases")
    return wrong


SECTION = Section("funnels", "班组漏斗图 Teams on a funnel", write, out_of_step)
