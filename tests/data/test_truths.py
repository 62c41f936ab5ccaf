"""The planted truths in the raw sample: each can be found, and data/README.md states the figures that are found."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd


def nps(likelihood: pd.Series) -> float:
    given = likelihood.dropna()
    return float(100 * ((given >= 9).mean() - (given <= 6).mean()))


def standard_error(likelihood: pd.Series) -> float:
    """Of an NPS: from the variance of +100 / 0 / -100."""
    given = likelihood.dropna()
    points = 100 * ((given >= 9).astype(int) - (given <= 6).astype(int))
    return float(points.std() / np.sqrt(len(points)))


def points(value: float) -> str:
    """An NPS as the README writes it: +37, -4."""
    return f"{value:+.0f}".replace("-", "−")


class TestBrokenPromise:
    """a: 小程序 answers within 30 minutes until 2026-W32, and no longer from 2026-W33 on."""

    def test_median_and_share_kept_turn_over_in_w33(self, complaints: pd.DataFrame, readme: str) -> None:
        ours = complaints[complaints["渠道"] == "小程序"].dropna(subset="waited")
        before, after = ours[ours["week"] < "2026-W33"]["waited"] * 60, ours[ours["week"] >= "2026-W33"]["waited"] * 60
        assert 16 <= before.median() <= 20
        assert 42 <= after.median() <= 52
        assert (before <= 30).mean() >= 0.90
        assert (after <= 30).mean() <= 0.40
        assert f"{before.median():.0f} → {after.median():.0f} 分钟" in readme
        assert f"{100 * (before <= 30).mean():.0f} % → {100 * (after <= 30).mean():.0f} %" in readme

    def test_every_week_has_enough_cases_and_falls_on_its_side(self, complaints: pd.DataFrame) -> None:
        by_week = complaints[complaints["渠道"] == "小程序"].groupby("week")["waited"]
        assert by_week.size().min() >= 8
        medians = by_week.median() * 60
        assert (medians[medians.index < "2026-W33"] < 30).all()
        assert (medians[medians.index >= "2026-W33"] > 30).all()

    def test_the_survey_item_falls_too(self, surveys: pd.DataFrame, readme: str) -> None:
        ours = surveys[surveys["渠道"] == "小程序"]
        late = ours["week"] >= "2026-W33"
        before, after = ours.loc[~late, "响应时间"].mean(), ours.loc[late, "响应时间"].mean()
        assert before - after > 0.25
        assert f"{before:.2f} → {after:.2f}" in readme


class TestSlowDecline:
    """b: the attitude of 西湖门店组 declines over half a year, too slowly to be seen from one week to the next."""

    def test_attitude_falls_by_about_six_tenths(self, surveys: pd.DataFrame, readme: str) -> None:
        ours = surveys[surveys["服务班组"] == "西湖门店组"]
        first, last = (ours.loc[ours["nth"].between(*weeks), "服务态度"].mean() for weeks in ((0, 3), (22, 25)))
        assert 4.3 <= first <= 4.7
        assert 3.75 <= last <= 4.1
        slope = np.polyfit(*ours[["nth", "服务态度"]].dropna().to_numpy().T, 1)[0]
        assert -0.034 <= slope <= -0.014, "(4.5 - 3.9) / 25 weeks is 0.024 a week"
        assert f"{first:.2f} → {last:.2f}" in readme

    def test_other_stores_keep_theirs(self, surveys: pd.DataFrame) -> None:
        others = surveys[(surveys["渠道"] == "门店") & (surveys["服务班组"] != "西湖门店组")]
        slope = np.polyfit(*others[["nth", "服务态度"]].dropna().to_numpy().T, 1)[0]
        assert abs(slope) < 0.01

    def test_complaints_of_attitude_become_more(self, complaints: pd.DataFrame, readme: str) -> None:
        ours = complaints[complaints["责任班组"] == "西湖门店组"]
        halves = [ours[ours["nth"] < 13], ours[ours["nth"] >= 13]]
        counts = [(half["投诉类别"] == "服务态度").sum() for half in halves]
        assert counts[1] > counts[0]
        assert f"{counts[0]}/{len(halves[0])} → {counts[1]}/{len(halves[1])}" in readme


class TestTwoRuleBooks:
    """c: OTA customers meet other refund rules than 官网 prints."""

    def test_it_is_the_first_cause_of_ota_and_rare_elsewhere(self, complaints: pd.DataFrame, readme: str) -> None:
        rule = complaints["投诉子类"] == "退改规则与官网不一致"
        ota = complaints["渠道"] == "OTA"
        causes = complaints[ota]["投诉子类"].value_counts()
        assert causes.index[0] == "退改规则与官网不一致"
        assert causes.iloc[0] > 2 * causes.iloc[1]
        assert (rule & ota).sum() / rule.sum() > 0.8
        assert rule[~ota].mean() < 0.03
        assert f"{(rule & ota).sum()}/{ota.sum()}" in readme

    def test_the_words_say_so(self, complaints: pd.DataFrame) -> None:
        texts = complaints.loc[complaints["投诉子类"] == "退改规则与官网不一致", "投诉内容"]
        assert texts.str.contains("官网").mean() > 0.8


class TestHardCases:
    """d: 疑难专席 looks bad because it gets the hard cases; like for like it is as good as 热线一组.

    | in 呼叫中心 | all products | hard products | other products |
    |-------------|--------------|---------------|----------------|
    | 疑难专席    | low          | same          | same           |
    | 热线一组    | high         | same          | same           |
    """

    def test_all_together_it_looks_far_worse(self, surveys: pd.DataFrame, readme: str) -> None:
        ours = surveys[surveys["渠道"] == "呼叫中心"].groupby("服务班组")
        score, resolved = ours["likelihood"].apply(nps), ours["问题解决"].mean()
        assert score["疑难专席"] < score["热线一组"] - 15
        assert resolved["疑难专席"] < resolved["热线一组"] - 0.25
        assert f"{points(score['热线一组'])} / {points(score['疑难专席'])}" in readme

    def test_with_the_same_products_there_is_no_difference(
        self, surveys: pd.DataFrame, truths: dict[str, Any], readme: str
    ) -> None:
        ours = surveys[surveys["渠道"] == "呼叫中心"]
        hard = ours["产品"].isin(truths["hard_cases"]["products"])
        for rows in (ours[hard], ours[~hard]):
            score, resolved = (rows.groupby("服务班组")[name] for name in ("likelihood", "问题解决"))
            assert abs(score.apply(nps).diff().iloc[-1]) < 10
            assert abs(resolved.mean().diff().iloc[-1]) < 0.15
            assert f"{points(score.apply(nps)['热线一组'])} / {points(score.apply(nps)['疑难专席'])}" in readme

    def test_with_the_same_severity_it_takes_as_long(self, complaints: pd.DataFrame, readme: str) -> None:
        ours = complaints[(complaints["渠道"] == "呼叫中心") & complaints["took"].notna()]
        everything = ours.groupby("责任班组")["took"].median()
        assert everything["疑难专席"] > 1.7 * everything["热线一组"]
        logs = np.log(ours["took"]).groupby([ours["严重程度"], ours["责任班组"]]).mean().unstack()
        weights = ours[ours["责任班组"] == "疑难专席"]["严重程度"].value_counts(normalize=True)
        ratio = np.exp(((logs["疑难专席"] - logs["热线一组"]) * weights).sum())
        assert 0.75 < ratio < 1.33
        assert f"{everything['热线一组']:.0f} / {everything['疑难专席']:.0f} 小时" in readme


class TestDramaticNoise:
    """e: 官网客服二组 in APP falls sharply in the last week, and nothing has happened."""

    def test_it_falls_by_more_than_25_points_on_few_answers(self, surveys: pd.DataFrame, readme: str) -> None:
        cell = surveys[(surveys["服务班组"] == "官网客服二组") & (surveys["渠道"] == "APP")]
        before, last = (cell.loc[cell["week"] == week, "likelihood"].dropna() for week in ("2026-W38", "2026-W39"))
        assert 12 <= len(before) <= 25
        assert 12 <= len(last) <= 25
        change = nps(last) - nps(before)
        assert change < -25
        assert abs(change) < 1.96 * np.hypot(standard_error(before), standard_error(last)), "no proof of anything"
        assert f"{points(nps(before))} → {points(nps(last))}（n = {len(before)} 与 {len(last)}）" in readme

    def test_no_channel_and_no_team_really_changes_in_the_last_week(self, surveys: pd.DataFrame) -> None:
        for by in ("渠道", "服务班组"):
            for name, rows in surveys.groupby(by):
                before, last = (rows.loc[rows["week"] == week, "likelihood"] for week in ("2026-W38", "2026-W39"))
                change = nps(last) - nps(before)
                assert abs(change) < 1.96 * np.hypot(standard_error(before), standard_error(last)), name


class TestHarshShopper:
    """f: SP-05 gives everybody about 12 points (of 100) less."""

    def test_the_mean_is_twelve_points_lower(self, visits: pd.DataFrame, readme: str) -> None:
        harsh = visits["访客编号"] == "SP-05"
        means = visits["score"][~harsh].mean(), visits["score"][harsh].mean()
        assert harsh.sum() >= 20
        assert 9 <= means[0] - means[1] <= 15
        assert f"{means[0]:.1f} / {means[1]:.1f}" in readme

    def test_so_is_every_pair_of_shoppers_at_one_outlet_on_one_day(self, visits: pd.DataFrame) -> None:
        differences = []
        for _, pair in visits.dropna(subset="网点").groupby(["网点", "day"]):
            harsh = pair["访客编号"] == "SP-05"
            if harsh.any() and not harsh.all():
                differences.append(pair["score"][harsh].mean() - pair["score"][~harsh].mean())
        assert len(differences) >= 8
        assert -16 <= np.mean(differences) <= -8

    def test_the_other_shoppers_agree(self, visits: pd.DataFrame) -> None:
        means = visits[visits["访客编号"] != "SP-05"].groupby("访客编号")["score"].mean()
        assert means.max() - means.min() < 3.5


class TestKeptPromises:
    """g: every channel but 小程序 keeps its promise all the time."""

    def test_at_least_93_percent_in_time_before_and_after_w33(
        self, complaints: pd.DataFrame, truths: dict[str, Any], readme: str
    ) -> None:
        answered = complaints.dropna(subset="waited")
        for channel, limit in truths["kept_promises"]["limit_hours"].items():
            ours = answered[answered["渠道"] == channel]
            in_time = ours["waited"] <= limit
            assert in_time.groupby(ours["week"] >= "2026-W33").mean().min() >= truths["kept_promises"]["share"], channel
            assert f"{channel} {100 * in_time.mean():.0f} %" in readme


class TestKindWords:
    """h: elders recommend and stay away (the family booked); everybody else who recommends comes back more often."""

    @staticmethod
    def share(rows: pd.DataFrame) -> float:
        return float(100 * (rows["30天内复购"] == "是").mean())

    def test_only_the_promoters_among_elders_stay_away(self, surveys: pd.DataFrame, readme: str) -> None:
        known = surveys[surveys["30天内复购"] != ""]
        told = []
        for elders in (True, False):
            ours = known[(known["客群"] == "银发族") == elders]
            up, down = ours[ours["likelihood"] >= 9], ours[ours["likelihood"] <= 6]
            assert self.share(up) < self.share(down) if elders else self.share(up) > self.share(down) + 10
            told.append(f"{self.share(up):.1f} / {self.share(down):.1f} %")
            if elders:
                told[-1] += f"（n = {len(up):,} / {len(down):,}）"
        assert [one for one in told if one not in readme] == []

    def test_nobody_is_known_before_thirty_days_are_over_or_without_an_id(self, surveys: pd.DataFrame) -> None:
        known = surveys[surveys["30天内复购"] != ""]
        assert known["at"].max() <= pd.Timestamp("2026-08-28 23:59:59")
        assert (known["会员编号"] != "").all()
        assert set(known["30天内复购"]) == {"是", "否"}
