"""The causes that customers name in their own words: found in every complaint, whatever category the clerk chose."""

from __future__ import annotations

from servq.records import NOT_GIVEN, UNATTRIBUTED
from servq.text.cause_names import cause_label
from servq.ui import shell
from servq.ui.causes import nothing
from servq.ui.charts import canvas
from servq.ui.charts.pareto import Bar, pareto
from servq.ui.figures import reading, readings
from servq.ui.language import name_of, say
from servq.ui.view import View, kept_per_view


def named(view: View) -> None:
    """The most frequent causes of the words; a bar opens the complaints that name it."""
    bars, total = _bars(view), reading(view, "complaints", view.period).n
    shell.section(
        _finding(view, bars, total),
        say(
            "从投诉原文找出；一件投诉可有多个原因，占比为占全部提及；浅条为上期；点条看投诉原文"
            + _unattributed(view, total),
            "Found in the complaints' own words; one complaint may name several, shares are of all mentions; "
            "pale: period before; click for the complaints" + _unattributed(view, total),
        ),
    )
    chart = _pareto(view)
    if chart.empty:
        shell.note(nothing(view))
    else:
        canvas.show(chart, "pareto-named")


def _finding(view: View, bars: list[Bar], total: int) -> str:
    if not bars:
        return say("客户自己说的原因", "Causes in the customers' own words")
    most = f"{bars[0].now:,} / {total:,}"
    return say(
        f"客户自己说得最多的原因：{bars[0].name}（{most} 件投诉）",
        f"What customers name most: {bars[0].name} ({most} complaints)",
    )


def _unattributed(view: View, total: int) -> str:
    """How many complaints name no cause that the tree knows: counted, never guessed."""
    n = reading(view, "complaints", view.period.and_(cause=UNATTRIBUTED)).n
    return say(f"；未归因 {n:,} / {total:,} 件", f"; no cause found in {n:,} of {total:,}") if total else ""


@kept_per_view
def _pareto(view: View) -> canvas.Chart:
    bars = _bars(view)
    return pareto(bars, sum(bar.now for bar in bars))


@kept_per_view
def _bars(view: View) -> list[Bar]:
    """Every cause that is named in the period, most frequent first."""
    before = {row.dims["cause"]: row.reading.n for row in readings(view, "complaints", ("cause",), view.period_before)}
    found = [
        Bar(name_of(cause_label(code)), row.reading.n, before.get(code, 0), view.period.and_(cause=code))
        for row in readings(view, "complaints", ("cause",), view.period)
        if (code := row.dims["cause"]) not in (UNATTRIBUTED, NOT_GIVEN)
    ]
    return sorted(found, key=lambda bar: -bar.now)
