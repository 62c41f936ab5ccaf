"""The section of definitions: formula, population and source of each metric that a report tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servq.metrics.catalog import METRICS
from servq.metrics.metric import DIRECTIONS, UNITS
from servq.records import Label
from servq.reports.report import ReportColumn, ReportField, Section, Table

if TYPE_CHECKING:
    from collections.abc import Iterable


def definitions(names: Iterable[str]) -> Section:
    """The metrics that a report tells, with formula, population and source."""
    columns = (
        ReportColumn(Label("指标", "Metric")),
        ReportColumn(Label("单位与方向", "Unit and direction")),
        ReportColumn(Label("公式", "Formula"), wide=True),
        ReportColumn(Label("对象", "Population")),
        ReportColumn(Label("计入", "Counted")),
        ReportColumn(Label("依据", "Source")),
    )
    return Section(
        "definitions",
        Label("口径", "Definitions"),
        Label("", ""),
        Label("与看板的“口径”页相同", "The same as on the dashboard's page of definitions"),
        table=Table(columns, tuple(_definition(name) for name in dict.fromkeys(names))),
        page=0,
    )


def _definition(name: str) -> tuple[ReportField, ...]:
    metric = METRICS[name]
    unit, better = UNITS[metric.unit], DIRECTIONS[metric.better]
    about = Label(f"{unit.zh}，{better.zh}", f"{unit.en}, {better.en}")
    told = (metric.label, about, metric.formula, metric.speaks_of, metric.counted_as, metric.reference)
    return tuple(ReportField(one) for one in told)
