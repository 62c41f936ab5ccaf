"""Custom causes in the tree: valid names, the texts they find, and no other change."""

from __future__ import annotations

import pytest

from servq.errors import UsageError
from servq.records.custom_cause import OwnLeaf
from servq.text.causes.custom import own_leaf, tree_with
from servq.text.causes.finder import find_causes, shipped_tree, version
from servq.text.causes.labels import cause_label

GATE = OwnLeaf("system.刷脸闸机故障", ("闸机", "刷脸失败"), 1, "甲")


def named(text: str, *own: OwnLeaf) -> set[str]:
    return {mention.leaf for mention in find_causes([text], tree_with(own))[0]}


def test_it_is_found_with_its_place_beside_the_causes_that_ship() -> None:
    (mentions,) = find_causes(["房间很脏，闸机打不开"], tree_with([GATE]))
    assert ("system.刷脸闸机故障", 5, 7) in mentions
    assert {mention.leaf for mention in mentions} == {"product.cleanliness", "system.刷脸闸机故障"} | named(
        "闸机打不开"
    )


def test_a_denied_one_does_not_count_as_with_every_other_cause() -> None:
    assert named("没有刷脸失败", GATE) == set()
    assert named("刷脸失败", GATE) == {GATE.code}


def test_without_own_causes_it_is_the_tree_that_ships_and_with_them_another_version() -> None:
    assert tree_with([]) is shipped_tree()
    other = OwnLeaf(GATE.code, ("闸机",), 1, "甲")
    assert len({version(tree_with(own)) for own in ([], [GATE], [other])}) == 3


def test_the_version_does_not_depend_on_who_accepted_it_when() -> None:
    again = OwnLeaf(GATE.code, GATE.words, 99, "乙")
    assert version(tree_with([GATE])) == version(tree_with([again]))


def test_it_stands_last_in_its_category_with_what_most_of_it_have() -> None:
    tree = tree_with([GATE])
    (system,) = [category for category in tree.categories if category.code == "system"]
    leaf = system.leaves[-1]
    assert (leaf.code, leaf.zh, leaf.servqual, leaf.touchpoint) == (GATE.code, "刷脸闸机故障", "tangibles", "预决策")


def test_its_code_carries_its_name_so_that_a_withdrawn_one_can_still_be_read() -> None:
    assert cause_label(GATE.code).zh == "刷脸闸机故障"
    assert cause_label("system.gone").zh == "system.gone"


@pytest.mark.parametrize(
    ("category", "name", "words", "hint"),
    [
        ("systm", "刷脸", ["闸机"], "did you mean|Did you mean|is no"),
        ("system", "刷 脸", ["闸机"], "2 to 16"),
        ("system", "脸", ["闸机"], "2 to 16"),
        ("system", "gate", ["闸机"], "Chinese"),
        ("system", "电话打不通", ["闸机"], "already"),
        ("system", "刷脸", [], "1 to 12"),
        ("system", "刷脸", ["闸"], "2 to 30"),
        ("system", "刷脸", ["#小时"], "2 to 30"),
        ("system", "刷脸", ["a|b"], "2 to 30"),
        ("system", "刷脸", ["..."], "2 to 30"),
        ("system", "刷脸", ["脏 .. 乱"], "2 to 30"),
    ],
)
def test_what_cannot_be_a_cause_is_refused(category: str, name: str, words: list[str], hint: str) -> None:
    with pytest.raises(UsageError) as refused:
        own_leaf(shipped_tree(), category, name, words)
    assert any(part in f"{refused.value.en} {refused.value.hint_en}" for part in hint.split("|"))


def test_names_and_words_are_trimmed_and_words_stand_once() -> None:
    leaf = own_leaf(shipped_tree(), "system", " 刷脸 ", ["闸机", " 闸机", "face gate"])
    assert (leaf.code, leaf.words) == ("system.刷脸", ("闸机", "face gate"))
