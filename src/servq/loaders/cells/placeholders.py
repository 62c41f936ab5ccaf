"""Texts that exports write for "no value": skipped questions, empty numbers and times, rows without an id."""

from __future__ import annotations

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
