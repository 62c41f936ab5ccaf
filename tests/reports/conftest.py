"""Fixtures of reports: the sample's, an empty warehouse's and one small company's, and readers of PDF and XLSX."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from pypdf import PdfReader

from servq.ingest import load_file
from servq.query import Snapshot, take_snapshot
from servq.reports.kinds import make_report
from servq.reports.report import Report
from servq.standards import Standards
from servq.warehouse.store.engine import Warehouse
from servq.weeks import week_from_key

WEEK = week_from_key("2026-W39")

HOSTILE = (
    '#read("/etc/passwd") *粗* _斜_ $x^2$ @ref <label> `raw` \\# ~ 标题',
    "= 标题 // 注释 /* 更多 */ [块] {代码} #let x = 1",
    '=HYPERLINK("http://x") 等了很久没有人理，太差了',
    "+86 的客服态度恶劣，等了半小时没人理 \U0001f620 𠮷",
)
"""Comments that are markup to a typesetter or a formula to a spreadsheet, and two characters that the font lacks."""


@pytest.fixture(scope="session")
def weekly_report(sample: Snapshot) -> Report:
    """The weekly report on the sample's last full week."""
    return make_report(sample, "weekly", WEEK)


@pytest.fixture
def small_company(warehouse: Warehouse, tmp_path: Path) -> Callable[..., Snapshot]:
    """A company of one team, whose forty customers say what is given, over and over."""

    def company(comments: tuple[str, ...] = ("等了很久没有人理，态度也很差",), team: str = "甲") -> Snapshot:
        rows = [
            f'r{place},2026-09-23 10:00:00,门店,"{team}",{9 if place % 2 else 2},{5 if place % 2 else 1},'
            f'"{comments[place % len(comments)].replace(chr(34), chr(34) * 2)}"'
            for place in range(40)
        ]
        path = tmp_path / "surveys.csv"
        path.write_text("\n".join(["答卷编号,提交时间,渠道,班组,推荐意愿,满意度,评论", *rows]), encoding="utf-8")
        load_file(warehouse, tmp_path, path, "surveys")
        return take_snapshot(warehouse, Standards())

    return company


def pdf_pages(content: bytes) -> list[str]:
    """The text of each page, without the blanks and line ends that the typesetter chose."""
    return ["".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages]


def squeezed(text: str) -> str:
    """A text as `pdf_pages` has it."""
    return "".join(text.split())


def workbook_of(content: bytes) -> Workbook:
    """The workbook as another program reads it."""
    return openpyxl.load_workbook(io.BytesIO(content))
