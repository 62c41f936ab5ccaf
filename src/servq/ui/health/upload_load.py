"""The button that loads a file which was looked at, and the load that it begins."""

from __future__ import annotations

import streamlit as st

from servq.ingest.load import Progress, load_file
from servq.records import LoadReport
from servq.settings import read_settings
from servq.ui.health import upload_report
from servq.ui.health.upload import Wanted, next_file
from servq.ui.health.upload_file import private_file
from servq.ui.health.upload_job import Job
from servq.ui.shell import shell
from servq.ui.shell.language import say
from servq.ui.shell.view import View


def confirm(view: View, found: Wanted) -> None:
    """Load all of it, or not one row; nothing is offered for a file that is refused."""
    if found.look.refused is not None:
        return
    shell.section(say("载入", "Load"), say("整份载入，或一行也不载入", "All of it, or not one row"))
    replace = st.checkbox(
        say("编号相同而内容不同的行，以本文件为准", "Where an id is known with other content, this file counts"),
        key="upload-replace",
        help=say(
            "不勾选时，更新时间较新的一份为准；没有更新时间的作为冲突进入隔离区。",
            "Otherwise the newer update time counts, and rows without one are set aside as conflicts.",
        ),
    )
    st.button(
        say("确认载入", "Load it"), type="primary", key="upload-load", on_click=_begin, args=(view, found, replace)
    )


def _begin(view: View, found: Wanted, replace: bool) -> None:
    """Start the load and make room for the next file (a widget's callback)."""
    warehouse, home = view.snapshot.warehouse, read_settings().home
    content, name, source, map_ = found.file.getbuffer(), found.file.name, found.source, found.map_

    def load(progress: Progress) -> LoadReport:
        with private_file(content, name, home) as path:
            return load_file(warehouse, home, path, source, map_, origin="upload", replace=replace, progress=progress)

    job = Job(found.name, load, found.look.rows_expected)
    job.start()
    st.session_state[upload_report.JOB] = job
    next_file(found.file)
