"""下载本页: the buttons that put a page on paper, and the file that they make."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from servq.query import Against
from servq.records import Slice
from servq.reports.files import report_bytes
from servq.reports.kinds import make_report
from servq.ui.components import downloads
from servq.ui.shell.view import View
from servq.weeks import week_from_key

Page = Callable[..., AppTest]


@pytest.mark.parametrize("name", ["weekly", "consistency"])
def test_a_page_offers_itself_as_pdf_and_as_workbook(full: SimpleNamespace, page: Page, name: str) -> None:
    buttons = {one.key: one.proto for one in page(name).get("download_button") if one.key.startswith("report-")}
    assert {key: proto.label for key, proto in buttons.items()} == {
        "report-pdf": "下载本页 PDF",
        "report-xlsx": "下载本页 XLSX",
    }
    assert all(proto.deferred_file_id for proto in buttons.values())  # made when clicked, not before


def test_the_file_is_the_report_of_the_view(full: SimpleNamespace) -> None:
    shot, week, only = full.snapshot(), week_from_key("2026-W39"), Slice.of(channel=["OTA"])
    made = downloads._report(View(shot, "zh", week, 4, only), "weekly", Against.FOUR_WEEKS, "pdf")
    asked = make_report(shot, "weekly", week, only, Against.FOUR_WEEKS, span=4)
    assert made == report_bytes(asked, "pdf")
