"""The figures of the weekly page: the family of cells judged together, and the six figures of the week."""

from __future__ import annotations

from servq.measures import ITEMS
from servq.query import AGAINST, Against, WeekChanges, compared_weeks, has_data, weekly_changes
from servq.query.weekly.changes import LOOKED_AT, WATCHED
from servq.records import Label
from servq.ui.components import kpi_cards
from servq.ui.shell import shell, url_state
from servq.ui.shell.language import name_of, say
from servq.ui.shell.view import View, kept_per_view

__all__ = ["LOOKED_AT", "WATCHED", "compared_with", "four_questions", "judged", "named", "six_cards"]


def compared_with() -> Against:
    """The comparison period, as the reader chooses and the link holds it."""
    options = {str(one): Label(f"对比{label.zh}", f"Against {label.en}") for one, label in AGAINST.items()}
    return Against(url_state.segments("against", say("对比", "Against"), options))


def named(view: View, against: Against) -> str:
    """The name of the comparison period, and a note where it has no data."""
    name = name_of(AGAINST[against])
    if has_data(view.snapshot, compared_weeks(view.slice_, view.week, against)):
        return name
    return say(f"{name}（没有数据）", f"{name} (no data)")


@kept_per_view
def judged(view: View, against: Against) -> WeekChanges:
    """All cells of this page, judged together: one family for headline, cards and matrix."""
    return weekly_changes(view.snapshot, view.slice_, view.week, against)


def six_cards(view: View, against: Against) -> None:
    """The six figures of the week."""
    shell.section(
        say("六个数字", "Six figures"),
        say("每张卡：数值、95% 区间、n、目标；下方为近 13 周", "Value, 95% interval, n, target; below, thirteen weeks"),
    )
    _cards(view, WATCHED, against)


def four_questions(view: View, against: Against) -> None:
    """The four items of the index, each with its verdict this week."""
    shell.section(
        say("四个问题：态度、响应、解决、沟通", "Four questions: attitude, response, solution, communication"),
        say("平均分 1–5；与六个数字同一次检验", "Mean score 1–5, tested with the six figures"),
    )
    _cards(view, ITEMS, against, across=4)


def _cards(view: View, names: tuple[str, ...], against: Against, across: int = 3) -> None:
    """Figures of the week, each with what may be said of it beside what it is compared with."""
    family = judged(view, against)
    changes = {name: cell.change for name in names if (cell := family.of(name, {})) is not None}
    shifts = {
        name: cell.shift for name in names if (cell := family.of(name, {})) is not None and cell.shift is not None
    }
    then = compared_weeks(view.slice_, view.week, against)
    kpi_cards.row(view, names, changes, view.this_week, then, AGAINST[against], across, shifts)
