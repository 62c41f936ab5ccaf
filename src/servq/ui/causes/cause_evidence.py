"""The evidence on one cause, above its sentences: time to resolution, weekly series, and spread over dimensions."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from servq.query.causes.spread import OF_CAUSES, CauseShare, spread_over, within_category
from servq.records import DIMENSIONS, NOT_GIVEN, OPEN_FOR, UNATTRIBUTED, Label, Slice
from servq.text.causes.labels import cause_label
from servq.ui.charts import canvas
from servq.ui.charts.grids.board import Field, Tint, board
from servq.ui.charts.intervals import Mark, intervals
from servq.ui.charts.trend import trend
from servq.ui.components.figures import by_week, get_metric, reading, readings
from servq.ui.components.half_year_trend import TREND_WEEKS
from servq.ui.shell import shell
from servq.ui.shell.choices import choose
from servq.ui.shell.language import name_of, say, shown
from servq.ui.shell.numbers import interval_text, n_text, value_text
from servq.ui.shell.theme import ACCENT, GREY
from servq.ui.shell.view import View, kept_per_view

WHERE = ("inside", "channel", "team", "product", "partner", "touchpoint", "segment")
"""By what a cause may be looked at; the first is its category's other causes."""

MOST_VALUES = 10
CLOCKS = ("resolution_median", "resolution_p90", "reopen_rate")
_INSIDE = Label("同类原因", "Sub-causes")


def above(view: View, _metric: str, slice_: Slice) -> None:
    """Clocks, weekly series and spread of one cause's complaints; nothing where the slice names no single cause."""
    causes = [values for name, values in slice_.where if name in OF_CAUSES]
    if not causes or any(len(values) != 1 or {*values} & {UNATTRIBUTED, NOT_GIVEN} for values in causes):
        return
    if not reading(view, "complaints", slice_).n:
        return
    _clocks(view, slice_)
    _course(view, slice_)
    _places(view, slice_)


def _clocks(view: View, slice_: Slice) -> None:
    n = reading(view, "complaints", slice_).n
    shell.section(
        say(f"这个原因的 {n:,} 件投诉：多久办结，还有多少未结", f"Its {n:,} complaints: how long, and what is open"),
        say("日历时间；重开占已办结；未结按已等时间分；点格看投诉", "Calendar time; click a field for its complaints"),
    )
    canvas.show(_board(view, slice_), "cause-clocks", wide=True)


@kept_per_view
def _board(view: View, slice_: Slice) -> canvas.Chart:
    row, fields = "", []
    for name in CLOCKS:
        metric, found = get_metric(name), reading(view, name, slice_)
        hover = f"{name_of(metric.label)}<br>{interval_text(metric, found)}<br>{n_text(found)}"
        fields.append(_field(name_of(_SHORT[name]), value_text(metric, found), found.n, hover, (name, slice_)))
    ages = {r.dims["open_for"]: r.reading.n for r in readings(view, "open_complaints", ("open_for",), slice_)}
    for code, label in OPEN_FOR.items():
        if code != "closed":
            n, name = ages.get(code, 0), say("未结 ", "open ") + name_of(label)
            fields.append(
                _field(name, f"{n:,}", n, f"{name}<br>n = {n:,}", ("open_complaints", slice_.and_(open_for=code)))
            )
    return board(fields, [row], [field.column for field in fields])


_SHORT = {
    "resolution_median": Label("解决中位数", "median"),
    "resolution_p90": Label("解决 P90", "P90"),
    "reopen_rate": Label("重开率", "reopened"),
}


def _field(column: str, value: str, n: int, hover: str, target: tuple[str, Slice]) -> Field:
    text = f"<b>{value}</b><br><span style='font-size:11px;color:{GREY}'>n={n:,}</span>"
    return Field("", column, text, hover, Tint.PLAIN, target)


def _course(view: View, slice_: Slice) -> None:
    chart = _trend(view, slice_)
    shell.section(
        say("每周件数", "Complaints a week"),
        say("近 26 周；点一周看当周投诉", "26 weeks; click a week for its complaints"),
    )
    if chart.empty:
        shell.note(say("每周件数太少，不画线。", "Too few a week to draw."))
    else:
        canvas.show(chart, "cause-course")


@kept_per_view
def _trend(view: View, slice_: Slice) -> canvas.Chart:
    days = slice_.between(None, None)
    weeks = [
        # complaints are known of that week and none names the cause: a true 0
        (monday, found or reading(view, "complaints", days.between(monday, monday + timedelta(days=6))))
        for monday, found in by_week(view, "complaints", days, TREND_WEEKS)
    ]
    return trend(get_metric("complaints"), weeks, days, height=170)


def _places(view: View, slice_: Slice) -> None:
    """The spread of the cause over a dimension that the reader chooses; only dimensions that its rows have."""
    known = {name: label for name in WHERE for label in [_label(name)] if len(_spread(view, slice_, name)) > 1}
    shell.section(
        say("出在哪里", "Where it sits"),
        say(
            "该组的投诉（触点、客群：答卷）中提到这个原因的占比，横线为 95% 区间；点圆点看这些原文",
            "Share of the group's complaints (touchpoint, segment: answers) that name it, with 95% interval",
        ),
    )
    if not known:
        shell.note(say("这些投诉只出自一处。", "All of them come from one place."))
        return
    chosen = choose("cause-where", known)
    chart = _where(view, slice_, chosen)
    if chart.empty:
        shell.note(say("每组都太少，不画图。", "Too few in each group to draw."))
    else:
        canvas.show(chart, "cause-where-chart")
    shell.left_out(len(_spread(view, slice_, chosen)) - MOST_VALUES, known[chosen])
    shell.groups_overlap(view, chosen)


def _label(name: str) -> Label:
    return _INSIDE if name == "inside" else DIMENSIONS[name]


@kept_per_view
def _spread(view: View, slice_: Slice, name: str) -> list[CauseShare]:
    return within_category(view.snapshot, slice_) if name == "inside" else spread_over(view.snapshot, slice_, name)


@kept_per_view
def _where(view: View, slice_: Slice, name: str) -> canvas.Chart:
    found = _spread(view, slice_, name)[:MOST_VALUES]
    share = replace(get_metric("complaints"), unit="percent", label=Label("提到这个原因的占比", "share that names it"))
    marks = [Mark(f"{_named(one)} · {one.hits:,}/{one.share.n:,}", one.share, ACCENT, one.slice_) for one in found]
    drawn = intervals(share, marks)
    return replace(drawn, targets=[(one.metric, one.slice_) for one in found])


def _named(one: CauseShare) -> str:
    return name_of(cause_label(one.value)) if dict(one.slice_.where).get("cause") == (one.value,) else shown(one.value)
