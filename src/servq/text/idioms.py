"""Idioms that praise by denying a fault or complain by denial, rewritten in plain words before a model reads the text.

Owns the list. A model of words sees 失望 or 毛病 and a negation; it cannot analyse 没得说 and 不要太好 at all. Each
entry was checked on labelled sentences of restaurants that no reported figure uses (docs/model.md has the count).
"""

from __future__ import annotations

import re
from typing import NamedTuple

_WHO = r"(?:我们|大家|客人|顾客|家人|咱们|我|人|你)?"
_GOOD = (
    r"(?=好|香|爽|赞|棒|方便|舒服|贴心|周到|热情|划算|值|完美|开心|满意|正宗|美|快|干净|新鲜|专业|给力|惊艳|幸福|惬意|耐心|细心"
    r"|便宜)"
)
_BAD = r"(?=难|恶心|别扭|失望|憋屈|心酸|不爽|不舒服|差|烂|慢|坑|尴尬|委屈|郁闷|糟)"
_END = r"(?=[了，,。.!！~～ 的]|$)"


class Idiom(NamedTuple):
    """One idiom: as it is listed, what it is read as, words one of which every form of it has, and its forms."""

    name: str
    meant: str
    signs: tuple[str, ...]
    forms: re.Pattern[str]


def _idiom(name: str, meant: str, signs: str, forms: str) -> Idiom:
    return Idiom(name, meant, tuple(signs.split()), re.compile(forms))


IDIOMS = (
    _idiom(
        "没让我失望",
        "很满意",
        "失望",
        rf"(?:从来|从|绝|果然|并|真的)?(?:没有|没|未|不会|不曾|不)(?:能|曾)?(?:让|令|使|叫)?{_WHO}(?:感到|觉得)?失望",
    ),
    _idiom("没毛病", "非常好", "毛病", r"(?:没有|没|木有)(?:什么|啥|任何|大|一点)*毛病"),
    _idiom(
        "挑不出毛病",
        "非常好",
        "不出",
        r"[挑找说指]不出(?:来)?(?:什么|啥|任何|一点|半点|一丝|有什么)*(?:毛病|缺点|不好|问题|瑕疵|不足|刺)",
    ),
    _idiom(
        "无可挑剔",
        "非常好",
        "挑剔",
        r"无[可从法]挑剔|没有?(?:什么|啥)?(?:可以|可|好)挑剔的?(?:地方|之处)?",
    ),
    _idiom("没得说", "非常好", "没得 没的 没话 没说", rf"没[得的][说挑讲]|没话[说讲]的?|没说的{_END}"),
    _idiom("不要太好", "非常", "不要太", rf"不要太{_GOOD}"),
    _idiom("不能再好了", "非常", "不能", rf"得?不能[再更]{_GOOD}"),
    _idiom("不能再差了", "糟糕又", "不能", rf"得?不能[再更]{_BAD}"),
    _idiom("说不出的难受", "糟糕又", "说不", rf"说不(?:出|上来)的?{_BAD}"),
    _idiom("说不出的舒服", "非常", "说不", rf"说不(?:出|上来)的?{_GOOD}"),
    _idiom(
        "没什么不满",
        "很满意",
        "缺点 槽点 不满 不好 差评",
        rf"没有?(?:什么|啥|任何)?(?:缺点|槽点|不满意?|不好的?(?:地方)?|差评){_END}",
    ),
    _idiom("不踩雷", "很好", "差评 踩雷", r"零差评|(?:没有|没|不会|不)踩雷"),
    _idiom("不后悔", "值得", "后悔", r"(?:不会|没有|没|不|绝不)后悔"),
    _idiom(
        "没让我多等",
        "很快",
        "等",
        rf"(?:没有|没|不)(?:让|叫|使){_WHO}(?:多|久|怎么|苦)?等(?:太久|很久|多久|待)?",
    ),
)
"""Every idiom; the order is that in which they are looked for."""


def in_plain_words(text: str) -> str:
    """A text with its idioms replaced by their meaning; a text without any is unchanged.

    >>> in_plain_words("服务没毛病"), in_plain_words("早餐不要太好"), in_plain_words("不要太辣"), in_plain_words("失望")
    ('服务非常好', '早餐非常好', '不要太辣', '失望')
    """
    if "没" not in text and "不" not in text and "无" not in text and "零" not in text:
        return text
    for sign, forms, meant in _BY_SIGN:
        if sign in text:
            text = forms.sub(meant, text)
    return text


_BY_SIGN = [(sign, idiom.forms, idiom.meant) for idiom in IDIOMS for sign in idiom.signs]
