"""Masking of rows: each column in its own way, in trusted and in rejected rows; names of things must stay."""

from __future__ import annotations

import pandas as pd
import pytest

from servq.ingest.rows.row_masking import FREE_TEXT, LABELS, hide_in_facts, hide_in_frame, hide_in_row, shopper
from servq.loaders.sources.catalog import SOURCES
from servq.records import FileFacts, Rejected
from servq.text.masking.masking import pseudonym

KEY = bytes(range(32))
OTHERWISE_HIDDEN = {"customer_id", "shopper_id"}
NUMBERED = {"response_id", "complaint_id", "visit_id", "order_id"}


def test_every_column_of_words_is_hidden_or_is_a_number_of_the_companys_own() -> None:
    values = ("time", "score", "number", "flag", "band")
    columns = [column for source in SOURCES.values() for column in source.columns]
    words = {column.name for column in columns if column.kind not in values}
    assert words == {*FREE_TEXT, *LABELS} | OTHERWISE_HIDDEN | NUMBERED


def hidden(**cells: object) -> dict[str, object]:
    return dict(hide_in_frame(pd.DataFrame([cells]), KEY).iloc[0])


def test_free_text_loses_names_and_labels_keep_them() -> None:
    found = hidden(comment="李经理 13812345678", team="李经理组", outlet="李师傅面馆13812345678", category="粤B12345")
    assert found == {
        "comment": "[姓名]经理 [手机]",
        "team": "李经理组",
        "outlet": "李师傅面馆[手机]",
        "category": "[车牌]",
    }


def test_numbers_of_the_companys_own_stay() -> None:
    numbers = {"response_id": "13812345678", "order_id": "330106202604011234"}
    assert hidden(**numbers) == numbers


@pytest.mark.parametrize("number", ["S07", "SH-1024", "暗访员3", "1024"])
def test_a_shoppers_number_stays(number: str) -> None:
    assert shopper(number, KEY) == number


@pytest.mark.parametrize("person", ["王小芳", "13812345678", "fang@example.com", "李女士"])
def test_a_shopper_who_goes_by_a_name_gets_a_pseudonym(person: str) -> None:
    assert hidden(shopper_id=person)["shopper_id"] == pseudonym(person, KEY) != person


def test_the_text_beside_a_value_is_hidden_like_its_column() -> None:
    raw = {"answered_at": "2026年3月5日 14:02", "team": "李经理组 ", "likelihood": "10分 13812345678"}
    assert hidden(raw=raw)["raw"] == raw | {"likelihood": "10分 [手机]"}


FACTS = FileFacts(
    "a.csv",
    "",
    columns={"response_id": "编号", "team": "班组", "comment": "评论", "customer_id": "会员", "order_id": "订单"},
    headers=("编号", "班组", "评论", "会员", "订单", "客户姓名", "联系电话", "住址", "备注2"),
)
RAW = {
    "编号": "R1",
    "班组": "李经理组",
    "评论": "找李经理",
    "会员": "VIP-7",
    "订单": "330106202604011234",
    "客户姓名": "王小芳",
    "联系电话": "138-1234-5678转2",
    "住址": "幸福路1号",
    "备注2": "王女士13812345678",
}


def test_an_untrusted_row_is_hidden_by_its_headers() -> None:
    bad = Rejected(2, "备注2", "王女士13812345678", "not_a_number", RAW, (("评论", "找李经理", "missing_value"),))
    found = hide_in_row(bad, FACTS, KEY)
    assert found.raw == {
        "编号": "R1",
        "班组": "李经理组",
        "评论": "找[姓名]经理",
        "会员": pseudonym("VIP-7", KEY),
        "订单": "330106202604011234",
        "客户姓名": "[姓名]",
        "联系电话": "[手机]",
        "住址": "[地址]",
        "备注2": "[姓名]女士[手机]",
    }
    assert found.value == "[姓名]女士[手机]"
    assert found.also == (("评论", "找[姓名]经理", "missing_value"),)


def test_in_a_row_of_the_wrong_width_nobody_knows_what_a_cell_is() -> None:
    raw = {"编号": "R1", "班组": "找李经理", "评论": "x"}
    found = hide_in_row(Rejected(2, "", "3", "wrong_width", raw), FACTS, KEY)
    assert found.raw["班组"] == "找[姓名]经理" or found.raw["班组"].startswith("c_")
    assert found.value == "3"


def test_hiding_what_is_hidden_changes_nothing() -> None:
    bad = Rejected(2, "备注2", "王女士13812345678", "not_a_number", RAW)
    once = hide_in_row(bad, FACTS, KEY)
    assert hide_in_row(once, FACTS, KEY) == once


class TestHeaders:
    """A file without a header has persons where its headers are read."""

    FACTS = FileFacts(
        "a.csv",
        "",
        columns={"team": "班组", "comment": "意见"},
        unused=("13900005001", "13900005002", "王小明先生", "满意度13"),
        headers=("班组", "意见", "13900005001", "13900005002", "王小明先生", "满意度13"),
    )

    def test_a_header_that_no_column_uses_is_hidden_wherever_it_is_told(self) -> None:
        facts = hide_in_facts(self.FACTS)
        assert facts.unused == ("[手机]", "[手机]2", "[姓名]先生", "满意度13")
        assert facts.headers == ("班组", "意见", *facts.unused)
        assert facts.columns == self.FACTS.columns

    def test_it_is_hidden_in_the_row_that_waits_too_and_no_cell_is_lost(self) -> None:
        raw = {"班组": "甲", "意见": "好", "13900005001": "9", "13900005002": "8", "王小明先生": "7", "满意度13": "6"}
        bad = hide_in_row(Rejected(2, "班组", "甲", "missing", raw), self.FACTS, KEY)
        assert bad.raw == {
            "班组": "甲",
            "意见": "好",
            "[手机]": "9",
            "[手机]2": "8",
            "[姓名]先生": "7",
            "满意度13": "6",
        }
