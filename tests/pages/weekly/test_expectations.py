"""SERVQUAL gaps on the weekly page: where a survey asks both, and the note where none does."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from servq.ingest import load_file
from servq.query import measure
from servq.warehouse.facts.row_hash import row_hashes

Page, Said = Callable[..., AppTest], Callable[[AppTest], str]

HEADER = "答卷编号,提交时间,渠道,班组,推荐意愿,服务态度,响应时间,期望的服务态度,响应时间期望"


@pytest.fixture
def asked(empty: SimpleNamespace) -> SimpleNamespace:
    """Forty answers: attitude expected 5 and found 4 (30 times) or 3 (10 times); response time as expected half a point
    up or down; the last ten answers leave the expectation of attitude out, which takes them out of its gap.
    """
    rows = []
    for place in range(50):
        attitude, wanted = (3 if place % 4 == 0 else 4), ("5" if place < 40 else "")
        rows.append(f"R{place:02d},2025-03-03 10:{place:02d},APP,一组,9,{attitude},{4 + place % 2},{wanted},4.5")
    file = empty.home / "expected.csv"
    file.write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    assert load_file(empty.warehouse, empty.home, file, "surveys").loaded == 50
    return empty


def test_the_gap_is_paired_within_the_answer(asked: SimpleNamespace) -> None:
    # 30 answers one point short, 10 two points: (30 + 20) / 40 = 1.25; ten answers do not say what they expected
    reading = measure(asked.snapshot(), "attitude_gap")[0].reading
    assert (reading.value, reading.n, reading.excluded) == (-1.25, 40, {"not_expected": 10})
    assert reading.low is not None
    assert reading.high is not None
    # s² = (30 · 0.0625 + 10 · 0.5625) / 39 = 0.1923; t(39) · √(0.1923 / 40) = 2.0227 · 0.0693 = 0.1402
    assert (reading.low, reading.high) == pytest.approx((-1.3902, -1.1098), abs=1e-4)


def test_the_page_says_which_experience_falls_short_and_opens_the_answers(
    asked: SimpleNamespace, page: Page, said: Said
) -> None:
    app = page("weekly")
    text = " ".join(said(app).split())
    assert "体验不及期望：服务态度 −1.25 分" in text
    assert "响应速度：体验−期望 0.00 分 暂无定论 ○" in text
    assert "没有问期望" in text.partition("问题解决：体验−期望")[2]  # of the two items that were not asked so
    opened = next(button for button in app.button if button.key == "open-card-attitude_gap")
    assert "n = 40 份答卷" in " ".join(said(opened.click().run()).split())


def test_a_survey_that_does_not_ask_is_told_what_it_would_have_to_ask(
    one_team: SimpleNamespace, page: Page, said: Said
) -> None:
    text = said(page("weekly"))
    assert "没有问期望：问卷里若同时问“期望的服务态度”等四项" in text
    assert "体验−期望" not in text


def test_an_answer_without_expectations_is_the_same_answer_as_before_they_could_be_given() -> None:
    before = {"response_id": ["1", "2"], "attitude": [4.0, None]}
    since = before | {"attitude_expected": [None, 5.0], "resolution_expected": [None, None]}
    same, other = zip(row_hashes(before), row_hashes(since), strict=True)
    assert same[0] == same[1]
    assert other[0] != other[1]
