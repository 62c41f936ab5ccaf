"""The page 原声: as many texts as the search finds, in the order asked for, never as markup."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from servq.exports import csv_bytes, frame_rows
from servq.query.customers.verbatims import Search, every_voice, timeline_of, voices
from servq.records import Slice
from servq.text.quotes.keywords import _loaded

Page, Said = Callable[..., AppTest], Callable[[AppTest], str]
EVER = Slice()


def test_an_empty_warehouse_says_so(empty: SimpleNamespace, page: Page, said: Said) -> None:
    assert "仓库里还没有数据" in said(page("voices"))


def test_the_count_is_that_of_the_comments(one_team: SimpleNamespace, page: Page, said: Said) -> None:
    comments = one_team.count("SELECT count(*) FROM response WHERE comment IS NOT NULL")
    assert comments == 10
    assert f"共 {comments} 条评论" in said(page("voices"))


def test_the_count_of_the_sample_is_sql(full: SimpleNamespace, page: Page, said: Said) -> None:
    app = page("voices")
    app.selectbox(key="span").set_value(26).run()
    comments = full.count("SELECT count(*) FROM response WHERE comment IS NOT NULL")
    assert f"共 {comments:,} 条评论" in said(app)


def test_the_sentiments_add_up_to_the_total(full: SimpleNamespace, page: Page, said: Said) -> None:
    text = said(page("voices"))
    total = int(re.search(r"共 ([\d,]+) 条评论", text)[1].replace(",", ""))  # type: ignore[index]
    parts = re.findall(r"(?:负面|不确定|正面|未能判断)\s+([\d,]+)\s+[\d.]+%", text)
    assert sum(int(part.replace(",", "")) for part in parts) == total


def test_one_sentiment_is_as_many_as_its_share_said(full: SimpleNamespace, page: Page, said: Said) -> None:
    whole = said(page("voices"))
    negative = re.search(r"负面\s+([\d,]+)\s", whole)[1]  # type: ignore[index]
    assert f"共 {negative} 条评论" in said(page("voices", sound="negative"))


@pytest.mark.parametrize(
    ("typed", "found"),
    [("100%", 1), ("%", 1), ("_", 1), ("app", 9), ("APP", 9), ("' OR 1=1 --", 0), ("<script>", 1), ("**bold**", 1)],
)
def test_what_is_typed_is_looked_for_as_it_stands(
    typed: str, found: int, one_team: SimpleNamespace, page: Page, said: Said
) -> None:
    assert f"共 {found} 条评论" in said(page("voices", find=typed))


def test_bands_follow_the_cut_offs_of_nps(one_team: SimpleNamespace) -> None:
    snapshot = one_team.snapshot()
    counts = {band: voices(snapshot, Search("surveys", EVER, band=band), 1).total for band in ("promoter", "detractor")}
    wanted = {
        "promoter": one_team.count("SELECT count(*) FROM response WHERE comment IS NOT NULL AND likelihood >= 9"),
        "detractor": one_team.count("SELECT count(*) FROM response WHERE comment IS NOT NULL AND likelihood <= 6"),
    }
    assert counts == wanted == {"promoter": 6, "detractor": 2}


def test_lowest_scores_come_first(one_team: SimpleNamespace) -> None:
    frame = voices(one_team.snapshot(), Search("surveys", EVER, order="lowest"), 100).frame
    assert frame["likelihood"].tolist() == sorted(frame["likelihood"])


def test_open_complaints_come_first(one_team: SimpleNamespace) -> None:
    frame = voices(one_team.snapshot(), Search("complaints", EVER, order="open_first"), 100).frame
    assert frame["complaint_id"].tolist() == ["T3", "T2", "T4", "T1"]


def test_a_page_of_twenty_and_no_row_twice(full: SimpleNamespace, page: Page, drawn: Said) -> None:
    assert drawn(page("voices")).count('class="sq-quote"') == 20
    snapshot, wanted = full.snapshot(), Search("surveys", EVER, order="lowest")
    first, second = (voices(snapshot, wanted, 20, start).frame["response_id"] for start in (0, 20))
    assert not set(first) & set(second)


def test_the_download_holds_exactly_the_rows_counted(one_team: SimpleNamespace) -> None:
    snapshot, wanted = one_team.snapshot(), Search("complaints", EVER, words="退款")
    frame = every_voice(snapshot, wanted)
    assert len(frame) == voices(snapshot, wanted, 1).total == 2
    assert csv_bytes(list(frame.columns), frame_rows(frame)).count(b"\r\n") == 3


def test_nothing_found_says_what_to_do(one_team: SimpleNamespace, page: Page, said: Said) -> None:
    text = said(page("voices", find="没有这样的话"))
    assert "共 0 条评论" in text
    assert "没有符合条件的原声" in text


def test_complaints_do_not_know_segments_and_say_so(full: SimpleNamespace, page: Page, said: Said) -> None:
    assert "投诉数据不含客群" in said(page("voices", kind="complaints", segment="亲子"))


def test_hostile_words_are_sent_as_text(one_team: SimpleNamespace, page: Page, drawn: Said, said: Said) -> None:
    for kind in ("surveys", "complaints"):
        app = page("voices", kind=kind, find="alert")
        assert "<script>" not in drawn(app)
        assert "&lt;" in drawn(app)
        assert "![x](http://example.invalid/x.png) **bold** $x$ {0} 100%_" in said(app)
        assert not [element for element in app.markdown if "bold" in element.value]


def test_what_was_looked_for_is_marked(one_team: SimpleNamespace, page: Page, drawn: Said) -> None:
    assert "<mark>App</mark>" in drawn(page("voices", find="app"))


def test_the_course_of_a_complaint(one_team: SimpleNamespace, page: Page, said: Said) -> None:
    text = " ".join(said(page("voices", kind="complaints", case="T1")).split())
    assert "该渠道没有公开承诺，按 1 天 计 达标 ✓" in text  # its promises hold from 2026 on
    steps = ["受理 退款 100% 没到", "首次响应 · 受理后 2 小时", "重开 · 受理后 1 天", "办结 · 受理后 2 天 已退"]
    places = [text.index(step) for step in steps]
    assert places == sorted(places)
    assert "同一客户：投诉 T2" in text
    assert "同一订单：答卷" in text


def test_a_missed_promise_says_by_how_much(one_team: SimpleNamespace, page: Page, said: Said) -> None:
    text = " ".join(said(page("voices", kind="complaints", case="T2")).split())
    assert "未达标 ✕" in text  # 26 hours, where 24 are allowed
    assert "超出时限 2 小时" in text
    assert "数据截止时仍未结" in text


def test_the_promise_of_the_day_is_named(full: SimpleNamespace, page: Page, said: Said) -> None:
    complaints = full.snapshot().complaints
    late = complaints[(complaints["channel"] == "小程序") & (complaints["within_limit"] == False)]  # noqa: E712
    text = said(page("voices", kind="complaints", case=late["complaint_id"].iloc[-1]))
    assert "承诺：30 分钟内响应" in text
    assert "未达标 ✕" in text


def test_a_complaint_that_is_not_there(one_team: SimpleNamespace, page: Page, said: Said) -> None:
    assert timeline_of(one_team.snapshot(), "T9") is None
    assert "没有编号为“T9”的投诉" in said(page("voices", kind="complaints", case="T9"))


def test_each_complaint_offers_its_course(one_team: SimpleNamespace, page: Page, said: Said) -> None:
    app = page("voices", kind="complaints")
    app.button(key="course-T3").click().run()
    assert not app.exception
    assert "尚无首次响应" in said(app)


def test_in_english(one_team: SimpleNamespace, page: Page, said: Said) -> None:
    assert "10 comments" in said(page("voices", lang="English"))


def test_how_a_text_sounds_stands_there_as_a_probability(full: SimpleNamespace, page: Page, said: Said) -> None:
    assert re.search(r"正面（满意概率 \d+%）", said(page("voices", sound="positive")))


class TestWhyThisScore:
    def test_the_words_that_moved_a_score_stand_below_the_text(
        self, one_team: SimpleNamespace, page: Page, said: Said
    ) -> None:
        # "第 4 位客人：服务很好 App": praise first, what speaks against it behind
        assert "依据的词 ▲ 好 +1.8 ▲ 很 +1.3 ▼ 客人 −0.1" in " ".join(said(page("voices")).split())

    def test_a_complaint_is_explained_too_and_its_words_stay_text(
        self, one_team: SimpleNamespace, page: Page, drawn: Said
    ) -> None:
        html = drawn(page("voices", kind="complaints"))
        assert "依据的词" in html
        assert "<script>" not in html

    def test_another_versions_score_is_not_explained(self, one_team: SimpleNamespace, page: Page, said: Said) -> None:
        with one_team.warehouse.write() as connection:
            connection.exec_driver_sql("UPDATE text_score SET polarity = 0.123, version = 'old' WHERE language = 'zh'")
        assert "旧版本模型" in said(page("voices"))


class TestTopics:
    def test_nothing_is_worked_out_before_a_reader_asks(self, full: SimpleNamespace, page: Page) -> None:
        before = _loaded.cache_info()
        app = page("voices")
        assert _loaded.cache_info() == before
        assert not [button for button in app.button if str(button.key).startswith("topic-")]

    def test_a_click_adds_the_topic_to_the_search_which_finds_as_many(
        self, full: SimpleNamespace, page: Page, said: Said
    ) -> None:
        app = page("voices", kind="complaints", find="退款")
        app.toggle(key="topics").set_value(True).run()
        assert not app.exception
        assert "说到它的条数；不足 5 位客户说到的不列" in said(app)
        button = next(button for button in app.button if str(button.key).startswith("topic-"))
        word, n = button.label.rsplit(" ", 1)
        button.click().run()
        assert app.text_input(key="find").value == f"退款 {word}"
        assert f"共 {n} 件投诉" in said(app)
        assert app.toggle(key="topics").value

    def test_too_few_to_have_a_topic_say_so(self, one_team: SimpleNamespace, page: Page, said: Said) -> None:
        app = page("voices", kind="complaints")
        app.toggle(key="topics").set_value(True).run()
        assert "没有够得上的主题词" in said(app)

    def test_a_hostile_topic_is_text_on_its_button_and_in_the_search(
        self, one_team: SimpleNamespace, page: Page, said: Said
    ) -> None:
        (one_team.home / "servq.toml").write_text('[text]\nwords = "own.txt"\n', encoding="utf-8")
        (one_team.home / "own.txt").write_text("_卡_:red[x]\n_青龙_ 100\n", encoding="utf-8")
        with one_team.warehouse.write() as connection:
            connection.exec_driver_sql("UPDATE response SET comment = '<b>_青龙_</b>' WHERE comment IS NOT NULL")
        app = page("voices")
        app.toggle(key="topics").set_value(True).run()
        (button,) = [button for button in app.button if str(button.key).startswith("topic-")]
        assert button.label == r"\_青龙\_ 10"
        button.click().run()
        assert app.text_input(key="find").value == "_青龙_"
        assert "共 10 条评论" in said(app)
