"""Who may change the data from a page: the one place that says so."""

from __future__ import annotations

import streamlit as st

from servq.errors import UsageError
from servq.ui.shell import shell
from servq.ui.shell.language import say

_HERE = {"127.0.0.1", "localhost", "::1"}


def may_change() -> bool:
    """Whether this reader may bring data in or mend it. Nobody signs in: only where none but this machine is served."""
    return st.get_option("server.address") in _HERE


def insist() -> None:
    """Refuse a change by a reader who may make none, whatever was drawn for them.

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
    """Why there is nothing to load or to mend with, and what to do instead."""
    shell.note(
        say(
            "本看板可从其他机器打开，又没有登录：请在命令行操作（servq load、servq quarantine retry），"
            "或让看板只监听 127.0.0.1。",
            "This dashboard can be opened from other machines and nobody signs in: use the command line "
            "(servq load, servq quarantine retry), or let it listen to 127.0.0.1 only.",
        )
    )
