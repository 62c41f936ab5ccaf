"""The one sentence of a week: how much is new, how much lasts, and since when; expected sentences written by hand."""

from __future__ import annotations

import pytest

from servq.metrics.judgement.change_detection import Sign
from servq.metrics.verdicts import Change, ChartRule, Verdict
from servq.query import CellChange, WeekChanges
from servq.records import Reading, State
from servq.weeks import week_from_key

SILENT = Change(0.0, -1.0, 1.0, 0.5, Verdict.NO_EVIDENCE)
WORSE = Change(-0.4, -0.6, -0.2, 0.001, Verdict.WORSE)


def _reading(value: float) -> Reading:
    return Reading(value, 100, State.JUDGEABLE)


def _cell(team: str, value: float, *, since: str = "", new: bool = False) -> CellChange:
    """A cell that is silent, has a new change, or has lasted since a week."""
    now, before = _reading(value), _reading(4.5)
    signs = (Sign(ChartRule.RUN, 8, now, before, WORSE),) if since else ()
    began = week_from_key(since) if since else None
    return CellChange("attitude", {"team": team}, now, before, WORSE if new else SILENT, signs, since=began)


def _week(*cells: CellChange) -> WeekChanges:
    return WeekChanges(cells, len(cells))


@pytest.mark.parametrize(
    ("week", "zh", "en"),
    [
        (_week(_cell("甲", 4.4)), "本周无显著变化", "No significant change this week"),
        (_week(_cell("甲", 4.1, new=True)), "1 处显著变化", "1 significant change"),
        (
            _week(_cell("甲", 4.1, since="2026-W33"), _cell("乙", 4.0, since="2026-W36")),
            "本周无新变化；2 项持续异常（最早自 2026-W33）",
            "Nothing new this week; 2 lasting (the oldest since 2026-W33)",
        ),
        (
            _week(_cell("甲", 4.1, since="2026-W39"), _cell("乙", 4.0, new=True), _cell("丙", 3.9, new=True)),
            "2 处显著变化；1 项持续异常（最早自 2026-W39）",
            "2 significant changes; 1 lasting (the oldest since 2026-W39)",
        ),
    ],
    ids=["nothing", "one new", "only lasting", "both"],
)
def test_a_week_says_how_much_is_new_how_much_lasts_and_since_when(week: WeekChanges, zh: str, en: str) -> None:
    assert (week.sentence.zh, week.sentence.en) == (zh, en)
