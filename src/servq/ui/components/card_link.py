"""The link from the rows of a cause to its improvement card."""

from __future__ import annotations

from servq.records import NOT_GIVEN, UNATTRIBUTED, Slice
from servq.ui.shell.language import say
from servq.ui.shell.markup import draw, piece
from servq.ui.shell.url_state import address
from servq.ui.shell.view import View

ABOUT = "about"
"""The cause that a card is to be made of stands in the link under this name."""

WITHIN = " › "
"""Between a category and what is inside it."""

OF_WORDS = (("cause_category",), ("cause",))
"""The causes of customers' own words: codes of the tree, which has their names."""

LEVELS = (("category",), ("category", "subcategory"), *OF_WORDS)
"""The causes that a card can be made of: the log's categories, from the largest down, and the causes of the words."""

UNKNOWN = frozenset({UNATTRIBUTED, NOT_GIVEN})
"""Values counted among the causes of words that are no causes."""


def link(view: View, slice_: Slice) -> None:
    """The link to an improvement card of the slice's cause; nothing where the slice names no cause."""
    named = dict(slice_.where)
    level = next((level for level in reversed(LEVELS) if named.keys() >= {*level}), ())
    path = [named[name] for name in level]
    if not path or any(len(values) > 1 for values in path) or (level in OF_WORDS and path[0][0] in UNKNOWN):
        return
    filters = {name: values[0] for name, values in named.items() if name in ("channel", "team") and len(values) == 1}
    to = address("cards", view, **{ABOUT: WITHIN.join(values[0] for values in path)}, **filters)
    label = say("为这个原因建改进卡 ›", "Make an improvement card of it ›")
    draw(piece('<a class="sq-link" href="{to}" target="_self">{label}</a>', to=to, label=label))
