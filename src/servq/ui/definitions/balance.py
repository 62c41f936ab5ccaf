"""The balance table: the five families of service quality, with the indicators that have data and those that do not."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from servq.metrics.catalog import METRICS
from servq.metrics.metric import FAMILIES, MISSED, Family
from servq.records import Label
from servq.ui.shell import shell
from servq.ui.shell.language import name_of, say
from servq.ui.shell.markup import draw, joined, piece
from servq.ui.shell.view import View


def balance(view: View) -> None:
    """Five lines: the family, its indicators with data, those whose source is not loaded, those that none gives."""
    held = view.snapshot.held
    fed = {name for name, metric in METRICS.items() if metric.needs <= held}
    bare = [name_of(label) for family, label in FAMILIES.items() if not _of(family) & fed]
    finding = say(
        f"五类指标：{'、'.join(bare)}没有任何数据" if bare else "五类指标都有数据",
        f"Five families: no data at all for {', '.join(bare)}" if bare else "Five families: all are fed by data",
    )
    shell.section(
        finding,
        say("一张记分卡不能只靠一条腿；空白也写出来", "A scorecard must not rest on one leg: blanks are shown too"),
    )
    draw(
        piece(
            '<div class="sq sq-scroll"><table class="sq-table"><tr><th>{family}</th><th class="left">{fed}</th>'
            '<th class="left">{waiting}</th><th class="left">{missed}</th></tr>{rows}</table></div>',
            family=say("类", "Family"),
            fed=say("有数据 ●", "fed ●"),
            waiting=say("有定义，尚未载入数据 ○", "defined, nothing loaded ○"),
            missed=say("尚无来源 ○", "no source yet ○"),
            rows=joined(_line(family, fed) for family in FAMILIES),
        )
    )


def _line(family: Family, fed: set[str]) -> Markup:
    names = [name for name in METRICS if name in _of(family)]
    return piece(
        '<tr><td><b>{family}</b></td><td class="left">{fed}</td><td class="left">{waiting}</td>'
        '<td class="left">{missed}</td></tr>',
        family=name_of(FAMILIES[family]),
        fed=_listed(METRICS[name].label for name in names if name in fed),
        waiting=_listed(METRICS[name].label for name in names if name not in fed),
        missed=_listed(MISSED[family]),
    )


def _of(family: Family) -> set[str]:
    return {name for name, metric in METRICS.items() if metric.family == family}


def _listed(labels: Iterable[Label]) -> str:
    return say("、", ", ").join(map(name_of, labels)) or "—"
