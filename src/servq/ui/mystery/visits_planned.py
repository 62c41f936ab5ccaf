"""Planned visits against visits made, with the teams that have too few visits to be judged."""

from __future__ import annotations

from datetime import timedelta

from servq.query.teams.coverage import PERIODS_SHOWN, Covered, coverage
from servq.ui.charts import canvas
from servq.ui.charts.grids.periods import PeriodField, periods
from servq.ui.charts.lines import brief
from servq.ui.shell import shell, store
from servq.ui.shell.language import joined_words, say, shown
from servq.ui.shell.view import View, kept_per_view
from servq.visit_plan import VisitPlan

MOST_NAMED = 3


def planned_and_made(view: View) -> None:
    """The plan as a grid of months and quarters, below the largest gap."""
    plan = store.visit_plan()
    found = _covered(view, plan)
    shell.section(
        _finding(found),
        say(
            "已访 / 计划，近三个月或季度；计划见 data/visit_plan.toml；点格看访问",
            "Made / planned, the last three months or quarters (data/visit_plan.toml); click a field for its visits",
        ),
    )
    if not found:
        shell.note(say("没有写下访问计划（data/visit_plan.toml）。", "No plan is written (data/visit_plan.toml)."))
        return
    canvas.show(_grid(view, plan), "visit-plan", wide=True)


@kept_per_view
def _covered(view: View, plan: VisitPlan) -> list[Covered]:
    return coverage(view.snapshot, plan, view.week + timedelta(days=6), view.slice_)


def _finding(found: list[Covered]) -> str:
    over = [one for one in found if one.over]
    if not over:
        return say("访问计划：还没有一个周期结束", "Visit plan: no period has ended yet")
    short = sorted((one for one in over if one.missing), key=lambda one: -one.missing / one.planned.visits)
    head = say(
        f"访问计划：已结束的 {len(over)} 个周期中 {len(over) - len(short)} 个完成",
        f"Visit plan: {len(over) - len(short)} of {len(over)} ended periods were covered",
    )
    if not short:
        return head
    named = joined_words(f"{_place(one)} {_period(one)} {one.made}/{one.planned.visits}" for one in short[:MOST_NAMED])
    return head + say(f"；缺得最多：{named}", f"; most is missing at {named}")


def _place(one: Covered) -> str:
    return shown(one.planned.team or one.planned.channel)


def _period(one: Covered) -> str:
    if one.planned.every == "quarter":
        return say(f"{(one.first.month + 2) // 3} 季度", f"Q{(one.first.month + 2) // 3}")
    return say(f"{one.first.month} 月", f"{one.first:%Y-%m}")


@kept_per_view
def _grid(view: View, plan: VisitPlan) -> canvas.Chart:
    found = _covered(view, plan)
    rows = list(dict.fromkeys((one.planned.channel, one.planned.team) for one in found))
    fields = [_field(one, rows.index((one.planned.channel, one.planned.team))) for one in found]
    names = [brief(shown(channel) + (f" › {shown(team)}" if team else "")) for channel, team in rows]
    return periods(fields, names, PERIODS_SHOWN)


def _field(one: Covered, row: int) -> PeriodField:
    planned = one.planned.visits
    if not one.missing:
        standing, word = "done", "✓"
    elif one.over:
        standing, word = "short", say(f"缺 {one.missing}", f"{one.missing} missing")
    else:
        standing, word = "running", say(f"还差 {one.missing}", f"{one.missing} to go")
    until = say("完整周期", "the whole period") if one.over else say("尚未结束", "not over yet")
    hover = f"{one.first:%Y-%m-%d} – {one.last:%Y-%m-%d}<br><b>{one.made} / {planned}</b><br>{until}"
    return PeriodField(
        row,
        PERIODS_SHOWN - 1 - one.back,
        f"{_period(one)} <b>{one.made}/{planned}</b> {word}",
        standing,
        hover,
        one.slice_,
    )
