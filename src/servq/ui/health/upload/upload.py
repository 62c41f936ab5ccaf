"""The tab 载入文件: the choice of source, map and file, the preview, and the load.

Owns the order of the steps. The modules upload_* preview, show and load a file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st
from markupsafe import Markup

from servq.errors import FileRefused, ServqError
from servq.ingest.preview import FilePreview, preview
from servq.loaders.maps.map import Map
from servq.loaders.maps.map_writer import kept_map, kept_maps
from servq.loaders.sources.catalog import SOURCES
from servq.settings import read_settings
from servq.ui.health.upload import (
    upload_corrected,
    upload_drop,
    upload_finding,
    upload_form,
    upload_many,
    upload_map,
    upload_report,
    upload_shape,
    upload_shown,
)
from servq.ui.health.upload.upload_choice import Wanted
from servq.ui.health.upload.upload_file import harmless, private_file
from servq.ui.shell import permissions, shell
from servq.ui.shell.language import say
from servq.ui.shell.markup import draw
from servq.ui.shell.url_state import choice
from servq.ui.shell.view import View

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

BY_NAME, BY_HAND = "by-name", "by-hand"
"""The ways in which headers find their columns: by name, or by the reader's choice; else the name of a kept map."""

_LOOKED, _ROUND = "upload-looked", "upload-round"
_KEPT = 50
"""Looks that are kept: as many as files may lie in the place at once without being looked at again."""


def wanted(view: View) -> Wanted:
    """The reader's choice. Ends the run while there is no file."""
    draw(Markup(upload_shown.SHEET))
    if not permissions.may("action:load"):
        upload_finding.not_here()
    done = upload_report.running_or_done(view)
    title = st.container()
    if done:
        shell.section(say("再载入一份", "Load another"))
    source, how = _how()
    files = upload_drop.drop(f"upload-file-{st.session_state.get(_ROUND, 0)}", _put_away)
    if not files:
        if not done:
            with title:
                upload_finding.begin_here()
            upload_drop.expected(source)
        st.stop()
    found = [_found(file, source, how) for file in files]
    with title:
        return _the_only_one(view, found)


def _the_only_one(view: View, found: Sequence[Wanted]) -> Wanted:
    """The file, where it is one and no corrected quarantine; else what is offered then, and the end of the run."""
    one = found[0]
    if len(found) > 1:
        upload_many.offer(view, found, partial(next_files, [other.file for other in found]))
        st.stop()
    if upload_corrected.is_one(one.look):
        upload_corrected.offer(view, one.file, next_file)
        st.stop()
    upload_finding.finding(one.name, one.source, one.look)
    return one


def _how() -> tuple[str, str]:
    """The source, and how headers find their columns."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="upload-bar"):
        source = choice("source", say("这是什么数据", "What it is"), {n: s.label for n, s in SOURCES.items()}, 220)
        names = [BY_NAME, BY_HAND, *kept_maps(read_settings().home, source)]
        key = f"upload-how-{source}"
        if st.session_state.get(key, BY_NAME) not in names:
            st.session_state[key] = BY_NAME
        how: str = st.selectbox(
            say("列怎样对应", "How columns match"),
            names,
            key=key,
            format_func=_named,
            width=300,
            persist_state="session",
        )
    return source, how


def _found(file: UploadedFile, source: str, how: str) -> Wanted:
    """The file as it would be loaded; with a map that makes no sense it would not."""
    read = upload_map.read_options(source) | upload_shape.table(source) if how == BY_HAND else {}
    try:
        map_ = None if how == BY_NAME else _map(source, how)
    except ServqError as error:
        return Wanted(file, source, how, None, replace(_look(file, source, None, read), refused=error))
    return Wanted(file, source, how, map_, _look(file, source, map_, read))


def _map(source: str, how: str) -> Map | None:
    return upload_map.made(source) if how == BY_HAND else kept_map(read_settings().home, source, how)


def _named(how: str) -> str:
    usual = {BY_NAME: say("按列名识别", "By their names"), BY_HAND: say("逐列指定", "As I say, column by column")}
    return usual.get(how) or say(f"映射：{how}", f"Map: {how}")


def _look(file: UploadedFile, source: str, map_: Map | None, read: Mapping[str, Any]) -> FilePreview:
    """The first look, kept while file, map and reading stay the same; it belongs to this reader alone."""
    key = (file.file_id, source, map_.sha256 if map_ else "", repr(sorted(read.items())))
    kept: dict[tuple[str, ...], FilePreview] = st.session_state.setdefault(_LOOKED, {})
    if key in kept:
        return kept[key]
    home = read_settings().home
    try:
        with private_file(file.getbuffer(), file.name, home) as path:
            look = preview(path, source, map_, dict(read), home)
    except OSError as error:
        said = error.strerror or ""
        look = FilePreview(
            FileRefused(f"文件无法暂存：{said}", f"the file cannot be set down: {said}", where=harmless(file.name))
        )
    if len(kept) >= _KEPT:
        kept.pop(next(iter(kept)))
    kept[key] = look
    return look


def _put_away() -> None:
    """A new file takes the place of the last one's report (a widget's callback)."""
    st.session_state.pop(upload_report.JOB, None)


def next_file(file: UploadedFile) -> None:
    """Empty the place for a file, and forget this one and the look at it."""
    next_files([file])


def next_files(files: Sequence[UploadedFile]) -> None:
    """The same for several."""
    for file in files:
        upload_drop.let_go(file)
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    st.session_state.pop(_LOOKED, None)


def map_form(found: Wanted) -> None:
    """The form for a map, where the reader asks for one; where only the columns do not match, the button to it."""
    if found.how == BY_HAND:
        upload_form.form(found.source, found.look, found.map_)
    elif found.how == BY_NAME and found.look.refused is not None and found.look.facts is not None:
        if found.look.looks_like is not None:
            label, table = found.look.looks_like
            tool_zh, tool_en = label.zh, label.en  # of a map that ships with servq
            st.button(
                say(
                    f"像是 {tool_zh} 的导出：按它填好，只补缺的 ›",
                    f"Looks like an export of {tool_en}: fill it in, I add what is missing ›",
                ),
                type="primary",
                key="upload-known",
                on_click=_as_known,
                args=(found.source, table),
            )
        st.button(
            say("逐列指定 ›", "Say which column is which ›"),
            key="upload-by-hand",
            on_click=_by_hand,
            args=(found.source,),
        )


def _by_hand(source: str) -> None:
    st.session_state[f"upload-how-{source}"] = BY_HAND


def _as_known(source: str, table: Mapping[str, Any]) -> None:
    upload_map.fill_in(SOURCES[source], table)
    _by_hand(source)
