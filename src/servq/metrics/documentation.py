"""The generator of docs/metrics.md: `python -m servq.metrics.documentation > docs/metrics.md` writes it.

Owns the form of that page; every word about a metric comes from the metric itself.
"""

from __future__ import annotations

from servq.metrics.catalog import METRICS
from servq.metrics.metric import DIRECTIONS, FAMILIES, UNITS, Metric
from servq.metrics.readings import EXCLUSIONS
from servq.metrics.verdicts import ACCORDS, FALSE_DISCOVERIES, FALSE_DISCOVERIES_WATCHED, STANDINGS, VERDICTS
from servq.records import DIMENSIONS, STATES, Label

_HEAD = """\
# 指标口径 Metrics

<!-- built by `python -m servq.metrics.documentation > docs/metrics.md`: change the catalog, not this page -->

Every figure is defined once, in `src/servq/metrics/`; pages, command line and exports read the same catalog. A figure
is a *reading*: value, n, what was left out and why, a 95 % interval, and a state. No answers is no value (with the
reason), never 0. Every level is recomputed from added measures: a total is the metric of the union, never a mean of
its parts.
"""

_LIMITS = """\
## What the figures do not know

- Answers of one customer or one order are worth fewer independent ones (design effect, Kish 1965;
  [why](adr/0025-answers-that-belong-together.md)); where neither is known answers count as independent. How alike they
  are is one number per metric. Complaints of one customer the same.
- An NPS of five to seven answers at an end of the scale has an interval that holds the truth in 88.6 to 93 %: below ten
  answers every NPS is 样本不足, and nothing is concluded from it.
- Score and text of one answer come together, so what contradicts itself does not ripen; a text that waits for
  `servq rescore` is left out by name.
- `complaints_per_100` takes the number of answers as known; only the complaints are a sample.
- Hours are calendar hours. A case resolved without a recorded first response has no first-response clock and is left
  out by name. A case counts as open until it has a time of resolution, whatever its status text says.
- Kaplan–Meier supposes that cases still open would have gone on like the others of the same age.
- When all scores of a group are alike, its spread is taken as if one score had been one point off; so no mean has an
  interval of zero width.
- A clock's interval may be open upwards: `low` is given, `high` is not reached yet.
"""


def as_markdown() -> str:
    """The catalog as Markdown: a table to look up, then one entry per metric."""
    rows = [
        f"| `{metric.name}` | {metric.label.zh} {metric.label.en} | {UNITS[metric.unit].zh} "
        f"| {DIRECTIONS[metric.better].zh} | {_needs(metric)} | {_dimensions(metric)} |"
        for metric in METRICS.values()
    ]
    table = ["| name | 指标 metric | 单位 | 方向 | from | cut by |", "|---|---|---|---|---|---|", *rows]
    entries = [_entry(metric) for metric in METRICS.values()]
    return "\n".join([_HEAD, *table, "", "## 定义 Definitions", "", *entries, _words(), _LIMITS])


def _entry(metric: Metric) -> str:
    column = "" if metric.counted in ("", "open") else f" (`{metric.counted}`)"
    family = FAMILIES[metric.family]
    return "\n".join(
        [
            f"### `{metric.name}` {metric.label.zh}",
            "",
            f"{metric.question.zh} {metric.question.en}",
            "",
            f"- {metric.formula.zh}",
            f"- {metric.formula.en}",
            f"- n: {metric.counted_as.zh} {metric.counted_as.en}{column}; opens the {metric.drill}",
            f"- 类 family: {family.zh} {family.en} · {metric.reference.en}",
            f"- of: {metric.speaks_of.zh} {metric.speaks_of.en} · independent by: {metric.independent_by.zh} "
            f"{metric.independent_by.en} · ripe: {metric.maturity.zh} {metric.maturity.en}",
            "",
        ]
    )


def _words() -> str:
    lines = ["## 用词 Words", ""]
    groups: tuple[tuple[str, dict[str, Label]], ...] = (
        ("State (from n = 10 / 30)", {str(key): label for key, label in STATES.items()}),
        ("Change", {str(key): label for key, label in VERDICTS.items()}),
        ("Against target", {str(key): label for key, label in STANDINGS.items()}),
        ("Three sources together", {str(key): label for key, label in ACCORDS.items()}),
        ("Left out", EXCLUSIONS),
    )
    for title, words in groups:
        lines.append(f"- {title}: " + " · ".join(f"`{code}` {label.zh} {label.en}" for code, label in words.items()))
    lines += [
        "",
        "A change is told from the two readings' intervals (MOVER, Zou & Donner 2008). Cells that are looked at "
        f"together pass\nBenjamini–Hochberg at q = {FALSE_DISCOVERIES:.2f} first, "
        f"on the weekly page at q = {FALSE_DISCOVERIES_WATCHED:.2f}.\nHow often each method is right: "
        "[statistics.md](statistics.md).",
        "",
    ]
    return "\n".join(lines)


def _needs(metric: Metric) -> str:
    return ", ".join(sorted(metric.needs))


def _dimensions(metric: Metric) -> str:
    return " ".join(label.zh for name, label in DIMENSIONS.items() if name in metric.dimensions)


if __name__ == "__main__":
    print(as_markdown(), end="")
