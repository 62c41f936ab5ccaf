"""A corrected quarantine file handed back: its number of rows, and the button that retries them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from servq.errors import ServqError
from servq.exports import is_how, without_guard
from servq.ingest.load import Progress
from servq.ingest.preview import FilePreview
from servq.ingest.quarantine.corrected import HEADERS, read_corrections
from servq.ingest.quarantine.retry import retry
from servq.records import LoadReport
from servq.settings import read_settings
from servq.ui.health.upload import upload_report
from servq.ui.health.upload.upload_file import harmless, private_file
from servq.ui.health.upload.upload_job import Job
from servq.ui.shell import permissions, shell
from servq.ui.shell.language import say
from servq.ui.shell.markup import draw
from servq.ui.shell.view import View

if TYPE_CHECKING:
    from collections.abc import Callable

    from streamlit.runtime.uploaded_file_manager import UploadedFile

Corrections = Mapping[int, Mapping[str, str]]


def is_one(look: FilePreview) -> bool:
    """Whether a file is our own export of the quarantine: it has the column of row ids."""
    return look.facts is not None and HEADERS["quarantine_id"] in look.facts.headers


def offer(view: View, file: UploadedFile, clear: Callable[[UploadedFile], None]) -> None:
    """The corrected cells, and the button that retries the rows.

    Args:
        clear: called when the file is taken, so that the place is free for the next.
    """
    name = harmless(file.name)
    try:
        with private_file(file.getbuffer(), file.name, read_settings().home) as path:
            corrections = _read(view, path)
    except ServqError as error:
        shell.title(say("这份更正还不能载入", "These corrections cannot be loaded yet"), name)
        draw(shell.error_box(error))
        return
    changed = sum(1 for said in corrections.values() if said)
    shell.title(
        say(
            f"更正过的隔离区：{len(corrections):,} 行等待重试，其中 {changed:,} 行有改动",
            f"Corrected quarantine: {len(corrections):,} rows to try again, {changed:,} of them changed",
        ),
        say(f"{name} · 仍不可信的行会继续等待", f"{name} · rows that are still not trusted wait on"),
    )
    newer = st.checkbox(
        say("与已有内容冲突的行，以更正为准", "Where a row contradicts what is known, it counts"), key="upload-newer"
    )
    st.button(
        say("更正后重新载入", "Load them as corrected"),
        type="primary",
        key="upload-retry",
        disabled=not corrections,
        on_click=_begin,
        args=(view, file, corrections, newer, clear),
    )


def _read(view: View, path: Path) -> Corrections:
    return read_corrections(view.snapshot.warehouse, path, says=is_how, plain=without_guard)


def _begin(
    view: View, file: UploadedFile, corrections: Corrections, newer: bool, clear: Callable[[UploadedFile], None]
) -> None:
    """Start trying them (a widget's callback)."""
    if not permissions.still_may("action:quarantine"):
        return
    warehouse, home, name = view.snapshot.warehouse, read_settings().home, harmless(file.name)

    def work(progress: Progress) -> LoadReport:
        return LoadReport.of_several(name, retry(warehouse, home, corrections, replace=newer, progress=progress))

    job = Job(name, work)
    job.start()
    st.session_state[upload_report.JOB] = job
    clear(file)
