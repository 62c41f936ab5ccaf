"""The definition of a metric: formula, denominator, exclusions, reference, and the load of the figure."""

from __future__ import annotations

from markupsafe import Markup

from servq.metrics.metric import Metric
from servq.metrics.readings import EXCLUSIONS
from servq.records import Reading, Slice
from servq.ui.components.figures import get_metric, reading
from servq.ui.shell.language import joined_words, name_of, say
from servq.ui.shell.markup import joined, piece
from servq.ui.shell.numbers import n_text
from servq.ui.shell.url_state import address
from servq.ui.shell.view import View, kept_per_view


def facts(view: View, metric: Metric, found: Reading) -> list[tuple[str, str]]:
    """The facts beside a formula: (name, value for this figure)."""
    left_out = joined_words(f"{name_of(EXCLUSIONS[code])} {count:,}" for code, count in found.excluded.items())
    return [
        (say("分母", "denominator"), n_text(found)),
        (say("未计入", "left out"), left_out or say("无", "none")),
        (say("依据", "source"), name_of(metric.reference)),
        (say("载入编号", "load"), f"{view.snapshot.load_id}"),
    ]


def beside(view: View, metric: Metric, found: Reading) -> Markup:
    """A ⓘ that opens the definition over the page, at its figure; Escape or a click elsewhere closes it."""
    name = name_of(metric.label)
    place = f"definition-{metric.name}"
    return piece(
        '<button type="button" class="sq-info" popovertarget="{place}" aria-label="{open_}" title="{open_}">ⓘ</button>'
        '<div popover class="sq sq-defined sq-over" id="{place}" role="dialog" aria-label="{open_}"><b>{name}</b>'
        "<p>{ask}</p>{body}</div>",
        place=place,
        open_=say(f"{name}：口径", f"{name}: definition"),
        name=name,
        ask=name_of(metric.question),
        body=_body(view, metric, found),
    )


@kept_per_view
def folded(view: View, name: str, slice_: Slice) -> Markup:
    """A definition beneath one line that opens it, for a dialog."""
    return piece(
        '<details class="sq sq-defined"><summary>{head}</summary>{body}</details>',
        head=say(
            "口径：公式、分母、未计入、依据、载入编号", "Definition: formula, denominator, left out, source, load"
        ),
        body=_body(view, get_metric(name), reading(view, name, slice_)),
    )


def _body(view: View, metric: Metric, found: Reading) -> Markup:
    """Formula, facts, and the link to the metric's own form on 口径."""
    return piece(
        '<p>{how}</p><dl>{facts}</dl><a class="sq-link" href="{to}" target="_self">{more}</a>',
        how=name_of(metric.formula),
        to=address("definitions", view, metric=metric.name),
        more=say("在“口径”中打开 ›", "Open among the definitions ›"),
        facts=joined(piece("<dt>{name}</dt><dd>{told}</dd>", name=a, told=b) for a, b in facts(view, metric, found)),
    )
