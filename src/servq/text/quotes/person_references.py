"""References to one person in a sentence; such a sentence must not be quoted in a talk with a team.

Owns the patterns: a staff number, a masked name, a nickname after an occupation. Masks nothing; masking.py does.
"""

from __future__ import annotations

import re

_WHO = "客服|店员|导游|领队|司机|师傅|接待|顾问|前台|经理|接线员|全陪|地接|柜台|员工|专员|管家"
_GENERIC = "哥姐姑伙妹弟孩朋二女男时声区心费票店巷镇程路"
"""小哥, 小姐姐, 小伙子 are anybody; 小时, 小声, 小区 are nobody."""

# 工号07的客服, 导游[姓名]一路黑脸, 导游小陈人特别好, 姓王的经理, 点名表扬
_POINTS = re.compile(
    rf"工号\s*[:：]?\s*[A-Za-z]?\d|\[姓名\]|\[name\]|点名|(?:{_WHO})的?(?:小|阿)(?![{_GENERIC}])[\u4e00-\u9fff]"
    r"|姓[\u4e00-\u9fff]的",
)


def points_at_somebody(sentence: str) -> bool:
    """Whether a sentence is about one person who could be recognised.

    >>> [points_at_somebody(said) for said in ("导游小陈人特别好", "客服小哥特别热心", "店员很有耐心")]
    [True, False, False]
    """
    return _POINTS.search(sentence) is not None
