"""The command that lists all metrics: `servq metrics`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servq.cli.terminal.options import FormOption
from servq.cli.terminal.output import Form, write_lines
from servq.cli.terminal.tables import TableColumn, write_table
from servq.formatting import unit_label
from servq.records import DIMENSIONS

if TYPE_CHECKING:
    from servq.metrics.metric import Metric


def metrics(form: FormOption = Form.TABLE) -> None:
    """所有指标 / every metric there is."""
    from servq.metrics.catalog import METRICS

    if form is Form.TABLE:
        columns = [
            TableColumn("name", "指标名"),
            TableColumn("label", "含义", folds=True),
            TableColumn("unit", "单位"),
            TableColumn("dimensions", "维度", folds=True),
        ]
        rows = [
            [name, f"{m.label.zh} {m.label.en}", unit_label(m.unit, "zh"), ", ".join(_known_dims(m))]
            for name, m in METRICS.items()
        ]
        write_table(columns, rows, foot="口径 definitions: docs/metrics.md")
        return
    listed = [_form_of(m) for m in METRICS.values()]
    write_lines(form, list(listed[0]), listed)


def _form_of(metric: Metric) -> dict[str, object]:
    return {
        "name": metric.name,
        "zh": metric.label.zh,
        "en": metric.label.en,
        "unit": metric.unit,
        "better": metric.better,
        "dimensions": _known_dims(metric),
        "question": metric.question.zh,
        "formula": metric.formula.zh,
        "shown_from": metric.shown_from,
        "judgeable_from": metric.judgeable_from,
    }


def _known_dims(metric: Metric) -> list[str]:
    return [name for name in DIMENSIONS if name in metric.dimensions]
