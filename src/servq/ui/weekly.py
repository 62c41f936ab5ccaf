"""The weekly page's head: what really changed, and the six figures of the week."""

from __future__ import annotations

from markupsafe import Markup

from servq.metrics.comparison import Verdict
from servq.query import Family, Found, changes_between
from servq.ui import cards, shell
from servq.ui.figures import get_metric
from servq.ui.language import name_of, say, shown
from servq.ui.markup import draw, joined, piece
from servq.ui.numbers import chip, n_text, value_text
from servq.ui.view import View, kept_per_view
from servq.weeks import week_label

WATCHED = ("nps", "csat", "first_response_median", "resolution_median", "negative_share", "visit_score")
"""The six cards."""

LOOKED_AT = (*WATCHED, "sla_attainment")
"""The metrics whose changes are looked for."""

MOST_CHANGES = 8


def headline(view: View) -> None:
    """The page's first sentence, and the cells in which a change can be told."""
    family = judged(view)
    told = [cell for cell in by_evidence(family) if cell.change.verdict in (Verdict.BETTER, Verdict.WORSE)]
    if told:
        text = say(f"{len(told)} 处变化可以判断", f"{len(told)} changes can be told from noise")
    elif family.tested:
        text = say("本周无可判断变化", "No change can be told from noise this week")
    else:
        text = say("本周与前一周的样本都不足以比较", "Too few rows this week or the week before to compare")
    looked = say(
        f"{week_label(view.week)} 对比前一周；看了 {len(family.cells)} 格，"
        f"{family.tested} 格样本足够、一起检验，误报率 10%",
        f"{week_label(view.week)} against the week before; {len(family.cells)} cells looked at, "
        f"{family.tested} with enough rows, tested together at 10% false discoveries",
    )
    shell.title(text, looked)
    draw(piece('<ul class="sq sq-list">{rows}</ul>', rows=joined(_line(cell) for cell in told[:MOST_CHANGES])))


def _line(cell: Found) -> Markup:
    metric = get_metric(cell.metric)
    return piece(
        '<li><span class="mark">{chip}</span><span><b>{who}</b> {metric} {before} → <b>{now}</b> '
        "<small>({n})</small></span></li>",
        chip=chip(cell.change),
        who=" · ".join(shown(value) for value in cell.dims.values()) or say("全部", "All"),
        metric=name_of(metric.label),
        before=value_text(metric, cell.before),
        now=value_text(metric, cell.now),
        n=n_text(cell.now),
    )


@kept_per_view
def judged(view: View) -> Family:
    """All that this page looks at, this week against the one before: one family for headline, cards and matrix."""
    return changes_between(view.snapshot, LOOKED_AT, view.this_week, view.last_week)


def by_evidence(family: Family) -> list[Found]:
    """The cells from the clearest change to the least clear one."""
    return sorted(family.cells, key=lambda cell: 2.0 if cell.change.p is None else cell.change.p)


def six_cards(view: View) -> None:
    """The six figures of the week."""
    shell.section(
        say("六个数字", "Six figures"),
        say("每张卡：数值、95% 区间、n、目标；下方为近 13 周", "Value, 95% interval, n, target; below, thirteen weeks"),
    )
    family = judged(view)
    changes = {name: cell.change for name in WATCHED if (cell := family.of(name, {})) is not None}
    cards.row(view, WATCHED, changes, view.this_week, view.last_week)
