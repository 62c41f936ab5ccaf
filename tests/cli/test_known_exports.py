"""Exports of well-known survey tools: recognised by their headers, offered, and loaded by the name of the tool."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from servq.warehouse.store.engine import Warehouse
from tests.cli.conftest import Servq
from tests.ingest.conftest import answers_to

WHERE = ["--set", "channel=官网", "--set", "team=一组"]

SAMPLES = {
    "wjx": (
        "序号,提交答卷时间,所用时间,来源,来源详情,来自IP,1、您向亲友推荐我们的可能性有多大？,2、您对本次服务的总体满意度,3、您的意见和建议\n"
        "1,2026/3/5 14:02:31,35秒,手机提交,直接访问,10.0.0.1(北京),10,5,很好\n"
        "2,2026/3/6 9:00:00,48秒,微信,直接访问,10.0.0.2(上海),3,2,太慢了\n",
        [("1", "2026-03-05 06:02:31", 10, 5.0, "很好"), ("2", "2026-03-06 01:00:00", 3, 2.0, "太慢了")],
    ),
    "tencent": (
        "编号,开始答题时间,结束答题时间,答题时长,1.您有多大可能推荐我们？,2.您的建议\n"
        "1,2026-03-05 14:00:00,2026-03-05 14:02:31,151秒,9,很好\n"
        "2,2026-03-06 08:59:00,2026-03-06 09:00:00,60秒,3,太慢了\n",
        [("1", "2026-03-05 06:02:31", 9, None, "很好"), ("2", "2026-03-06 01:00:00", 3, None, "太慢了")],
    ),
    "typeform": (
        "#,How likely are you to recommend us?,Any feedback?,Start Date (UTC),Submit Date (UTC),Network ID\n"
        "odw1,10,lovely,2026-03-05 06:00:00,2026-03-05 06:02:31,653e\n"
        "odw2,3,too slow,2026-03-06 00:59:00,2026-03-06 01:00:00,653f\n",
        [("odw1", "2026-03-05 06:02:31", 10, None, "lovely"), ("odw2", "2026-03-06 01:00:00", 3, None, "too slow")],
    ),
    "surveymonkey": (
        "Respondent ID,Collector ID,Start Date,End Date,IP Address,Email Address,First Name,Last Name,Custom Data 1,"
        "How likely is it that you would recommend us?,Do you have any other comments?\n"
        ",,,,,,,,,Response,Open-Ended Response\n"
        "1001,77,2026-03-05 14:00:00,2026-03-05 14:02:31,,,,,,10,lovely\n"
        "1002,77,2026-03-06 08:59:00,2026-03-06 09:00:00,,,,,,3,too slow\n",
        [("1001", "2026-03-05 06:02:31", 10, None, "lovely"), ("1002", "2026-03-06 01:00:00", 3, None, "too slow")],
    ),
    "qualtrics": (
        "StartDate,EndDate,Status,IPAddress,Progress,Finished,RecordedDate,ResponseId,Q1,Q2\n"
        "Start Date,End Date,Response Type,IP Address,Progress,Finished,Recorded Date,Response ID,"
        "How likely are you to recommend us?,Any suggestions?\n"
        '"{""ImportId"":""startDate"",""timeZone"":""America/Denver""}",'
        '"{""ImportId"":""endDate"",""timeZone"":""America/Denver""}","{""ImportId"":""status""}",'
        '"{""ImportId"":""ipAddress""}","{""ImportId"":""progress""}","{""ImportId"":""finished""}",'
        '"{""ImportId"":""recordedDate"",""timeZone"":""America/Denver""}","{""ImportId"":""_recordId""}",'
        '"{""ImportId"":""QID1""}","{""ImportId"":""QID2""}"\n'
        "2026-03-04 23:00:00,2026-03-04 23:02:00,IP Address,,100,True,2026-03-04 23:02:31,R_1,10,lovely\n"
        "2026-03-05 17:59:00,2026-03-05 17:59:59,IP Address,,100,True,2026-03-05 18:00:00,R_2,3,too slow\n",
        [("R_1", "2026-03-05 06:02:31", 10, None, "lovely"), ("R_2", "2026-03-06 01:00:00", 3, None, "too slow")],
    ),
    "chatwoot": (
        "Agent Name,Rating,Feedback Comment,Contact Name,Contact Email Address,Contact Phone Number,"
        "Link to the conversation,Recorded date\n"
        "Li,5,lovely,,,,https://chat.example/app/accounts/1/conversations/7,2026-03-05 06:02:31 UTC\n"
        "Li,2,too slow,,,,https://chat.example/app/accounts/1/conversations/8,2026-03-06 01:00:00 UTC\n"
        "Reporting period 2026-03-01 to 2026-03-31\n",
        [(None, "2026-03-05 06:02:31", None, 5.0, "lovely"), (None, "2026-03-06 01:00:00", None, 2.0, "too slow")],
    ),
    "google_forms_en": (
        "Timestamp,How likely are you to recommend us?,Any suggestions?\n"
        "2026/03/05 2:02:31 PM GMT+8,10,lovely\n2026/03/06 9:00:00 AM GMT+8,3,too slow\n",
        [(None, "2026-03-05 06:02:31", 10, None, "lovely"), (None, "2026-03-06 01:00:00", 3, None, "too slow")],
    ),
    "google_forms_zh": (
        "时间戳记,您推荐我们的可能性,您的建议\n"
        "2026/3/5 下午 2:02:31 GMT+8,10,很好\n2026/3/6 上午 9:00:00 GMT+8,3,太慢了\n",
        [(None, "2026-03-05 06:02:31", 10, None, "很好"), (None, "2026-03-06 01:00:00", 3, None, "太慢了")],
    ),
    "jinshuju": (
        "序号,您有多大可能把我们推荐给朋友？,总体满意度,您的建议,提交人,提交时间,修改时间\n"
        "1,10,5,很好,游客,2026-03-05 14:02:31,2026-03-05 14:02:31\n"
        "2,3,2,太慢了,游客,2026-03-06 09:00:00,2026-03-06 09:00:00\n",
        [("1", "2026-03-05 06:02:31", 10, 5.0, "很好"), ("2", "2026-03-06 01:00:00", 3, 2.0, "太慢了")],
    ),
    "delighted": (
        "id,person,survey_type,score,comment,permalink,created_at,updated_at,tags\n"
        "501,77,nps,10,lovely,https://delighted.example/r/1,1772690551,1772690560,\n"
        "502,78,nps,3,too slow,https://delighted.example/r/2,1772758800,1772758801,\n",
        [("501", "2026-03-05 06:02:31", 10, None, "lovely"), ("502", "2026-03-06 01:00:00", 3, None, "too slow")],
    ),
    "ctrip": (
        "订单号,房型,入住日期,点评时间,总评分,点评内容,回复内容\n"
        "360001,大床房,2026-03-04,2026-03-05 14:02:31,4.8分,很好,感谢\n"
        "360002,双床房,2026-03-05,2026-03-06 09:00:00,2.0分,太慢了,\n",
        [(None, "2026-03-05 06:02:31", None, 4.8, "很好"), (None, "2026-03-06 01:00:00", None, 2.0, "太慢了")],
    ),
}
"""Tool -> a small export in its shape, and its rows: id, time in UTC, likelihood, satisfaction, comment."""


def export(folder: Path, name: str) -> Path:
    path = folder / f"{name}.csv"
    path.write_text(SAMPLES[name][0], encoding="utf-8-sig")
    return path


def stored(home: Path) -> list[tuple[object, ...]]:
    warehouse = Warehouse(f"sqlite:///{home / 'servq.sqlite'}")
    try:
        return answers_to(
            warehouse,
            "SELECT response_id, datetime(answered_at, 'unixepoch'), likelihood, csat, comment, channel, team"
            " FROM response ORDER BY answered_at",
        )
    finally:
        warehouse.close()


@pytest.mark.parametrize("name", SAMPLES)
def test_an_export_is_recognised_and_its_map_is_offered_with_what_it_lacks(
    empty: Servq, tmp_path: Path, name: str
) -> None:
    said = empty("load", "surveys", export(tmp_path, name))
    assert said.code == 3
    assert f"--map {name} --set channel=… --set team=…" in said.err
    assert "looks like an export of" in said.err


@pytest.mark.parametrize("name", SAMPLES)
def test_an_export_is_loaded_by_the_name_of_its_tool(empty: Servq, home: Path, tmp_path: Path, name: str) -> None:
    numbered = ["--questionnaire", "出行后"] if name in ("wjx", "tencent", "jinshuju") else []
    said = empty("load", "surveys", export(tmp_path, name), "--map", name, *WHERE, *numbered, "--json")
    assert said.code == 0, said.err
    report = json.loads(said.out)
    period = int(name == "chatwoot")  # its last line
    assert (report["rows_read"], report["loaded"], report["quarantined"]) == (2 + period, 2, period)
    rows = stored(home)
    for row, (response_id, *told) in zip(rows, SAMPLES[name][1], strict=True):
        prefix = "出行后-" if numbered else ""
        assert response_id is None or row[0] == prefix + response_id
        assert list(row[1:]) == [*told, "官网", "一组"]


def test_what_an_export_does_not_tell_is_asked_for(empty: Servq, tmp_path: Path) -> None:
    said = empty("load", "surveys", export(tmp_path, "typeform"), "--map", "typeform", "--set", "channel=官网")
    assert said.code == 2
    assert "--set team=…" in said.err


def test_a_value_for_every_row_can_be_said_without_a_map(empty: Servq, home: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("答卷编号,提交时间,班组,推荐意愿\nx1,2026-03-05 14:02:31,二组,9\n", encoding="utf-8")
    said = empty("load", "surveys", path, "--set", "channel=官网")
    assert said.code == 0, said.err
    assert stored(home) == [("x1", "2026-03-05 06:02:31", 9, None, None, "官网", "二组")]


@pytest.mark.parametrize("said", ["channel", "=官网", "chanel=官网"])
def test_a_value_that_is_no_column_and_value_is_refused(empty: Servq, tmp_path: Path, said: str) -> None:
    assert empty("load", "surveys", export(tmp_path, "wjx"), "--set", said).code == 2


def test_a_file_of_no_known_tool_is_offered_nothing(empty: Servq, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("甲,乙\n1,2\n", encoding="utf-8")
    assert "looks like" not in empty("load", "surveys", path).err


def test_the_reason_of_a_score_is_not_the_score_and_an_item_is_not_the_whole(
    empty: Servq, home: Path, tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "序号,提交答卷时间,所用时间,1、您向亲友推荐我们的可能性有多大？,2、您愿意推荐的主要原因,3、总体满意度评价：—餐饮,3、客房,4、总体而言您满意吗\n"
        "1,2026/3/5 14:02:31,35秒,9,位置好,1,2,5\n",
        encoding="utf-8",
    )
    said = empty("load", "surveys", path, "--map", "wjx", "--questionnaire", "三月", *WHERE)
    assert said.code == 0, said.err
    with Warehouse(f"sqlite:///{home / 'servq.sqlite'}").read() as connection:
        assert connection.exec_driver_sql("SELECT likelihood, csat FROM response").all() == [(9, 5)]
