"""Section `against`: how often nothing is reported for a stable week, for each comparison period."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from servq.metrics.judgement.change_detection import TOLD, watch
from servq.query.comparison_period import AGAINST, Against
from studies.statistics.changes import PAST, RESTLESS
from studies.statistics.company import WATCHED, Company
from studies.statistics.section import Section, cells, table

if TYPE_CHECKING:
    from servq.metrics.judgement.change_detection import Looked


WEEKS, CHEAP_WEEKS = 250, 5
GOAL = 95.0


def stable(weeks: int, restless: float = 0.0, first: int = 0) -> dict[Against, tuple[float, float]]:
    """For each comparison period the percent of weeks without any report, and without a new one."""
    silent, calm = dict.fromkeys(Against, 0), dict.fromkeys(Against, 0)
    for week in range(first, first + weeks):
        company = Company(np.random.default_rng([61, round(1000 * restless), week]), PAST + 1, restless=restless)
        for against, looked in ways(company).items():
            judged = watch(looked).cells
            news = any(cell.change.verdict in TOLD or any(sign.is_news for sign in cell.signs) for cell in judged)
            calm[against] += not news
            silent[against] += not news and not any(cell.signs for cell in judged)
    return {against: (100 * silent[against] / weeks, 100 * calm[against] / weeks) for against in Against}


def ways(company: Company) -> dict[Against, list[Looked]]:
    """The cells of the last week against each period; the first week, which no chart sees, is last year's."""
    last = company.weeks - 1
    listed = list(company.looked(WATCHED, last))
    return {
        Against.WEEK: [cell for _, _, cell in listed],
        Against.FOUR_WEEKS: [company.against(one, (last - 4, last)) for one in listed],
        Against.LAST_YEAR: [company.against(one, (0, 1)) for one in listed],
    }


def write() -> str:
    """The table; takes four minutes."""
    rows = []
    for truth, restless in (("stable weeks", 0.0), ("weeks that vary by themselves", RESTLESS)):
        for against, rates in stable(WEEKS, restless).items():
            rows.append([f"{truth}, {AGAINST[against].zh} {AGAINST[against].en}", *(f"{rate:.1f}" for rate in rates)])
    return "\n\n".join(
        (
            "The same page, whichever period the reader compares the week with: the comparison changes, the control "
            "charts do not. The made\ncompany of the section above, "
            f"{WEEKS} other weeks; nothing ever changed, last year's week neither. Weeks in percent in which the\n"
            f"page says nothing (goal: at least {GOAL:.0f}; known to ±1.4):",
            table(["truth, against", "silent", "silent about news"], rows),
            "What “the same week last year” cannot know is a season: a week that is like last year's may still differ "
            "from it because the\ncalendar moved (holidays are marked on the chart).",
        )
    )


def out_of_step(printed: str) -> list[str]:
    """Printed figures that differ from a new measurement with fewer weeks."""
    wrong = [
        f"{row}: {rate} % {column}"
        for (row, column), rate in cells(printed).items()
        if row.startswith("stable weeks") and float(rate) < GOAL
    ]
    now = stable(CHEAP_WEEKS)
    return wrong + [f"{against}: {rates[0]:.0f} % silent" for against, rates in now.items() if rates[0] < 60]


SECTION = Section("against", "每周得分：与上周、前四周或去年同周相比 Against another period", write, out_of_step)
