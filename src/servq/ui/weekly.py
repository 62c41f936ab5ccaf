"""The weekly page's head: what really changed, and the six figures of the week."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from servq.metrics.comparison import Change, Changes, Verdict, compare_many
from servq.records import Reading, Slice
from servq.ui import cards, shell
from servq.ui.figures import get_metric, reading, readings
from servq.ui.language import name_of, say, shown
from servq.ui.markup import draw, joined, piece
from servq.ui.numbers import chip, n_text, value_text
from servq.ui.view import View, kept_per_view
from servq.weeks import week_label

WATCHED = ("nps", "csat", "first_response_median", "resolution_median", "negative_share", "visit_score")
"""The six cards, and the metrics whose changes are looked for."""

MOST_CHANGES = 8


@dataclass(frozen=True)
class Found:
    """One cell that was looked at: who, which metric, then and now, and what may be said."""

    who: str
    metric: str
    kept: Slice
    now: Reading
    before: Reading
    change: Change


def headline(view: View) -> None:
    """The page's first sentence, and the cells in which a change can be told."""
    found, tested = looked_at(view)
    told = [cell for cell in found if cell.change.verdict in (Verdict.BETTER, Verdict.WORSE)]
    if told:
        text = say(f"{len(told)} 处变化可以判断", f"{len(told)} changes can be told from noise")
    else:
        text = say("本周无可判断变化", "No change can be told from noise this week")
    looked = say(
        f"{week_label(view.week)} 对比上周；看了 {len(found)} 格，{tested} 格样本足够可检验，其余是样本不足或波动",
        f"{week_label(view.week)} against the week before; {len(found)} cells looked at, "
        f"{tested} with enough answers to test",
    )
    shell.title(text, looked)
    draw(piece('<ul class="sq sq-list">{rows}</ul>', rows=joined(_line(cell) for cell in told[:MOST_CHANGES])))


def _line(cell: Found) -> Markup:
    metric = get_metric(cell.metric)
    return piece(
        '<li><span class="mark">{chip}</span><span><b>{who}</b> {metric} {before} → <b>{now}</b> '
        "<small>({n})</small></span></li>",
        chip=chip(cell.change),
        who=cell.who,
        metric=name_of(metric.label),
        before=value_text(metric, cell.before),
        now=value_text(metric, cell.now),
        n=n_text(cell.now),
    )


@kept_per_view
def looked_at(view: View) -> tuple[list[Found], int]:
    """Every channel and every team for every watched metric, this week against the one before, tested together."""
    cells = []
    for name in WATCHED:
        for dimension in ("channel", "team"):
            now, before = (
                {row.dims[dimension]: row.reading for row in readings(view, name, (dimension,), days)}
                for days in (view.this_week, view.last_week)
            )
            cells += [
                (shown(who), name, view.this_week.and_(**{dimension: who}), now[who], before[who])
                for who in now
                if who in before
            ]
    judged = compare_many([(now, before, get_metric(name).better) for _, name, _, now, before in cells])
    found = [Found(*cell, change) for cell, change in zip(cells, judged.changes, strict=True)]
    return sorted(found, key=lambda cell: cell.change.p if cell.change.p is not None else 2.0), judged.tested


@kept_per_view
def whole_changes(view: View) -> Changes:
    """The six cards' changes against the week before, tested together."""
    pairs = [
        (reading(view, n, view.this_week), reading(view, n, view.last_week), get_metric(n).better) for n in WATCHED
    ]
    return compare_many(pairs)


def six_cards(view: View) -> None:
    """The six figures of the week."""
    shell.section(
        say("六个数字", "Six figures"),
        say("每张卡：数值、95% 区间、n、目标；下方为近 13 周", "Value, 95% interval, n, target; below, thirteen weeks"),
    )
    changes = dict(zip(WATCHED, whole_changes(view).changes, strict=True))
    cards.row(view, WATCHED, changes, view.this_week, view.last_week)
