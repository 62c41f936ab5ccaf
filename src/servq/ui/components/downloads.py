"""Downloads: CSV with BOM and XLSX of exactly the rows shown, for Chinese Excel; and a page as its report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from servq.exports import csv_bytes, frame_rows, xlsx_bytes
from servq.loaders.sources.catalog import SOURCES
from servq.query import Against, Asked, rows_behind
from servq.records import DIMENSIONS, Label, Picked, Slice
from servq.reports.files import MIMES, named_file, report_bytes
from servq.reports.kinds import make_report
from servq.ui.components.answer_scales import band_name
from servq.ui.components.verbatims import moment, sentiment_name, yes_or_no
from servq.ui.shell import permissions
from servq.ui.shell.language import name_of, say
from servq.ui.shell.view import View
from servq.weeks import week_key

KINDS: dict[str, tuple[Callable[..., bytes], str]] = {
    "CSV": (csv_bytes, "text/csv"),
    "XLSX": (xlsx_bytes, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}

_EXTRA = {
    "polarity": Label("情感得分", "Sentiment score"),
    "reason": Label("原因", "Reason"),
    "customer": Label("客户序号", "Customer no."),
    "source": Label("来源", "Source"),
    "csat_scale": Label("满意度量表", "Satisfaction scale"),
    "csat_satisfied_from": Label("从几分起算满意", "Satisfied from"),
}


def offer(view: View, metric: Asked, slice_: Slice, key: str) -> None:
    """Buttons for every row behind a figure; the file is made when one is clicked, not before."""
    name = metric if isinstance(metric, str) else metric.kind if isinstance(metric, Picked) else "customers"
    buttons(lambda: rows_behind(view.snapshot, metric, slice_).frame, named(view, name), key)


def named(view: View, what: str) -> str:
    """The file name of exported rows: their kind, and the load up to which they are known."""
    return f"servq-{what}-load{view.snapshot.load_id}"


def buttons(read: Callable[[], pd.DataFrame], name: str, key: str) -> None:
    """One button per format for the result of `read`, for readers who may take rows away."""
    if not permissions.may("download:rows"):
        return
    with st.container(horizontal=True):
        for kind, (make, mime) in KINDS.items():
            st.download_button(
                say(f"下载全部 {kind}", f"Download all as {kind}"),
                data=permissions.file("download:rows", name, partial(_file, read), make),
                file_name=f"{name}.{kind.lower()}",
                mime=mime,
                key=f"{key}-{kind}",
                on_click="ignore",
            )


PAPERS = {"weekly": "download:weekly", "consistency": "download:consistency"}
"""Kind of report -> the permission that it needs."""


def this_page(view: View, kind: str, against: Against = Against.WEEK) -> None:
    """Buttons that put a page on paper, as the report of that kind; a file is made when one is clicked, not before."""
    allowed = {"weekly": permissions.may("download:weekly"), "consistency": permissions.may("download:consistency")}
    if not allowed[kind]:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="report-tools"):
        for form, mime in MIMES.items():
            name = form.upper()
            st.download_button(
                say(f"下载本页 {name}", f"This page as {name}"),
                data=permissions.file(PAPERS[kind], kind, partial(_report, view, kind, against, form), csv_bytes),
                file_name=named_file(kind, week_key(view.week), view.snapshot.load_id, form),
                mime=mime,
                key=f"report-{form}",
                on_click="ignore",
                type="tertiary",
            )


def _report(view: View, kind: str, against: Against, form: str, _make: object = None) -> bytes:
    made = make_report(view.snapshot, kind, view.week, view.slice_, against, view.span)
    return report_bytes(made, form, view.language)


def _file(read: Callable[[], pd.DataFrame], make: Callable[..., bytes]) -> bytes:
    frame = readable(read())
    return make(headers([str(name) for name in frame.columns]), frame_rows(frame))


def readable(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with its moments in Shanghai time, sentiments and flags in words; the rest as it is stored."""
    times: dict[str, Any] = {
        name: frame[name].map(lambda seconds: None if pd.isna(seconds) else moment(seconds))
        for name in map(str, frame.columns)
        if name.endswith("_at")
    }
    if "sentiment" in frame:
        times["sentiment"] = frame["sentiment"].map(lambda label: None if pd.isna(label) else sentiment_name(label))
    if "repurchased" in frame:
        times["repurchased"] = frame["repurchased"].map(lambda flag: None if pd.isna(flag) else yes_or_no(flag))
    if "nps_band" in frame:
        times["nps_band"] = frame["nps_band"].map(lambda stance: None if pd.isna(stance) else band_name(stance))
    return frame.assign(**times)


def headers(names: Sequence[str]) -> list[str]:
    """The columns' labels in the reader's language, from their source."""
    source = max(SOURCES.values(), key=lambda one: sum(column.name in names for column in one.columns))
    labels = {column.name: column.label for column in source.columns}
    found = [labels.get(name) or DIMENSIONS.get(name) or _EXTRA.get(name) for name in names]
    return [name if label is None else name_of(label) for name, label in zip(names, found, strict=True)]
