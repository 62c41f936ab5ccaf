"""The page 载入文件 and the command line on exports whose rows or answers have another shape: both ways equal."""

from __future__ import annotations

import json
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from streamlit.testing.v1 import AppTest

from servq.ingest.load import load_file
from servq.loaders.maps.map import map_from_table
from servq.query import measure, take_snapshot
from servq.records import LoadReport
from servq.standards import Standards
from tests.pages.health.test_upload import chosen, clicked, flat, sent, told

Page, Said = Callable[..., AppTest], Callable[[AppTest], str]

ABOUT = "答卷编号,提交时间,渠道,班组"
ONE, TWO = "1,2025-03-04 10:00,官网,一组", "2,2025-03-04 11:00,OTA,二组"


def by_command(home: SimpleNamespace, tmp_path: Any, content: str, source: str, table: Any = None) -> LoadReport:
    """The same file loaded beside the page, with the same map, tried only."""
    path = tmp_path / "again.csv"
    path.write_text(content, encoding="utf-8")
    map_ = map_from_table(table, "m") if table else None
    return load_file(home.warehouse, home.home, path, source, map_, trial=True, replace=True)


def figures(home: SimpleNamespace, name: str, *by: str) -> dict[str, float | None]:
    snapshot = take_snapshot(home.warehouse, Standards(), 0)
    return {" ".join(row.dims.values()): row.reading.value for row in measure(snapshot, name, by)}


def test_a_matrix_question_is_read_as_the_four_items(
    empty: SimpleNamespace, page: Page, said: Said, tmp_path: Any
) -> None:
    items = "7、请评价各项的满意程度：—服务态度,7、响应时间,7、问题解决,7、沟通效率"
    content = f"{ABOUT},{items}\n{ONE},5,4,3,2\n{TWO},3,4,5,4\n"
    app = sent(page("upload"), "矩阵.csv", content)
    text = flat(said(app))
    assert "7、请评价各项的满意程度：—服务态度 → 服务态度 attitude 5" in text
    assert "没有用到的列" not in text
    clicked(app, "upload-load")
    assert figures(empty, "attitude") == {"": 4.0}
    assert by_command(empty, tmp_path, content, "surveys").duplicates == 2


LONG = f"""{ABOUT},题目,答案
{ONE},您会推荐我们吗,9
{TWO},您会推荐我们吗,3
{ONE},服务态度,5
"""


def test_a_long_table_is_turned_round_by_choosing_three_columns(
    empty: SimpleNamespace, page: Page, said: Said, tmp_path: Any
) -> None:
    app = sent(page("upload"), "长表.csv", LONG)
    clicked(app, "upload-by-hand")
    for part, header in (("id", "答卷编号"), ("question", "题目"), ("answer", "答案")):
        app.selectbox(key=f"map-surveys-shape-{part}").set_value(header)
    app.run()
    assert not app.exception
    chosen(app, likelihood="from:您会推荐我们吗")
    clicked(app, "map-surveys-apply")
    text = flat(said(app))
    assert "读懂了：" in text
    assert "每题一行，已按答卷合成一行" in text
    assert "您会推荐我们吗 → 推荐意愿 likelihood 9" in text
    clicked(app, "upload-load")
    assert "2 读取 = 2 新增" in flat(said(app)) or "2 行" in flat(said(app))
    assert "3 行文件内容转成了上面的行数" in flat(said(app))
    assert figures(empty, "nps") == {"": 0.0}
    columns = dict(zip(("response_id", "answered_at", "channel", "team"), ABOUT.split(","), strict=True))
    columns |= {"likelihood": "您会推荐我们吗", "attitude": "服务态度"}
    long = {"id": "答卷编号", "question": "题目", "answer": "答案"}
    report = by_command(empty, tmp_path, LONG, "surveys", {"source": "surveys", "long": long, "columns": columns})
    assert (report.rows_read, report.duplicates, report.noted["lines_turned"]) == (2, 2, 3)
    assert report.adds_up


