"""The frame of every page: title, language, filter bar, and the message when there is nothing to show."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from functools import wraps
from pathlib import Path, PurePath
from typing import Any, NoReturn

import streamlit as st
from markupsafe import Markup
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.scriptrunner import get_script_run_ctx

from servq.access.viewer import NotPermitted, NotSignedIn
from servq.errors import FileRefused, ServqError, WarehouseUnavailable
from servq.records import Label
from servq.text.masking.masking import mask
from servq.text.visible import visible
from servq.ui.shell import filters, permissions, remembered, store, tabs, theme
from servq.ui.shell.language import ENGLISH, language, name_of, say, switch
from servq.ui.shell.markup import draw, joined, piece
from servq.ui.shell.menu import called, path_of
from servq.ui.shell.view import View

_LOG = logging.getLogger("servq")

LOOK_AGAIN_SECONDS = 5
"""The seconds after which a page that could not reach the warehouse tries again."""

_FAILED_AT = "failed_at"

_WITHOUT_DATA = frozenset({"health", "upload", "definitions", "model"})
"""Parts that say something before anything is loaded."""

LOGO = str(Path(__file__).parent / "static" / "logo.svg")


def open_page(name: str) -> View:
    """Open a page at the part that the link names: the first statement of each page.

    Ends the run with a sentence when there is nothing to show. What guards a page stands here, not in the router.
    """
    _admit(name)
    remembered.carry_on(filters.IN_EVERY_LINK)
    st.logo(LOGO, size="large")
    with st.sidebar:
        switch()
        permissions.signed_in_as()
    if not permissions.may(f"page:{name}"):
        draw(error_box(NotPermitted()))
        st.stop()
    part = tabs.open_part(name)
    try:
        shot = store.snapshot()
    except ServqError as error:
        _LOG.warning("page %s: %s", part, visible(mask(str(error))))
        failed(error)
    if not shot.weeks and part not in _WITHOUT_DATA:
        _nothing_yet()
    return filters.bar(shot, part)


def _admit(page: str) -> None:
    """Nothing is shown before it is known who looks."""
    theme.apply()
    try:
        permissions.admitted()
    except NotSignedIn:
        permissions.turn_away()
    except ServqError as error:
        _LOG.warning("page %s: %s", page, visible(mask(str(error))))
        failed(error)


def title(text: str, sub: str = "") -> None:
    """The page's finding in one sentence, and its basis."""
    draw(piece('<div class="sq"><h1 class="sq-title">{text}</h1><p class="sq-sub">{sub}</p></div>', text=text, sub=sub))


def section(heading: str, explained: str = "") -> None:
    """A part of a page: a finding as heading, unit and n beneath."""
    draw(
        piece(
            '<div class="sq sq-section"><h2>{heading}</h2><p>{explained}</p></div>',
            heading=heading,
            explained=explained,
        )
    )


def two_columns() -> tuple[DeltaGenerator, DeltaGenerator]:
    """Side by side on a wide screen, one under the other on a phone."""
    left, right = st.columns(2, gap="large")
    return left, right


def note(text: str, bad: bool = False) -> None:
    """A sentence set apart: an empty slice, a limit, a warning."""
    draw(piece('<div class="sq sq-note {bad}">{text}</div>', bad="bad" if bad else "", text=text))


def left_out(count: int, dimension: Label) -> None:
    """The number of groups that a chart has no room for; nothing when there is room for all."""
    if count > 0:
        what_zh, what_en = dimension.zh, dimension.en.lower()
        note(
            say(
                f"另有 {count} 个{what_zh}未画出；用筛选查看", f"{count} more ({what_en}) are not drawn: use the filter"
            )
        )


def groups_overlap(view: View, *dimensions: str) -> None:
    """The sentence that groups overlap, below figures that are cut by a dimension of which answers have several."""
    if view.snapshot.overlap(dimensions):
        note(
            say(
                "分组有重叠：一份答卷可属几个客群，各组之和大于总数；客群之间不互相比较。",
                "Groups overlap: an answer may be in several segments, so that they exceed the whole; segments are not "
                "compared with each other.",
            )
        )


def error_box(error: ServqError) -> Markup:
    """An error box with problem, hint and place, in the words of the command line; a file is shown by name, never by
    path."""
    what, hint = (error.zh, error.hint_zh) if language() == "zh" else (error.en, error.hint_en)
    return piece(
        '<div class="sq sq-note bad"><b>{what}</b><br>{hint}<br><small>{where}</small></div>',
        what=what,
        hint=hint,
        where=PurePath(error.where).name if isinstance(error, FileRefused) else error.where,
    )


def failed(error: ServqError) -> NoReturn:
    """Show the error and its hint, and end the run; the log has the rest."""
    draw(error_box(error))
    st.button(say("重试", "Try again"), key="retry")
    if isinstance(error, WarehouseUnavailable):
        st.session_state[_FAILED_AT] = time.monotonic()
        _come_back_alone()
    st.stop()


def plainly(draw_part: Callable[..., None]) -> Callable[..., None]:
    """A decorator that shows the error of a page or a part of it instead of failing."""

    @wraps(draw_part)
    def guarded(*arguments: Any, **named: Any) -> None:
        try:
            if _drawn_alone():
                permissions.admit()
            draw_part(*arguments, **named)
        except NotSignedIn:
            permissions.turn_away()
        except ServqError as error:
            _LOG.warning("%s: %s", getattr(draw_part, "__name__", ""), visible(mask(str(error))))
            failed(error)

    return guarded


def _drawn_alone() -> bool:
    """Whether only a dialog is drawn again, for which no page was opened in this run."""
    run = get_script_run_ctx()
    return run is not None and bool(run.fragment_ids_this_run)


@st.fragment(run_every=LOOK_AGAIN_SECONDS)
def _come_back_alone() -> None:
    """Draw the page again as soon as the warehouse answers, without being asked."""
    if time.monotonic() - st.session_state[_FAILED_AT] > LOOK_AGAIN_SECONDS / 2 and store.answers():
        st.rerun()


def how_to_begin() -> None:
    """The first commands, for a warehouse without data."""
    steps = (
        (say("载入自己的文件", "Load your own files"), _by_hand()),
        (say("先看示例数据", "Look at the sample first"), piece("<code>servq demo</code>")),
        (say("用命令行载入", "Load by the command line"), piece("<code>servq load surveys FILE.csv</code>")),
    )
    rows = joined(piece('<tr><td>{what}</td><td class="left">{how}</td></tr>', what=w, how=h) for w, h in steps)
    draw(piece('<div class="sq sq-scroll"><table class="sq-table sq-begin">{rows}</table></div>', rows=rows))


def _by_hand() -> Markup:
    """The way to where files are taken; a reader who speaks English stays with it."""
    return piece(
        '{begin}<a class="sq-link" href="{to}" target="_self">{page}</a>{end}',
        begin=say("在“", "Under "),
        to=path_of("upload") + ("" if language() == "zh" else f"&lang={ENGLISH}"),
        page=name_of(called("upload")),
        end=say("”选择或拖入一份", ": choose or drop one"),
    )


def _nothing_yet() -> NoReturn:
    title(
        say("仓库里还没有数据", "There are no data in the warehouse yet"),
        say(
            "载入任意一个来源后，这里就有数字；进度与对账见“数据健康”",
            "Load any source and figures appear here; see Data health",
        ),
    )
    how_to_begin()
    st.stop()
