"""Permission to change data from a page, decided only here."""

from __future__ import annotations

import streamlit as st

from servq.errors import UsageError
from servq.ui.shell import shell
from servq.ui.shell.language import say

_HERE = {"127.0.0.1", "localhost", "::1"}


def may_change() -> bool:
    """Whether this reader may load or correct data. There is no sign-in: only where no other machine is served."""
    return st.get_option("server.address") in _HERE


def insist() -> None:
    """Refuse a change by a reader without permission, whatever was drawn for them.

    Raises:
        UsageError: this reader may change nothing.
    """
    if not may_change():
        raise UsageError(
            "您不能在这里修改数据",
            "you may change nothing here",
            hint_zh="请在命令行操作",
            hint_en="Use the command line",
        )


def not_here() -> None:
    """The reason why nothing can be loaded or corrected here, and the alternative."""
    shell.note(
        say(
            "本看板可从其他机器打开，又没有登录：请在命令行操作（servq load、servq quarantine retry），"
            "或让看板只监听 127.0.0.1。",
            "This dashboard can be opened from other machines and nobody signs in: use the command line "
            "(servq load, servq quarantine retry), or let it listen to 127.0.0.1 only.",
        )
    )