def test_a_checklist_with_a_column_per_item_needs_no_map(
    empty: SimpleNamespace, page: Page, said: Said, tmp_path: Any
) -> None:
    about = "访问编号,访问时间,渠道,被访班组"
    content = f"{about},微笑服务(5分),着装(10分)\nV1,2025-03-04,门店,一组,5,8\nV2,2025-03-04,门店,二组,3,\n"
    app = sent(page("upload", source="visits"), "检查.csv", content)
    text = flat(said(app))
    assert "每个检查项一列，2 列已转成每项一行" in text
    assert "检查项 → 检查项 item 微笑服务" in text
    clicked(app, "upload-load")
    text = flat(said(app))
    assert "2 行文件内容转成了上面的行数" in text
    assert "1 个检查项的格子是空的" in text
    # V1: 13 of 15, V2: 3 of 5
    assert figures(empty, "visit_score", "team") == {"一组": 1300 / 15, "二组": 60.0}
    assert by_command(empty, tmp_path, content, "visits").duplicates == 3


def test_items_that_do_not_tell_their_points_are_chosen(empty: SimpleNamespace, page: Page, said: Said) -> None:
    content = "访问编号,访问时间,渠道,被访班组,微笑服务,着装\nV1,2025-03-04,门店,一组,5,4\n"
    app = sent(page("upload", source="visits"), "检查.csv", content)
    clicked(app, "upload-by-hand")
    app.multiselect(key="map-visits-shape-columns").set_value(["微笑服务", "着装"])
    app.number_input(key="map-visits-shape-possible").set_value(5)
    app.run()
    clicked(app, "map-visits-apply")
    assert "2 列已转成每项一行" in flat(said(app))
    clicked(app, "upload-load")
    assert figures(empty, "visit_score") == {"": 90.0}


def test_several_answers_in_a_cell_are_overlapping_groups(
    empty: SimpleNamespace, page: Page, said: Said, tmp_path: Any
) -> None:
    content = f"{ABOUT},推荐意愿,客群\n{ONE},9,商务、亲子\n{TWO},3,亲子\n"
    app = sent(page("upload"), "多选.csv", content)
    app.selectbox(key="upload-how-surveys").set_value("by-hand")
    app.run()
    told(app, segment_several="、")
    app.run()
    clicked(app, "map-surveys-apply")
    clicked(app, "upload-load")
    assert figures(empty, "nps", "segment") == {"亲子": 0.0, "商务": 100.0}
    assert figures(empty, "responses") == {"": 2}
    columns = dict(zip(("response_id", "answered_at", "channel", "team"), ABOUT.split(","), strict=True))
    columns |= {"likelihood": "推荐意愿"}
    table = {"source": "surveys", "columns": columns | {"segment": {"from": "客群", "several": "、"}}}
    assert by_command(empty, tmp_path, content, "surveys", table).duplicates == 2
    weekly = page("weekly", week="2025-W10", segment="商务")
    assert "客群（分组有重叠）" in [one.label for one in weekly.multiselect]
    assert "商务" in weekly.multiselect(key="segment").options
    json.dumps(table)


def test_one_column_per_option_is_named_in_the_form(empty: SimpleNamespace, page: Page) -> None:
    content = f"{ABOUT},推荐意愿,3(商务),3(亲子)\n{ONE},9,1,1\n{TWO},3,0,1\n"
    app = sent(page("upload"), "多选.csv", content)
    app.selectbox(key="upload-how-surveys").set_value("by-hand")
    app.run()
    chosen(app, segment="from:3(商务)")
    told(app, segment_options="3(商务)=商务；3(亲子)")
    app.run()
    clicked(app, "map-surveys-apply")
    clicked(app, "upload-load")
    assert figures(empty, "responses", "segment") == {"亲子": 2, "商务": 1}


def test_a_page_that_cuts_by_customer_group_says_that_groups_overlap(
    empty: SimpleNamespace, page: Page, said: Said
) -> None:
    lines = [f"{n},2025-03-04 10:00,官网,一组,{9 if n % 2 else 3},商务┋亲子,是" for n in range(24)]
    content = "\n".join([f"{ABOUT},推荐意愿,客群,180天内复购", *lines, ""])
    clicked(sent(page("upload"), "客群.csv", content), "upload-load")
    text = flat(said(page("journey", week="2025-W10")))
    assert "分组有重叠：一份答卷可属几个客群，各组之和大于总数；客群之间不互相比较。" in text
