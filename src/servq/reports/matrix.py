"""The section on teams in channels: one metric for each, with the verdicts of the week's one family of tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servq.formatting import unit_label
from servq.metrics.catalog import get_metric
from servq.metrics.verdicts import VERDICTS, Verdict
from servq.query import measure
from servq.query.channels.order import in_channel_order
from servq.records import Label
from servq.reports.report import ReportColumn, ReportField, Section, Table, Tone
from servq.reports.wording import figure_field, mark_of, named, tone_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from servq.query import Row, Snapshot, WeekChanges
    from servq.records import Slice

METRIC = "nps"
MOST_ROWS, MOST_COLUMNS = 13, 8
"""Teams and channels that fit on paper; those with a significant change come first, then those with most answers."""

_ALL = Label("合计", "All")
_NOTHING = ReportField(Label("", ""))
_TOLD = (Verdict.BETTER, Verdict.WORSE)


def change_matrix(snapshot: Snapshot, family: WeekChanges, week: Slice, against: Label) -> Section:
    """Team × channel of a week, each team and each channel in all, and everything together."""
    fields = {
        (row.dims.get("team", ""), row.dims.get("channel", "")): (row, _field(row, family))
        for by in (("team", "channel"), ("team",), ("channel",), ())
        for row in measure(snapshot, METRIC, by, week)
    }
    metric = get_metric(METRIC)
    title = Label(f"班组 × 渠道：{metric.label.zh}", f"Team × channel: {metric.label.en}")
    note = Label(
        f"对比{against.zh}；▲▼ 仅在差异显著时着色；灰字仅供参考，○ 样本不足，⊘ 不公开",
        f"Against {against.en}; tinted only where significant; grey: indicative, ○ too few, ⊘ not shown",
    )
    teams, channels = (sorted({key[place] for key in fields if key[place]}) for place in (0, 1))
    if not any(row.reading.n for row, _ in fields.values()):
        empty = Label("本周没有数据", "No data in this week")
        return Section("matrix", title, empty, note)
    return Section("matrix", title, _finding(fields, family), note, table=_table(fields, family, teams, channels))


def _field(row: Row, family: WeekChanges) -> ReportField:
    cell = family.of(METRIC, row.dims)
    change = None if cell is None else cell.change
    told = change is not None and change.verdict in _TOLD
    mark, word = mark_of(change) if told else "", None if change is None else VERDICTS[change.verdict]
    return figure_field(get_metric(METRIC).unit, row.reading, tone_of(change), mark, word)


def _finding(fields: Mapping[tuple[str, str], tuple[Row, ReportField]], family: WeekChanges) -> Label:
    """Who changed, or that nobody did; a team of one channel is named once."""
    if not family.tested:
        return Label("无从比较", "Nothing to compare with")
    found: dict[int, list[str]] = {}
    for key, (row, _) in fields.items():
        cell = family.of(METRIC, row.dims)
        if any(key) and cell is not None and cell.change.verdict in _TOLD:
            found.setdefault(id(cell), [name for name in key if name])
    names = dict.fromkeys(" · ".join(one) for one in found.values())
    if not names:
        return Label("无显著变化", "No significant change")
    return Label("谁变了：" + "、".join(names), "Who changed: " + ", ".join(names))


def _table(
    fields: Mapping[tuple[str, str], tuple[Row, ReportField]],
    family: WeekChanges,
    teams: list[str],
    channels: list[str],
) -> Table:
    """Teams by the channel in which they have most answers; all together in the last line and column."""
    n = {key: row.reading.n for key, (row, _) in fields.items()}
    columns = in_channel_order(channels)
    shown = sorted(columns, key=lambda name: -n.get(("", name), 0))[:MOST_COLUMNS]
    columns = [name for name in columns if name in shown]
    told = {team for (team, _), (_, field) in fields.items() if field.tone in (Tone.BETTER, Tone.WORSE)}
    order = sorted(teams, key=lambda team: (team not in told, -n.get((team, ""), 0), team))
    rows = []
    for team in (*_in_columns(order, columns, n), ""):
        head = ReportField(named(team) if team else _ALL)
        rows.append((head, *(fields.get((team, one), (None, _NOTHING))[1] for one in (*columns, ""))))
    unit = unit_label(get_metric(METRIC).unit, "zh"), unit_label(get_metric(METRIC).unit, "en")
    heads = [
        ReportColumn(Label("班组", "Team")),
        *(ReportColumn(named(one), figures=True, judged=True) for one in columns),
    ]
    heads.append(ReportColumn(_ALL, figures=True, judged=True))
    return Table(tuple(heads), tuple(rows), MOST_ROWS, totals=True, charted=len(heads) - 1, unit=Label(*unit))


def _in_columns(order: list[str], columns: list[str], n: Mapping[tuple[str, str], int]) -> list[str]:
    """Teams that fit on paper, in the order of their channels; then the others."""
    first, rest = order[: MOST_ROWS - 1], order[MOST_ROWS - 1 :]
    home = {team: min(range(len(columns)), key=lambda at: -n.get((team, columns[at]), 0)) for team in first}
    return sorted(first, key=lambda team: (home[team], team)) + rest
