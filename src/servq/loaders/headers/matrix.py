"""Matrix questions: several items rated under one question, each a column of its own.

    7、请评价各项的满意程度：—服务态度   7、响应时间   7、问题解决     问卷星: the question once
    Q7_服务态度                          Q7_响应时间                    a number before each
    请评价各项 [服务态度]                请评价各项 [响应时间]          Google Forms, LimeSurvey

Owns the split of such a header, and the wordings of questions that ask for something else than the experience of an
item. Which column an item is stands in headers.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from servq.measures import EXPECTED, ITEMS

if TYPE_CHECKING:
    from collections.abc import Sequence

RATED = frozenset(("csat", *ITEMS, *EXPECTED))
"""Columns that may be an item of a matrix question."""

_NUMBER = re.compile(r"\s*[qQ]?(\d+)\s*[、.．:：_]\s*")  # 7、 ; Q7_ ; 7.
_DASHED = re.compile(r"(?P<stem>.*?\S)\s*(?:[—－]+|-{2,})\s*(?P<item>[^—－]+)")  # 请评价：—服务态度
_JOINED = re.compile(r"(?P<stem>[^_]+\S)\s*_\s*(?P<item>[^_]+)")  # 请评价_服务态度
_BRACKETED = re.compile(r"(?P<stem>.*\S)\s*\[(?P<item>[^\[\]]+)\]\s*")  # 请评价 [服务态度]

_EXPECTATION = re.compile(r"期望|预期|expect", re.IGNORECASE)
_NO_EXPERIENCE = re.compile(r"重要|看重|在意|优先|哪些|多选|importan|priorit|which of|select all", re.IGNORECASE)

_MEASURED_BY_IT = re.compile(  # 是否达到您的预期 ; better than expected: neither the expectation nor a score by itself
    r"(达到|符合|满足|超出|超过|超越|高于|低于|不如|相比|比较|对比).*(期望|预期)|(期望|预期).*(符合|相比|相符|比较|对比|差距)"
    r"|(meet|met|exceed|match|than|compared|against|fell short|live up).*expect"
    r"|expect\w*.*(\bmet\b|exceeded|fulfilled)",
    re.IGNORECASE,
)
_DISSATISFACTION = re.compile(r"不满意?|(dis|un)satisf\w*", re.IGNORECASE)
_SATISFACTION = re.compile(r"满意|satisf", re.IGNORECASE)


@dataclass(frozen=True)
class MatrixColumn:
    """One column of a matrix question.

    Attributes:
        stem: the question, as far as the file says it.
        item: the item that is rated.
    """

    stem: str
    item: str

    def may_be(self, column: str) -> bool:
        """Whether its question asks for what this canonical column holds.

        No score is how important an item is, how far it met what was expected, and how dissatisfying it was.
        """
        if column not in RATED or _NO_EXPERIENCE.search(self.stem) or _MEASURED_BY_IT.search(self.stem):
            return False
        if _DISSATISFACTION.search(self.stem) and not _SATISFACTION.search(_DISSATISFACTION.sub("", self.stem)):
            return False
        return (column in EXPECTED) == bool(_EXPECTATION.search(self.stem)) or self._says_so(column)

    def _says_so(self, column: str) -> bool:
        """The item itself tells that it is an expectation (期望的服务态度)."""
        return column in EXPECTED and bool(_EXPECTATION.search(self.item))


def parts(headers: Sequence[str]) -> dict[str, MatrixColumn]:
    """The headers that are columns of a matrix question.

    >>> parts(["1、渠道", "7、请评价：—服务态度", "7、响应时间", "8、建议"])["7、响应时间"]
    MatrixColumn(stem='请评价：', item='响应时间')
    """
    found: dict[str, MatrixColumn] = {}
    number, stem = "", ""
    for header in headers:
        mark = _NUMBER.match(header)
        rest = header[mark.end() :] if mark else header
        split = _DASHED.fullmatch(rest) or _JOINED.fullmatch(rest) if mark else None
        split = split or _BRACKETED.fullmatch(rest)
        if split:
            number, stem = (mark[1] if mark else ""), split["stem"]
            found[header] = MatrixColumn(stem, split["item"].strip())
        elif mark and mark[1] == number:
            found[header] = MatrixColumn(stem, rest.strip())
        elif mark and "_" in mark[0]:
            found[header] = MatrixColumn("", rest.strip())
        else:
            number = ""
    return found
