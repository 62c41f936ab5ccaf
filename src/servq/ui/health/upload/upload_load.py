"""The button that loads a previewed file, and the load that it begins."""

from __future__ import annotations

import streamlit as st

from servq.ingest.load import Progress, load_file
from servq.records import LoadReport
from servq.settings import read_settings
from servq.ui.health.upload import upload_report
from servq.ui.health.upload.upload import next_file
from servq.ui.health.upload.upload_choice import Wanted
from servq.ui.health.upload.upload_file import private_file
from servq.ui.health.upload.upload_job import Job
from servq.ui.shell import permissions, shell
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
    questionnaire = _questionnaire(found)
    st.button(
        say("确认载入", "Load it"),
        type="primary",
        key="upload-load",
        on_click=_begin,
        args=(view, found, replace, questionnaire),
    )


def _questionnaire(found: Wanted) -> str:
    """The name of the questionnaire, asked where ids merely number its rows; "" elsewhere."""
    if found.look.facts is None or not found.look.facts.running_ids:
        return ""
    return st.text_input(
        say(
            "这是哪份问卷（编号只是序号，只在一份问卷里唯一）",
            "Which questionnaire it is (its ids merely number the rows)",
        ),
        key="upload-questionnaire",
        placeholder=say("例如：2026 年 10 月满意度", "for example: satisfaction, October 2026"),
        help=say(
            "只载入一份这样的问卷时可以留空。有几份时给每份一个名称，同一份每次都用同一个名称。",
            "May stay empty while there is one such questionnaire. Where there are several, each has its own name.",
        ),
    )


def _begin(view: View, found: Wanted, replace: bool, questionnaire: str = "") -> None:
    """Start the load and make room for the next file (a widget's callback)."""
    if not permissions.still_may("action:load"):
        return
    warehouse, home = view.snapshot.warehouse, read_settings().home
    content, name, source, map_ = found.file.getbuffer(), found.file.name, found.source, found.map_

    def load(progress: Progress) -> LoadReport:
        with private_file(content, name, home) as path:
            return load_file(
                warehouse,
                home,
                path,
                source,
                map_,
                origin="upload",
                replace=replace,
                questionnaire=questionnaire,
                progress=progress,
            )

    job = Job(found.name, load, found.look.rows_expected)
    job.start()
    st.session_state[upload_report.JOB] = job
    next_file(found.file)
