"""Texts that no customer wrote: what platforms put in where a comment was left empty.

Owns the list of such phrases. It never judges a text that a customer added a word to.
"""

from __future__ import annotations

import re

# 默认好评 | 系统默认好评！ | 此用户没有填写评价。 | 该用户未填写评价内容 | 评价方未及时做出评价,系统默认好评!
_FILLED_IN = re.compile(
    r"(?:(?:系统|自动|平台)?默认(?:五星|5星)?好评"
    r"|[此该本]?(?:用户|顾客|客户|买家|会员)(?:觉得商品较好，?)?(?:没有|未|暂未|尚未)(?:及时)?(?:填写|做出|作出|发表|留下)?(?:任何)?(?:文字)?"
    r"(?:评价|评论|点评)(?:内容)?"
    r"|评价方未及时[做作]出评价"
    r"|(?:系统)?自动(?:好评|评价))"
)

_SIGNS = re.compile(r"[\s，。！!,.；;、~～]+")


def is_filled_in(text: str) -> bool:
    """Whether a platform wrote the whole text.

    >>> is_filled_in("此用户没有填写评价。"), is_filled_in("默认好评"), is_filled_in("默认好评，其实一般")
    (True, True, False)
    """
    if len(text) > 60 or "评" not in text:
        return False
    rest = _SIGNS.sub(" ", text).strip()
    return all(_FILLED_IN.fullmatch(part) for part in rest.split(" "))
