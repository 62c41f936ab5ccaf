"""Representative comments of the week, good and bad, with the reason of their choice."""

from __future__ import annotations

from markupsafe import Markup

from servq.query.weekly.typical import typical_answers
from servq.ui.components import verbatims
from servq.ui.shell import shell
from servq.ui.shell.language import say
from servq.ui.shell.markup import draw, joined, piece
from servq.ui.shell.view import View, kept_per_view


def this_week(view: View) -> None:
    """Three comments each way, side by side."""
    shell.section(
        say("本周原声", "This week's words"),
        say(
            "选法：评分与文字一致（≤6 且负面、≥9 且正面），情感最鲜明，12–90 字；全部见“原声”页",
            "Chosen: score and text agree (≤6 and negative, ≥9 and positive), clearest sentiment, 12–90 characters",
        ),
    )
    for column, bad in zip(shell.two_columns(), (True, False), strict=True):
        with column:
            chosen = _chosen(view, bad)
            if chosen:
                draw(chosen)
            else:
                shell.note(say("本周没有这样的评论。", "No such comment this week."))


@kept_per_view
def _chosen(view: View, bad: bool) -> Markup | None:
    """The comments of one kind, drawn; None when there are none."""
    clearest = typical_answers(view.snapshot, view.this_week, bad=bad)
    if not clearest:
        return None
    return piece('<div class="sq">{rows}</div>', rows=joined(verbatims.response(row) for row in clearest))
