"""The root-cause page's parts: which causes bring most complaints, whether it gets better, how long customers wait."""

from __future__ import annotations

from markupsafe import Markup

from servq.records import NOT_GIVEN
from servq.ui import drill, shell
from servq.ui.ageing import open_by_age
from servq.ui.charts import canvas
from servq.ui.charts.clocks import Clock, clocks
from servq.ui.charts.pareto import Bar, pareto
from servq.ui.charts.trend import trend
from servq.ui.figures import by_week, get_metric, reading, readings
from servq.ui.language import name_of, say, shown
from servq.ui.markup import draw, joined, piece
from servq.ui.numbers import interval_text, value_text
from servq.ui.trends import TREND_WEEKS
from servq.ui.view import View, kept_per_view

LEVELS = (("category",), ("category", "subcategory"))


def headline(view: View) -> None:
    """The finding: the largest cause, its share, and where it comes from."""
    total = reading(view, "complaints", view.period)
    if not total.n:
        shell.title(say("这段时间没有投诉", "No complaints in this period"), drill.describe(view.period))
        return
    top = causes(view, LEVELS[0])[0]
    inside = next(
        bar for bar in causes(view, LEVELS[1]) if dict(bar.kept.where)["category"] == dict(top.kept.where)["category"]
    )
    share = f"{100 * top.now / total.n:.0f}%"
    shell.title(
        say(
            f"投诉最多：{top.name} {top.now:,} 件（{share}），其中“{inside.name}”{inside.now:,} 件",
            f"Most complaints: {top.name}, {top.now:,} ({share}), of them “{inside.name}” {inside.now:,}",
        ),
        say(
            f"{drill.describe(view.period)} · 共 {total.n:,} 件投诉 · “{inside.name}”集中在 {_where(view, inside)}",
            f"{drill.describe(view.period)} · {total.n:,} complaints · “{inside.name}” mostly {_where(view, inside)}",
        ),
    )


def _where(view: View, top: Bar) -> str:
    rows = readings(view, "complaints", ("channel",), top.kept)
    best = max(rows, key=lambda row: row.reading.n)
    return f"{shown(best.dims['channel'])} ({best.reading.n:,} / {top.now:,})"


def paretos(view: View) -> None:
    """Categories, then sub-causes; a bar opens its complaints."""
    left, right = shell.two_columns()
    for column, level, heading in (
        (left, LEVELS[0], say("大类", "Categories")),
        (right, LEVELS[1], say("子类（前 12）", "Sub-causes (top 12)")),
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
            if chart.targets:
                canvas.show(chart, f"pareto-{len(level)}")
            else:
                shell.note(say("所选范围没有投诉。", "There are no complaints in this slice."))


@kept_per_view
def _pareto(view: View, level: tuple[str, ...]) -> canvas.Chart:
    return pareto(causes(view, level), reading(view, "complaints", view.period).n)


@kept_per_view
def causes(view: View, level: tuple[str, ...]) -> list[Bar]:
    """Every cause of a level in the period, largest first."""
    before = {
        tuple(row.dims.values()): row.reading.n for row in readings(view, "complaints", level, view.period_before)
    }
    bars = [
        Bar(
            _name(tuple(row.dims.values())),
            row.reading.n,
            before.get(tuple(row.dims.values()), 0),
            view.period.and_(**row.dims),
        )
        for row in readings(view, "complaints", level, view.period)
    ]
    return sorted(bars, key=lambda bar: -bar.now)


def _name(values: tuple[str, ...]) -> str:
    return (
        shown(values[-1])
        if values[-1] != NOT_GIVEN or len(values) == 1
        else f"{shown(values[0])} › {shown(values[-1])}"
    )


def rising(view: View) -> None:
    """Whether it gets better: complaints per 100 responses over 26 weeks, and the causes that changed."""
    shell.section(
        say("是否在好转：每百份答卷的投诉件数", "Is it getting better: complaints per 100 responses"),
        say("色带为 95% 区间；点一周看当周投诉", "Band: 95% interval; click a week for its complaints"),
    )
    canvas.show(_trend(view), "complaints-trend")


@kept_per_view
def _trend(view: View) -> canvas.Chart:
    name = (
        "complaints_per_100" if not view.kept.dimensions - get_metric("complaints_per_100").dimensions else "complaints"
    )
    return trend(get_metric(name), by_week(view, name, view.kept, TREND_WEEKS), view.kept, None)


def waiting(view: View) -> None:
    """How long customers wait, by team: the clock as a chart, the counts as a table."""
    shell.section(
        say(
            "客户等了多久：首次响应（实心 中位数，空心 P90，红线 承诺）",
            "How long customers wait: first response (filled median, open P90, red: promise)",
        ),
        say(
            "对数刻度；未结束的按已等时间计入（Kaplan–Meier）；点圆点看投诉",
            "Log scale; open cases count with the time waited so far (Kaplan–Meier); click a point for its complaints",
        ),
    )
    chart = _clocks(view)
    if not chart.targets:
        shell.note(say("所选范围没有投诉。", "There are no complaints in this slice."))
        return
    canvas.show(chart, "clocks")
    draw(_table(view))


@kept_per_view
def _clocks(view: View) -> canvas.Chart:
    p90 = {row.dims["team"]: row.reading for row in readings(view, "first_response_p90", ("team",), view.period)}
    channels: dict[str, list[str]] = {}
    for row in readings(view, "complaints", ("team", "channel"), view.period):
        channels.setdefault(row.dims["team"], []).append(row.dims["channel"])
    groups = [
        Clock(
            shown(team := row.dims["team"]),
            row.reading,
            p90[team],
            _limit(view, channels[team]),
            view.period.and_(team=team),
        )
        for row in readings(view, "first_response_median", ("team",), view.period)
    ]
    return clocks(groups, "first_response_median")


def _limit(view: View, channels: list[str]) -> float | None:
    """The promise that a team works under: only where all its channels promise the same."""
    limits = {view.snapshot.standards.limit_hours(channel, view.week) for channel in channels}
    return limits.pop() if len(limits) == 1 else None


@kept_per_view
def _table(view: View) -> Markup:
    """One line a team: resolution, share within the limit, open ones by age."""
    columns = ("resolution_median", "resolution_p90", "sla_attainment", "reopen_rate")
    figures = {
        name: {row.dims["team"]: row.reading for row in readings(view, name, ("team",), view.period)}
        for name in columns
    }
    ages = open_by_age(view)
    heads = [name_of(get_metric(name).label) for name in columns] + [
        say("未结：", "open: ") + age for age in ages.labels
    ]
    lines = []
    for team in figures["resolution_median"]:
        cells = [
            piece(
                "<td>{value}<br><small>{interval} n={n}</small></td>",
                value=value_text(get_metric(name), figures[name][team]),
                interval=interval_text(get_metric(name), figures[name][team]),
                n=f"{figures[name][team].n:,}",
            )
            for name in columns
        ]
        cells += [piece("<td>{n}</td>", n=count or "·") for count in ages.counts.get(team, ages.none)]
        lines.append(piece("<tr><td>{team}</td>{cells}</tr>", team=shown(team), cells=joined(cells)))
    return piece(
        '<div class="sq sq-scroll"><table class="sq-table"><tr><th>{team}</th>{heads}</tr>{lines}</table></div>',
        team=say("班组", "Team"),
        heads=joined(piece("<th>{head}</th>", head=head) for head in heads),
        lines=joined(lines),
    )
