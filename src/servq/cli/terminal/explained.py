"""The explanation of a figure (`servq measure --explain`): rows in, exclusions with reasons, method and reference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servq.cli.terminal.output import both
from servq.cli.terminal.tables import TableColumn, write_table
from servq.records import DIMENSIONS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servq.metrics.metric import Metric
    from servq.records import Reading

EXPLAINED = ("rows_in", "n", "left_out", "open", "base", "effective_n")
"""What stands beside a figure in CSV where it is explained."""


def explained(reading: Reading) -> dict[str, object]:
    """The rows of a figure: `rows_in` = `n` + all that were left out.

    Keys: `left_out` a list of code, rows and the reason in both languages; `open` of n, cases still open; `base` the
    denominator where it is not n; `effective_n` how many independent answers n is worth, where that is less; `reason`
    why there is no value.
    """
    from servq.metrics.readings import EXCLUSIONS

    left_out = [
        {"code": code, "rows": count, "zh": EXCLUSIONS[code].zh, "en": EXCLUSIONS[code].en}
        for code, count in reading.excluded.items()
    ]
    return {
        "rows_in": rows_in(reading),
        "n": reading.n,
        "left_out": left_out,
        "open": reading.censored,
        "base": reading.base,
        "effective_n": reading.effective,
        "reason": None if reading.reason is None else {"zh": reading.reason.zh, "en": reading.reason.en},
    }


def rows_in(reading: Reading) -> int:
    """The number of rows of the slice that the metric was given: answers, complaints, or visits."""
    return reading.n + sum(reading.excluded.values())


def method_of(metric: Metric) -> dict[str, object]:
    """The formula of the figure, its inputs, and the source of its method."""
    return {
        "rows": metric.drill,
        "counted": metric.counted or None,
        "formula": {"zh": metric.formula.zh, "en": metric.formula.en},
        "reference": {"zh": metric.reference.zh, "en": metric.reference.en},
        "better": metric.better,
        "shown_from": metric.shown_from,
        "judgeable_from": metric.judgeable_from,
    }


def flat_of(reading: Reading) -> list[object]:
    """The same for CSV, what was left out as `code=rows`."""
    found = explained(reading)
    found["left_out"] = " ".join(f"{code}={count}" for code, count in reading.excluded.items())
    return [found[name] for name in EXPLAINED]


def print_explained(metric: Metric, rows: Sequence[tuple[list[str], Reading]], dims: tuple[str, ...]) -> None:
    """A second table: for each figure its rows; beneath it the method."""
    columns = [
        *(TableColumn(name, DIMENSIONS[name].zh) for name in dims),
        TableColumn("rows_in", "读入行数", right=True),
        TableColumn("n", "样本量", right=True),
        TableColumn("left_out", "未计入及原因", folds=True),
        TableColumn("open", "仍未结", right=True),
        TableColumn("effective_n", "有效样本", right=True),
    ]
    lines = []
    for cells, reading in rows:
        found = explained(reading)
        worth = found["effective_n"]
        lines.append(
            [
                *cells,
                f"{rows_in(reading):,}",
                f"{reading.n:,}",
                _why(reading),
                f"{reading.censored:,}" if reading.censored else "",
                f"{worth:,.1f}" if isinstance(worth, float) else "",
            ]
        )
    counted = metric.counted or "每一行 every row"
    foot = (
        f"算法 formula: {metric.formula.zh}\n{metric.formula.en}\n"
        f"计入 counted: {metric.drill} · {counted}\n"
        f"出处 reference: {both(metric.reference)}\n"
        f"n ≥ {metric.judgeable_from} 可判断 judgeable · n ≥ {metric.shown_from} 仅供参考 indicative"
    )
    write_table(columns, lines, "怎么算出来的 / how it came about", foot)


def _why(reading: Reading) -> str:
    from servq.metrics.readings import EXCLUSIONS

    told = [f"{both(EXCLUSIONS[code])} {count:,}" for code, count in reading.excluded.items()]
    if reading.reason is not None:
        told.append(both(reading.reason))
    return "；".join(told)
