"""The headline of 渠道一致性: broken promises and differences, then consistent channels and missing answers."""

from __future__ import annotations

from servq.query.channels.channel_sentences import ChannelSentences, channel_sentences
from servq.ui.components import drill
from servq.ui.consistency.consistency import OTHERS, together
from servq.ui.consistency.promise_verdicts import tested
from servq.ui.shell import shell
from servq.ui.shell.language import name_of
from servq.ui.shell.view import View, kept_per_view


def headline(view: View) -> None:
    """Broken promises and differences in one sentence; beneath it how many channels are consistent, and which."""
    found = _sentences(view)
    beneath = [*map(name_of, found.beneath), drill.describe(view.period)]
    shell.title(name_of(found.first), " · ".join(beneath))


@kept_per_view
def _sentences(view: View) -> ChannelSentences:
    return channel_sentences(view.snapshot, view.slice_, view.week, together(view, OTHERS), tested(view))
