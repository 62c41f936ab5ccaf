"""Findings above charts: one sentence with both values and both n, and only what was judged."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from servq.metrics.catalog import get_metric
from servq.metrics.judgement.comparison import compare
from servq.metrics.verdicts import Standing, Verdict
from servq.query import measure
from servq.records import Label, Reading, Slice, State
from servq.ui.components.findings import Answered, against_promises, over_time
from servq.weeks import week_from_key

Page, Said = Callable[..., AppTest], Callable[[AppTest], str]

NPS = get_metric("nps")
THIRTY = Reading(30.0, 412, State.JUDGEABLE, low=22.0, high=38.0)
FORTY = Reading(40.0, 1400, State.JUDGEABLE, low=36.0, high=44.0)
FEW = Reading(40.0, 9, State.TOO_FEW)
NONE = Reading(None, 0, State.TOO_FEW)


class TestOverTime:
    @pytest.mark.parametrize(
        ("now", "before", "verdict", "sentence"),
        [
            (
                THIRTY,
                FORTY,
                Verdict.WORSE,
                "净推荐值 NPS：变差，近 8 周 30 点（n = 412），之前 8 周 40 点（n = 1,400）",
            ),
            (
                FORTY,
                THIRTY,
                Verdict.BETTER,
                "净推荐值 NPS：变好，近 8 周 40 点（n = 1,400），之前 8 周 30 点（n = 412）",
            ),
            (
                THIRTY,
                FORTY,
                Verdict.NO_EVIDENCE,
                "净推荐值 NPS：无显著变化，近 8 周 30 点（n = 412），之前 8 周 40 点（n = 1,400）",
            ),
            (
                THIRTY,
                FEW,
                Verdict.TOO_FEW,
                "净推荐值 NPS：样本不足以比较，近 8 周 30 点（n = 412），之前 8 周 —（n = 9）",
            ),
            (NONE, FORTY, Verdict.TOO_FEW, "净推荐值 NPS：近 8 周没有数据"),
        ],
    )
    def test_the_sentence_says_the_verdict_both_values_and_both_n(
        self, now: Reading, before: Reading, verdict: Verdict, sentence: str
    ) -> None:
        assert over_time(NPS, 8, now, before, verdict) == sentence

    def test_a_count_without_interval_is_told_and_not_judged(self) -> None:
        counts = [Reading(float(n), n, State.JUDGEABLE) for n in (52, 60)]
        verdict = compare(*counts, "lower").verdict
        said = over_time(get_metric("complaints"), 4, *counts, verdict)
        assert said == "投诉件数：近 4 周 52（n = 52），之前 4 周 60（n = 60）；只是计数，不判断变化"


def answered(name: str, standing: Standing, n: int, hours: float = 0.5) -> Answered:
    return Answered(name, Reading(hours, n, State.JUDGEABLE), Reading(34.0, n, State.JUDGEABLE), standing)


class TestAgainstPromises:
    TEAMS = Label("班组", "teams")

    def test_who_breaks_the_promise_is_named_with_median_and_n(self) -> None:
        groups = [answered("甲", Standing.MET, 40), answered("乙", Standing.MISSED, 1212, 47 / 60)]
        groups += [answered("丙", Standing.UNDECIDED, 12), answered("丁", Standing.TOO_FEW, 3)]
        assert (
            against_promises(groups, 0, self.TEAMS)
            == "首次响应：乙 未兑现承诺（中位数 47 分钟；时限内 34.0%，n = 1,212）；1 个班组兑现，2 个暂无定论"
        )

    def test_of_many_the_largest_three_are_named(self) -> None:
        groups = [answered(name, Standing.MISSED, n) for name, n in zip("甲乙丙丁", (20, 50, 40, 30), strict=True)]
        said = against_promises(groups, 0, self.TEAMS)
        assert [name for name in "甲乙丙丁" if f"{name} 未兑现" in said or f"{name}（" in said] == ["乙", "丙", "丁"]
        assert "等 4 个班组未兑现承诺" in said

    def test_when_all_keep_it_their_n_stands_there(self) -> None:
        groups = [answered("甲", Standing.MET, 40), answered("乙", Standing.MET, 60)]
        assert against_promises(groups, 0, self.TEAMS) == "首次响应：2 个班组全部兑现承诺（n = 100）"

    def test_when_nothing_can_be_told_it_says_so(self) -> None:
        groups = [answered("甲", Standing.TOO_FEW, 4), answered("乙", Standing.UNDECIDED, 10)]
        assert (
            against_promises(groups, 0, self.TEAMS)
            == "首次响应：0 个班组兑现承诺，2 个暂无定论，无显著未兑现（n = 14）"
        )

    def test_who_promised_nothing_is_not_judged(self) -> None:
        assert against_promises([], 3, self.TEAMS) == "首次响应：3 个班组没有公开的承诺可以对照"
        said = against_promises([answered("甲", Standing.MET, 40)], 2, self.TEAMS)
        assert said == "首次响应：1 个班组全部兑现承诺（n = 40）；2 个没有公开承诺"


def period(week: str, back: int = 0, **where: list[str]) -> Slice:
    monday = week_from_key(week) - timedelta(weeks=8 * back)
    return Slice.of(monday - timedelta(weeks=7), monday + timedelta(days=6), **where)


def test_a_team_s_trend_says_the_change_of_the_period(full: SimpleNamespace, page: Page, said: Said) -> None:
    where = {"team": ["西湖门店组"]}
    now, before = (measure(full.snapshot(), "nps", (), period("2026-W39", back, **where))[0].reading for back in (0, 1))
    text = said(page("team", focus="西湖门店组", week="2026-W39"))
    assert f"净推荐值 NPS：无显著变化，近 8 周 {round(now.value)} 点（n = {now.n:,}）" in text
    assert f"之前 8 周 {round(before.value)} 点（n = {before.n:,}）" in text


def test_the_complaint_trend_says_whether_it_gets_better(full: SimpleNamespace, page: Page, said: Said) -> None:
    now, before = (
        measure(full.snapshot(), "complaints_per_100", (), period("2026-W39", back))[0].reading for back in (0, 1)
    )
    verdict = {"better": "变好", "worse": "变差", "no_evidence": "无显著变化"}[compare(now, before, "lower").verdict]
    text = said(page("causes", week="2026-W39"))
    assert f"每百份答卷投诉量：{verdict}，近 8 周 {now.value:.1f} 件/百份（n = {now.n:,}）" in text
    assert f"之前 8 周 {before.value:.1f} 件/百份（n = {before.n:,}）" in text


def test_the_clocks_say_who_breaks_the_promise(full: SimpleNamespace, page: Page, said: Said) -> None:
    within = {
        row.dims["team"]: row.reading
        for row in measure(full.snapshot(), "sla_attainment", ("team",), period("2026-W39"))
    }
    n, share = within["小程序客服组"].n, f"{within['小程序客服组'].value:.1f}"
    assert re.search(
        rf"首次响应：小程序客服组 未兑现承诺（中位数 \d+ 分钟；时限内 {share}%，n = {n:,}）",
        said(page("causes", week="2026-W39")),
    )
    assert re.search(
        rf"首次响应：小程序 未兑现承诺（中位数 \d+ 分钟；时限内 {share}%，n = {n:,}）",
        said(page("consistency", week="2026-W39")),
    )


def test_the_weekly_trend_says_what_it_shows(full: SimpleNamespace, page: Page, said: Said) -> None:
    now = measure(full.snapshot(), "nps", (), period("2026-W39"))[0].reading
    assert re.search(
        rf"净推荐值 NPS：\S+，近 8 周 {round(now.value)} 点（n = {now.n:,}）", said(page("weekly", week="2026-W39"))
    )


def test_the_sentences_are_english_too(full: SimpleNamespace, page: Page, said: Said) -> None:
    assert re.search(
        r"Net Promoter Score: .*\(n = [\d,]+\) in the last 8 weeks",
        said(page("team", focus="西湖门店组", lang="English")),
    )
    assert re.search(r"First response: \S+ breaks? the promise", said(page("causes", lang="English")))
