"""What personal data looks like in mainland Chinese free text: one rule a kind, each with its mark.

Owns the patterns and the checks that keep order numbers, dates and amounts out of them. It never changes a
text (masking does), and knows nothing that needs a dictionary: names and addresses are not found.

Every pattern is linear: repetitions are bounded or possessive, and a run of digits or letters is entered
only at its beginning.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True)
class Rule:
    """One kind of personal data.

    Attributes:
        mark: what is put in its place.
        pattern: where it may stand; the part that is hidden is group `it`. Applied to folded text (see masking):
            digits, letters and separators are ASCII, in lower case.
        holds: whether a found place really is one; given the digits and letters of `it` without separators.
        spares_orders: whether a number that the text itself calls an order or ticket number is left alone.
    """

    mark: str
    pattern: re.Pattern[str]
    holds: Callable[[str], bool] = bool
    spares_orders: bool = True


NAMED_AS_ORDER = re.compile(r"(?:订单|单号|票号|编号|流水|order|ticket|booking)[号码是为no.:# ]{0,6}$")
"""What stands before a number that is no personal data: `订单号：4111111111111111`, `ticket no. 479…`."""

# Nothing that belongs to a longer code may stand before (SQ20260405001234), but `tel138…` or `qq138…` may.
_BEGINS = r"(?:(?<![0-9a-z])|(?<=tel)|(?<=phone)|(?<=mobile)|(?<=call)|(?<=[vwq]x)|(?<=qq)|(?<=id)|(?<=微信))"

_PROVINCES = r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|91)"


def is_birth_date(digits: str) -> bool:
    """Whether the birth date inside an ID number is a day that has been: `11010519491231002x`, `130503670401001`.

    >>> is_birth_date("11010519491231002x"), is_birth_date("110105194902310021")
    (True, False)
    """
    day = digits[6:14] if len(digits) == 18 else "19" + digits[6:12]
    try:
        born = date(int(day[:4]), int(day[4:6]), int(day[6:]))
    except ValueError:
        return False
    return date(1900, 1, 1) <= born <= date.today()


def passes_luhn(digits: str) -> bool:
    """Whether the last digit is the check digit of a bank card number.

    Source:
        ISO/IEC 7812-1, annex B.

    >>> passes_luhn("4111111111111111"), passes_luhn("4111111111111112")
    (True, False)
    """
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits))]
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0


# 9 digits; 8 1234 5678; 8 123 45678; 81 234 5678: what follows the first two digits of a mobile number
_AFTER_13 = (
    r"(?:[0-9]{9}|[0-9]([ .-])[0-9]{4}\2[0-9]{4}"
    r"|[0-9]([ .-])[0-9]{3}\3[0-9]{5}|[0-9]{2}([ .-])[0-9]{3}\4[0-9]{4})"
)

_CARD_NETWORK = r"(?=[3-6]|2[2-7]|9558)"
_FOUR_FOURS = r"[0-9]{4}([ -])[0-9]{4}\2[0-9]{4}\2[0-9]{4}"

# 1234567 and abc_1, but neither a date (20260405) nor an amount (50000元, 12345.60)
_NUMBER_ID = (
    r"(?!(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?![0-9]))"
    r"[1-9][0-9]{4,10}(?![0-9]|\.[0-9]| ?[元块分次人个年])"
)
_MESSENGER = r"(?<![a-z])(?:微信|薇信|weixin|wechat|[vw]x|加 ?v)"

RULES: tuple[Rule, ...] = (
    # zhang.san+1@mail.example.com
    Rule(
        "[邮箱]",
        re.compile(r"(?<![a-z0-9._%+-])(?P<it>[a-z0-9._%+-]++@[a-z0-9-]++(?:\.[a-z0-9-]++)+)"),
        spares_orders=False,
    ),
    # 11010519491231002X, 110105 19491231 002X; the old 130503670401001
    Rule(
        "[证件]",
        re.compile(
            _BEGINS + rf"(?P<it>{_PROVINCES}[0-9]{{4}}(?:[ -]?(?:19|20)[0-9]{{6}}[ -]?[0-9]{{3}}[0-9x]|[0-9]{{9}}))"
            r"(?![0-9a-z])"
        ),
        is_birth_date,
    ),
    # 护照号：E12345678, 港澳通行证 C12345678
    Rule(
        "[证件]",
        re.compile(
            r"(?:护照|通行证|台胞证|回乡证|passport)[号码是为no.: ]{0,5}(?P<it>[a-z]{0,2}[0-9]{6,9})(?![0-9a-z])"
        ),
    ),
    # 13812345678, 138 1234 5678, +86-138-1234-5678, 0086 138.123.45678, tel13812345678
    Rule("[手机]", re.compile(_BEGINS + r"(?P<it>(?:(?:\+|00)?86[ -]{0,2})?0?1[3-9]" + _AFTER_13 + r")(?![0-9])")),
    # 6222021234567890123, 6222 0212 3456 7890 128
    Rule(
        "[银行卡]",
        re.compile(_BEGINS + rf"(?P<it>{_CARD_NETWORK}(?:[0-9]{{13,19}}|{_FOUR_FOURS}\2[0-9]{{1,3}}))(?![0-9])"),
        passes_luhn,
    ),
    # 4111-1111-1111-1111, also where another number follows: 4111 1111 1111 1111 30分钟
    Rule("[银行卡]", re.compile(_BEGINS + rf"(?P<it>{_CARD_NETWORK}{_FOUR_FOURS})(?![0-9])"), passes_luhn),
    # 010-88886666, (0571) 8888 6666, 02088886666转123, +86 21 5888 6666; subscribers begin with 2 to 8
    Rule(
        "[电话]",
        re.compile(
            _BEGINS + r"(?P<it>(?:(?:\+|00)86[ -]?0?|\(?0)(?:10|2[0-9]|[3-9][0-9]{2})\)?[ -]?"
            r"[2-8][0-9]{2,3}[ -]?[0-9]{4}(?:-[0-9]{1,5}|转[0-9]{1,5})?)(?![0-9])"
        ),
    ),
    # QQ 1234567, qq号是：12345678
    Rule(
        "[账号]", re.compile(rf"(?<![a-z])qq(?:账号|号码|号)?[是为:= ]{{0,3}}(?P<it>{_NUMBER_ID})"), spares_orders=False
    ),
    # 微信 zhang_san88, vx abc123: with a digit or a dash in it, a Latin word is an account
    Rule(
        "[账号]",
        re.compile(
            rf"{_MESSENGER}(?:账号|号码|号|id)?[是为:= ]{{0,3}}(?P<it>[a-z](?=[a-z]{{0,19}}[0-9_-])[a-z0-9_-]{{5,}}+)"
        ),
        spares_orders=False,
    ),
    # 微信号：zhangsan, wechat id = lisilisi, vx:1234567: anything is, where the text says that one follows
    Rule(
        "[账号]",
        re.compile(rf"{_MESSENGER}(?:账号|号码|号|id|:)[是为:= ]{{0,3}}(?P<it>[a-z][a-z0-9_-]{{5,}}+|{_NUMBER_ID})"),
        spares_orders=False,
    ),
)
"""In the order in which they are applied: the stricter shape first, so that no rule eats part of another's."""
