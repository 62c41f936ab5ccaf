"""A metric over the last 26 weeks as a trend chart, with the notes that stand beside it."""

from __future__ import annotations

from servq.ui.charts import canvas
from servq.ui.charts.trend import trend
from servq.ui.components.figures import by_week, get_metric
from servq.ui.shell.language import say
from servq.ui.shell.view import View

TREND_WEEKS = 26


def how_to_read() -> str:
    """The note below a trend's finding."""
    return say(
        "近 26 周；色带为 95% 区间；没有数据的周留空；空心点样本不足；点一周看当周原始数据",
        "26 weeks; band: 95% interval; weeks without data stay open; hollow: too few; click a week for its rows",
    )


def no_trend() -> str:
    """The note in the place of a trend without any week."""
    return say("没有一周的样本足以画出走势。", "No week has enough rows to draw a trend.")


def dated_trend(view: View, name: str) -> canvas.Chart:
    """A metric over the weeks, beside the target of each."""
    weeks = by_week(view, name, view.slice_, TREND_WEEKS)
    held = view.snapshot.standards.targets_on(name, [monday for monday, _ in weeks], view.slice_.only("channel"))
    return trend(get_metric(name), weeks, view.slice_, held)
