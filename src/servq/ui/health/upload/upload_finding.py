"""The title of 载入文件: whether a file can be loaded as it is, and the next step before there is one."""

from __future__ import annotations

from typing import NoReturn

import streamlit as st

from servq.ingest.preview import FilePreview
from servq.loaders.sources.catalog import get_source
from servq.ui.shell import permissions, shell
from servq.ui.shell.language import name_of, say
from servq.ui.shell.markup import draw


def begin_here() -> None:
    """The title before there is a file."""
    shell.title(
        say("载入一份文件", "Load a file"),
        say("先核对读得对不对，再整份载入；确认之前什么都不写入", "See how it is read, then load all of it or nothing"),
    )


def not_here() -> NoReturn:
    """The title where nobody may load from a page; ends the run."""
    shell.title(say("这里不能载入文件", "Files cannot be loaded here"))
    permissions.not_here()
    st.stop()


def finding(name: str, source: str, look: FilePreview) -> None:
    """Whether a file can be loaded as it is, in one sentence."""
    label = name_of(get_source(source).label)
    if look.refused is not None or look.facts is None:
        matched = len(look.facts.columns) if look.facts is not None else 0
        so_far = say(f" · {matched} 列已对应", f" · {matched} columns match") if matched else ""
        shell.title(say("这份文件还不能载入", "This file cannot be loaded yet"), f"{name} → {label}{so_far}")
        if look.refused is not None:
            draw(shell.error_box(look.refused))
        return
    columns = len(look.facts.columns)
    shell.title(
        say(
            f"读懂了：{_rows(look)}{columns} 列已对应，{_found(look)}",
            f"Understood: {_rows(look)}{columns} columns match, {_found(look)}",
        ),
        f"{name} → {label} · {say('还没有载入', 'not loaded yet')}",
    )


def _found(look: FilePreview) -> str:
    """The number of previewed rows that would count in no figure, with reasons."""
    told = []
    if look.unanswered:
        told.append(say(f"{look.unanswered:,} 行未作答", f"{look.unanswered:,} rows not answered"))
    if look.left_out:
        told.append(say(f"{look.left_out:,} 行按规则排除", f"{look.left_out:,} rows left out by rule"))
    if look.bad:
        told.append(say(f"{look.bad:,} 行要隔离", f"{look.bad:,} rows to be set aside"))
    if not told:
        return say("没有发现问题", "no problem found")
    if look.whole:
        return say("其中 ", "") + say("，", ", ").join(told)
    first = f"{look.rows_read:,}"  # of the rest nothing is known yet
    return say(f"前 {first} 行中 ", "") + say("，", ", ").join(told) + say("", f" of the first {first}")


def _rows(look: FilePreview) -> str:
    """The number of rows, as far as it is known."""
    if look.rows_expected is None:
        return ""
    about = "" if look.whole else say("约 ", "about ")
    return f"{about}{look.rows_expected:,}{say(' 行，', ' rows, ')}"
