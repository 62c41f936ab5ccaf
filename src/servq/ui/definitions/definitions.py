"""The page 口径: every metric as a form, and the terms of a judgement."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from servq.formatting import unit_label
from servq.metrics.catalog import METRICS
from servq.metrics.metric import DIRECTIONS, FAMILIES, Metric
from servq.metrics.readings import EXCLUSIONS
from servq.metrics.verdicts import ACCORDS, FALSE_DISCOVERIES, FALSE_DISCOVERIES_WATCHED, STANDINGS, VERDICTS
from servq.query.customers.channel_overlap import MEANINGS
from servq.records import DIMENSIONS, STATES, Label
from servq.ui.components import metric_definition
from servq.ui.components.figures import reading
from servq.ui.shell import shell
from servq.ui.shell.language import language, name_of, say
from servq.ui.shell.markup import draw, joined, piece
from servq.ui.shell.numbers import n_text, value_text, why_nothing
from servq.ui.shell.url_state import address
from servq.ui.shell.view import View, kept_per_view

_GROUPS: dict[str, Label] = {
    "responses": Label("客户怎么评价（答卷）", "What customers say (survey answers)"),
    "complaints": Label("客户投诉什么，等多久（投诉）", "What they complain of, how long they wait (complaints)"),
    "visits": Label("检查员看到什么（神秘访客）", "What inspectors see (mystery shopping)"),
}
"""Kind of fact that a metric opens -> the part of the page that it stands in."""

_SHEET = """<style>
.sq-index{display:flex;flex-wrap:wrap;gap:.35rem .5rem;margin:.7rem 0 0;font-size:.84rem}
.sq-index a{color:inherit;text-decoration:none;background:#F4F5F3;border-radius:4px;padding:.14rem .55rem}
.sq-index code,.sq-form code,.sq-words code{font-size:.76rem;color:#5C6369;background:none;padding:0}
.sq-form h3 a code{color:#1F5673}
.sq-forms{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,24rem),1fr));gap:0 2.2rem}
.sq-form{padding:.85rem 0 .8rem;border-bottom:1px solid #E2E4E0}
.sq-form h3{font-size:1rem;font-weight:650;margin:0;padding:0;line-height:1.4;display:flex;gap:.6rem}
.sq-form h3{justify-content:space-between;align-items:baseline}
.sq-form .ask{color:#4A5157;font-size:.88rem;margin:.05rem 0 .4rem}
.sq-form .how{background:#F4F5F3;border-left:3px solid #1F5673;padding:.4rem .65rem;margin:0}
.sq-form .how{font-size:.9rem;line-height:1.55}
.sq-form dl{display:grid;grid-template-columns:5.2rem 1fr;gap:.08rem .5rem;margin:.45rem 0 0}
.sq-form dl{font-size:.82rem;padding:0}
.sq-form dt{color:#5C6369;margin:0;font-weight:400}.sq-form dd{margin:0;color:#1E2326}
.sq-words{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,17rem),1fr));gap:1rem 2rem}
.sq-words{margin-top:.5rem}
.sq-words h3{font-size:.86rem;font-weight:650;margin:0 0 .2rem;padding:0}
.sq-words p{font-size:.86rem;margin:0;line-height:1.7}
</style>"""


def headline(view: View) -> None:
    """The number of metrics, and the place of their forms."""
    draw(Markup(_SHEET))
    shell.title(
        say(f"{len(METRICS)} 个指标，每个只定义一次", f"{len(METRICS)} metrics, each defined once"),
        say(
            "页面、命令行、导出读同一份定义；任何汇总都由原始计数重算，不对百分比求平均",
            "Pages, command line and exports read the same forms; totals are recomputed from counts, never averaged",
        ),
    )


def index(view: View) -> None:
    """All metrics by name; each name leads to its form further down."""
    names = joined(
        piece(
            '<a href="#{name}" target="_self">{label} <code>{name}</code></a>',
            label=name_of(metric.label),
            name=metric.name,
        )
        for metric in METRICS.values()
    )
    draw(piece('<div class="sq sq-index">{names}</div>', names=names))


def forms(view: View) -> None:
    """Every metric: its question, its formula, what it counts and its minimum n."""
    for kind, heading in _GROUPS.items():
        listed = [metric for metric in METRICS.values() if metric.drill == kind]
        shell.section(name_of(heading), say(f"{len(listed)} 个指标", f"metrics: {len(listed)}"))
        forms_of([form(view, metric.name) for metric in listed])


def forms_of(made: Iterable[Markup]) -> None:
    """Forms side by side, as many as there is room for."""
    draw(piece('<div class="sq sq-forms">{forms}</div>', forms=joined(made)))


@kept_per_view
def form(view: View, name: str) -> Markup:
    """One metric: its question, its formula, and its facts this week. The id is a link to it alone."""
    metric = METRICS[name]
    found = reading(view, name, view.this_week)
    now = value_text(metric, found)
    facts = (
        (say("本周", "this week"), f"{why_nothing(found) if now == '—' else now} · {n_text(found)}"),
        (say("单位", "unit"), f"{unit_label(metric.unit, language())} · {name_of(DIRECTIONS[metric.better])}"),
        (say("n 的含义", "n counts"), name_of(metric.counted_as)),
        (say("类", "family"), name_of(FAMILIES[metric.family])),
        (say("样本量", "sample"), _sample(metric)),
        (
            say("可按", "cut by"),
            say("、", ", ").join(name_of(label) for name, label in DIMENSIONS.items() if name in metric.dimensions),
        ),
        *metric_definition.facts(view, metric, found)[1:],
    )
    return piece(
        '<div class="sq-form" id="{name}"><h3><span>{label}</span>'
        '<a class="sq-link" href="{to}" target="_self"><code>{name}</code></a></h3><p class="ask">{ask}</p>'
        '<p class="how">{how}</p><dl>{facts}</dl></div>',
        label=name_of(metric.label),
        name=metric.name,
        to=address("definitions", view, metric=metric.name),
        ask=name_of(metric.question),
        how=name_of(metric.formula),
        facts=joined(piece("<dt>{name}</dt><dd>{value}</dd>", name=name, value=value) for name, value in facts),
    )


def _sample(metric: Metric) -> str:
    if metric.unit == "count":
        return say("计数就是事实，不设门槛", "a count is a fact: no minimum")
    if metric.shown_from >= metric.judgeable_from:
        return say(
            f"n ≥ {metric.judgeable_from} 可判断，更少不显示", f"judged from n = {metric.judgeable_from}, hidden below"
        )
    return say(
        f"n ≥ {metric.judgeable_from} 可判断，{metric.shown_from}–{metric.judgeable_from - 1} 仅供参考，更少不显示",
        f"judged from n = {metric.judgeable_from}, indicative from {metric.shown_from}, hidden below",
    )


def words(view: View) -> None:
    """The terms in which a figure is judged, and the rule behind each."""
    shell.section(
        say("判断用的词", "The words of a judgement"),
        say(
            f"两个数的差用 95% 区间判断（MOVER）；同看多格时误报率控制在 {FALSE_DISCOVERIES:.0%}，"
            f"每周得分为 {FALSE_DISCOVERIES_WATCHED:.0%}（Benjamini–Hochberg）",
            f"Differences: 95% interval (MOVER); many cells together: {FALSE_DISCOVERIES:.0%} false discoveries, "
            f"on the weekly page {FALSE_DISCOVERIES_WATCHED:.0%} (Benjamini–Hochberg)",
        ),
    )
    groups = (
        (say("数字可信到什么程度", "How far a figure can be trusted"), STATES.values()),
        (say("变化", "Changes"), VERDICTS.values()),
        (say("对照目标", "Against target"), STANDINGS.values()),
        (say("三源合看", "Three sources together"), ACCORDS.values()),
        (say("跨渠道客户识别", "Customers across channels"), MEANINGS.values()),
        (say("为什么不计入 n", "Why rows are not in n"), EXCLUSIONS.values()),
    )
    parts = [
        piece(
            "<div><h3>{heading}</h3><p>{words}</p></div>",
            heading=heading,
            words=say("、", ", ").join(map(name_of, labels)),
        )
        for heading, labels in groups
    ]
    draw(piece('<div class="sq sq-words">{parts}</div>', parts=joined(parts)))
