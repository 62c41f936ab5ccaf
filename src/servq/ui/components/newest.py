"""A sentence under a figure that rests on the newest answers only, because the period holds more than are read."""

from __future__ import annotations

from servq.query.newest import newest_only
from servq.records import Slice
from servq.ui.shell import shell
from servq.ui.shell.language import say
from servq.ui.shell.view import View


def rests_on(view: View, slice_: Slice) -> None:
    """Say how many of a slice's answers are looked at; nothing where it is all of them."""
    part = newest_only(view.snapshot, slice_)
    if part is not None:
        shell.note(
            say(
                f"只看最新的 {part.counted:,} 份答卷（该范围共 {part.of:,} 份）；缩短周期或加筛选，可看全部",
                f"rests on the newest {part.counted:,} of {part.of:,} answers: a shorter period or a filter shows all",
            )
        )
