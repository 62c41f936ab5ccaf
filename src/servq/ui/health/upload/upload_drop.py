"""The file field, and the description of an expected file above it.

Streamlit's own texts in the field are English: they are replaced by ours in the reader's language.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import streamlit as st
from markupsafe import Markup
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx

from servq.configuration import MIB, read_configuration
from servq.exports import csv_bytes
from servq.loaders.sources.catalog import get_source
from servq.loaders.sources.source import Source
from servq.settings import read_settings
from servq.ui.shell import shell
from servq.ui.shell.language import language, name_of, say
from servq.ui.shell.markup import draw, joined, piece

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

_HEADERS_SHOWN = 8

_WORDS = """<style>
[data-testid=stFileUploaderDropzone]{min-height:6.2rem;align-items:center;flex-wrap:wrap}
[data-testid=stFileUploaderDropzone]:not(:has([data-testid=stFileChips])){border:1.5px dashed #A9AEB2}
[data-testid=stFileUploaderDropzone]>span button p,[data-testid=stFileUploaderDropzoneInstructions] span,
[data-testid=stFileUploaderDropzone]>div:not([data-testid]):not(:has([data-testid])) span{font-size:0}
[data-testid=stFileUploaderDropzone]>span button p::after,[data-testid=stFileUploaderDropzoneInstructions] span::after,
[data-testid=stFileUploaderDropzone]>div:not([data-testid]):not(:has([data-testid])) span::after{font-size:.93rem}
[data-testid=stFileUploaderDropzone]>span button p::after{content:"%(choose)s"}
[data-testid=stFileUploaderDropzoneInstructions] span::after{content:"%(drag)s"}
[data-testid=stFileUploaderDropzone]>div:not([data-testid]):not(:has([data-testid])) span::after{content:"%(let_go)s"}
[data-testid=stFileUploaderDropzone]:has([aria-invalid=true])::after{content:"%(too_large)s";color:#8F3206}
</style>"""


def most_mib() -> int:
    """The largest allowed file: the loader's limit or this dashboard's, whichever is less."""
    limits = read_configuration(read_settings().home).limits
    return max(1, min(limits.file_bytes // MIB, int(st.get_option("server.maxUploadSize"))))


def drop(key: str, on_change: Callable[[], None]) -> list[UploadedFile]:
    """The files that were dropped, of whatever kind: each is judged by its content and refused in our own words."""
    most = most_mib()
    words = {
        "choose": say("选择文件", "Choose a file"),
        "drag": say("或把文件拖到这里", "or drop it here"),
        "let_go": say("松开即可", "Let go"),
        "too_large": say(f"没有收到：文件超过 {most} MB", f"Not taken: the file is larger than {most} MB"),
    }
    draw(Markup(_WORDS % words))
    return st.file_uploader(
        say(
            f"文件（CSV、XLSX、XLS、ET、ODS、网页表格，或 CSV 的 ZIP，不超过 {most} MB）",
            f"The file (CSV, XLSX, XLS, ET, ODS, a web page's table, or a ZIP of CSV, up to {most} MB)",
        ),
        key=key,
        accept_multiple_files=True,
        max_upload_size=most,
        on_change=on_change,
        help=say(
            "先看再载：确认之前不会写入任何数据。文件读完即删，个人信息先隐去再入库。",
            "Look first, load then: nothing is written before you confirm. The file is deleted once read, "
            "and personal data is hidden before it is stored.",
        ),
    )


def let_go(file: UploadedFile) -> None:
    """Free the server's copy of a file, which would be kept for as long as the reader's page is open."""
    context = get_script_run_ctx()
    if context is not None and isinstance(context.uploaded_file_mgr, MemoryUploadedFileManager):
        context.uploaded_file_mgr.remove_file(session_id=context.session_id, file_id=file.file_id)


def expected(name: str) -> None:
    """The required columns with their known headers; and an empty file to fill in."""
    source = get_source(name)
    shell.section(
        say("这类文件要有哪些列", "What such a file should have"),
        say("列名不同也没关系：可以逐列指定", "Other headers will do: say which column is which"),
    )
    one_of = [column for column in source.at_least_one if column not in source.required]
    rows = [_column(source, column, say("必填", "needed")) for column in source.required]
    rows += [_column(source, column, say("至少一列", "one of these")) for column in one_of]
    others = [name_of(column.label) for column in source.columns if column.name not in {*source.required, *one_of}]
    draw(
        piece(
            '<div class="sq sq-scroll"><table class="sq-table sq-first">{rows}</table></div>'
            '<div class="sq"><p class="sq-sub">{others}</p></div>',
            rows=joined(rows),
            others=say("可以有：", "May have: ") + say("、", ", ").join(others),
        )
    )
    st.download_button(
        say("下载空白模板 CSV", "Download an empty CSV"),
        lambda: csv_bytes([column.aliases[0] for column in source.columns if not column.mapped], []),
        f"servq-{name}.csv",
        "text/csv",
        key=f"upload-template-{name}",
        on_click="ignore",
        type="tertiary",
    )


def _column(source: Source, name: str, kind: str) -> Markup:
    column = source.column(name)
    known = sorted(column.aliases, key=lambda header: language() == "en" and not header.isascii())
    return piece(
        '<tr><td><b>{label}</b> <code>{name}</code></td><td class="need">{kind}</td>'
        '<td class="left">{headers}</td></tr>',
        label=name_of(column.label),
        name=name,
        kind=kind,
        headers=" · ".join(known[:_HEADERS_SHOWN]),
    )
