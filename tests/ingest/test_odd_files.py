"""Odd files as people have them, loaded on both stores; every figure is worked by hand or counted here anew.

Owns no rule of its own: each case is a small file, what becomes of its rows, and the figures that it gives.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from servq.errors import FileRefused, UsageError
from servq.ingest import load_file
from servq.ingest.preview import preview
from servq.ingest.quarantine.retry import retry
from servq.loaders.maps.map import Map, map_from_table
from servq.query import measure, take_snapshot
from servq.records import LoadReport
from servq.standards import Standards
from servq.warehouse.store.engine import Warehouse
from tests.ingest.conftest import Ask

SURVEY = "答卷编号,提交时间,渠道,班组"
VISIT = "访问编号,访问时间,渠道,被访班组"
COLUMNS = {"response_id": "答卷编号", "answered_at": "提交时间", "channel": "渠道", "team": "班组"}
LONG = {
    "source": "surveys",
    "long": {"id": "答卷编号", "question": "题目", "answer": "答案"},
    "columns": COLUMNS | {"likelihood": "推荐吗", "comment": "意见"},
}
PHONE = "13900005001"


def row(number: object, *cells: object) -> str:
    """One answer or visit, with what each has."""
    return ",".join(map(str, (number, "2026-04-20 10:00", "官网", "一组", *cells)))


def survey_map(**columns: Any) -> dict[str, Any]:
    return {"source": "surveys", "columns": COLUMNS | columns}


def share(values: Sequence[float], least: float) -> float:
    return 100 * sum(value >= least for value in values) / len(values)


def nps(values: Sequence[int]) -> float:
    return 100 * (sum(value >= 9 for value in values) - sum(value <= 6 for value in values)) / len(values)


@dataclass(frozen=True)
class Odd:
    """A file, what becomes of its rows, and its figures.

    Attributes:
        outcome: loaded, conflicts, duplicates, quarantined, not answered.
        figures: metric -> its value and the answers that it counts.
        groups: customer group -> NPS and answers.
    """

    head: str
    rows: Sequence[str]
    outcome: tuple[int, int, int, int, int]
    figures: Mapping[str, tuple[float | None, int]]
    map_: dict[str, Any] | None = None
    source: str = "surveys"
    reasons: Mapping[str, int] = field(default_factory=dict)
    groups: Mapping[str, tuple[float, int]] = field(default_factory=dict)


TOLD = "7、满意程度：—服务态度,7、响应时间"
SEVERAL = survey_map(likelihood="推荐", segment={"from": "客群", "several": ";"})
OF_100 = survey_map(csat_other={"from": "打分", "scale": [0, 100], "satisfied_from": 80})
TURNED = survey_map(effort={"from": "费力度", "words": {str(one): 8 - one for one in range(1, 8)}})

ODD = {
    "importance before satisfaction": Odd(
        f"{SURVEY},6、重要程度：—服务态度,6、响应时间,{TOLD}",
        [row(1, 1, 1, 5, 4), row(2, 2, 2, 2, 3)],
        (2, 0, 0, 0, 0),
        {"attitude": (3.5, 2), "responsiveness": (3.5, 2)},
    ),
    "importance and satisfaction in two rows of header": Odd(
        f"{SURVEY},满意程度,,重要程度,\n,,,,服务态度,响应时间,服务态度,响应时间",
        [row(1, 5, 4, 1, 1), row(2, 3, 2, 1, 1)],
        (2, 0, 0, 0, 0),
        {"attitude": (4, 2), "responsiveness": (3, 2)},
    ),
    "an item twice in one matrix is not taken": Odd(
        f"{SURVEY},7、满意程度：—服务态度,7、服务态度,7、响应时间",
        [row(1, 5, 1, 4), row(2, 4, 1, 2)],
        (2, 0, 0, 0, 0),
        {"attitude": (None, 0), "responsiveness": (3, 2)},
    ),
    "items of two matrices are not taken, the recommendation is": Odd(
        f"{SURVEY},{TOLD},8、满意程度：—服务态度,8、响应时间,推荐意愿",
        [row(1, 5, 4, 1, 1, 9), row(2, 4, 3, 1, 1, 8)],
        (2, 0, 0, 0, 0),
        {"attitude": (None, 0), "responsiveness": (None, 0), "nps": (nps([9, 8]), 2)},
    ),
    "how far expectations were met is no expectation": Odd(
        f"{SURVEY},7、是否达到您的预期：—服务态度,7、响应时间,8、您的感受：—服务态度,8、响应时间",
        [row(1, 1, 1, 5, 4)],
        (1, 0, 0, 0, 0),
        {"attitude": (5, 1), "attitude_gap": (None, 0)},
    ),
    "an expectation stays one": Odd(
        f"{SURVEY},7、您的期望：—服务态度,7、响应时间,8、您的感受：—服务态度,8、响应时间",
        [row(1, 4, 4, 5, 2)],
        (1, 0, 0, 0, 0),
        {"attitude": (5, 1), "attitude_gap": (1, 1), "responsiveness_gap": (-2, 1)},
    ),
    "dissatisfaction is no satisfaction": Odd(
        f"{SURVEY},7、您的不满意程度：—服务态度,7、响应时间,推荐意愿",
        [row(1, 5, 5, 9), row(2, 5, 5, 0)],
        (2, 0, 0, 0, 0),
        {"attitude": (None, 0), "nps": (0, 2)},
    ),
    "a scale that runs from dissatisfied to satisfied is one": Odd(
        f"{SURVEY},7、请打分（1 非常不满意 5 非常满意）：—服务态度,7、响应时间",
        [row(1, 5, 3)],
        (1, 0, 0, 0, 0),
        {"attitude": (5, 1), "responsiveness": (3, 1)},
    ),
    "two hyphens before an item": Odd(
        f"{SURVEY},7、请评价：--服务态度,7、响应时间", [row(1, 5, 3)], (1, 0, 0, 0, 0), {"attitude": (5, 1)}
    ),
    "an empty matrix is not answered": Odd(
        f"{SURVEY},{TOLD}",
        [row(1, "", ""), row(2, "", ""), row(3, 5, "")],
        (1, 0, 0, 0, 2),
        {"attitude": (5, 1), "response_rate": (100 / 3, 1)},
    ),
    "signs between groups at the end, alone, twice": Odd(
        f"{SURVEY},推荐意愿,客群",
        [row(1, 9, "商务┋亲子┋"), row(2, 9, "┋"), row(3, 0, "亲子┋亲子"), row(4, 8, "┋┋商务"), row(5, 0, "")],
        (5, 0, 0, 0, 0),
        {"nps": (nps([9, 9, 0, 8, 0]), 5)},
        groups={"商务": (nps([9, 8]), 2), "亲子": (nps([9, 0]), 2), "未注明": (nps([9, 0]), 2)},
    ),
    "groups of which some were skipped": Odd(
        f"{SURVEY},推荐意愿,客群",
        [row(1, 9, "商务┋(空)"), row(2, 0, "（空）┋（跳过）"), row(3, 8, "(跳过)")],
        (3, 0, 0, 0, 0),
        {"nps": (0, 3)},
        groups={"商务": (100, 1), "未注明": (-50, 2)},
    ),
    "a sign of either width between groups": Odd(
        f"{SURVEY},推荐,客群",
        [row(1, 9, "商务；亲子"), row(2, 8, "商务; 亲子；"), row(3, 0, ";"), row(4, 0, "；")],
        (4, 0, 0, 0, 0),
        {"nps": (-25, 4)},
        SEVERAL,
        groups={"商务": (50, 2), "亲子": (50, 2), "未注明": (-100, 2)},
    ),
    "codes of groups, one of them unknown": Odd(
        f"{SURVEY},推荐,客群",
        [row(1, 9, "1;2"), row(2, 8, "2;9"), row(3, 0, "1;1")],
        (3, 0, 0, 0, 0),
        {"nps": (0, 3)},
        survey_map(likelihood="推荐", segment={"from": "客群", "several": ";", "names": {"1": "商务", "2": "亲子"}}),
        groups={"商务": (0, 2), "亲子": (50, 2), "9": (0, 1)},
    ),
    "options ticked in several ways": Odd(
        f"{SURVEY},推荐,3(商务),3(亲子)",
        [row(1, 9, 1, 0), row(2, 8, "√", "亲子"), row(3, 0, "", ""), row(4, 0, 5, 1)],
        (3, 0, 0, 1, 0),
        {"nps": (0, 3)},
        survey_map(likelihood="推荐", segment={"options": {"3(商务)": "商务", "3(亲子)": "亲子"}}),
        reasons={"not_yes_or_no": 1},
        groups={"商务": (50, 2), "亲子": (0, 1), "未注明": (-100, 1)},
    ),
    "a scale of a hundred with 101, decimals, text": Odd(
        f"{SURVEY},打分",
        [row(n, said) for n, said in enumerate(("101", "80", "79.999", "95%", "很好", "100", "0", "90/100", "-1", ""))],
        (6, 0, 0, 3, 1),
        {"csat_other": (share([80, 79.999, 95, 100, 0, 90], 80), 6), "csat": (None, 0)},
        OF_100,
        reasons={"out_of_range": 2, "not_a_number": 1},
    ),
    "an effort that is turned round": Odd(
        f"{SURVEY},费力度",
        [row(n, said) for n, said in enumerate((1, 2, 2, 7), start=1)],
        (4, 0, 0, 0, 0),
        {"ces": ((7 + 6 + 6 + 1) / 4, 4), "ces_easy": (75, 4)},
        TURNED,
    ),
    "bands beside likelihoods": Odd(
        f"{SURVEY},NPS分类,推荐意愿",
        [row(1, "推荐者", 9), row(2, "贬损者", 9), row(3, "Passives", ""), row(4, "中立者", 8), row(5, "比较推荐", "")],
        (3, 0, 0, 2, 0),
        {"nps": (100 / 3, 3)},
        reasons={"band_contradicts": 1, "not_a_band": 1},
    ),
    "a long table with lines of no sheet": Odd(
        f"{SURVEY},题目,答案",
        [
            row(1, "推荐吗", 9),
            row(2, "推荐吗", 3),
            row("", "推荐吗", 5),
            row(1, "意见", "好"),
            row(3, "推荐吗", 9),
            row(3, "推荐吗", 8),
            row(4, "推荐吗", ""),
            row(5, "", 7),
            row(2, "意见", ""),
            row(6, "推荐吗", 10),
            row(7, "推荐吗", 10),
        ],
        (4, 0, 0, 3, 1),
        {"nps": (nps([9, 3, 10, 10]), 4)},
        LONG,
        reasons={"missing_value": 2, "asked_twice": 1},
    ),
    "lines of a long table without a real id are no sheet together": Odd(
        f"{SURVEY},题目,答案",
        [row("-", "推荐吗", 9), row("-", "意见", "好"), row(1, "推荐吗", 9), row(2, "意见", "差")],
        (2, 0, 0, 2, 0),
        {"nps": (100, 1)},
        LONG,
        reasons={"missing_value": 2},
    ),
    "a long table in three languages": Odd(
        f"{SURVEY},题目,答案",
        [row(1, "推荐吗", 9), row(2, "Recommend us?", 3), row(3, "お勧めしますか", 8), row(3, "意见", "好")],
        (3, 0, 0, 0, 0),
        {"nps": (nps([9, 3, 8]), 3)},
        LONG | {"columns": LONG["columns"] | {"likelihood": {"first": ["推荐吗", "Recommend us?", "お勧めしますか"]}}},
    ),
    "totals of a checklist are no items": Odd(
        f"{VISIT},微笑(5分),着装(10分),合计(15分),合计得分(15分),本次总分(15分),"
        "实际总分（满分15）,Total score (15 points)",
        [row(1, 4, 8, 12, 12, 12, 12, 12), row(2, 5, 10, 15, 15, 15, 15, 15)],
        (4, 0, 0, 0, 0),
        {"visit_score": (100 * (4 + 8 + 5 + 10) / 30, 2)},
        source="visits",
    ),
    "an item in brackets of full width, and one of 0 points": Odd(
        f"{VISIT},微笑［5分］,着装(10分),备用(0分)",
        [row(1, 4, 8, 0), row(2, 5, "不适用", 0)],
        (3, 0, 0, 0, 0),
        {"visit_score": (100 * (4 + 8 + 5) / (5 + 10 + 5), 2)},
        source="visits",
    ),
    "an item that two columns hold": Odd(
        f"{VISIT},微笑(5分),微笑(5分),着装(10分)",
        [row(1, 4, 2, 8)],
        (3, 0, 0, 0, 0),
        {"visit_score": (100 * 14 / 20, 1)},
        source="visits",
    ),
    "points beyond the possible, below 0, in words": Odd(
        f"{VISIT},微笑(5分),着装(10分)",
        [row(1, 6, 8), row(2, -1, 10), row(3, "好", 10), row(4, "5分", 10), row(5, "-", "")],
        (5, 0, 0, 4, 0),
        {"visit_score": (100 * (8 + 10 + 10 + 5 + 10) / (10 + 10 + 10 + 5 + 10), 4)},
        source="visits",
        reasons={"out_of_range": 2, "not_a_number": 1, "missing_value": 1},
    ),
}


@pytest.fixture
def load_text(warehouse: Warehouse, home: Path, tmp_path: Path) -> Any:
    """Load the text of a file; its first rows are tried before, which must not fail."""

    def call(text: str, source: str = "surveys", map_: Map | None = None, name: str = "a.csv") -> LoadReport:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        look = preview(path, source, map_, {}, home)
        assert look.refused is not None or look.rows_read
        return load_file(warehouse, home, path, source, map_, bad_share=1)

    return call


@pytest.mark.parametrize("case", ODD)
def test_an_odd_file_gives_the_figures_of_an_independent_count(case: str, warehouse: Warehouse, load_text: Any) -> None:
    odd = ODD[case]
    map_ = None if odd.map_ is None else map_from_table(odd.map_, "odd")
    report = load_text("\n".join([odd.head, *odd.rows, ""]), odd.source, map_)
    assert report.adds_up
    found = (report.loaded, report.conflicts, report.duplicates, report.quarantined, report.not_answered)
    assert (found, report.reasons) == (odd.outcome, odd.reasons)
    snapshot = take_snapshot(warehouse, Standards(), 0)
    for metric, (value, n) in odd.figures.items():
        (one,) = measure(snapshot, metric)
        wanted = None if value is None else pytest.approx(value)
        assert (metric, one.reading.value, one.reading.n) == (metric, wanted, n)
    if odd.groups:
        groups = {one.dims["segment"]: one.reading for one in measure(snapshot, "nps", ("segment",))}
        assert {name: (one.value, one.n) for name, one in groups.items()} == odd.groups


def test_points_that_a_header_tells_twice_are_asked_about(load_text: Any) -> None:
    with pytest.raises(FileRefused, match=r"told twice: 微笑\(5分\)\(10分\)"):
        load_text("\n".join([f"{VISIT},微笑(5分)(10分),着装(10分)", row(1, 4, 8), ""]), "visits")


def test_an_effort_that_is_turned_round_in_part_is_refused_with_what_is_missing() -> None:
    with pytest.raises(UsageError, match="missing: 3, 4, 5, 6, 7") as refused:
        map_from_table(survey_map(effort={"from": "费力度", "words": {"1": 7, "2": 6}}), "m")
    assert '"7" = 1' in str(refused.value)
    map_from_table(survey_map(effort={"from": "费力度", "words": {"很轻松": 7, "1": 1}}), "m")


def test_a_question_called_like_a_column_does_not_take_its_place_where_its_sheet_waits(
    load_text: Any, ask: Ask
) -> None:
    lines = [row(1, "推荐吗", 9), row(1, "推荐吗", 8), row(1, "渠道", "门店"), row(2, "意见", "好")]
    report = load_text("\n".join([f"{SURVEY},题目,答案", *lines, ""]), "surveys", map_from_table(LONG, "long"))
    assert report.reasons == {"asked_twice": 1}
    ((raw,),) = ask("SELECT raw FROM quarantine")
    said = json.loads(raw)
    assert (said["渠道"], said["渠道 (2)"]) == ("官网", "门店")


NAMED = f"7、请评价客服{PHONE}：—服务态度"


@pytest.mark.parametrize("mapped", [False, True])
def test_a_person_in_the_question_of_a_matrix_is_hidden_wherever_the_header_is_kept(
    mapped: bool, warehouse: Warehouse, home: Path, load_text: Any, ask: Ask
) -> None:
    map_ = map_from_table(survey_map(attitude=NAMED), "m") if mapped else None
    report = load_text("\n".join([f"{SURVEY},{NAMED},7、响应时间", row(1, 5, 4), row(2, 9, 4), ""]), map_=map_)
    assert report.reasons == {"out_of_range": 1}
    kept = [*ask("SELECT * FROM load_log"), *ask("SELECT * FROM quarantine"), *ask("SELECT * FROM response")]
    assert PHONE not in repr(report) + repr(kept)
    ((waits, column, raw),) = ask('SELECT quarantine_id, "column", raw FROM quarantine')
    assert column in json.loads(raw)
    (again,) = retry(warehouse, home, {waits: {column: "1"}})
    assert (again.loaded, again.status) == (1, "loaded")
    assert ask("SELECT response_id, attitude FROM response ORDER BY response_id") == [("1", 5), ("2", 1)]
    assert PHONE not in repr([*ask("SELECT * FROM load_log"), *ask("SELECT * FROM quarantine")])


def test_a_person_in_an_option_is_hidden_and_the_row_that_waited_still_finds_its_column(
    warehouse: Warehouse, home: Path, load_text: Any, ask: Ask
) -> None:
    options = {f"3(找{PHONE})": f"找{PHONE}", "3(亲子)": "亲子"}
    map_ = map_from_table(survey_map(likelihood="推荐", segment={"options": options}), "m")
    rows = [row(1, 9, 1, 0), row(2, 8, "x", 1), row(3, 8, 1, 1)]
    load_text("\n".join([f"{SURVEY},推荐,3(找{PHONE}),3(亲子)", *rows, ""]), map_=map_)
    ((waits, column),) = ask('SELECT quarantine_id, "column" FROM quarantine')
    (again,) = retry(warehouse, home, {waits: {column: "0"}})
    assert again.loaded == 1
    assert ask("SELECT response_id, segment FROM response ORDER BY response_id") == [
        ("1", "找[手机]"),
        ("2", "亲子"),
        ("3", "找[手机]┋亲子"),
    ]
    kept = [*ask("SELECT * FROM load_log"), *ask("SELECT * FROM quarantine"), *ask("SELECT * FROM response")]
    assert PHONE not in repr(kept)
