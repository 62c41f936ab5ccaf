"""The sentence that groups overlap, beside figures cut by a dimension of which answers may have several values."""

from __future__ import annotations

from servq.ui.shell import shell
from servq.ui.shell.language import say
from servq.ui.shell.view import View


def note(view: View, *dimensions: str) -> None:
    """Say it, where it is so."""
    if view.snapshot.overlap(dimensions):
        shell.note(
            say(
                "分组有重叠：一份答卷可属几个客群，各组之和大于总数；客群之间不互相比较。",
                "Groups overlap: an answer may be in several segments, so that they exceed the whole; segments are not "
                "compared with each other.",
            )
        )
