"""Precision, recall and F1 of mentions, over sentences and over marked spans."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from servq.text.causes.finder import find_causes
from servq.text.causes.measured import MentionScore
from studies.causes.labelled import Quad, Sentence

GROUPS = {
    "服务 service": (("服务", "态度", "店员", "老板", "收银", "前台", "上菜"), ("attitude.", "wait.")),
    "价格 price": (("价", "消费", "收费", "人均", "性价比"), ("money.price", "information.price")),
    "味道与分量 food": (("味道", "口味", "口感", "菜品", "分量", "份量"), ("product.food",)),
    "环境 place": (
        ("环境", "装修", "空间", "卫生", "店面", "空气"),
        ("product.room", "product.cleanliness", "product.noise"),
    ),
    "位置 location": (("位置", "交通", "停车", "地段", "地理"), ("product.location",)),
}
"""What annotators call it -> words in the marked aspect, and the leaves that mean it."""


def by_leaf(sentences: Sequence[Sentence]) -> dict[str, MentionScore]:
    """The score of each leaf; a leaf counts once in a text."""
    right, wrong, missed = Counter[str](), Counter[str](), Counter[str]()
    for sentence, mentions in zip(sentences, find_causes([s.text for s in sentences]), strict=True):
        found = {mention.leaf for mention in mentions}
        right.update(found & sentence.leaves)
        wrong.update(found - sentence.leaves)
        missed.update(sentence.leaves - found)
    return {leaf: MentionScore(right[leaf], wrong[leaf], missed[leaf]) for leaf in {*right, *wrong, *missed}}


def total(scores: Iterable[MentionScore]) -> MentionScore:
    """All leaves together."""
    rows = list(scores)
    return MentionScore(sum(s.right for s in rows), sum(s.wrong for s in rows), sum(s.missed for s in rows))


def by_group(marked: Sequence[tuple[str, list[Quad]]]) -> dict[str, tuple[MentionScore, MentionScore]]:
    """For each group the score for recall and the one for precision, mention by mention.

    Missed is a complaint (NEG) about the group that no mention of its leaves overlaps; wrong is a mention that
    overlaps nothing but praise, or nothing at all (annotators mark 一般 as NEU, which is no praise).
    """
    scores = {group: [0, 0, 0, 0] for group in GROUPS}
    for (_, marks), mentions in zip(marked, find_causes([text for text, _ in marked]), strict=True):
        for group, (words, leaves) in GROUPS.items():
            ours = [(m.start, m.end) for m in mentions if m.leaf.startswith(leaves)]
            for mark in marks:
                if mark.polarity == "NEG" and any(word in mark.aspect for word in words):
                    scores[group][_overlaps((mark.start, mark.end), ours)] += 1
            theirs = [(mark.start, mark.end) for mark in marks if mark.polarity != "POS"]
            for span in ours:
                scores[group][2 + _overlaps(span, theirs)] += 1
    return {
        group: (MentionScore(hit, 0, miss), MentionScore(good, bad, 0))
        for group, (miss, hit, bad, good) in scores.items()
    }


def _overlaps(span: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)
