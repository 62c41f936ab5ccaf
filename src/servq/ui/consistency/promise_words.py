"""The texts of promises: published words, date, and test."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from servq.formatting import format_value
from servq.standards import Pledge
from servq.standards.promise_text import TESTED_BY
from servq.ui.components.figures import get_metric
from servq.ui.shell.language import language, name_of, say
from servq.ui.shell.markup import joined, piece


def published(pledges: Sequence[Pledge]) -> Markup:
    """The place and date of a promise, and the figure that tests it."""
    lines = [
        piece(
            '<tr><td class="left">“{text}”</td><td class="left">{where}</td>'
            '<td class="left"><span class="sq-whole">{since}</span></td><td class="left">{by} {what}</td></tr>',
            text=say(pledge.text, pledge.text_en or pledge.text),
            where=pledge.published_where,
            since=_since(pledge),
            by=name_of(TESTED_BY[pledge.tested_by]),
            what=f"{subject(pledge)} {_threshold(pledge)}",
        )
        for pledge in pledges
    ]
    heads = (say("承诺", "Promise"), say("公布在", "Published"), say("自", "Since"), say("用什么检验", "Tested by"))
    return piece(
        '<div class="sq sq-scroll"><table class="sq-table"><tr>{heads}</tr>{lines}</table></div>',
        heads=joined(piece('<th class="left">{head}</th>', head=head) for head in heads),
        lines=joined(lines),
    )


def _since(pledge: Pledge) -> str | Markup:
    """The day of publication, and the first day of this version if it is another one."""
    if pledge.valid_from == pledge.published_on:
        return str(pledge.published_on)
    return piece(
        "{since}<br>{so}",
        since=str(pledge.published_on),
        so=say(f"本版自 {pledge.valid_from}", f"so from {pledge.valid_from}"),
    )


def subject(pledge: Pledge) -> str:
    """The label of a promise's test."""
    return name_of(get_metric(pledge.subject).label) if pledge.tested_by == "question" else pledge.subject


def _threshold(pledge: Pledge) -> str:
    """The threshold with its unit."""
    if pledge.threshold is None:
        return ""
    unit = get_metric(pledge.subject).unit if pledge.tested_by == "question" else "percent"
    return f"{'≤' if pledge.better == 'lower' else '≥'} {format_value(pledge.threshold, unit, language())}"
