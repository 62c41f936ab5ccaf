"""The cause tree and its file: its shape, its version, and an error with its place for every fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from servq.errors import UsageError
from servq.text.causes.tree import SERVQUAL, TOUCHPOINTS, Tree
from servq.text.causes.tree_file import read_tree

TREE = """
[lists]
bad = "差|糟"

[[category]]
code = "room"
zh = "房间"
en = "Room"
aka = ["住宿"]

[[category.leaf]]
code = "dirt"
zh = "脏"
en = "Dirt"
servqual = "tangibles"
touchpoint = "中体验"
words = ["脏"]
rules = ["卫生 .. $bad"]
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "causes.toml"


@pytest.fixture(scope="module")
def shipped() -> Tree:
    return read_tree(Path(__file__).resolve().parents[3] / "data" / "causes.toml")


def tree(path: Path, text: str) -> Tree:
    path.write_text(text, encoding="utf-8")
    return read_tree(path)


class TestItsFile:
    @pytest.mark.parametrize(
        ("was", "becomes", "said"),
        [
            ('servqual = "tangibles"', 'servqual = "beauty"', "(room) leaf 1 servqual: “beauty”应为"),
            ('touchpoint = "中体验"', 'touchpoint = "途中"', "(room) leaf 1 touchpoint: “途中”应为"),
            ('en = "Dirt"', "", "(room) leaf 1 en: 缺失"),
            ('words = ["脏"]', 'wrods = ["脏"]', "是否想写 words"),
            ('words = ["脏"]', 'words = ["，"]', "不能作为词"),
            ('words = ["脏"]', 'words = "脏"', "leaf 1 words: 应为文字的列表"),
            ("$bad", "$worse", "room.dirt rules 1: 没有名为“worse”的词表"),
            (".. $bad", ".. 差|", "room.dirt rules 1: 有一处没有词"),
            (".. $bad", "$bad", "room.dirt rules 1: “卫生 $bad”中的符号位置不对"),
            (".. $bad", "~ 差 .. 糟", "“~”只能单独使用"),
            (
                'words = ["脏"]',
                'words = ["脏"]\nyields_to = ["room.dirty"]',
                "没有子类 room.dirty（是否想写 room.dirt？）",
            ),
            ("[[category.leaf]]", "[[category.leaves]]", "不认识的键"),
            ("[[category]]", "[category]", "没有 [[category]]"),
            ("[lists]", "[lists", "不是有效的 TOML"),
        ],
    )
    def test_an_error_says_what_and_where(self, path: Path, was: str, becomes: str, said: str) -> None:
        assert was in TREE
        with pytest.raises(UsageError) as error:
            tree(path, TREE.replace(was, becomes))
        assert said in str(error.value)
        assert str(error.value).startswith("causes.toml")
        assert "请改正投诉原因树后重试" in str(error.value)

    def test_a_leaf_or_a_category_that_stands_twice_is_refused(self, path: Path) -> None:
        leaf = TREE[TREE.index("[[category.leaf]]") :]
        with pytest.raises(UsageError, match="dirt: 代码出现两次"):
            tree(path, TREE + leaf)
        with pytest.raises(UsageError, match="room: 代码出现两次"):
            tree(path, TREE + TREE[TREE.index("[[category]]") :])

    def test_a_missing_file_is_named(self, path: Path) -> None:
        with pytest.raises(UsageError, match=r"causes\.toml: 无法读取"):
            read_tree(path)


class TestItsVersion:
    def test_it_changes_with_any_word_and_list(self, path: Path) -> None:
        versions = {
            tree(path, TREE.replace(*change)).version for change in [("", ""), ('"脏"]', '"乱"]'), ("差|", "次|")]
        }
        assert len(versions) == 3

    def test_it_does_not_change_with_a_comment(self, path: Path) -> None:
        assert tree(path, TREE).version == tree(path, "# why\n" + TREE).version


class TestTheShippedOne:
    def test_it_has_two_levels_of_a_size_that_a_head_can_hold(self, shipped: Tree) -> None:
        assert len(shipped.categories) == 9
        assert {category.zh: 4 <= len(category.leaves) <= 9 for category in shipped.categories} == dict.fromkeys(
            [category.zh for category in shipped.categories], True
        )

    def test_every_leaf_can_be_found_and_every_dimension_and_touchpoint_occurs(self, shipped: Tree) -> None:
        assert [leaf.code for leaf in shipped.leaves.values() if not list(shipped.rules(leaf))] == []
        assert {leaf.servqual for leaf in shipped.leaves.values()} == set(SERVQUAL)
        assert {leaf.touchpoint for leaf in shipped.leaves.values()} == set(TOUCHPOINTS)

    @pytest.mark.parametrize(
        ("name", "code"),
        [
            ("响应与等待", "wait"), ("服务态度", "attitude"), ("问题解决", "solving"), ("信息不一致", "information"),
            ("退改与费用", "money"), ("产品与行程", "product"), ("系统与支付", "system"), (" Attitude ", "attitude"),
        ],
    )  # fmt: skip
    def test_a_complaint_logs_name_for_a_category_is_understood(self, shipped: Tree, name: str, code: str) -> None:
        category = shipped.category_named(name)
        assert category is not None
        assert category.code == code

    def test_an_unknown_name_is_no_category(self, shipped: Tree) -> None:
        assert shipped.category_named("其他") is None
