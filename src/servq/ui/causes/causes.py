"""Causes as the clerks recorded them: the categories with most complaints, and the trend of complaints."""

from __future__ import annotations

from collections import Counter

from servq.metrics.metric import Metric
from servq.query import Row
from servq.query.verdicts import PeriodChange, period_changes
from servq.records import NOT_GIVEN
from servq.ui.charts import canvas
from servq.ui.charts.lines import WITHIN
from servq.ui.charts.pareto import Bar, pareto
from servq.ui.charts.trend import trend
from servq.ui.components.figures import by_week, get_metric, reading, readings
from servq.ui.components.findings import over_time
from servq.ui.components.half_year_trend import TREND_WEEKS, no_trend
from servq.ui.shell import shell
from servq.ui.shell.language import name_of, say, shown
from servq.ui.shell.view import View, kept_per_view

LEVELS = (("category",), ("category", "subcategory"))


def recorded(view: View, total: int) -> str:
    """The category that the clerks recorded most, its largest part, and the channel it comes from."""
    top = causes(view, LEVELS[0])[0]
    inside = next(
        bar
        for bar in causes(view, LEVELS[1])
        if dict(bar.slice_.where)["category"] == dict(top.slice_.where)["category"]
    )
    share, where = f"{100 * top.now / total:.0f}%", _where(view, inside)
    return say(
        f"{top.name} {top.now:,} 件（{share}），其中“{inside.name}”{inside.now:,} 件，{where}",
        f"{top.name}, {top.now:,} ({share}), of them “{inside.name}” {inside.now:,}, {where}",
    )


def nothing(view: View) -> str:
    """The reason why there are no complaints to show: none in the slice, or a filter that complaints do not have."""
    reason = reading(view, "complaints", view.period).reason
    return name_of(reason) if reason else say("所选范围没有投诉。", "There are no complaints in this slice.")


def _where(view: View, top: Bar) -> str:
    """The channel that most of a cause's complaints come from; "concentrated" only when it is more than half."""
    rows = readings(view, "complaints", ("channel",), top.slice_)
    best = max(rows, key=lambda row: row.reading.n)
    words = say("集中在", "concentrated in") if 2 * best.reading.n > top.now else say("最多来自", "most from")
    return f"{words} {shown(best.dims['channel'])} ({best.reading.n:,} / {top.now:,})"


def paretos(view: View) -> None:
    """Categories, then sub-causes; a bar opens its complaints."""
    left, right = shell.two_columns()
    for column, level, heading in (
        (left, LEVELS[0], say("登记的大类", "Recorded categories")),
        (right, LEVELS[1], say("登记的子类（前 12）", "Recorded sub-causes (top 12)")),
    ):
        with column:
            shell.section(
                heading,
                say(
                    "件数、占比与累计；浅条为上期；深色合计占 80%；点条看投诉原文",
                    "Count, share, sum; pale: period before; dark bars make 80% together; click for the complaints",
                ),
            )
            chart = _pareto(view, level)
            if chart.empty:
                shell.note(nothing(view))
            else:
                canvas.show(chart, f"pareto-{len(level)}")


@kept_per_view
def _pareto(view: View, level: tuple[str, ...]) -> canvas.Chart:
    return pareto(causes(view, level), reading(view, "complaints", view.period).n)


@kept_per_view
def causes(view: View, level: tuple[str, ...]) -> list[Bar]:
    """Every cause of a level in the period, largest first."""
    before = {_path(row): row.reading.n for row in readings(view, "complaints", level, view.period_before)}
    rows = readings(view, "complaints", level, view.period)
    uses = Counter(_path(row)[-1] for row in rows) + Counter({NOT_GIVEN: 2})
    bars = [
        Bar(
            WITHIN.join(map(shown, _path(row) if uses[_path(row)[-1]] > 1 else _path(row)[-1:])),
            row.reading.n,
            before.get(_path(row), 0),
            view.period.and_(**row.dims),
        )
        for row in rows
    ]
    return sorted(bars, key=lambda bar: -bar.now)


def _path(row: Row) -> tuple[str, ...]:
    """A cause from the category down; only the last part is its name, unless others are called the same."""
    return tuple(row.dims.values())


def rising(view: View) -> None:
    """The trend: complaints per 100 responses over 26 weeks, and the causes that changed."""
    metric = _counted(view)
    found = _changed(view)
    shell.section(
        over_time(metric, view.span, found.now, found.before, found.change.verdict),
        say(
            "近 26 周；色带为 95% 区间；点一周看当周投诉",
            "26 weeks; band: 95% interval; click a week for its complaints",
        ),
    )
    chart = _trend(view)
    if chart.empty:
        shell.note(no_trend() if reading(view, "complaints", view.period).n else nothing(view))
    else:
        canvas.show(chart, "complaints-trend")


@kept_per_view
def _changed(view: View) -> PeriodChange:
    name = _counted(view).name
    return period_changes(view.snapshot, (name,), view.period, view.period_before)[name]


@kept_per_view
def _trend(view: View) -> canvas.Chart:
    metric = _counted(view)
    return trend(metric, by_week(view, metric.name, view.slice_, TREND_WEEKS), view.slice_)


def _counted(view: View) -> Metric:
    """Complaints per 100 responses; plain complaints where the filter asks for what responses do not know."""
    per_100 = get_metric("complaints_per_100")
    return get_metric("complaints") if view.slice_.dimensions - per_100.dimensions else per_100
