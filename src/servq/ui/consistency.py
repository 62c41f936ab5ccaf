"""The channel matrix: every metric in every channel, told apart from all the other channels together or not."""

from __future__ import annotations

from servq.metrics.comparison import Verdict, compare_many
from servq.records import DIMENSIONS, Reading, Slice, State
from servq.ui import shell
from servq.ui.charts import canvas
from servq.ui.charts.matrix import MOST_COLUMNS, Cell, leading, matrix
from servq.ui.figures import get_metric, reading, readings
from servq.ui.language import language, name_of, say, shown
from servq.ui.theme import in_channel_order
from servq.ui.view import View, kept_per_view
from servq.wording import unit_label

COMPARED = (
    "nps", "csat", "attitude", "responsiveness", "resolution", "communication", "first_response_median",
    "sla_attainment", "complaints_per_100", "visit_score",
)  # fmt: skip
"""The rows of the matrix."""


def channel_matrix(view: View) -> None:
    """Metric × channel; tinted where a channel can be told from all others together."""
    cells, tested = _cells(view)
    shell.section(
        say("每个渠道，同样的服务吗？", "The same service in every channel?"),
        say(
            f"与其余渠道合并相比：▲ 较好 ▼ 较差（{tested} 格一起检验，误报率 10%）；灰字仅供参考，○ 样本不足；点格看行",
            f"Against all other channels together: ▲ better ▼ worse ({tested} cells tested together, 10% false "
            "discoveries); grey: indicative, ○ too few; click a field for its rows",
        ),
    )
    if not cells:
        shell.note(say("所选范围没有数据。", "There are no data for this slice."))
        return
    canvas.show(_drawn(view), "channel-matrix", wide=True)
    shell.left_out(len({cell.column for cell in cells}) - MOST_COLUMNS, DIMENSIONS["channel"])


@kept_per_view
def _drawn(view: View) -> canvas.Chart:
    cells, _ = _cells(view)
    rows = [row_label(name) for name in COMPARED]
    columns = [shown(channel) for channel in in_channel_order({dict(cell.kept.where)["channel"][0] for cell in cells})]
    columns = leading(cells, columns, MOST_COLUMNS, "column")
    words = {
        Verdict.BETTER: say("好于其余渠道", "better than the other channels"),
        Verdict.WORSE: say("差于其余渠道", "worse than the other channels"),
        Verdict.NO_EVIDENCE: say("与其余渠道无可判断差异", "no difference from the others can be told"),
    }
    return matrix(cells, rows, columns, words)


@kept_per_view
def _cells(view: View) -> tuple[list[Cell], int]:
    """Every channel's figure and its change against all the other channels together."""
    found: list[tuple[str, str, Reading, Reading]] = []
    for name in COMPARED:
        by_channel = {row.dims["channel"]: row.reading for row in readings(view, name, ("channel",), view.period)}
        for channel in by_channel:
            found.append((name, channel, by_channel[channel], _others(view, name, channel, tuple(sorted(by_channel)))))
    judged = compare_many([(one, rest, get_metric(name).better) for name, _, one, rest in found])
    cells = [
        Cell(
            row_label(name),
            shown(channel),
            get_metric(name),
            one,
            change,
            view.period.and_(channel=channel),
        )
        for (name, channel, one, _), change in zip(found, judged.changes, strict=True)
    ]
    return cells, judged.tested


def row_label(name: str) -> str:
    """A metric with its unit, for rows have different ones; times bring theirs, a rate is named by it."""
    metric = get_metric(name)
    label = name_of(metric.label)
    if metric.unit in ("hours", "per_100"):
        return label
    unit = unit_label(metric.unit, language())
    return say(f"{label}（{unit}）", f"{label} ({unit})")


def _others(view: View, name: str, channel: str, channels: tuple[str, ...]) -> Reading:
    """All the other channels of the slice as one group."""
    rest = [other for other in channels if other != channel]
    if not rest:
        return Reading(None, 0, State.TOO_FEW)
    where = dict(view.period.where) | {"channel": tuple(rest)}
    return reading(view, name, Slice(view.period.start, view.period.end, tuple(sorted(where.items()))))
