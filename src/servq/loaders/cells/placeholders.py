"""Texts that exports write for "no value": skipped questions, empty numbers and times, rows without an id."""

from __future__ import annotations

import unicodedata

SKIPPED = frozenset({"(空)", "(跳过)"})
"""What survey tools write for a question that was not answered, in any column but an id."""


NO_VALUE = SKIPPED | {"-", "--", "—", "——", "n/a", "null"}
"""What exports write for "no value" in columns of numbers and times. Widths and case do not count."""


NO_ID = NO_VALUE | {
    *(
        "无",
        "無",
        "没有",
        "暂无",
        "空",
        "未知",
        "不详",
        "未填",
        "未填写",
        "未注明",
        "匿名",
        "匿名用户",
        "游客",
        "散客",
        "非会员",
    ),
    *("none", "nil", "nan", "na", "undefined", "unknown", "anonymous", "guest"),
}
"""What exports write where nobody has an id: taken for one, it would make one customer of all of them.

So would a row of zeros, and signs without a letter or digit (`/`, `***`)."""


def is_no_id(text: str) -> bool:
    """Whether a key only stands for "no id"; a zero may be the first of a numbering.

    >>> is_no_id("-"), is_no_id("匿名"), is_no_id("***"), is_no_id("0"), is_no_id("A-1")
    (True, True, True, False, False)
    """
    said = unicodedata.normalize("NFKC", text).strip().casefold()
    return said in NO_ID or not any(map(str.isalnum, said))
