"""KPI cards: value, verdict, interval on its scale, n, comparison, thirteen weeks, the same for every figure."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from servq.metrics.metric import Metric
from servq.metrics.verdicts import Change
from servq.query import AGAINST, Against
from servq.query.verdicts import standing_of
from servq.query.weekly.mix import MixShift
from servq.records import Label, Reading, Slice, State
from servq.ui.charts import sparks
from servq.ui.components import drill, metric_definition
from servq.ui.components.figures import by_week, get_metric, reading
from servq.ui.shell.language import name_of, say
from servq.ui.shell.markup import draw, piece
from servq.ui.shell.numbers import chip, interval_text, n_text, shift_text, standing_chip, value_text, why_nothing
from servq.ui.shell.view import View, kept_per_view

WEEKS_SHOWN = 13


def row(
    view: View,
    names: tuple[str, ...],
    changes: dict[str, Change],
    now: Slice,
    before: Slice,
    against: Label = AGAINST[Against.WEEK],
    across: int = 3,
    shifts: dict[str, MixShift] | None = None,
) -> None:
    """Cards side by side, three (or `across`) to a line on a wide screen and one on a phone.

    Args:
        against: what `before` is called.
        shifts: metric -> what a changed mix did to it, where that is known.
    """
    with st.container(key=f"cardgrid-{across}-{names[0]}"):  # a grid of the style sheet
        for name in names:
            with st.container(border=True, key=f"card-{name}"):
                draw(_card(view, name, changes.get(name), now, before, against, (shifts or {}).get(name)))
                drill.button(name, now, reading(view, name, now).n, f"card-{name}")


@kept_per_view
def _card(
    view: View,
    name: str,
    change: Change | None,
    now: Slice,
    before: Slice,
    against: Label,
    shift: MixShift | None = None,
) -> Markup:
    metric, current = get_metric(name), reading(view, name, now)
    weeks = [found for _, found in by_week(view, name, now, WEEKS_SHOWN)]
    target = view.target(name, now)
    return piece(
        '<div class="sq sq-card">{head}{line}{bar}{foot}<div class="spark">{spark}</div></div>',
        head=_head(view, metric, current),
        line=_line(metric, current, change),
        bar=sparks.interval_bar(current, sparks.scale_of(metric.unit, weeks), target, metric.better),
        foot=_foot(metric, current, _before(metric, reading(view, name, before), against, shift), target),
        spark=sparks.line(weeks, sparks.own_scale(weeks)),
    )


def _head(view: View, metric: Metric, current: Reading) -> Markup:
    """The name, and beside it the definition behind a ⓘ."""
    return piece(
        '<div class="sq-name"><span>{name}</span>{about}</div>',
        name=name_of(metric.label),
        about=metric_definition.beside(view, metric, current),
    )


def _line(metric: Metric, current: Reading, change: Change | None) -> Markup:
    text = value_text(metric, current)
    if text == "—":
        value = piece('<span class="sq-value none">{why}</span>', why=why_nothing(current))
    else:
        value = piece('<span class="sq-value">{text}</span>', text=text)
    return piece('<div class="sq-line">{value}{chip}</div>', value=value, chip=chip(change))


def _before(metric: Metric, before: Reading, against: Label, shift: MixShift | None) -> str:
    """The figure of the comparison period, or a note that there is none; with both parts of the change."""
    if before.n == 0:
        return say(f"{against.zh}没有数据", f"no data: {against.en}")
    then = f"{name_of(against)} {value_text(metric, before)}"
    return then if shift is None else f"{then}{say('，', ', ')}{shift_text(metric, shift)}"


def _foot(metric: Metric, current: Reading, before: str, target: float | None) -> Markup:
    parts = [n_text(current)]
    interval = interval_text(metric, current)
    if interval:
        parts.insert(0, say("95% 区间 ", "95% interval ") + interval)
    if current.state == State.INDICATIVE:
        parts.append(say("仅供参考", "indicative only"))
    parts.append(before)
    against = Markup("")
    if target is not None:
        aim = Reading(target, 0, State.JUDGEABLE)
        standing = standing_chip(standing_of(metric.name, current, target))
        against = piece(
            "<br>{word} {aim} {chip}", word=say("目标", "target"), aim=value_text(metric, aim), chip=standing
        )
    return piece('<div class="sq-foot">{parts}{against}</div>', parts=" · ".join(parts), against=against)
