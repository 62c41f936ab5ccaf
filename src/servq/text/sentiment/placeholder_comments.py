"""Placeholder comments: platforms' fillers of empty comments, and people's words for "nothing".

Owns the list of such phrases. A text to which a customer added a word is not one.
"""

from __future__ import annotations

import re
import unicodedata

# 默认好评 | 系统默认好评！ | 此用户没有填写评价。 | 该用户未填写评价内容 | 评价方未及时做出评价,系统默认好评!
_FILLED_IN = re.compile(
    r"(?:(?:系统|自动|平台)?默认(?:五星|5星)?好评"
    r"|[此该本]?(?:用户|顾客|客户|买家|会员)(?:觉得商品较好，?)?(?:没有|未|暂未|尚未)(?:及时)?(?:填写|做出|作出|发表|留下)?(?:任何)?(?:文字)?"
    r"(?:评价|评论|点评)(?:内容)?"
    r"|评价方未及时[做作]出评价"
    r"|(?:系统)?自动(?:好评|评价))"
)

# 无 | 暂无 | 没有意见 | 目前没什么建议 | 没有别的了 | 没什么好说的. Not 没有问题, 没得说, 没有不满: those judge.
_NONE = (
    r"(?:我|本人)?(?:目前|暂时|暫時|现在|暂|暫|还|真的|确实|也|都|好像|其他的?|其它的?|别的|另外|以上)*"
    r"(?:[无無]|没有?|并无|並無|沒有?|冇)(?:了|的)?(?:什么|什麼|啥|任何|太多|太大|特别|其他|其它|别的|更多|具体|特殊)*(?:的|好|可|要|想|需要)*"
    r"(?:(?:意见|意見|建议|建議|想法|看法|说法|话|补充|评论|评价|点评|留言|备注|内容|要求|(?<=[好可要想啥么])[说說讲])"
    r"(?:和|与|或|及|、)?)*(?:的|了|呢|吧|啊|哦|呀|哈|啦)*"
)

# 不知道 | 不清楚 | 不详 | 略 | 未填写 | 跳过 | 没想好 | 想不出来 | 同上
_DO_NOT_KNOW = (
    r"(?:我|暂时|还)?(?:不知道|不清楚|不晓得|不详|说不上来|没想好|没想过|没考虑过|想不出来|想不到|不想说|不想写|不填|不填写"
    r"|未填|未填写|未填答|未作答|未回答|未注明|未评价|不适用|跳过|已跳过|略|空|空白|同上)"
    r"(?:写什么|说什么|填什么|怎么写|怎么说)?(?:了|呢|吧|啊|哦)*"
)

# N/A | none | no comment | nothing to add | null | ras (rien à signaler) | aucune
_IN_LETTERS = (
    r"n ?/? ?a|n/d|nan|nil|null|none|nope|nothing|no|non|not applicable|undefined|unknown"
    r"|(?:no|none|nothing)(?: (?:further|other|more|additional|special|particular))*"
    r"(?: (?:comments?|suggestions?|feedback|remarks?|opinions?|ideas?))?"
    r"(?: (?:to (?:add|say|report|comment)|at all|at this time|at the moment|really|else|more|so far|yet|for now))*"
    r"|(?:i )?(?:do not|don't|dont) know|no idea|dunno|idk|skip(?:ped)?|blank|empty"
    r"|r\.?a\.?s\.?|rien(?: à signaler)?|aucune?s?|neant|néant"
)

_SAYS_NOTHING = re.compile(rf"(?:{_NONE}|{_DO_NOT_KNOW}|{_IN_LETTERS})")

_SIGNS = re.compile(r"[\s，。！!,.；;、~～]+")
_AROUND = " \t\r\n,.!?;:~-_—–…·*#/\\|()[]{}<>\"'“”‘’「」【】。、，；：！？～（）"
_LONGEST = 60
_FIRST = frozenset("无無没沒冇不暂暫目现还我本其别另以未空略同跳已想说真确也都好像并並谢感nNｎＮrRｒＲaAuUiIdDsSbBeEｎ")
"""Characters with which a text that says nothing begins, beside signs."""

_COURTESIES = frozenset({"谢谢", "感谢", "谢谢您", "thanks", "thank", "you", ""})


def is_filled_in(text: str) -> bool:
    """Whether a platform wrote the whole text.

    >>> is_filled_in("此用户没有填写评价。"), is_filled_in("默认好评"), is_filled_in("默认好评，其实一般")
    (True, True, False)
    """
    if len(text) > _LONGEST or "评" not in text:
        return False
    rest = _SIGNS.sub(" ", text).strip()
    return all(_FILLED_IN.fullmatch(part) for part in rest.split(" "))


def says_nothing(text: str) -> bool:
    """Whether a text has no words of a customer: filled in by a platform, or only a way to write "nothing".

    An answer of 没有 to a question for suggestions is no complaint: it has no sentiment and counts in no share.

    >>> says_nothing("无。"), says_nothing("没有意见，谢谢"), says_nothing("N/A"), says_nothing("没有热水")
    (True, True, True, False)
    """
    if len(text) > _LONGEST or (text[:1] not in _FIRST and text[:1].isalnum()):  # as nearly every comment
        return "评" in text and is_filled_in(text)
    plain = unicodedata.normalize("NFKC", text).casefold().strip(_AROUND)
    parts = [part for part in re.split(r"[\s,。.!;、~]+", plain) if part not in _COURTESIES]
    if not parts:
        return not plain
    # 无无无: one character again and again says what it says once
    said = [part[0] if len(set(part)) == 1 else part for part in parts]
    whole = " ".join(said)
    return bool(_SAYS_NOTHING.fullmatch(whole) or all(map(_SAYS_NOTHING.fullmatch, said))) or is_filled_in(text)
