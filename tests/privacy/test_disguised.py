"""Disguised numbers and addresses, written so that no machine sees them, and texts that only look like them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servq.text.masking.masking import mask

NO_WIDTH = ["\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u202c"]


@pytest.mark.parametrize("unseen", NO_WIDTH)
@pytest.mark.parametrize(
    ("secret", "mark"),
    [
        ("13812345678", "[手机]"),
        ("11010519491231002X", "[证件]"),
        ("4111111111111111", "[银行卡]"),
        ("zhang@example.com", "[邮箱]"),
        ("京A12345", "[车牌]"),
    ],
)
def test_what_takes_no_room_hides_no_secret(secret: str, mark: str, unseen: str) -> None:
    assert mask(f"电话{unseen.join(secret)}。") == f"电话{mark}。"
    assert mask(f"请回{secret[:6]}{unseen}{secret[6:]}，谢谢") == f"请回{mark}，谢谢"


def test_accounts_and_names_with_something_unseen_in_them_are_found() -> None:
    assert mask("QQ 123\u200b4567") == "QQ [账号]"
    assert mask("微\u200b信 zhang_san88") == "微\u200b信 [账号]"
    assert mask("找王\u200b小\u200b明先生") == "找[姓名]先生"


@pytest.mark.parametrize("text", ["👩\u200d💻很好", "a\u200db", "\ufeff满意", "订单\u200bSQ20260405001234"])
def test_what_is_unseen_stays_where_nothing_is_hidden(text: str) -> None:
    assert mask(text) == text


def test_what_is_unseen_stays_around_what_is_hidden() -> None:
    assert (
        mask("👩\u200d💻 13812345678 👨\u200d💻，\u200b再打139\u200b12345678\u200b!")
        == "👩\u200d💻 [手机] 👨\u200d💻，\u200b再打[手机]!"
    )


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("138/1234/5678", "[手机]"),
        ("138,1234,5678", "[手机]"),
        ("138，1234，5678", "[手机]"),
        ("138、1234、5678", "[手机]"),
        ("+86/138/1234/5678", "[手机]"),
        ("1 3 8 1 2 3 4 5 6 7 8", "[手机]"),
        ("110105/19491231/002X", "[证件]"),
        ("110105,19491231,002X", "[证件]"),
        ("1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 2 X", "[证件]"),
        ("4111/1111/1111/1111", "[银行卡]"),
        ("4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1", "[银行卡]"),
        ("0571/8888/6666", "[电话]"),
        ("QQ 1 2 3 4 5 6 7", "QQ [账号]"),
        ("QQ：123-456-789", "QQ：[账号]"),
        ("扣扣 123/4567", "扣扣 [账号]"),
        ("zhangsan(at)example.com", "[邮箱]"),
        ("zhangsan [at] example.com", "[邮箱]"),
        ("zhang（at）example（dot）com", "[邮箱]"),
        ("zhangsan at example dot com", "[邮箱]"),
        ("张三丰先生来过", "[姓名]先生来过"),
        ("我是谢霆锋先生", "我是[姓名]先生"),
    ],
)
def test_separators_and_words_hide_no_secret(text: str, hidden: str) -> None:
    assert mask(text) == hidden
    assert mask(f"“{text}”") == f"“{hidden}”"


@pytest.mark.parametrize(
    "text",
    [
        "订单 2026/03/05/1234",
        "订单号 1380-1234-5678",
        "航班CA1301/1302，3U8888/3U8889",
        "日期20260405/20260406，2026/11/02 14:05:06",
        "13,812,345,678 元，1,381,234,567 元",
        "评分 5 4 3 5 4 5，5 5 4 5 3 5 5 4 5 4 5 5 5",
        "房间 1301/1302/1303，1501,1502,1503",
        "400/123/4567",
        "QQ 2026-04-05 退，QQ音乐 1 2 3 4 5 首歌，qq 会员 3 个月",
        "look (at) it, meet at twelve",
        "张家界女士团，张家港导游，张家口先生",
    ],
)
def test_orders_dates_flights_and_the_like_stay(text: str) -> None:
    assert mask(text) == text


@given(st.text(st.sampled_from("138/ ,(at)@x\u200b\u200d王先生QQ。5[手机]")))
def test_masking_again_changes_nothing_and_ends(text: str) -> None:
    assert mask(mask(text)) == mask(text)
