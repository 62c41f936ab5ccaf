"""The kinds of report, each with its name, its parts, and how it is put together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from servq.errors import unknown
from servq.query import Against
from servq.query.data.inventory import newest_loaded_at
from servq.records import DIMENSIONS, Label, Slice
from servq.reports.asked import SPAN, Asked
from servq.reports.consistency import consistency_sections
from servq.reports.report import Report, Section
from servq.reports.weekly import TITLE, weekly_sections

if TYPE_CHECKING:
    from datetime import date

    from servq.query import Snapshot


@dataclass(frozen=True)
class ReportKind:
    """One kind of report: its title, what it tells, and its sections."""

    name: str
    title: Label
    tells: Label
    pages: int
    sections: Callable[[Asked], tuple[Section, ...]]


KINDS: dict[str, ReportKind] = {
    kind.name: kind
    for kind in (
        ReportKind(
            "weekly",
            TITLE,
            Label(
                "变了什么、六个数字、班组 × 渠道、承诺、投诉原因、客户原声",
                "what changed, six figures, team × channel, promises, causes, customers' words",
            ),
            2,
            weekly_sections,
        ),
        ReportKind(
            "consistency",
            Label("渠道一致性", "The same service in every channel"),
            Label(
                "哪些渠道不一致、渠道 × 指标、走势、承诺",
                "channels that differ, channel × line, the trend, promises",
            ),
            1,
            consistency_sections,
        ),
    )
}
"""Name on the command line -> kind."""


def make_report(
    snapshot: Snapshot,
    kind: str,
    week: date,
    where: Slice | None = None,
    against: Against = Against.WEEK,
    span: int = SPAN,
) -> Report:
    """A report on one week.

    Args:
        week: its Monday.
        where: the filter, without days.
        span: weeks of the sections that need more than one.

    Raises:
        UsageError: there is no such kind; the hint names the nearest.
    """
    from importlib.metadata import version as installed

    if kind not in KINDS:
        raise unknown("报告", "report", kind, KINDS)
    asked = Asked(snapshot, week, where or Slice(), against, span)
    return Report(
        kind,
        KINDS[kind].title,
        week,
        week + timedelta(days=6),
        tuple((DIMENSIONS[name], values) for name, values in asked.where.where),
        snapshot.load_id,
        newest_loaded_at(snapshot),
        installed("servq"),
        KINDS[kind].sections(asked),
    )
