"""The file of a report: its name, its form, and its bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servq.errors import unknown
from servq.weeks import week_key

if TYPE_CHECKING:
    from collections.abc import Callable

    from servq.formatting import Language
    from servq.reports.report import Report

MIMES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""Form of a report -> the type that a browser is told."""


def file_name(report: Report, form: str) -> str:
    """The name of a report's file: kind, week, and the load up to which it knows; no value of the data is in it."""
    return named_file(report.kind, week_key(report.first), report.load_id, form)


def named_file(kind: str, week: str, load_id: int, form: str) -> str:
    """The name before the report is made.

    >>> named_file("weekly", "2026-W18", 3, "pdf")
    'servq-weekly-2026-W18-load3.pdf'
    """
    return f"servq-{kind}-{week}-load{load_id}.{form}"


def report_bytes(report: Report, form: str, language: Language = "zh") -> bytes:
    """The report in one of the forms of `MIMES`."""
    return _maker(form)(report, language)


def _maker(form: str) -> Callable[[Report, Language], bytes]:
    # each brings a library of its own, which is loaded when it is asked for
    if form == "pdf":
        from servq.reports.pdf import pdf_bytes

        return pdf_bytes
    if form == "xlsx":
        from servq.reports.workbook import xlsx_bytes

        return xlsx_bytes
    raise unknown("格式", "format", form, MIMES)
