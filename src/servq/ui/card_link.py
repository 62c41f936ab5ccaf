"""The way from the rows of a cause to a cause card of it."""

from __future__ import annotations

from servq.records import Slice
from servq.ui.language import say
from servq.ui.linked import address
from servq.ui.markup import draw, piece
from servq.ui.view import View

ABOUT = "about"
"""The cause that a card is to be made of stands in the link under this name."""

WITHIN = " › "
"""Between a category and what is inside it."""

LEVELS = (("category",), ("category", "subcategory"))
"""What a card can be made of: dimensions from the category down."""


def link(view: View, kept: Slice) -> None:
    """From the rows of a cause to a card of it; nothing where the slice names no cause."""
    named = dict(kept.where)
    path = [named[name] for name in LEVELS[-1] if name in named]
    if not path or any(len(values) > 1 for values in path):
        return
    filters = {name: values[0] for name, values in named.items() if name in ("channel", "team") and len(values) == 1}
    to = address("cards", view, **{ABOUT: WITHIN.join(values[0] for values in path)}, **filters)
    label = say("为这个原因建因果卡 ›", "Make a cause card of it ›")
    draw(piece('<a class="sq-link" href="{to}" target="_self">{label}</a>', to=to, label=label))
