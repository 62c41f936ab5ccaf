"""Masking of texts: what is replaced, what must stay, and the keyed hashes of customers."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servq.errors import ServqError
from servq.text.masking.masking import mask, mask_name, pseudonym, read_key

KEY = bytes(range(32))


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("请打13812345678找我", "请打[手机]找我"),
        ("138 1234 5678", "[手机]"),
        ("138-1234-5678", "[手机]"),
        ("138.123.45678", "[手机]"),
        ("1381 234 5678", "[手机]"),
        ("+86 138 1234 5678", "[手机]"),
        ("0086-13812345678", "[手机]"),
        ("（+86）13812345678", "（+86）[手机]"),
        ("１３８１２３４５６７８", "[手机]"),
        ("138　1234　5678", "[手机]"),
        ("138–1234–5678", "[手机]"),
        ("Tel13812345678", "Tel[手机]"),
        ("微信13812345678", "微信[手机]"),
        ("13812345678/13987654321", "[手机]/[手机]"),
        ("010-88886666", "[电话]"),
        ("(0571) 8888 6666", "[电话]"),
        ("02158886666转123", "[电话]"),
        ("+86 21 5888 6666", "[电话]"),
        ("身份证11010519491231002X，", "身份证[证件]，"),
        ("110105 19491231 002x", "[证件]"),
        ("老身份证130503670401001", "老身份证[证件]"),
        ("护照号：E12345678", "护照号：[证件]"),
        ("卡号4111111111111111", "卡号[银行卡]"),
        ("4111 1111 1111 1111 30分钟", "[银行卡] 30分钟"),
        ("4111-1111-1111-1111", "[银行卡]"),
        ("6222 0212 3456 7890 128", "[银行卡]"),
        ("发到 Zhang.San+1@mail.example.com.", "发到 [邮箱]."),
        ("ａ＠ｂ．ｃｎ", "[邮箱]"),
        ("加微信 zhang_san88 聊", "加微信 [账号] 聊"),
        ("微信号：zhangsan", "微信号：[账号]"),
        ("vx:abc12345", "vx:[账号]"),
        ("QQ 1234567", "QQ [账号]"),
        ("qq号是12345678。", "qq号是[账号]。"),
        ("QQ群98765432", "QQ群[账号]"),
        ("抖音号：laowang66", "抖音号：[账号]"),
        ("车牌京A·12345", "车牌[车牌]"),
        ("粤Z1234港来接", "[车牌]来接"),
        ("新能源粤BD12345", "新能源[车牌]"),
        ("京ａ１２３４５", "[车牌]"),
        ("港澳通行证C12345678", "港澳通行证[证件]"),
        ("我的护照是 EJ1234567", "我的护照是 [证件]"),
        ("香港身份证A123456(3)", "香港身份证[证件]"),
        ("1101 0519 4912 3100 2X", "[证件]"),
        ("银行卡号6217 0012 3456 7890", "银行卡号[银行卡]"),
        ("+852 9123 4567", "[电话]"),
        ("电话 87654321", "电话 [电话]"),
        ("1 3 8 1 2 3 4 5 6 7 8", "[手机]"),
        ("王先生投诉", "[姓名]先生投诉"),
        ("找欧阳娜经理", "找[姓名]经理"),
        ("导游小王和司机老李", "导游小[姓名]和司机老李"),
        ("我叫李雷，订了两间", "我叫[姓名]，订了两间"),
        ("我叫张三丰，等了两天", "我叫[姓名]，等了两天"),
        ("联系人：李白，姓名：刘备", "联系人：[姓名]，姓名：[姓名]"),
        ("联系人：韩梅梅 13812345678", "联系人：[姓名] [手机]"),
        ("出行人：王一、王二宝", "出行人：[姓名]、[姓名]"),
        ("免贵姓诸葛", "免贵姓[姓名]"),
        ("Mr. Wang and Ms Lily Zhou", "Mr. [姓名] and Ms [姓名]"),
    ],
)
def test_personal_data_becomes_its_mark(text: str, masked: str) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "",
        "订单SQ20260405001234",
        "订单号：4111111111111111",
        "运单号 13812345678",
        "票号 781-2345678901",
        "e-ticket no. 4111111111111111",
        "2026-04-05 13:45:30",
        "20260405134530",
        "2026年4月5日",
        "等了30分钟，退了1288.50元",
        "一共 ¥12,345,678.90",
        "MU5101 转 G1234，CA1831/18车05A",
        "客服 400-820-8888、4008208888、95588、12306",
        "电话打不通，12345也没用",
        "18:30-19:45，6楼 1206 房",
        "4111111111111112",
        "110105194902310021",
        "微信支付12345元，微信小程序",
        "微信 20260405 付款",
        "QQ 50000元",
        "wechat payment failed",
        "我在@前台等",
        "1712345678901",
        "新MU5101，京G1234次，贵A区",
        "高铁票E123456789",
        "高铁经理、大堂经理、全程导游",
        "和先生一起，向导游说，连师傅也",
        "张家界女士团",
        "我叫了车，我叫前台来",
        "我是会员，我是金卡会员",
        "导游小费，前台小姐，客服小程序",
        "姓名写错，联系人电话不通",
        "钱总是退不回来，马总站，江导致误机",
        "Mr. Right, my name was wrong",
    ],
)
def test_orders_flights_dates_amounts_and_hotlines_stay(text: str) -> None:
    assert mask(text) == text


# fmt: off
PIECES = [
    "13812345678", "138", "1234", "5678", "1", "0", " ", "-", ".", "@", "a", "b.cn", "x", "X", "微信", "QQ", "vx", ":",
    "：", "加v", "abcdefg1", "abcdefg", "4111111111111111", "4111",
    "11010519491231002", "0571", "+86", "88886666", "订单", "号",
    "tel", "id", "护照", "王", "李", "小", "芳",
    "欧阳", "先生", "经理", "导游", "我叫", "姓", "姓名：", "、", "总", "京", "粤Z", "港", "(3)", "Mr ", "Li",
    "E12345678", "转", "元", "_", "１３８", "＠", "[手机]", "[账号]",
    "。", "很好",
]
# fmt: on


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join) | st.text())
def test_masking_a_masked_text_changes_nothing(text: str) -> None:
    assert mask(mask(text)) == mask(text)


def test_what_stood_glued_to_a_hidden_part_is_hidden_too() -> None:
    assert mask("护照加vx88886666xQQQQ微信E12345678") == "护照加v[账号]微信[证件]"


@given(st.text(alphabet=st.characters(exclude_categories=["Nd", "Ll", "Lu", "Lo"])))
def test_a_text_without_letters_and_digits_is_untouched(text: str) -> None:
    assert mask(text) == text


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.sampled_from(["", " ", "：", "，", "电话", "手机号是"]))
def test_every_mobile_number_is_hidden_wherever_it_stands(number: str, before: str) -> None:
    assert mask(f"请联系{before}{number}，谢谢") == f"请联系{before}[手机]，谢谢"


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "a",
        "a.",
        "a@",
        "1 ",
        "138-",
        "微信a",
        "0571",
        "+86 ",
        "4111 ",
        "a1_",
        "(0",
        "王",
        "王小",
        "导游",
        "王经理",
        "+1 ",
        "京A",
        "卡 4",
        "姓名：王一、",
        "王一、",
        "E12345678vx",
    ],
)
def test_the_work_grows_with_the_length_and_not_with_its_square(piece: str) -> None:
    def calls(characters: int) -> int:
        return calls_of(lambda: mask("姓名：" + piece * (characters // len(piece))))

    assert calls(10_000) < 11 * calls(1_000), "a square would take a hundred times as many; for the time: make bench"


def calls_of(work: Callable[[], object]) -> int:
    """How many functions a piece of work calls, those written in C included."""
    called = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal called
        called += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return called


# ---------------------------------------------------------------- names of customers


def test_the_same_customer_has_the_same_name_and_another_key_another() -> None:
    assert pseudonym("C001", KEY) == pseudonym(" C001 ", KEY) == "c_83393ad6160fe7c4618e1d8a"
    assert pseudonym("C001", bytes(32)) != pseudonym("C001", KEY) != pseudonym("C002", KEY)


def test_a_blank_id_is_nobodys() -> None:
    assert pseudonym("", KEY) == pseudonym("  ", KEY) == ""


def test_names_cannot_be_made_with_a_guessable_key() -> None:
    with pytest.raises(ValueError, match="at least 16 bytes"):
        pseudonym("C001", b"")


def test_a_name_that_was_given_is_not_hashed_again() -> None:
    name = pseudonym("C001", KEY)
    assert pseudonym(name, KEY) == pseudonym(f" {name}", KEY) == name
    assert pseudonym(name.upper(), KEY) != name.upper(), "only its exact form is known"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("回访13812345678.csv", "回访[手机].csv"),
        ("zhang.san@mail.example.com.xlsx", "[邮箱].xlsx"),
        ("投诉 2026-04-05.xlsx", "投诉 2026-04-05.xlsx"),
        ("13812345678", "[手机]"),
        (".csv", ".csv"),
        ("", ""),
    ],
)
def test_a_files_name_is_kept_without_personal_data(name: str, kept: str) -> None:
    assert mask_name(name) == kept


@given(st.text())
def test_a_name_is_short_and_shows_nothing(customer: str) -> None:
    name = pseudonym(customer, KEY)
    assert name == "" or (name.startswith("c_") and len(name) == 26 and int(name[2:], 16) >= 0)


def test_the_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    home = tmp_path / "new" / "home"
    key = read_key(home)
    assert len(key) == 32
    assert read_key(home) == key
    assert (home / "customer.key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in home.iterdir()] == ["customer.key"], "no draft is left behind"


def test_processes_that_start_together_agree_on_one_key(tmp_path: Path) -> None:
    program = "import sys; from pathlib import Path; from servq.text.masking.masking import read_key; sys.stdin.read()"
    program += "; print(*(read_key(Path(sys.argv[1]) / str(n)).hex() for n in range(50)))"
    started = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    for process in started:  # all of them wait at the start line until here
        assert process.stdin is not None
        process.stdin.close()
    keys = []
    for process in started:
        with process:
            assert process.stdout is not None
            keys.append(process.stdout.read())
        assert process.returncode == 0
    assert len(set(keys)) == 1
    assert len(keys[0].split()) == 50


def test_a_damaged_key_is_refused_with_a_way_out(tmp_path: Path) -> None:
    (tmp_path / "customer.key").write_bytes(b"short")
    with pytest.raises(ServqError, match="请从备份恢复") as refused:
        read_key(tmp_path)
    assert "Restore it from a backup" in refused.value.message
    assert (tmp_path / "customer.key").read_bytes() == b"short", "a key is never replaced on its own"
