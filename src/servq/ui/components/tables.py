"""Plain tables: heads above, texts at the left, figures at the right; they scroll inside their own frame."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from markupsafe import Markup

from servq.ui.shell.markup import joined, piece


def table(heads: Sequence[str], rows: Iterable[Sequence[object]], words: Collection[int] = ()) -> Markup:
    """A table; every cell is escaped unless it is a piece already.

    Args:
        words: the columns that hold words; the first one does without being named.
    """
    return piece(
        '<div class="sq sq-scroll"><table class="sq-table"><tr>{heads}</tr>{rows}</table></div>',
        heads=joined(
            piece('<th class="{kind}">{cell}</th>', kind=_kind(at, words), cell=h) for at, h in enumerate(heads)
        ),
        rows=joined(
            piece(
                "<tr>{cells}</tr>",
                cells=joined(
                    piece('<td class="{kind}">{cell}</td>', kind=_kind(at, words), cell=cell)
                    for at, cell in enumerate(row)
                ),
            )
            for row in rows
        ),
    )


def _kind(place: int, words: Collection[int]) -> str:
    return "left" if place in words else ""
