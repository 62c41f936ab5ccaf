"""Several files dropped at once: the detected format of each, and one button for all of them.

Owns the table before the load, and the order: file after file, each whole or not at all. upload_each.py shows the
outcomes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import streamlit as st
from markupsafe import Markup

from servq.errors import FileRefused, ServqError, UsageError
from servq.ingest.load import Progress, load_file
from servq.records import LoadReport
from servq.settings import read_settings
from servq.ui.health.upload import upload_corrected, upload_report
from servq.ui.health.upload.upload_file import private_file
from servq.ui.health.upload.upload_job import Job
from servq.ui.shell import permissions, shell
from servq.ui.shell.language import say
from servq.ui.shell.markup import draw, joined, piece
from servq.ui.shell.view import View

if TYPE_CHECKING:
    from servq.ui.health.upload.upload_choice import Wanted


def offer(view: View, found: Sequence[Wanted], clear: Callable[[], None]) -> None:
    """The detected format of each file, and the button that loads those that can be loaded.

    Args:
        clear: called when they are taken, so that the place is free for the next.
    """
    ready = [one for one in found if one.look.refused is None and not upload_corrected.is_one(one.look)]
    shell.title(
        say(f"{len(found)} 份文件，{len(ready)} 份可以载入", f"{len(found)} files, {len(ready)} can be loaded"),
        say(
            "每份各自整份载入，或一行也不载入；想看某一份怎样读，请单独拖入",
            "Each is loaded whole or not at all; drop one alone to see how it is read",
        ),
    )
    draw(_before(found))
    replace = st.checkbox(
        say("编号相同而内容不同的行，以这些文件为准", "Where an id is known with other content, these files count"),
        key="upload-replace",
    )
    st.button(
        say(f"确认载入 {len(ready)} 份", f"Load {len(ready)} files"),
        type="primary",
        key="upload-load-all",
        disabled=not ready,
        on_click=_begin,
        args=(view, ready, replace, clear),
    )


def _before(found: Sequence[Wanted]) -> Markup:
    lines = [piece("<tr><td>{name}</td><td>{said}</td></tr>", name=one.name, said=_understood(one)) for one in found]
    return piece(
        '<div class="sq sq-scroll"><table class="sq-table sq-first">{lines}</table></div>', lines=joined(lines)
    )


def _understood(one: Wanted) -> str:
    look = one.look
    if look.refused is not None:
        return say(f"不能载入：{look.refused.zh}", f"cannot be loaded: {look.refused.en}")
    if upload_corrected.is_one(look):
        return say("这是更正过的隔离区，请单独载入", "corrected quarantine: load it alone")
    columns = len(look.facts.columns) if look.facts is not None else 0
    rows = "" if look.rows_expected is None else say(f"{look.rows_expected:,} 行，", f"{look.rows_expected:,} rows, ")
    bad = say(f"，看到 {look.bad:,} 行要隔离", f", {look.bad:,} rows seen to be set aside") if look.bad else ""
    return say(f"读懂了：{rows}{columns} 列已对应{bad}", f"understood: {rows}{columns} columns match{bad}")


def _begin(view: View, ready: Sequence[Wanted], replace: bool, clear: Callable[[], None]) -> None:
    """Start the loads and make room for the next files (a widget's callback)."""
    if not permissions.still_may("action:load"):
        return
    warehouse, home = view.snapshot.warehouse, read_settings().home
    files = [(one.name, one.file.name, one.file.getbuffer(), one.source, one.map_) for one in ready]
    each: list[LoadReport] = []

    def load(progress: Progress) -> LoadReport:
        for place, (name, sent, content, source, map_) in enumerate(files):
            before = sum(report.rows_read for report in each)
            try:
                with private_file(content, sent, home) as path:
                    report = load_file(
                        warehouse,
                        home,
                        path,
                        source,
                        map_,
                        origin="upload",
                        replace=replace,
                        progress=_further(progress, before),
                    )
                each.append(report)
            except (FileRefused, UsageError) as error:
                each.append(LoadReport(name, source, "refused", message=error.message))
            except ServqError as error:  # stopped, or no warehouse any more: the rest is not tried
                each.extend(LoadReport(left, source, "refused", message=error.message) for left, *_ in files[place:])
                break
        return together(say(f"{len(files)} 份文件", f"{len(files)} files"), each)

    expected = [one.look.rows_expected for one in ready]
    job = Job(
        say(f"{len(files)} 份文件", f"{len(files)} files"), load, sum(filter(None, expected)) if all(expected) else None
    )
    job.each = each
    job.start()
    st.session_state[upload_report.JOB] = job
    clear()


def _further(progress: Progress, before: int) -> Progress:
    """The progress of one file as that of all: the rows of the files before it count too."""
    return lambda rows: progress(before + rows)


def together(name: str, reports: Sequence[LoadReport]) -> LoadReport:
    """The reports of several loads as one, with their counts added up; files known already add nothing.

    Raises:
        FileRefused: none of them could be loaded.
    """
    loaded = [report for report in reports if report.status == "loaded"]
    known = [report for report in reports if report.status == "unchanged"]
    if not loaded and not known:
        raise FileRefused("没有一份载入成功，原因见下表", "none of the files could be loaded; see below", where=name)
    if not loaded:
        return LoadReport(name, known[0].source, "unchanged", rows_read=sum(report.rows_read for report in known))
    return LoadReport.of_several(name, loaded)
