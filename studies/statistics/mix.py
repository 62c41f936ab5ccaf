"""Section `mix`: how often the weekly page is silent where only the mix of modes and channels moves."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from servq.query import changes_in
from servq.records import Slice
from studies.statistics.section import Section, cells, table
from studies.worlds.company import WATCHED
from studies.worlds.moved import MOVED, World

CHEAP = 8
WEEKS = {"phone": 15, "swapped": 100, "channels": 100}
"""World -> how many are made."""


def write() -> str:
    """The table; takes some minutes."""
    return "\n\n".join(
        (
            "Method: `servq.metrics.statistics.mix_shift` (Kitagawa 1955). A change that comparison and chart would "
            "tell is held "
            "against what\nits strata (channel × team × survey mode) did themselves: it is told only where that goes "
            "the same way and is no chance\neither, by an interval that is wider by as much as the strata are smaller. "
            "The raw figure is shown with both parts. In these\nworlds (`studies/worlds/moved.py`) nobody's service "
            "changes; 100 weeks are known to ±2.4 at 94 %, 15 to ±6; in percent (goal: silent in at\nleast 94):",
            table(["world", "weeks", "silent", "the total is told", "its mix is named"], _rows()),
            "“Phone”: everywhere 60 % are asked by telephone instead of 20 %, where NPS is 14 points higher. "
            "“Swapped”: a shop with NPS 65\nand a hotline with −14 change volumes (240 and 60 answers a week). "
            "“Channels”: one channel of six, 25 points lower, grows\nfivefold. Named is a mix only where the raw "
            "difference is beyond chance.",
            "By hand: shop 60 → 70, hotline −20 → −8, 80 and 20 answers swapped: 44 → 7.6. Themselves ½ · 10 + ½ · 12 "
            "= +11, by the\nmix −0.6 · 65 + 0.6 · (−14) = −47.4, together −36.4. Medians of clocks have no parts that "
            "add up and are not\ndecomposed; products are not in the week cells.",
        )
    )


def _rows() -> Iterator[list[str]]:
    for name, world in MOVED.items():
        yield [name, str(WEEKS[name]), *(f"{share:.1f}" for share in measured(name, world, WEEKS[name]))]


def measured(name: str, world: World, weeks: int) -> tuple[float, float, float]:
    """Percent of weeks that are silent, in which the NPS of all is told, in which its mix is named."""
    random = np.random.default_rng([61, list(MOVED).index(name)])
    silent = told = named = 0
    for _ in range(weeks):
        company = world(random)
        family = changes_in(company.snapshot(), WATCHED, Slice(), company.mondays[-1])
        whole = family.of("nps", {})
        silent += not family.news
        told += whole is not None and whole.is_news
        named += any(cell is whole for cell in family.mixed)
    return 100 * silent / weeks, 100 * told / weeks, 100 * named / weeks


def out_of_step(printed: str) -> list[str]:
    """What is printed below the goal, or otherwise than it is measured now in a few weeks."""
    page, wrong = cells(printed), []
    for name in MOVED:
        if float(page[name, "silent"]) < 94:
            wrong.append(f"{name}: silent in {page[name, 'silent']} %")
    name = "swapped"
    silent, told, _ = measured(name, MOVED[name], CHEAP)
    if silent < 60 or told > 15:  # of 8 weeks at 95 %, four alarms or more come once in 3,000
        wrong.append(f"{name}: silent in {silent:.0f} % now")
    return wrong


SECTION = Section("mix", "每周得分：只有构成变了 Where only the mix moves", write, out_of_step)
"""A total may move though nobody's service does."""
