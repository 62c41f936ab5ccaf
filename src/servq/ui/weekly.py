"""The weekly page's figures: everything that is judged together, and the six figures of the week."""

from __future__ import annotations

from servq.measures import ITEMS
from servq.query import Family, changes_in
from servq.ui import cards, shell
from servq.ui.language import say
from servq.ui.view import View, kept_per_view

WATCHED = ("nps", "csat", "first_response_median", "resolution_median", "negative_share", "visit_score")
"""The six cards."""

LOOKED_AT = (*WATCHED, *ITEMS, "sla_attainment")
"""The metrics whose changes are looked for."""


@kept_per_view
def judged(view: View) -> Family:
    """All that this page looks at, judged together: one family for headline, cards and matrix."""
    return changes_in(view.snapshot, LOOKED_AT, view.kept, view.week)


def six_cards(view: View) -> None:
    """The six figures of the week."""
    shell.section(
        say("六个数字", "Six figures"),
        say("每张卡：数值、95% 区间、n、目标；下方为近 13 周", "Value, 95% interval, n, target; below, thirteen weeks"),
    )
    family = judged(view)
    changes = {name: cell.change for name in WATCHED if (cell := family.of(name, {})) is not None}
    cards.row(view, WATCHED, changes, view.this_week, view.last_week)


def four_questions(view: View) -> None:
    """The four questions of the index, each with what may be said of it this week."""
    shell.section(
        say("四个问题：态度、响应、解决、沟通", "Four questions: attitude, response, solution, communication"),
        say(
            "平均分 1–5；与六个数字同一次检验；没有问过客户期望，因此不算期望与体验之差",
            "Mean score 1–5, tested with the six figures; expectations are not asked, so no gap to them is shown",
        ),
    )
    family = judged(view)
    changes = {name: cell.change for name in ITEMS if (cell := family.of(name, {})) is not None}
    cards.row(view, ITEMS, changes, view.this_week, view.last_week, across=4)
