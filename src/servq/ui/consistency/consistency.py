"""The consistency matrix: every channel against all others on every line, 一致, 不一致, 证据不足 or not comparable."""

from __future__ import annotations

import streamlit as st

from servq.formatting import format_value
from servq.metrics.verdicts import AGREEMENTS, Agreement
from servq.query.channels.agreement import LINES, ChannelLine, Together, channels_together
from servq.query.channels.channel_sentences import LINE_LABELS, MARKS
from servq.records import DIMENSIONS, Label, Slice, State
from servq.ui.charts import canvas
from servq.ui.charts.canvas import plain
from servq.ui.charts.grids.board import Field, Tint, board
from servq.ui.charts.grids.matrix import MOST_COLUMNS
from servq.ui.components.figures import get_metric
from servq.ui.shell import shell
from servq.ui.shell.language import language, name_of, say, shown
from servq.ui.shell.numbers import HIDDEN_MARK, interval_text, n_text, value_text, why_nothing
from servq.ui.shell.theme import GREY, in_channel_order
from servq.ui.shell.url_state import choice
from servq.ui.shell.view import View, kept_per_view

OTHERS = "others"
"""The usual reference, as it stands in a link."""

_TINTS = {Agreement.SAME: Tint.SAME, Agreement.BETTER: Tint.BETTER, Agreement.WORSE: Tint.WORSE}


def channel_matrix(view: View) -> None:
    """Line × channel; each field a verdict with value and n, a click opens its evidence."""
    tested = together(view, OTHERS).tested
    shell.section(
        say("每个渠道，同样的服务吗？", "The same service in every channel?"),
        say(
            f"● 一致：在允许差距 δ 之内 ▲▼ 不一致：明确超出（较好、较差）○ 证据不足；"
            f"{tested} 格一起检验（误报率 10%）；问卷各行只在同一调查方式内比较；点格看证据",
            f"● consistent: inside the margin δ ▲▼ not: clearly outside (better, worse) ○ not enough evidence; "
            f"{tested} cells tested together (10% false discoveries); answers are compared within the survey mode; "
            "click a field for its evidence",
        ),
    )
    channels = in_channel_order({cell.channel for cell in together(view, OTHERS).cells})
    if not channels:
        shell.note(say("所选范围没有数据。", "There are no data for this slice."))
        return
    options = {OTHERS: Label("其余渠道合计", "All other channels together")}
    options |= {name: Label(name, name) for name in channels}
    reference = choice("reference", say("与谁比", "Compared with"), options, 260)
    canvas.show(_drawn(view, reference), "channel-matrix", wide=True)
    shell.left_out(len(channels) - MOST_COLUMNS, DIMENSIONS["channel"])


@kept_per_view
def together(view: View, reference: str) -> Together:
    """All cells of the matrix against this reference."""
    return channels_together(view.snapshot, view.period, view.week, None if reference == OTHERS else reference)


def cell_of(view: View, metric: str, slice_: Slice) -> ChannelLine | None:
    """The cell of the matrix with these rows, against the reference chosen now."""
    found = together(view, st.session_state.get("reference", OTHERS)).cells
    return next((cell for cell in found if (cell.metric, cell.slice_) == (metric, slice_)), None)


@kept_per_view
def _drawn(view: View, reference: str) -> canvas.Chart:
    cells = together(view, reference).cells
    sizes: dict[str, int] = {}
    for cell in cells:
        sizes[cell.channel] = max(sizes.get(cell.channel, 0), cell.own.n)
    largest = set(sorted(sizes, key=lambda name: -sizes[name])[:MOST_COLUMNS])
    columns = [shown(name) for name in in_channel_order(sizes) if name in largest]
    rows = [name_of(LINE_LABELS[name]) for name in LINES if any(cell.metric == name for cell in cells)]
    return board([_field(cell) for cell in cells], rows, columns)


def _field(cell: ChannelLine) -> Field:
    judged, own, metric = cell.judged, cell.own, get_metric(cell.metric)
    n = f"<span style='font-size:11px;color:{GREY}'>n={own.n:,}</span>"
    mark = MARKS[judged.agreement]
    if own.value is None or own.state == State.TOO_FEW:
        value = f"<span style='color:{GREY}'>{HIDDEN_MARK if own.state == State.HIDDEN else '○'}</span>"
    else:
        value = f"{mark} {format_value(own.value, metric.unit, language(), bare=True)}"
        told = judged.agreement in _TINTS
        value = f"<b>{value}</b>" if told else f"<span style='color:{GREY}'>{value}</span>"
    return Field(
        name_of(LINE_LABELS[cell.metric]), shown(cell.channel), f"{value}<br>{n}", _hover(cell),
        _TINTS.get(judged.agreement, Tint.PLAIN), (cell.metric, cell.slice_),
    )  # fmt: skip


def _hover(cell: ChannelLine) -> str:
    own, metric = cell.own, get_metric(cell.metric)
    lines = [f"{plain(shown(cell.channel))} · {name_of(metric.label)}"]
    if own.value is None or own.state == State.TOO_FEW:
        lines.append(why_nothing(own))
    else:
        lines.append(f"<b>{value_text(metric, own)}</b> ({interval_text(metric, own)})")
    lines += [n_text(own), name_of(AGREEMENTS[cell.judged.agreement])]
    if cell.judged.more is not None and cell.judged.agreement == Agreement.UNDECIDED:
        lines.append(say(f"还需约 {cell.judged.more:,} 份", f"about {cell.judged.more:,} more needed"))
    return "<br>".join(lines)
