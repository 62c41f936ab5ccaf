"""意愿与行为 on the journey page: promoters who do not return, undecided cases, and the note without data."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from servq.ingest import load_file
from servq.records import Slice

Page, Said = Callable[..., AppTest], Callable[[AppTest], str]

HEAD = "答卷编号,提交时间,渠道,服务班组,推荐意愿,客群,180天内复购"


def follow(found: SimpleNamespace, *groups: tuple[str, int, int, int]) -> None:
    """Load answers: (segment, likelihood, how many bought again, how many did not)."""
    rows = [
        f"R{segment}{score}-{place},2025-03-04 10:00,门店,组,{score},{segment},{'是' if place < back else '否'}"
        for segment, score, back, gone in groups
        for place in range(back + gone)
    ]
    path = found.home / "followed.csv"
    path.write_text("\n".join([HEAD, *rows, "R0,2025-03-04 10:00,门店,组,9,亲子,"]) + "\n", encoding="utf-8")
    assert load_file(found.warehouse, found.home, path, "surveys").loaded == len(rows) + 1


@pytest.fixture
def elders(empty: SimpleNamespace) -> SimpleNamespace:
    """Elders: 20 of 100 promoters came back and 25 of 50 detractors; the young do as they say."""
    follow(empty, ("银发族", 9, 20, 80), ("银发族", 3, 25, 25), ("Z世代", 10, 60, 40), ("Z世代", 0, 10, 40))
    return empty


def flat(text: str) -> str:
    return " ".join(text.split())


def test_the_finding_names_who_recommends_and_stays_away(elders: SimpleNamespace, page: Page, said: Said) -> None:
    text = flat(said(page("journey", week="2025-W10")))
    assert "银发族愿意推荐，却少有再买：推荐者 20.0% 复购，不推荐者 50.0%（n = 100 / 50）" in text
    assert (
        "意愿与行为相悖 ▼ 银发族 推荐者 20.0%，不推荐者 50.0%，差 −30.0 个百分点 (−44.9 – −14.0, n = 100 / 50)" in text
    )
    assert "意愿与行为一致 ✓ Z世代 推荐者 60.0%，不推荐者 20.0%，差 +40.0 个百分点" in text
    assert "另有 1 份不知是否复购，不计入，也不算没复购" in text
    assert "只是相关，不是原因" in text


def test_the_same_in_english(elders: SimpleNamespace, page: Page, said: Said) -> None:
    text = flat(said(page("journey", week="2025-W10", lang="English")))
    assert "银发族 would recommend and seldom return: 20.0% of promoters bought again, 50.0% of detractors" in text


def test_a_count_opens_those_who_recommended_and_did_not_return(
    elders: SimpleNamespace, page: Page, said: Said
) -> None:
    app = page("journey", week="2025-W10")
    app.session_state["drill"] = ("promoters_lost", Slice.of(segment=["银发族"]))
    app.session_state["drill_count"] = 1
    text = flat(said(app.run()))
    assert "n = 80 份答卷" in text
    assert text.count("推荐意愿 9 未复购") == 50, "the first page of them"
    assert "推荐分 9–10 而已知未复购的答卷数" in text
    assert "载入编号 1" in text


def test_where_words_and_deeds_agree_it_says_so(empty: SimpleNamespace, page: Page, said: Said) -> None:
    follow(empty, ("Z世代", 10, 60, 40), ("Z世代", 0, 10, 40), ("亲子", 9, 20, 20), ("亲子", 2, 16, 20))
    assert "意愿与行为一致：Z世代的推荐者更常再买；其余 1 个客群分不出" in said(page("journey", week="2025-W10"))


def test_a_handful_is_not_judged(empty: SimpleNamespace, page: Page, said: Said) -> None:
    follow(empty, ("银发族", 9, 2, 8), ("银发族", 3, 8, 2))
    text = said(page("journey", week="2025-W10"))
    assert "意愿与行为：样本不足，暂无定论" in text
    assert "意愿与行为相悖" not in text


def test_no_flag_says_how_to_provide_one(one_team: SimpleNamespace, page: Page, said: Said) -> None:
    text = said(page("journey"))
    assert "意愿与行为：没有复购标记" in text
    assert "加一列“是否复购”或“180天内复购”" in text


def test_a_period_before_anything_can_be_known_says_that(elders: SimpleNamespace, page: Page, said: Said) -> None:
    assert "复购要过些时候才知道" in said(page("journey", week="2025-W10", channel="官网"))


def test_the_elders_of_the_sample_recommend_and_stay_away_already_in_the_usual_eight_weeks(
    full: SimpleNamespace, page: Page, said: Said
) -> None:
    text = flat(said(page("journey", week="2026-W39")))
    assert "银发族愿意推荐，却少有再买：推荐者 10.1% 复购，不推荐者 24.3%（n = 198 / 70）" in text
    assert text.count("意愿与行为相悖") == 1
    assert "不知是否复购" in text
