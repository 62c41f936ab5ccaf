"""The texts of promises: published words, date, and test."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from servq.formatting import format_value
from servq.standards import Promise
from servq.standards.promise_text import TESTED_BY
from servq.ui.components.figures import get_metric
from servq.ui.shell.language import language, name_of, say
from servq.ui.shell.markup import joined, piece


def published(promises: Sequence[Promise]) -> Markup:
    """The place and date of a promise, and the figure that tests it."""
    lines = [
        piece(
            '<tr><td class="left">“{text}”</td><td class="left">{where}</td>'
            '<td class="left"><span class="sq-whole">{since}</span></td><td class="left">{by} {what}</td></tr>',
            text=say(promise.text, promise.text_en or promise.text),
            where=promise.published_where,
            since=_since(promise),
            by=name_of(TESTED_BY[promise.tested_by]),
            what=f"{subject(promise)} {_threshold(promise)}",
        )
        for promise in promises
    ]
    heads = (say("承诺", "Promise"), say("公布在", "Published"), say("自", "Since"), say("用什么检验", "Tested by"))
    return piece(
        '<div class="sq sq-scroll"><table class="sq-table"><tr>{heads}</tr>{lines}</table></div>',
        heads=joined(piece('<th class="left">{head}</th>', head=head) for head in heads),
        lines=joined(lines),
    )


def _since(promise: Promise) -> str | Markup:
    """The day of publication, and the first day of this version if it is another one."""
    if promise.valid_from == promise.published_on:
        return str(promise.published_on)
    return piece(
        "{since}<br>{so}",
        since=str(promise.published_on),
        so=say(f"本版自 {promise.valid_from}", f"so from {promise.valid_from}"),
    )


def subject(promise: Promise) -> str:
    """The label of a promise's test."""
    return name_of(get_metric(promise.subject).label) if promise.tested_by == "question" else promise.subject


def _threshold(promise: Promise) -> str:
    """The threshold with its unit."""
    if promise.threshold is None:
        return ""
    unit = get_metric(promise.subject).unit if promise.tested_by == "question" else "percent"
    return f"{'≤' if promise.better == 'lower' else '≥'} {format_value(promise.threshold, unit, language())}"
