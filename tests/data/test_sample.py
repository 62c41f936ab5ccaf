"""The three sample files, which look like the exports that they stand for."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

END = pd.Timestamp("2026-09-27 23:59:59")
SURVEY_HEADERS = [
    "答卷编号", "提交时间", "渠道", "服务班组", "会员编号", "推荐意愿(0-10)", "总体满意度(1-5)", "服务态度", "响应时间",
    "问题解决", "沟通效率", "触点", "客群", "调查方式", "产品", "合作方", "订单号", "30天内复购", "您的意见和建议",
]  # fmt: skip
COMPLAINT_HEADERS = [
    "投诉单号", "受理时间", "首次响应时间", "办结时间", "重开时间", "渠道", "责任班组", "投诉类别", "投诉子类",
    "严重程度", "状态", "会员编号", "订单号", "产品", "合作方", "投诉内容", "处理结果",
]  # fmt: skip
VISIT_HEADERS = [
    "访问编号", "访问时间", "渠道", "被访班组", "网点", "访客编号", "检查维度", "检查项", "得分", "满分", "备注",
]  # fmt: skip
CHANNELS = {"官网", "APP", "小程序", "OTA", "社交媒体", "门店", "呼叫中心"}


class TestSurveys:
    def test_it_is_gb18030_with_crlf_and_line_breaks_only_inside_quotes(self, root: Path, survey_rows: Any) -> None:
        raw = (root / "data/sample/surveys.csv").read_bytes()
        assert not raw.startswith((b"\xef\xbb\xbf", b"\xff\xfe"))
        assert raw.endswith(b"\r\n")
        assert raw.count(b"\r\n") == len(survey_rows)
        assert raw.count(b"\n") > raw.count(b"\r\n"), "some comments have a line break in them"

    def test_headers_are_those_of_the_survey_tool(self, survey_rows: list[list[str]]) -> None:
        assert survey_rows[0] == SURVEY_HEADERS

    def test_about_twelve_thousand_answers_cover_every_one_of_26_weeks(self, surveys: pd.DataFrame) -> None:
        assert 11_700 <= len(surveys) <= 12_300
        by_week = surveys.groupby("week").size()
        assert list(by_week.index) == [f"2026-W{number}" for number in range(14, 40)]
        assert by_week.min() > 350
        assert surveys["at"].min() >= pd.Timestamp("2026-03-30")
        assert surveys["at"].max() <= END

    def test_ids_are_text_with_leading_zeros_in_the_order_of_submission(self, surveys: pd.DataFrame) -> None:
        assert surveys["答卷编号"].str.fullmatch(r"000\d{5}").all()
        assert surveys["答卷编号"].is_monotonic_increasing
        assert surveys["答卷编号"].is_unique
        assert surveys["at"].is_monotonic_increasing

    def test_seven_channels_twelve_teams_of_one_or_two_channels(self, surveys: pd.DataFrame) -> None:
        assert set(surveys["渠道"]) == CHANNELS
        channels_of = surveys.groupby("服务班组")["渠道"].nunique()
        assert len(channels_of) == 12
        assert set(channels_of) == {1, 2}
        assert set(surveys["客群"]) == {"Z世代", "商务客", "银发族", "亲子"}
        assert set(surveys["触点"]) == {"预决策", "中体验", "后传播"}
        assert set(surveys["调查方式"]) == {"网页", "短信", "电话"}

    def test_nps_and_csat_are_of_an_ordinary_company(self, surveys: pd.DataFrame) -> None:
        scores = surveys["likelihood"].dropna()
        assert 30 <= 100 * ((scores >= 9).mean() - (scores <= 6).mean()) <= 40
        assert 0.80 <= (surveys["csat"].dropna() >= 4).mean() <= 0.85

    def test_items_are_left_blank_more_often_than_likelihood(self, surveys: pd.DataFrame) -> None:
        blank = surveys[["likelihood", "csat", "服务态度", "响应时间", "问题解决", "沟通效率"]].isna().mean()
        assert 0.02 <= blank["likelihood"] <= 0.04
        assert blank["likelihood"] < blank["csat"] < blank[["服务态度", "响应时间", "问题解决", "沟通效率"]].min()

    def test_telephone_answers_run_higher_and_modes_are_mixed_unevenly(self, surveys: pd.DataFrame) -> None:
        mean = surveys.groupby("调查方式")["likelihood"].mean()
        assert mean["电话"] > mean["网页"] + 0.2
        by_phone = (surveys["调查方式"] == "电话").groupby(surveys["渠道"]).mean()
        assert by_phone["呼叫中心"] > 0.5
        assert by_phone["APP"] < 0.05

    def test_customers_come_again(self, surveys: pd.DataFrame) -> None:
        times = surveys.loc[surveys["会员编号"] != "", "会员编号"].value_counts()
        assert 1000 < (times > 1).sum() < len(times)

    def test_nearly_half_write_nothing_and_hardly_two_long_comments_are_alike(self, surveys: pd.DataFrame) -> None:
        assert 0.42 <= (surveys["comment"] == "").mean() <= 0.48
        written = surveys.loc[surveys["comment"] != "", "comment"]
        assert written.nunique() / len(written) > 0.8
        assert written[written.str.len() > 8].nunique() / (written.str.len() > 8).sum() > 0.95
        english = written.str.fullmatch(r"[\x00-\x7f]+") & written.str.contains(" ")
        assert 0.03 <= english.mean() <= 0.05

    def test_contact_data_in_comments_is_visibly_made_up(self, surveys: pd.DataFrame) -> None:
        phones = surveys["comment"].str.extract(r"(1\d{2}[- ]?\d{4}[- ]?\d{4})")[0].dropna()
        assert len(phones) >= 20
        assert phones.str.replace(r"\D", "", regex=True).str[3:7].eq("0000").all()


class TestComplaints:
    def test_headers_stand_in_the_first_row_of_one_sheet(self, complaint_rows: list[list[Any]]) -> None:
        assert complaint_rows[0] == COMPLAINT_HEADERS

    def test_times_are_real_dates_in_order_and_end_with_the_period(self, complaints: pd.DataFrame) -> None:
        opened, answered = complaints["受理时间"], complaints["首次响应时间"]
        closed, again = complaints["办结时间"], complaints["重开时间"]
        assert (answered.isna() | (opened <= answered)).all()
        assert (closed.isna() | (answered <= closed)).all()
        assert (again.isna() | ((opened < again) & (closed.isna() | (again < closed)))).all()
        assert complaints[["受理时间", "首次响应时间", "办结时间", "重开时间"]].max().max() <= END

    def test_about_1500_of_which_some_are_open_and_some_unanswered(self, complaints: pd.DataFrame) -> None:
        assert 1_400 <= len(complaints) <= 1_600
        assert complaints["投诉单号"].is_unique
        assert 20 <= complaints["办结时间"].isna().sum() <= 80
        assert 4 <= complaints["首次响应时间"].isna().sum() <= 15
        assert 0.03 <= complaints["重开时间"].notna().mean() <= 0.10
        assert {"已办结", "处理中", "待响应"} <= set(complaints["状态"]) <= {"已办结", "处理中", "待响应", "重开处理中"}

    def test_clocks_are_skewed_to_the_right(self, complaints: pd.DataFrame) -> None:
        assert complaints["took"].mean() > 1.3 * complaints["took"].median()
        assert complaints["waited"].mean() > 1.3 * complaints["waited"].median()

    def test_seven_categories_with_three_to_six_causes_each(self, complaints: pd.DataFrame) -> None:
        causes = complaints.groupby("投诉类别")["投诉子类"].nunique()
        assert len(causes) == 7
        assert causes.between(3, 6).all()

    def test_nearly_every_complaint_has_its_own_words(self, complaints: pd.DataFrame) -> None:
        assert complaints["投诉内容"].nunique() / len(complaints) > 0.95
        assert complaints["投诉内容"].str.contains(r"0000|SQ2026").sum() >= 40


class TestVisits:
    def test_headers_are_those_of_the_checklist(self, items: pd.DataFrame) -> None:
        assert list(items.columns) == VISIT_HEADERS

    def test_about_300_visits_of_twelve_items_in_four_dimensions(self, items: pd.DataFrame) -> None:
        of_visit = items.groupby("访问编号").agg({"检查项": "nunique", "检查维度": "nunique"})
        assert 295 <= len(of_visit) <= 305
        assert set(of_visit["检查项"]) == {12}
        assert set(of_visit["检查维度"]) == {4}
        assert items["得分"].between(0, items["满分"]).all()
        assert isinstance(items["访问时间"].iloc[0].to_pydatetime(), datetime)

    def test_eight_shoppers_and_some_outlets_seen_by_two_on_one_day(self, visits: pd.DataFrame) -> None:
        assert visits["访客编号"].nunique() == 8
        seen_by = visits.dropna(subset="网点").groupby(["网点", "day"])["访客编号"].nunique()
        assert (seen_by >= 2).sum() >= 25


class TestBadRows:
    def test_every_spoiled_cell_stands_in_its_listed_spreadsheet_row(
        self, survey_rows: list[list[str]], complaint_rows: list[list[Any]], truths: dict[str, Any]
    ) -> None:
        rows = {"surveys.csv": survey_rows, "complaints.xlsx": complaint_rows}
        for entry in truths["bad_row"]:
            header, row = rows[entry["file"]][0], rows[entry["file"]][entry["row"] - 1]
            if entry["reason"] == "wrong_width":
                assert len(row) == len(header) + 1
            elif entry["reason"] == "time_order":
                assert row[3] < row[1]
            else:
                assert row[header.index(entry["header"])] == entry["value"]

    def test_no_other_answer_is_out_of_range_or_empty(self, surveys: pd.DataFrame) -> None:
        assert surveys["likelihood"].dropna().between(0, 10).all()
        for item in ("csat", "服务态度", "响应时间", "问题解决", "沟通效率"):
            assert surveys[item].dropna().between(1, 5).all()
        assert (surveys["渠道"] != "").all()
        assert (surveys["服务班组"] != "").all()
        assert (surveys["likelihood"].notna() | surveys["csat"].notna()).all()

    def test_only_the_listed_row_has_another_width(self, survey_rows: list[list[str]], truths: dict[str, Any]) -> None:
        other = [number for number, row in enumerate(survey_rows, start=1) if len(row) != 19]
        assert other == [entry["row"] for entry in truths["bad_row"] if entry["reason"] == "wrong_width"]

    def test_the_listed_duplicates_repeat_their_originals_cell_by_cell(
        self, survey_rows: list[list[str]], complaint_rows: list[list[Any]], truths: dict[str, Any]
    ) -> None:
        rows = {"surveys.csv": survey_rows, "complaints.xlsx": complaint_rows}
        for entry in truths["duplicate_row"]:
            assert rows[entry["file"]][entry["row"] - 1] == rows[entry["file"]][entry["of"] - 1]

    def test_ids_repeat_nowhere_else(
        self, survey_rows: list[list[str]], complaint_rows: list[list[Any]], truths: dict[str, Any]
    ) -> None:
        for file, rows in (("surveys.csv", survey_rows), ("complaints.xlsx", complaint_rows)):
            ids = [row[0] for row in rows]
            assert len(ids) - len(set(ids)) == sum(entry["file"] == file for entry in truths["duplicate_row"])


def test_the_three_files_stay_below_six_megabytes(root: Path) -> None:
    assert sum(path.stat().st_size for path in (root / "data/sample").iterdir()) < 6_000_000


def test_the_readme_tells_how_many_rows_each_file_has(
    readme: str, survey_rows: Any, surveys: pd.DataFrame, complaint_rows: Any, complaints: pd.DataFrame
) -> None:
    assert f"| {len(survey_rows) - 1:,} | {len(surveys):,} |" in readme
    assert f"| {len(complaint_rows) - 1:,} | {len(complaints):,} |" in readme
    still_open, unanswered = (complaints[header].isna().sum() for header in ("办结时间", "首次响应时间"))
    assert f"{still_open} 件未办结，其中 {unanswered} 件还没有首次响应" in readme
