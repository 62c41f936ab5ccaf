"""The page 数据健康: every row accounted for, the quarantine with reasons; also before any load."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

from streamlit.testing.v1 import AppTest

from servq.query.data.inventory import OUTCOMES, held, loads, quarantined, waiting

Page, Said = Callable[..., AppTest], Callable[[AppTest], str]


def _flat(text: str) -> str:
    return " ".join(text.split())


def test_before_any_load_it_says_how_to_begin(empty: SimpleNamespace, page: Page, said: Said) -> None:
    text = said(page("health"))
    assert "还没有载入任何文件" in text
    assert "servq demo" in text
    assert text.count("尚未载入") == 3
    assert "必需列：投诉单号" in text.replace(" ", "")


def test_an_uninitialised_warehouse_says_what_to_run(home: object, page: Page, said: Said) -> None:
    text = said(page("health"))
    assert "尚未初始化" in text
    assert "servq init" in text


def test_every_load_is_a_sum_that_adds_up(one_team: SimpleNamespace, page: Page, said: Said) -> None:
    text = _flat(said(page("health")))
    assert "2 次载入都对得上账，1 行在隔离区" in text
    assert "41 = 40 + 0 + 0 + 0 + 1 核对一致 ✓" in text
    assert "4 = 4 + 0 + 0 + 0 + 0 核对一致 ✓" in text


def test_a_sum_that_is_wrong_is_shown_as_wrong(one_team: SimpleNamespace, page: Page, said: Said) -> None:
    with one_team.warehouse.write() as connection:
        connection.exec_driver_sql("UPDATE load_log SET loaded = loaded - 1 WHERE source = 'complaints'")
    text = _flat(said(page("health")))
    assert "1 次载入对不上账" in text
    assert "4 = 3 + 0 + 0 + 0 + 0 核对不一致 ✕" in text


def test_the_counts_are_those_of_the_tables(full: SimpleNamespace, page: Page, said: Said) -> None:
    found = {one.source.name: one.count for one in held(full.snapshot())}
    tables = {
        "surveys": full.count("SELECT count(*) FROM response"),
        "complaints": full.count("SELECT count(*) FROM complaint"),
        "visits": full.count("SELECT count(DISTINCT visit_id) FROM visit_item"),
    }
    assert found == tables
    text = _flat(said(page("health")))
    assert f"{tables['surveys']:,} 份答卷" in text
    assert f"{tables['complaints']:,} 件投诉" in text


def test_each_header_is_shown_with_its_column(full: SimpleNamespace, page: Page, said: Said) -> None:
    text = _flat(said(page("health")))
    assert "推荐意愿(0-10) → 推荐意愿 likelihood" in text
    assert "编码 gb18030" in text


def test_the_filter_does_not_apply(full: SimpleNamespace, page: Page, said: Said) -> None:
    assert said(page("health", channel="OTA")).count("份答卷") == said(page("health")).count("份答卷") == 1
    total = full.count("SELECT count(*) FROM response")
    assert f"{total:,}" in said(page("health", channel="OTA"))


def test_what_waits_is_listed_with_row_value_and_reason(full: SimpleNamespace, page: Page, said: Said) -> None:
    total = full.count("SELECT count(*) FROM quarantine")
    snapshot = full.snapshot()
    assert sum(one.rows for one in waiting(snapshot)) == total == len(quarantined(snapshot))
    text = _flat(said(page("health")))
    assert f"隔离区：{total} 行没有计入任何数字" in text
    assert "surveys.csv 318 推荐意愿(0-10) 11 超出允许范围" in text


def test_an_empty_quarantine_says_so(one_team: SimpleNamespace, page: Page, said: Said) -> None:
    with one_team.warehouse.write() as connection:
        connection.exec_driver_sql("DELETE FROM quarantine")
    assert "隔离区是空的" in said(page("health"))


def test_hostile_file_values_stay_text(one_team: SimpleNamespace, page: Page, drawn: Said) -> None:
    with one_team.warehouse.write() as connection:
        connection.exec_driver_sql(
            "UPDATE quarantine SET value = '<img src=x onerror=alert(1)>', \"column\" = '**列**'"
        )
        connection.exec_driver_sql("UPDATE load_log SET file_name = '<b>x</b>.csv'")
    sent = drawn(page("health"))
    assert "<img" not in sent
    assert "<b>x</b>" not in sent
    assert "**列**" in sent


def test_the_log_is_newest_first(full: SimpleNamespace) -> None:
    found = loads(full.snapshot(), 30)
    assert [load.line["load_id"] for load in found] == [3, 2, 1]
    assert all(load.adds_up and load.line["rows_read"] == sum(load.line[name] for name in OUTCOMES) for load in found)


def test_a_taken_away_row_has_its_file_columns(one_team: SimpleNamespace) -> None:
    (line,) = quarantined(one_team.snapshot())
    told = [line[name] for name in ("row", "column", "value", "reason")]
    assert told == [42, "推荐意愿", "11", "out_of_range"]
    assert line["raw"]["答卷编号"] == "R900"


def test_in_english(one_team: SimpleNamespace, page: Page, said: Said) -> None:
    text = _flat(said(page("health", lang="English")))
    assert "All 2 loads add up; rows in quarantine: 1" in text
    assert "outside the allowed range" in text
