"""The promises and targets in force in the chosen week, each with the day from which it holds."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from servq.formatting import format_value
from servq.metrics.catalog import METRICS
from servq.standards import FIRST_RESPONSE, TimeLimit
from servq.ui.shell import shell
from servq.ui.shell.language import language, name_of, say, shown
from servq.ui.shell.markup import draw, joined, piece
from servq.ui.shell.view import View, kept_per_view
from servq.weeks import week_label


def in_force(view: View) -> None:
    """The targets and the promises in force in the chosen week."""
    left, right = shell.two_columns()
    with left:
        shell.section(
            say("目标：本周有效", "Targets in force this week"),
            week_label(view.week) + say("，含生效日期", ", with the day they began"),
        )
        draw(_targets(view))
    with right:
        shell.section(
            say("承诺：首次响应时限", "Promises: first response"),
            say("按自然时间计，夜间与节假日也计入", "Calendar hours: nights and holidays count"),
        )
        draw(_promises(view))


@kept_per_view
def _targets(view: View) -> Markup:
    standards = view.snapshot.standards
    held = {
        (target.metric, target.channel): target
        for target in standards.targets
        if target.valid_from <= view.week and target.metric in METRICS
    }
    if not held:
        return _none(say("本周没有设定目标。", "No target is set for this week."))
    rows = [
        piece(
            "<tr><td>{metric}{where}</td><td>{sign} {value}</td><td>{since}</td></tr>",
            metric=name_of(METRICS[name].label),
            where=f" · {shown(channel)}" if channel else "",
            sign={"higher": "≥", "lower": "≤"}.get(METRICS[name].better, "="),
            value=format_value(target.value, METRICS[name].unit, language()),
            since=str(target.valid_from),
        )
        for (name, channel), target in held.items()
    ]
    return _table((say("指标", "Metric"), say("目标", "Target"), say("生效", "Since")), rows)


@kept_per_view
def _promises(view: View) -> Markup:
    standards = view.snapshot.standards
    channels = sorted({promise.channel for promise in standards.promises} | set(view.snapshot.values("channel")))
    rows = [_promise(view, channel, standards.promise(channel, view.week, FIRST_RESPONSE)) for channel in channels]
    if not rows:
        limit = format_value(standards.default_hours, "hours", language())
        return _none(
            say(f"没有登记渠道承诺；一律按 {limit} 计。", f"No promises are registered; {limit} is used everywhere.")
        )
    return _table(
        (say("渠道", "Channel"), say("原文", "As published"), say("时限", "Limit"), say("生效", "Since")), rows, words=1
    )


def _promise(view: View, channel: str, promise: TimeLimit | None) -> Markup:
    limit = format_value(view.snapshot.standards.limit_hours(channel, view.week), "hours", language())
    nothing = say("没有公开承诺，按默认时限", "none published; the default is used")
    said = nothing if promise is None else say(promise.text, promise.text_en) or "—"
    return piece(
        '<tr><td>{channel}</td><td class="left">{said}</td><td>{limit}</td><td>{since}</td></tr>',
        channel=shown(channel),
        said=said,
        limit=limit,
        since="—" if promise is None else str(promise.valid_from),
    )


def _table(heads: Iterable[str], rows: Iterable[Markup], words: int = 0) -> Markup:
    """A table whose column `words` holds words, which begin at the left; the others hold figures."""
    return piece(
        '<div class="sq sq-scroll"><table class="sq-table"><tr>{heads}</tr>{rows}</table></div>',
        heads=joined(
            piece('<th class="{kind}">{head}</th>', kind="left" if place == words else "", head=head)
            for place, head in enumerate(heads)
        ),
        rows=joined(rows),
    )


def _none(text: str) -> Markup:
    return piece('<div class="sq sq-note">{text}</div>', text=text)
