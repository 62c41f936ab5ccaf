"""The change matrix of the weekly page: every team in every channel, this week against the comparison period."""

from __future__ import annotations

import streamlit as st

from servq.metrics.verdicts import VERDICTS, Verdict
from servq.query import Against
from servq.records import DIMENSIONS
from servq.ui.charts import canvas
from servq.ui.charts.grids.matrix import MOST_COLUMNS, MOST_ROWS, Cell, leading, matrix
from servq.ui.components.figures import get_metric, readings
from servq.ui.shell import shell
from servq.ui.shell.choices import choose_metric
from servq.ui.shell.language import joined_words, name_of, say, shown
from servq.ui.shell.theme import in_channel_order
from servq.ui.shell.view import View, kept_per_view
from servq.ui.weekly.weekly import judged, named

MATRICES = (
    "nps", "csat", "first_response_median", "sla_attainment", "resolution_median", "negative_share", "visit_score",
)  # fmt: skip


def who_changed(view: View, against: Against) -> None:
    """The matrix of one metric below its finding; each field opens its rows."""
    head = st.container()
    name = choose_metric("weekly-matrix", MATRICES)
    cells = _all_cells(view, name, against)
    with head:
        shell.section(
            _finding(cells),
            say(
                f"对比{named(view, against)}；▲▼ 仅在差异显著时着色；灰字仅供参考，○ 样本不足；点格看其中的答卷或投诉",
                f"Team × channel against {named(view, against)}; tinted only where judgeable; grey: indicative, "
                "○ too few; click a field for its rows",
            ),
        )
    if not any(cell.reading.n for cell in cells):
        shell.note(say("所选范围本周没有数据。", "There are no data for this slice this week."))
        return
    canvas.show(_matrix(view, name, against), f"matrix-{name}", wide=True)
    teams, channels = ({cell.row for cell in cells}, {cell.column for cell in cells})
    shell.left_out(len(teams) - 1 - MOST_ROWS, DIMENSIONS["team"])
    shell.left_out(len(channels) - 1 - MOST_COLUMNS, DIMENSIONS["channel"])


def _finding(cells: list[Cell]) -> str:
    told = [c for c in cells if c.change is not None and c.change.verdict in (Verdict.BETTER, Verdict.WORSE)]
    if not told:
        return say("班组 × 渠道：无显著变化", "Team × channel: no significant change")
    names = dict.fromkeys(" · ".join(dict.fromkeys((cell.row, cell.column))) for cell in told)
    return say("谁变了：", "Who changed: ") + joined_words(list(names)[:3])


@kept_per_view
def _matrix(view: View, name: str, against: Against) -> canvas.Chart:
    """Teams in the order of their channels, all of them together in the last line and column."""
    found = _all_cells(view, name, against)
    channels = in_channel_order({cell.column for cell in found} - {_all()})
    home = {cell.row: channels.index(cell.column) for cell in reversed(found) if cell.column in channels}
    teams = sorted({cell.row for cell in found} - {_all()}, key=lambda team: (home.get(team, 0), team))
    teams = leading(found, teams, MOST_ROWS, "row")
    channels = leading(found, channels, MOST_COLUMNS, "column")
    words = {verdict: name_of(VERDICTS[verdict]) for verdict in (Verdict.BETTER, Verdict.WORSE, Verdict.NO_EVIDENCE)}
    return matrix(found, [*teams, _all()], [*channels, _all()], words)


@kept_per_view
def _all_cells(view: View, name: str, against: Against) -> list[Cell]:
    """Every field of the matrix: team in channel, each team, each channel, all."""
    return [
        cell for by in (("team", "channel"), ("team",), ("channel",), ()) for cell in _cells(view, name, by, against)
    ]


def _cells(view: View, name: str, by: tuple[str, ...], against: Against) -> list[Cell]:
    """The matrix' fields of one level, judged with everything else on the page."""
    family = judged(view, against)
    return [
        Cell(
            shown(row.dims["team"]) if "team" in by else _all(),
            shown(row.dims["channel"]) if "channel" in by else _all(),
            get_metric(name),
            row.reading,
            None if (found := family.of(name, row.dims)) is None else found.change,
            view.this_week.and_(**row.dims),
        )
        for row in readings(view, name, by, view.this_week)
    ]


def _all() -> str:
    return say("Σ 合计", "Σ all")
