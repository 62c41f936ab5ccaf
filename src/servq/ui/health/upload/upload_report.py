"""The report of a load on the page: its progress while it runs, then the same report as on the command line."""

from __future__ import annotations

from pathlib import PurePath
from typing import NoReturn

import streamlit as st
from markupsafe import Markup

from servq.loaders.sources.catalog import get_source
from servq.records import NOTES, OUTCOMES, RARE, REASONS, LoadReport
from servq.text.visible import visible
from servq.ui.health.loads import HEADS
from servq.ui.health.upload.upload_each import each_file
from servq.ui.health.upload.upload_job import Job
from servq.ui.shell import shell
from servq.ui.shell.language import name_of, say
from servq.ui.shell.markup import draw, joined, piece
from servq.ui.shell.url_state import address
from servq.ui.shell.view import View

JOB = "upload-job"
"""The session key of the load begun last."""

_QUICK, _LOOK_EVERY = 1.0, 0.5
"""Seconds that a small load may take without anything being said of it, and after which a longer one is asked again."""


def running_or_done(view: View) -> bool:
    """Show the load that this reader began; returns whether there is one."""
    job: Job | None = st.session_state.get(JOB)
    if job is None:
        return False
    job.join(_QUICK)
    if job.is_alive():
        _watch(job)
    if job.report is not None:
        _report(view, job.report)
    elif job.error is not None:
        shell.title(say("没有载入任何内容", "Nothing was loaded"), job.file)
        draw(shell.error_box(job.error))
    if job.each:
        draw(each_file(job.each))
    return True


def _watch(job: Job) -> NoReturn:
    """Say how far it is, and end the run; the reader may leave meanwhile, the load goes on by itself."""
    shell.title(
        say("正在载入…", "Loading …"),
        say(
            f"{job.file} · 可以离开本页，载入会自己完成", f"{job.file} · you may leave this page: it goes on by itself"
        ),
    )
    _progress(job)
    st.button(say("停止，什么都不载入", "Stop and load nothing"), key="upload-stop", on_click=job.stop, type="tertiary")
    st.stop()


@st.fragment(run_every=_LOOK_EVERY)
def _progress(job: Job) -> None:
    """The progress, asked repeatedly; at the end the page is redrawn, with the report."""
    if not job.is_alive():
        st.rerun()
    told = say(f"已读 {job.rows_read:,} 行", f"{job.rows_read:,} rows read")
    waits = say("正在打开文件，或等待另一次载入结束…", "Opening it, or waiting for another load to end …")
    st.progress(job.share or 0.0, text=told if job.rows_read else waits)


def _report(view: View, report: LoadReport) -> None:
    source, name = name_of(get_source(report.source).label), PurePath(report.file).name
    if report.status == "unchanged":
        shell.title(
            say("这份文件已经载入过，没有变化", "This very file is in already: nothing changed"),
            f"{name} → {source} · {say(f'{report.rows_read:,} 行', f'{report.rows_read:,} rows')}",
        )
    else:
        shell.title(_finding(report), f"{name} → {source} · {report.seconds:.1f} s")
        draw(_sum(report))
    if report.reasons:
        draw(_reasons(report))
    if report.noted:
        draw(_noted(report))
    if report.rules:
        draw(_rules(report))
    draw(_onwards(view, report))


def _finding(report: LoadReport) -> str:
    """The result of the load in one sentence."""
    counts = {name: getattr(report, name) for name in OUTCOMES}
    said = [f"{name_of(HEADS[name])} {count:,}" for name, count in counts.items() if count]
    if report.rows_read and report.quarantined + report.conflicts == report.rows_read:
        return say(
            f"没有一行可信：{report.rows_read:,} 行都在隔离区", f"No row can be trusted: all {report.rows_read:,} wait"
        )
    return say("载入完成：", "Loaded: ") + (say("，", ", ").join(said) or say("没有数据行", "no rows"))


def _sum(report: LoadReport) -> Markup:
    """Every row that was read, and what became of it."""
    terms = [piece("<b>{n}</b> {head}", n=f"{report.rows_read:,}", head=name_of(HEADS["rows_read"]))]
    terms += [
        piece(
            "{sign} <b>{n}</b> {head}",
            sign="+" if place else "=",
            n=f"{getattr(report, name):,}",
            head=name_of(HEADS[name]),
        )
        for place, name in enumerate(OUTCOMES)
        if name not in RARE or getattr(report, name)
    ]
    word = say("核对一致 ✓", "reconciled ✓") if report.adds_up else say("核对不一致 ✕", "not reconciled ✕")
    return piece(
        '<div class="sq sq-facts sq-report">{terms} <span class="sq-chip {kind}">{word}</span></div>',
        terms=joined(piece("<span>{term}</span>", term=term) for term in terms),
        kind="better" if report.adds_up else "worse",
        word=word,
    )


def _reasons(report: LoadReport) -> Markup:
    """The number of quarantined rows by reason."""
    most_first = sorted(report.reasons.items(), key=lambda item: -item[1])
    chips = [
        piece(
            "<span><b>{n}</b> {reason}</span>",
            n=f"{count:,}",
            reason=name_of(REASONS[code]) if code in REASONS else code,
        )
        for code, count in most_first
    ]
    return piece(
        '<div class="sq"><p class="sq-sub">{why}</p><div class="sq-facts">{chips}</div></div>',
        why=say("没有计入数字的行，原因：", "Rows that count in no figure, and why:"),
        chips=joined(chips),
    )


def _noted(report: LoadReport) -> Markup:
    """The notes on cells that were taken."""
    lines = (f"{count:,} {name_of(NOTES[code])}" for code, count in report.noted.items())
    return piece(
        '<div class="sq">{all}</div>', all=joined(piece('<p class="sq-sub">{one}</p>', one=one) for one in lines)
    )


def _rules(report: LoadReport) -> Markup:
    """The number of rows that each rule of the map left out."""
    lines = (f"{count:,} {name_of(OUTCOMES['left_out'])}: {visible(rule)}" for rule, count in report.rules.items())
    return piece(
        '<div class="sq">{all}</div>', all=joined(piece('<p class="sq-sub">{one}</p>', one=one) for one in lines)
    )


def _onwards(view: View, report: LoadReport) -> Markup:
    """The ways to what was loaded, and to what was not."""
    ways = [(address("weekly", view), say("看每周得分 ›", "Weekly scores ›"))]
    if report.quarantined or report.conflicts:
        ways.insert(0, (address("health", view), say("到数据健康更正隔离的行 ›", "Mend what was set aside ›")))
    links = [piece('<a class="sq-link" href="{to}" target="_self">{word}</a>', to=to, word=word) for to, word in ways]
    return piece('<div class="sq sq-ways">{links}</div>', links=joined(links))
