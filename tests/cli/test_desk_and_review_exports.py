"""Exports of help desks and of review sites: what each row of a small one is stored as, worked by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from servq.warehouse.store.engine import Warehouse
from tests.cli.conftest import Servq
from tests.ingest.conftest import answers_to

TICKETS = (
    "Summation column,Id,Requester,Requester id,Group,Subject,Status,Priority,Via,Ticket type,Created at,Updated at,"
    "Solved at,Satisfaction Score,First reply time in minutes\n"
    "1,41,Li,9001,退改组,Refund late,Closed,High,Web form,Problem,2026-03-05 10:00,2026-03-06 12:00,2026-03-05 15:00,"
    "Good,30\n"
    "1,42,Wu,9002,退改组,No answer,Open,Normal,Mail,Problem,2026-03-05 11:00,2026-03-05 11:00,,Offered,\n"
    "1,43,Xu,9003,接送组,Rude,Solved,Normal,Mail,Problem,2026-03-05 12:00,2026-03-07 09:00,2026-03-06 12:00,Bad,90\n"
)
DESK = (
    "Ticket ID,Subject,Status,Priority,Source,Type,Group,Created time,Resolved time,Last update time,"
    "Initial response time,Survey results,Product,Contact ID\n"
    "41,Refund late,Closed,High,Portal,Refund,退改组,2026-03-05 10:00:00,2026-03-05 15:00:00,2026-03-06 12:00:00,"
    "2026-03-05 10:30:00,Very Happy,机票,c1\n"
    "42,No answer,Open,Low,Email,Refund,退改组,2026-03-05 11:00:00,,2026-03-05 11:00:00,,,机票,c2\n"
    "43,Rude,Closed,Low,Email,Staff,接送组,2026-03-05 12:00:00,2026-03-06 12:00:00,2026-03-07 09:00:00,"
    "2026-03-05 13:30:00,Neutral,接送,c3\n"
)
BOOKING = (
    "Review date,Guest name,Reservation number,Review title,Positive review,Negative review,Review score,Staff,"
    "Cleanliness,Location,Facilities,Comfort,Value for money,Property reply\n"
    "2026-03-05,Li,R-1,Fine,房间干净,早餐太少,7,8,9,9,7,8,8,\n"
    "2026-03-06,Wu,R-2,No,,等了很久,6,6,6,6,6,6,6,Sorry\n"
    "2026-03-07,Xu,R-3,,,,10,10,10,10,10,10,10,\n"
)
NUMBERED = (
    "序号,提交答卷时间,所用时间,来源,来源详情,来自IP,1、您向亲友推荐我们的可能性有多大？,2、您的意见和建议\n"
    "1,2026/3/5 14:02:31,35秒,微信,直接访问,10.0.0.1(北京),11,很好\n"
    "2,2026/3/6 9:00:00,48秒,微信,直接访问,10.0.0.2(上海),4,太慢了\n"
)
MEITUAN = (
    "评价ID,门店名称,用户昵称,评价时间,评分,评价内容,回复状态\n"
    "8801,外滩店,匿名,2026-03-05 14:02:31,5星,很好,已回复\n"
    "8802,虹桥店,匿名,2026-03-06 09:00:00,2星,太慢了,未回复\n"
)


def written(folder: Path, text: str) -> Path:
    path = folder / "export.csv"
    path.write_text(text, encoding="utf-8")
    return path


def stored(home: Path, statement: str) -> list[tuple[Any, ...]]:
    warehouse = Warehouse(f"sqlite:///{home / 'servq.sqlite'}")
    try:
        return answers_to(warehouse, statement)
    finally:
        warehouse.close()


CASES = (
    "SELECT complaint_id, (first_response_at - opened_at) / 60, (resolved_at - opened_at) / 60, channel, team, category"
)
CASES += ", text FROM complaint ORDER BY complaint_id"
OTHERS = (
    "SELECT response_id, csat_other, csat_scale, csat_satisfied_from, csat, team FROM response ORDER BY response_id"
)


@pytest.mark.parametrize(
    ("name", "source", "asked"),
    [
        ("zendesk", "complaints", ""),
        ("zendesk_csat", "surveys", ""),
        ("freshdesk", "complaints", ""),
        ("freshdesk_satisfaction", "surveys", ""),
        ("booking", "surveys", " --set channel=… --set team=…"),
        ("meituan", "surveys", " --set channel=…"),
        ("wjx", "surveys", " --set channel=… --set team=…"),
    ],
)
def test_it_is_recognised_and_offered_with_what_it_lacks(
    empty: Servq, tmp_path: Path, name: str, source: str, asked: str
) -> None:
    text = {"zendesk": TICKETS, "freshdesk": DESK, "booking": BOOKING, "meituan": MEITUAN, "wjx": NUMBERED}
    said = empty("load", source, written(tmp_path, text[name.partition("_")[0]]))
    assert said.code == 3
    assert f"--map {name}{asked}\n" in said.err + "\n"


def test_zendesk_s_minutes_to_the_first_reply_are_a_moment(empty: Servq, home: Path, tmp_path: Path) -> None:
    said = empty("load", "complaints", written(tmp_path, TICKETS), "--map", "zendesk", "--json")
    assert (said.code, json.loads(said.out)["loaded"]) == (0, 3), said.err
    assert stored(home, CASES) == [
        ("41", 30, 300, "Web form", "退改组", "Problem", "Refund late"),
        ("42", None, None, "Mail", "退改组", "Problem", "No answer"),
        ("43", 90, 1440, "Mail", "接送组", "Problem", "Rude"),
    ]


def test_zendesk_s_good_and_bad_are_a_scale_of_two_and_offered_is_no_answer(
    empty: Servq, home: Path, tmp_path: Path
) -> None:
    said = empty("load", "surveys", written(tmp_path, TICKETS), "--map", "zendesk_csat", "--json")
    report = json.loads(said.out)
    assert (said.code, report["loaded"], report["not_answered"]) == (0, 2, 1), said.err
    assert stored(home, OTHERS) == [("41", 1.0, "0–1", 1.0, None, "退改组"), ("43", 0.0, "0–1", 1.0, None, "接送组")]


def test_freshdesk_s_tickets_have_moments(empty: Servq, home: Path, tmp_path: Path) -> None:
    said = empty("load", "complaints", written(tmp_path, DESK), "--map", "freshdesk", "--json")
    assert (said.code, json.loads(said.out)["loaded"]) == (0, 3), said.err
    assert stored(home, CASES) == [
        ("41", 30, 300, "Portal", "退改组", "Refund", "Refund late"),
        ("42", None, None, "Email", "退改组", "Refund", "No answer"),
        ("43", 90, 1440, "Email", "接送组", "Staff", "Rude"),
    ]


def test_an_export_may_lack_what_its_map_could_use_and_write_its_headers_in_another_case(
    empty: Servq, home: Path, tmp_path: Path
) -> None:
    text = DESK.replace("Created time", "Created Time").replace("Product,", "Ware,").replace("Group,", "Crew,")
    said = empty("load", "complaints", written(tmp_path, text), "--map", "freshdesk", "--set", "team=客服", "--json")
    assert said.code == 0, said.err
    assert [row[4] for row in stored(home, CASES)] == ["客服"] * 3
    assert stored(home, "SELECT count(product) FROM complaint") == [(0,)]


def test_freshdesk_s_seven_faces_are_happy_from_the_fifth_on(empty: Servq, home: Path, tmp_path: Path) -> None:
    said = empty("load", "surveys", written(tmp_path, DESK), "--map", "freshdesk_satisfaction", "--json")
    assert (said.code, json.loads(said.out)["loaded"]) == (0, 2), said.err
    assert stored(home, OTHERS) == [("41", 6.0, "1–7", 5.0, None, "退改组"), ("43", 4.0, "1–7", 5.0, None, "接送组")]


def test_booking_s_scores_of_ten_are_no_five_points_and_both_texts_are_one(
    empty: Servq, home: Path, tmp_path: Path
) -> None:
    where = ["--set", "channel=Booking", "--set", "team=前厅"]
    said = empty("load", "surveys", written(tmp_path, BOOKING), "--map", "booking", *where, "--json")
    assert (said.code, json.loads(said.out)["loaded"]) == (0, 3), said.err
    assert stored(home, "SELECT response_id, csat_other, comment, order_id FROM response ORDER BY answered_at") == [
        ("booking-R-1", 7.0, "房间干净 早餐太少", "R-1"),
        ("booking-R-2", 6.0, "等了很久", "R-2"),
        ("booking-R-3", 10.0, None, "R-3"),
    ]
    # satisfied are 7 and 10, and 6 is not
    assert stored(home, "SELECT csat_other_n, csat_other_satisfied, csat_n FROM survey_cell ORDER BY week") == [
        (3, 2, 0)
    ]


def test_meituan_s_stars_are_five_points_and_its_shops_are_teams(empty: Servq, home: Path, tmp_path: Path) -> None:
    said = empty("load", "surveys", written(tmp_path, MEITUAN), "--map", "meituan", "--set", "channel=美团", "--json")
    assert (said.code, json.loads(said.out)["loaded"]) == (0, 2), said.err
    assert stored(home, "SELECT response_id, csat, team, comment FROM response ORDER BY response_id") == [
        ("美团-8801", 5.0, "外滩店", "很好"),
        ("美团-8802", 2.0, "虹桥店", "太慢了"),
    ]


class TestOptionNumbers:
    WHERE = ("--set", "channel=官网", "--set", "team=一组", "--questionnaire", "春")

    def test_no_option_number_is_taken_for_an_answer(self, empty: Servq, home: Path, tmp_path: Path) -> None:
        said = empty("load", "surveys", written(tmp_path, NUMBERED), "--map", "wjx_numbers", *self.WHERE, "--json")
        assert (said.code, json.loads(said.out)["loaded"]) == (0, 2), said.err
        assert stored(home, "SELECT likelihood, comment FROM response ORDER BY answered_at") == [
            (None, "很好"),
            (None, "太慢了"),
        ]

    def test_a_map_s_words_say_which_option_is_which_answer(self, empty: Servq, home: Path, tmp_path: Path) -> None:
        # eleven options of 0–10: option 11 is 10, option 4 is 3
        words = ", ".join(f'"{option}" = {option - 1}' for option in range(1, 12))
        map_ = tmp_path / "own.toml"
        map_.write_text(
            'source = "surveys"\nquestionnaire = "春"\n[columns]\nresponse_id = "序号"\nanswered_at = "提交答卷时间"\n'
            f'likelihood = {{ from = "1、您向亲友推荐我们的可能性有多大？", words = {{ {words} }} }}\n'
            'channel = { constant = "官网" }\nteam = { constant = "一组" }\n',
            encoding="utf-8",
        )
        said = empty("load", "surveys", written(tmp_path, NUMBERED), "--map", map_)
        assert said.code == 0, said.err
        assert stored(home, "SELECT likelihood FROM response ORDER BY answered_at") == [(10,), (3,)]
