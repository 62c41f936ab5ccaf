"""Open complaints by age and team; a number opens its complaints."""

from __future__ import annotations

from collections.abc import Sequence

from servq.records import OPEN_FOR
from servq.ui.charts import canvas
from servq.ui.charts.grids.counts import Count, counts
from servq.ui.components.figures import reading, readings
from servq.ui.shell import shell
from servq.ui.shell.language import name_of, say, shown
from servq.ui.shell.view import View, kept_per_view

CLOSED, OLDEST = "closed", "7d+"


def still_open(view: View, teams: Sequence[str]) -> None:
    """The open complaints of these teams, by age."""
    shell.section(
        _said(view),
        say(
            "件数，按班组与受理至数据截止的时间；点数字看这些投诉",
            "Complaints by team and time since they were opened, as of the newest data; click a number for them",
        ),
    )
    chart = _chart(view, tuple(teams))
    if chart.empty:
        shell.note(say("没有未结投诉。", "No complaint is open."))
    else:
        canvas.show(chart, "open-by-age")


def _said(view: View) -> str:
    """The number of open complaints, and of those in the oldest class."""
    all_open = reading(view, "open_complaints", view.period).n
    old = reading(view, "open_complaints", view.period.and_(open_for=OLDEST)).n
    age = OPEN_FOR[OLDEST]
    return say(
        f"未结投诉 {all_open:,} 件，其中 {old:,} 件已有 {age.zh}",
        f"{all_open:,} complaints are open, {old:,} of them {age.en}",
    )


@kept_per_view
def _chart(view: View, teams: tuple[str, ...]) -> canvas.Chart:
    fields = {
        (shown(row.dims["team"]), row.dims["open_for"]): Count(row.reading.n, view.period.and_(**row.dims))
        for row in readings(view, "open_complaints", ("team", "open_for"), view.period)
        if row.dims["team"] in teams
    }
    ages = {code: name_of(label) for code, label in OPEN_FOR.items() if code != CLOSED}
    return counts(fields, [shown(team) for team in teams], ages, "open_complaints")
