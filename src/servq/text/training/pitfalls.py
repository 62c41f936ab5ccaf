"""Short comments written for this project, on which a model of words may be wrong, with their true sentiment.

Owns the texts and their labels alone. The page scores them with the model in force, so that the list of errors is
always up to date.
"""

from __future__ import annotations

from dataclasses import dataclass

from servq.records import Label


@dataclass(frozen=True)
class Pitfall:
    """One comment.

    Attributes:
        satisfied: whether people read a satisfied writer in it.
        why: what makes it hard.
    """

    text: str
    satisfied: bool
    why: Label


_IRONY = Label("反话，只有情境才看得出", "irony that only the situation shows")
_NAMED_IRONY = Label("反话，但说出了事实", "irony that names the fact")
_ABSENT = Label("夸的是坏事没有发生", "praise of an evil that did not come")
_BOTH = Label("一条里又夸又怨", "praise and complaint in one")
_FACT = Label("只有事实，没有情绪词", "a fact without a word of feeling")
_WISH = Label("愿望与建议", "wishes and advice")
_DIALECT = Label("方言与新词", "dialect and new slang")
_FOREIGN = Label("按英语读的其他文字", "another language, read as English")

PITFALLS = (
    Pitfall("感谢你们让我在机场过了一夜", False, _IRONY),
    Pitfall("服务真好，等了三小时", False, _NAMED_IRONY),
    Pitfall("没想到半夜退房也没扣押金", True, _ABSENT),
    Pitfall("除了贵没毛病", True, _ABSENT),
    Pitfall("房间小了点，但前台特别热心，第二天还帮我们叫了车", True, _BOTH),
    Pitfall("导游很好，可是酒店又脏又吵", False, _BOTH),
    Pitfall("退款三个星期了", False, _FACT),
    Pitfall("说好的接机，人呢", False, _FACT),
    Pitfall("希望越来越好", True, _WISH),
    Pitfall("周末建议多开两个窗口", False, _WISH),
    Pitfall("不要太方便哦", True, _DIALECT),
    Pitfall("这服务绝绝子", True, _DIALECT),
    Pitfall("La chambre était sale et bruyante", False, _FOREIGN),
)
