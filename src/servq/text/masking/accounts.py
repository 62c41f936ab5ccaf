"""Patterns of accounts in free text: WeChat, QQ and other ways to be contacted.

An account looks like any word, so each pattern needs a word before it that names the kind of account.
"""

from __future__ import annotations

import re

from servq.text.masking.patterns import PersonalDataRule

# 1234567 and abc_1, but neither a date (20260405) nor an amount (50000元, 12345.60)
_NUMBER_ID = (
    r"(?!(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?![0-9]))"
    r"[1-9][0-9]{4,11}(?![0-9]|\.[0-9]| ?[元块分次人个年])"
)
_MESSENGER = r"(?<![a-z])(?:微信|薇信|威信|v信|weixin|wechat|whats ?app|telegram|skype|line|[vw]x|加 ?v)"
_ELSEWHERE = r"(?:抖音|快手|小红书|支付宝|微博|钉钉|b站|飞书)"
_LINK = r"[是为:= ]{0,3}"
# with a digit or a dash in it, a Latin word is an account
_CLEARLY = r"(?P<it>[a-z](?=[a-z]{0,19}[0-9_-])[a-z0-9_-]{5,}+)"


def _written(char: str) -> set[str]:
    """A character of a pair in every way that folding reads as it."""
    wide = chr(ord(char) + 0xFEE0) if char.isascii() and char.isalpha() else char
    return {char, char.upper(), wide, wide.upper()} if char != " " else {" ", "\u3000", "\u00a0"}


_PAIRS = ["微信", "薇信", "威信", "扣扣", "企鹅", "抖音", "快手", "小红", "支付", "微博", "钉钉", "飞书", "v信", "b站"]
_PAIRS += ["vx", "wx", "qq", "q ", "加v", "加 ", "we", "wh", "te", "sk", "li"]
ACCOUNT_PAIRS = frozenset(one + other for pair in _PAIRS for one in _written(pair[0]) for other in _written(pair[1]))
"""Two characters that stand side by side in every text with an account, as written: most texts have none of them."""

ACCOUNT_RULES: tuple[PersonalDataRule, ...] = (
    # QQ 1234567, qq号是：12345678, 扣扣1234567, QQ群 98765432
    PersonalDataRule(
        "[账号]",
        re.compile(rf"(?:(?<![a-z])q ?q|扣扣|企鹅号?)(?:账号|号码|群号|号|群)?{_LINK}(?P<it>{_NUMBER_ID})"),
        spares_orders=False,
    ),
    # QQ 1 2 3 4 5 6 7, QQ：123-456-789, 扣扣 123/4567
    PersonalDataRule(
        "[账号]",
        re.compile(
            rf"(?:(?<![a-z])q ?q|扣扣|企鹅号?)(?:账号|号码|群号|号|群)?{_LINK}"
            r"(?!(?:19|20)[0-9]{2}([ /,-])[0-9]{1,2}\1[0-9]{1,2}(?![0-9]))"  # 2026-04-05
            r"(?P<it>[1-9][0-9]{0,4}([ /,-])[0-9]{1,4}(?:\3[0-9]{1,4}){0,10})"
            r"(?![0-9]|\.[0-9]| ?[元块分次人个年月日号天])"
        ),
        lambda it: 6 <= len(it) <= 12,
        spares_orders=False,
    ),
    # 微信 zhang_san88, vx abc123
    PersonalDataRule(
        "[账号]", re.compile(rf"{_MESSENGER}(?:账号|号码|号| ?id)?{_LINK}{_CLEARLY}"), spares_orders=False
    ),
    # 微信号：zhangsan, wechat id = lisilisi, vx:1234567: anything is, where the text says that one follows
    PersonalDataRule(
        "[账号]",
        re.compile(rf"{_MESSENGER}(?:账号|号码|号| ?id|:){_LINK}(?P<it>[a-z][a-z0-9_-]{{5,}}+|{_NUMBER_ID})"),
        spares_orders=False,
    ),
    # 抖音号：laowang66, 小红书号5566778899, 支付宝：alipay_wang1
    PersonalDataRule(
        "[账号]", re.compile(rf"{_ELSEWHERE}(?:账号|帐号|号码|号| ?id)?{_LINK}{_CLEARLY}"), spares_orders=False
    ),
    PersonalDataRule(
        "[账号]",
        re.compile(
            rf"{_ELSEWHERE}(?:账号|帐号|号码|号| ?id){_LINK}(?P<it>[a-z][a-z0-9_-]{{5,}}+|[0-9]{{5,12}}+[a-z0-9_-]*+)"
        ),
        spares_orders=False,
    ),
)
"""Applied after the numbers: a phone that serves as an account is a phone."""
