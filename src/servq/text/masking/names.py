"""Names of persons in a text: beside a title (王先生, 导游孙丽), after an announcement (我叫, 姓名：), in English.

Owns the places of names (what can be one: surnames.py). The title is kept, since the text needs it to make sense.

    王小明经理        [王小明]经理        高铁经理, 和先生一起      no name
    导游孙丽讲得好    导游[孙丽]讲得好    导游常常迟到, 前台小姐    no name
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import rjieba

from servq.text.masking.surnames import (
    COMPOUND,
    GIVEN,
    NO_NAME,
    PURE,
    SURNAMES,
    can_be_given,
    is_full_name,
    surname_length,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

Place = tuple[int, int]

_POSTS = (
    "总经理|副总经理|副经理|副主任|经理|主管|店长|导游|师傅|老师|司机|主任|领班|领队|管家|大队长|队长|站长|馆长|楼长|教练|医生|总监|"
    "客服|前台|服务员|保安|保洁|工作人员|技师|讲解员|地接|顾问"
)
_POLITE = "先生|先森|女士|小姐|太太|阿姨|大姐|大哥|大叔|叔叔|奶奶|爷爷|同志|大爷|大妈"
_GUESTS = "乘客|旅客|客人|顾客|住客|游客|同行人|经办人|预订人|预定人|订票人|被保险人"
_ANNOUNCED = "姓名|联系人|收货人|收件人|投诉人|入住人|出行人|乘机人|我叫|名叫|叫做|本名|真名|称呼|署名|落款"

# 总 and 导 are syllables of many words: the frequent ones are passed over here
_SHORT = (
    "姐(?![姐妹夫])|哥(?![哥们])|叔(?!叔)|导(?![致航向演览购员弹师入出播流游])"
    "|总(?![统价共是站觉体部台算会归裁监局额结数量之的来计有])"
)
_NOT_AFTER_MR = "Right|Bean|Big|Excel|Office|Word|Windows|DOS|Universe|World|And|The|Or"

MENTION = re.compile(
    rf"(?P<sure>{_ANNOUNCED})|(?P<post>{_POSTS})|(?P<polite>{_POLITE})|(?P<short>{_SHORT})|(?P<guest>{_GUESTS})"
    r"|(?P<self>我是|本人)|(?P<family>姓)|(?P<english>\b(?:M(?:rs?|s|iss|RS?|S)|Dr)\b\.? |\b[Mm]y name is )"
)
"""The words beside every name that is found."""

_WORDS = f"{_ANNOUNCED}|{_POSTS}|{_POLITE}|{_GUESTS}|我是|本人|Mr|Ms|Miss|MR|MS|Dr|My|my"
PAIRS = frozenset(
    {word[:2] for word in _WORDS.split("|")}
    | {surname + title for surname in SURNAMES for title in "姐哥叔导总"}
    | {"姓" + surname for surname in [*SURNAMES, *(name[0] for name in COMPOUND)]}
)
"""Two characters that stand side by side in every text that names somebody: most texts have none of them."""

_AFTER_SURE = re.compile(r"(?:叫做|叫|是|为|写的是)?[:： ]{0,3}")
_AFTER_POST = re.compile(r"(?:名叫|叫|是|为)?[:： ]{0,2}")
_BETWEEN = {"sure": _AFTER_SURE, "post": _AFTER_POST, "guest": _AFTER_POST, "self": re.compile("")}
_AND = ("、", "和", "与", "及")
_HAN_BEHIND = re.compile(r"[一-鿿]{1,8}")
_HAN_BEFORE = re.compile(r"[一-鿿]{1,10}\Z")
_LATIN_NAME = re.compile(r"[A-Z][A-Za-z'-]+(?:[ /][A-Z][A-Za-z'-]+){0,2}")
_AFTER_MR = re.compile(rf"(?!(?:{_NOT_AFTER_MR})\b)[A-Z][A-Za-z'-]*(?: [A-Z][a-z'-]+){{0,2}}")

_ALONE_AFTER = frozenset("找请叫问给跟和与同让被是的了谢对由为到比见姓小老阿")
_ONLY_FIRST = frozenset("时车成全水单包和任连路关管")
_NOT_ALONE = frozenset("向和连全")
_NOT_FIRST = frozenset("和向连全从于时任何")


def name_places(text: str) -> list[Place]:
    """From where to where names stand in a text, in order and without overlap.

    >>> name_places("我是李女士，找王小明经理")
    [(2, 3), (7, 10)]
    """
    found = [place for mention in MENTION.finditer(text) for place in _beside(mention, text)]
    places: list[Place] = []
    for start, end in sorted(found):
        if not places or start >= places[-1][1]:
            places.append((start, end))
        else:
            places[-1] = (places[-1][0], max(end, places[-1][1]))
    return places


def _beside(mention: re.Match[str], text: str) -> Iterator[Place]:
    """The names that a mention stands behind or before."""
    kind, (start, end) = mention.lastgroup, mention.span()
    if kind in ("post", "polite", "short"):
        length = _length_before(text, start, kind)
        if length:
            yield start - length, start
    if kind in ("post", "guest", "self", "sure"):
        yield from _behind(text, end, kind)
    elif kind == "family":
        length = _family_name(text[end : end + 3])
        if length:
            yield end, end + length
    elif kind == "english" and (said := _AFTER_MR.match(text, end)):
        yield said.span()


def _length_before(text: str, end: int, kind: str) -> int:
    if SURNAMES.isdisjoint(text[max(0, end - 4) : end]):
        return 0
    run = _HAN_BEFORE.search(text, max(0, end - 10), end)
    return _name_at_end(run[0], short=kind == "short", polite=kind == "polite") if run else 0


def _name_at_end(run: str, *, short: bool, polite: bool) -> int:
    """The length of the longest possible name at the end of a run of characters."""
    words = rjieba.tag(run, hmm=False)
    last, kind = words[-1]
    if len(last) == 2 and last[0] in "小老阿" and last[1] in SURNAMES and kind in ("nr", "z", "x"):
        return 1  # 小王, 老李: the dictionary has some of them
    if polite and len(last) == 3 and kind == "nr" and last[0] in PURE and NO_NAME.isdisjoint(last) and last[1] != "家":
        return 3  # 张三丰先生, but not 张家界女士团 (the dictionary takes such places for names)
    best = int(len(last) == 1 and _stands_alone(last, words[-2][0] if len(words) > 1 else "", short=short))
    joined = ""
    for place in range(len(words) - 1, -1, -1):
        word, kind = words[place]
        joined = word + joined
        if short or len(joined) > 4:
            break
        if joined in COMPOUND or _is_name(word, joined, kind, first=not place):
            best = len(joined)
    return best


def _stands_alone(surname: str, before: str, *, short: bool) -> bool:
    """Whether a family name alone before a title is one: 王经理, but not 和先生, 向导游."""
    if surname in PURE:
        return True
    if surname not in SURNAMES or surname in _NOT_ALONE or (short and surname == "何"):
        return False
    if not before:
        return True
    return surname not in _ONLY_FIRST and (len(before) > 1 or before in _ALONE_AFTER)


def _is_name(word: str, joined: str, kind: str, *, first: bool) -> bool:
    """Whether words are one name together: one that the dictionary knows, or a family name before a given one."""
    if word == joined:
        return is_full_name(joined, known_as=kind)
    if len(word) != surname_length(joined) or (word in _NOT_FIRST and not first):
        return False
    return is_full_name(joined)


def _behind(text: str, end: int, kind: str) -> Iterator[Place]:
    """The name behind a mention; behind one that announces names also the others of a list: 出行人：王一、李二."""
    told = _BETWEEN[kind].match(text, end)
    start = told.end() if told else end
    while length := _length_behind(text, start, kind):
        start += text[start] == "小" and kind == "post"
        yield start, start + length
        start += length + 1
        if kind != "sure" or text[start - 1 : start] not in _AND:
            return


def _length_behind(text: str, start: int, kind: str) -> int:
    following = text[start : start + 3]
    if following[:1] in SURNAMES or following[:2] in COMPOUND:
        length = _name_at_start(text, start, sure=kind == "sure")
        # 我是金卡会员
        return 0 if kind == "self" and _HAN_BEHIND.match(text, start + length) else length
    if kind == "post":
        return _nickname(following) if following[:1] == "小" else 0
    latin = _LATIN_NAME.match(text, start) if kind == "sure" else None
    return len(latin[0]) if latin else 0


def _name_at_start(text: str, start: int, *, sure: bool) -> int:
    """The length of a full name from here on; `sure` where the text has announced one."""
    whole = run[0] if (run := _HAN_BEHIND.match(text, start)) else ""
    words = rjieba.tag(whole) or [("", "")]
    first, kind = words[0]
    known = kind if len(first) > 1 and rjieba.has_word(first) else ""
    known = "" if sure and known.startswith("nr") else known  # whoever bears a famous name is announced too
    surname = surname_length(whole)
    if len(whole) <= 4 and (len(first) == surname or kind == "nr" or sure):
        known_whole = known if first == whole and not (sure and first[0] in PURE and can_be_given(first)) else ""
        if is_full_name(whole, known_as=known_whole) and (sure or can_be_given(whole)):
            return len(whole)
    if len(first) > 1 and kind == "nr" and is_full_name(first, known_as=known):
        last = words[1][0] if len(words) == 2 else ""
        return len(first) + (len(first) == 2 and last in GIVEN)
    joined = first + words[1][0] if len(words) > 1 and len(first) == surname else ""
    return len(joined) if is_full_name(joined) and can_be_given(joined) else 0


def _family_name(behind: str) -> int:
    """The length of the family name: 姓王, 姓王的."""
    length = surname_length(behind)
    following = behind[length : length + 1]
    return length if following in ("", "的") or not "一" <= following <= "鿿" else 0


def _nickname(word: str) -> int:
    """小王: whether its second character is a family name and no part of another word (小费, 小程序)."""
    surname = word[1:2]
    if surname not in SURNAMES or surname in "费时" or (len(word) == 3 and rjieba.has_word(word[1:])):
        return 0
    return int(surname in PURE or rjieba.tag(word[:2])[0][1] not in ("n", "v", "t", "a", "d"))
