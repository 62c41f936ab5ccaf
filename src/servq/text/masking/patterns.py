"""Patterns of personal data in mainland Chinese free text: one rule per kind, each with its mark.

Owns the patterns and the checks that keep order numbers, dates and amounts out of them. It never changes a
text (masking does). Accounts are in accounts.py, names in names.py; addresses are not found.

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
class PersonalDataRule:
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


NAMED_AS_ORDER = re.compile(
    r"(?:订单|单号|票号|编号|流水|券|高铁票|快递|确认号|取票码|order|ticket|booking)[号码是为no.:# ]{0,6}$"
)
"""The words before a number that is no personal data: `订单号：4111111111111111`, `ticket no. 479…`."""

# Nothing that belongs to a longer code may stand before (SQ20260405001234), but `tel138…` or `qq138…` may.
BEGINS = r"(?:(?<![0-9a-z])|(?<=tel)|(?<=phone)|(?<=mobile)|(?<=call)|(?<=[vwq]x)|(?<=qq)|(?<=id)|(?<=微信))"

_REGIONS = r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|91)"


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


_AIRLINES = frozenset(
    re.findall(
        "..",
        "camuczhumfzhfmscgsjdknhopndreuqwuqtvbknsgjfugxgydzjrcnbaaflhaauadlsqtgkeozjlnhcxhxuonxbrciekqreytkakfd",
    )
)
"""The two letters with which flights that end or begin in China are named."""


def is_plate(plate: str) -> bool:
    """Whether the letters and digits of a plate can be one, and are not a flight behind a province's character.

    >>> is_plate("京a12345"), is_plate("新mu5101"), is_plate("新abcd12")
    (True, False, False)
    """
    code = plate[1:]
    if sum(char.isdigit() for char in code) < 3:
        return False
    return not (code[:2] in _AIRLINES and len(code) < 7 and code[2:].isdigit())


# 9 digits; 8 1234 5678; 8 123 45678; 81 234 5678; 8 12345 678: what follows the first two digits of a mobile number
PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
"""The characters with which number plates begin."""

_APART = r"([ ._·/,、~*-])"
_AFTER_13 = (
    rf"(?:[0-9]{{9}}|[0-9]{_APART}[0-9]{{4}}\2[0-9]{{4}}|[0-9]{_APART}[0-9]{{3}}\3[0-9]{{5}}"
    rf"|[0-9]{{2}}{_APART}[0-9]{{3}}\4[0-9]{{4}}|[0-9]{_APART}[0-9]{{5}}\5[0-9]{{3}}|[0-9]{_APART}[0-9]{{2}}\6[0-9]{{3}}\6[0-9]{{3}})"
)

_CARD_NETWORK = r"(?=[3-6]|2[2-7]|9558)"
_FOUR_FOURS = r"[0-9]{4}([ /,-])[0-9]{4}\2[0-9]{4}\2[0-9]{4}"

_DOCUMENT = (
    "护照|通行证|台胞证|回乡证|居留证|居住证|军官证|士兵证|海员证|驾驶证|驾照|社保卡?|学生证|身份证|证件|passport"
)

RULES: tuple[PersonalDataRule, ...] = (
    # zhang.san+1@mail.example.com
    PersonalDataRule(
        "[邮箱]",
        re.compile(r"(?<![a-z0-9._%+-])(?P<it>[a-z0-9._%+-]++@[a-z0-9-]++(?:\.[a-z0-9-]++)+)"),
        spares_orders=False,
    ),
    # zhangsan(at)example.com, zhang [at] qq [dot] com, zhang at qq dot com
    PersonalDataRule(
        "[邮箱]",
        re.compile(
            r"(?<![a-z0-9._%+-])(?P<it>[a-z0-9._%+-]++ ?[(\[{] ?at ?[)\]}] ?[a-z0-9-]++"
            r"(?:(?:\.| ?[(\[{] ?dot ?[)\]}] ?| dot )[a-z0-9-]++)+"
            r"|[a-z0-9._%+-]++ at [a-z0-9-]++ dot (?:com|cn|net|org|edu)(?: dot cn)?(?![a-z0-9]))"
        ),
        spares_orders=False,
    ),
    # 1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 2 X, 1/1/0/1/0/5/…
    PersonalDataRule(
        "[证件]",
        re.compile(BEGINS + r"(?P<it>[1-9]([ /,.-])[0-9](?:\2[0-9]){15}\2[0-9x])(?![0-9a-z])"),
        lambda it: re.match(_REGIONS, it) is not None and is_birth_date(it),
    ),
    # 11010519491231002X, 110105 19491231 002X, 1101 0519 4912 3100 2X; the old 130503670401001
    PersonalDataRule(
        "[证件]",
        re.compile(
            BEGINS
            + rf"(?P<it>{_REGIONS}[0-9]{{4}}(?:[ /,-]?(?:19|20)[0-9]{{2}}[ /,-]?[0-9]{{4}}[ /,-]?[0-9]{{3}}[0-9x]"
            r"|[0-9]{9}))(?![0-9a-z])"
        ),
        is_birth_date,
    ),
    PersonalDataRule(
        "[证件]",
        re.compile(
            BEGINS + rf"(?P<it>{_REGIONS}[0-9]{{2}}(?:([ -])[0-9]{{4}})(?:\2[0-9]{{4}}){{2}}\2[0-9][0-9x])(?![0-9a-z])"
        ),
        is_birth_date,
    ),
    # 护照号：E12345678, 港澳通行证 C12345678, 回乡证 M0123456702, 身份证号 A123456(3)
    PersonalDataRule(
        "[证件]",
        re.compile(
            rf"(?:{_DOCUMENT})(?:号码|证号|号|number|no)?[是为.:# ]{{0,4}}"
            r"(?P<it>[a-z]{0,3}[0-9]{6,12}[a-z]?(?:\([0-9a]\))?)(?![0-9a-z]|[元天年月日])"
        ),
    ),
    # E12345678, EJ1234567, G12345678: passports where nothing else says so; A123456(3): an ID of Hong Kong
    PersonalDataRule(
        "[证件]", re.compile(BEGINS + r"(?P<it>(?:[eg][0-9]{8}|e[a-hj-np-z][0-9]{7}|[dsp]e[0-9]{7}))(?![0-9a-z])")
    ),
    PersonalDataRule("[证件]", re.compile(BEGINS + r"(?P<it>[a-z]{1,2}[0-9]{6}\([0-9a]\))")),
    # 13812345678, 138 1234 5678, +86-138-1234-5678, 0086 138.123.45678, tel13812345678
    PersonalDataRule(
        "[手机]", re.compile(BEGINS + r"(?P<it>(?:(?:\+|00)?86[ /,-]{0,2})?0?1[3-9]" + _AFTER_13 + r")(?![0-9])")
    ),
    PersonalDataRule("[手机]", re.compile(BEGINS + r"(?P<it>1([ .-])[3-9](?:\2[0-9]){9})(?![0-9]|\2[0-9](?![0-9]))")),
    # 4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1
    PersonalDataRule(
        "[银行卡]", re.compile(BEGINS + r"(?P<it>[3-6]([ -])[0-9](?:\2[0-9]){13,17})(?![0-9]|\2[0-9])"), passes_luhn
    ),
    # 6222021234567890123, 6222 0212 3456 7890 128
    PersonalDataRule(
        "[银行卡]",
        re.compile(BEGINS + rf"(?P<it>{_CARD_NETWORK}(?:[0-9]{{13,19}}|{_FOUR_FOURS}\2[0-9]{{1,3}}))(?![0-9])"),
        passes_luhn,
    ),
    # 4111-1111-1111-1111, also where another number follows: 4111 1111 1111 1111 30分钟
    PersonalDataRule("[银行卡]", re.compile(BEGINS + rf"(?P<it>{_CARD_NETWORK}{_FOUR_FOURS})(?![0-9])"), passes_luhn),
    # 卡号 6217 0012 3456 7890: where the text says that it is one, a wrong digit does not matter
    PersonalDataRule(
        "[银行卡]",
        re.compile(
            r"(?:银行|信用|储蓄|借记)?(?:卡号|账号|账户|帐号|卡)(?:号码|号)?[是为:# ]{0,3}"
            r"(?P<it>[3-69](?:[ -]?[0-9]){14,18})(?![0-9])"
        ),
    ),
    # 010-88886666, (0571) 8888 6666, 02088886666转123, +86 21 5888 6666; subscribers begin with 2 to 8
    PersonalDataRule(
        "[电话]",
        re.compile(
            BEGINS + r"(?P<it>(?:(?:\+|00)86[ -]?0?|\(?0)(?:10|2[0-9]|[3-9][0-9]{2})\)?[ /,-]?"
            r"[2-8][0-9]{2,3}[ /,-]?[0-9]{4}(?:-[0-9]{1,5}|转[0-9]{1,5})?)(?![0-9])"
        ),
    ),
    # 电话 87654321: a subscriber's number without its city, where the text says that it is one
    PersonalDataRule(
        "[电话]",
        re.compile(
            r"(?:电话|座机|固话|总机|tel|phone)(?:号码|号)?[是为:. ]{0,3}"
            r"(?P<it>[2-8][0-9]{2,3}[ -]?[0-9]{4})(?![0-9]|[ -][0-9])"
        ),
    ),
    # +852 9123 4567, +1 415 555 0123, +44 20 7946 0123
    PersonalDataRule(
        "[电话]",
        re.compile(r"(?<![0-9a-z+])(?P<it>\+(?!86)[1-9][0-9]{0,2}(?:[ -]?\(?[0-9]{1,4}\)?){2,4})(?![0-9])"),
        lambda it: 8 <= sum(map(str.isdigit, it)) <= 15,
    ),
    # 京A12345, 沪A·D1234, 粤BD12345, 粤Z1234港, 豫A1234挂
    PersonalDataRule(
        "[车牌]",
        re.compile(
            r"(?P<it>[" + PROVINCES + r"][a-hj-np-z][ ·.-]?"
            r"(?:[a-hj-np-z0-9]{5,6}(?![0-9a-z])|[a-hj-np-z0-9]{3,4}[港澳学警挂领]))"
        ),
        is_plate,
    ),
)
"""In the order in which they are applied: the stricter shape first, so that no rule eats part of another's."""
