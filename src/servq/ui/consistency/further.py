"""Findings of the pages behind 渠道一致性, a line each with a link."""

from __future__ import annotations

from markupsafe import Markup

from servq.records import Label
from servq.ui.components import journey_sentence, overlap_sentence
from servq.ui.components.figures import reading
from servq.ui.consistency import lenses
from servq.ui.shell import shell
from servq.ui.shell.language import name_of, say
from servq.ui.shell.markup import draw, joined, piece
from servq.ui.shell.menu import called
from servq.ui.shell.url_state import address
from servq.ui.shell.view import View

_FOUND = {
    "journey": journey_sentence.in_one_sentence,
    "lenses": lenses.in_one_sentence,
    "silos": overlap_sentence.in_one_sentence,
}
"""Page -> its first sentence."""

_COUNT_CUSTOMERS = frozenset({"journey", "silos"})
"""Pages that look at every answer of the period, which week cells cannot tell."""

_MOST_ANSWERS = 50_000
"""Of more, those pages say what they found when they are opened: this one is to be there at once."""

_BREAKS = Label("服务断层", "Service breaks")
"""The label of the finding from the customer journey."""


def pages_behind(view: View) -> None:
    """Service breaks, the three sources and channel overlap, each in its own page's words."""
    shell.section(say("跨渠道还看到什么", "What else is seen across channels"))
    draw(piece('<ul class="sq sq-list">{lines}</ul>', lines=joined(_line(view, name) for name in _FOUND)))


def _line(view: View, name: str) -> Markup:
    return piece(
        '<li><span><a class="sq-link" href="{to}" target="_self">{page} ›</a> {found}</span></li>',
        to=address(name, view),
        page=name_of(_BREAKS if name == "journey" else called(name)),
        found=_found(view, name),
    )


def _found(view: View, name: str) -> str:
    if name in _COUNT_CUSTOMERS and reading(view, "responses", view.period).n > _MOST_ANSWERS:
        return say("答卷很多，打开该页时再逐客户比较", "many answers: customers are compared when the page is opened")
    return _FOUND[name](view)
