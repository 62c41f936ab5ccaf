"""Changes of the promise register: every version is kept with author, time and reason; no change is overwritten."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from servq.errors import ChangedMeanwhile, UsageError
from servq.ingest.edits.promises import save_promise, save_register
from servq.query import state_of, take_snapshot
from servq.query.promises.promise_editing import history_of
from servq.standards import Promise, Standards
from servq.standards.checking import Known
from servq.standards.promise import differences, held_on, versions_of
from servq.standards.promise_register import read_register, register_text
from servq.warehouse.store.engine import Warehouse
from servq.warehouse.upkeep.backup import take_backup
from servq.warehouse.upkeep.doctor import examine
from servq.warehouse.upkeep.restore import restore

JANUARY, AUTUMN = date(2026, 1, 1), date(2026, 9, 1)
RULES = Promise(
    name="rules", text="同一套规则", text_en="one rule book", channels=("OTA",), published_where="官网",
    published_on=JANUARY, tested_by="cause", subject="规则不一致", threshold=10.0, better="lower", valid_from=JANUARY,
)  # fmt: skip
FILE = (RULES,)
STRICTER = replace(RULES, threshold=5.0, valid_from=AUTUMN)
KNOWN = Known(("OTA", "APP"), ("attitude",), ("规则不一致", "回电未回"), ("等候不超过10分钟",))


def register(warehouse: Warehouse) -> tuple[Promise, ...]:
    """The register as every figure sees it."""
    return take_snapshot(warehouse, Standards(register=FILE)).standards.register


class TestVersions:
    def test_a_changed_promise_keeps_its_old_version_for_the_days_before(self, each_warehouse: Warehouse) -> None:
        before = state_of(each_warehouse)
        save_promise(each_warehouse, FILE, STRICTER, FILE, "董事会 9 月决定", KNOWN)
        assert register(each_warehouse) == (RULES, STRICTER)
        assert [one.threshold for one in held_on(register(each_warehouse), date(2026, 8, 31))] == [10]
        assert [one.threshold for one in held_on(register(each_warehouse), AUTUMN)] == [5]
        assert state_of(each_warehouse) != before, "kept figures must know that they are stale"

    def test_its_history_begins_with_what_the_file_said(self, each_warehouse: Warehouse) -> None:
        save_promise(each_warehouse, FILE, STRICTER, FILE, "董事会 9 月决定，电话 13812345678", KNOWN)
        first, second = history_of(take_snapshot(each_warehouse, Standards()), "rules")
        assert (first.number, first.kind, first.promise) == (1, "file", RULES)
        assert (second.number, second.kind, second.promise) == (2, "change", STRICTER)
        assert "138" not in second.reason
        assert second.who
        assert differences(first.promise, second.promise) == [
            ("threshold", 10, 5),
            ("valid_from", JANUARY, AUTUMN),
        ]

    def test_a_version_of_the_same_day_corrects_the_one_before_it(self, each_warehouse: Warehouse) -> None:
        corrected = replace(RULES, text="同一本规则")
        save_promise(each_warehouse, FILE, corrected, FILE, "错字", KNOWN)
        assert register(each_warehouse) == (corrected,)
        assert len(history_of(take_snapshot(each_warehouse, Standards()), "rules")) == 2

    def test_what_is_withdrawn_holds_until_that_day(self, each_warehouse: Warehouse) -> None:
        save_promise(each_warehouse, FILE, replace(RULES, valid_from=AUTUMN, withdrawn=True), FILE, "不再承诺", KNOWN)
        assert held_on(register(each_warehouse), date(2026, 8, 31)) == [RULES]
        assert held_on(register(each_warehouse), AUTUMN) == []

    def test_a_new_promise_is_given_a_name_that_none_has(self, each_warehouse: Warehouse) -> None:
        new = replace(RULES, name="", text="承诺回电必回", subject="回电未回")
        names = [save_promise(each_warehouse, FILE, new, (), "新增", KNOWN) for _ in range(2)]
        assert names == ["promise-2", "promise-3"]
        assert [one.name for one in register(each_warehouse)] == ["rules", "promise-2", "promise-3"]

    def test_a_later_change_of_the_file_does_not_reach_a_promise_that_was_changed_here(
        self, each_warehouse: Warehouse
    ) -> None:
        save_promise(each_warehouse, FILE, STRICTER, FILE, "收紧", KNOWN)
        snapshot = take_snapshot(each_warehouse, Standards(register=(replace(RULES, text="另一句"),)))
        assert snapshot.standards.register == (RULES, STRICTER)


class TestTwoAtOnce:
    def test_the_second_of_two_editors_is_told_and_nothing_is_overwritten(self, each_warehouse: Warehouse) -> None:
        save_promise(each_warehouse, FILE, STRICTER, FILE, "先到", KNOWN)
        with pytest.raises(ChangedMeanwhile, match="您的修改没有保存") as refused:
            save_promise(each_warehouse, FILE, replace(RULES, threshold=20.0), FILE, "后到", KNOWN)
        assert "修改历史" in refused.value.hint_zh
        assert register(each_warehouse) == (RULES, STRICTER)
        seen = versions_of(register(each_warehouse), "rules")
        save_promise(each_warehouse, FILE, replace(RULES, threshold=20.0), seen, "看过之后", KNOWN)
        assert [one.threshold for one in register(each_warehouse)] == [20, 5]

    def test_a_file_that_was_changed_meanwhile_counts_as_an_editor(self, each_warehouse: Warehouse) -> None:
        with pytest.raises(ChangedMeanwhile, match=r"promises\.toml"):
            save_promise(each_warehouse, (replace(RULES, text="新句"),), STRICTER, FILE, "收紧", KNOWN)


@pytest.mark.parametrize(
    ("wrong", "what", "hint"),
    [
        (replace(RULES, text=" "), "请写明承诺原文", "一句话"),
        (replace(RULES, channels=()), "没有选渠道", "至少选一个"),
        (replace(RULES, channels=("OAT",)), "没有名为“OAT”的渠道", "是否想用 OTA"),
        (replace(RULES, subject="规则不一样"), "没有名为“规则不一样”的投诉子类", "是否想用 规则不一致"),
        (replace(RULES, subject=""), "没有选投诉子类", "可用：规则不一致、回电未回"),
        (replace(RULES, tested_by="question", subject="attitud"), "没有名为“attitud”的问卷指标", "attitude"),
        (replace(RULES, tested_by="checklist", subject="x"), "没有名为“x”的检查项", "等候不超过10分钟"),
        (replace(RULES, tested_by="hope"), "没有检验方式“hope”", "clock"),
        (replace(RULES, threshold=None), "没有界限", "0 到 100"),
        (replace(RULES, threshold=140.0), "没有界限", "0 到 100"),
        (replace(RULES, valid_from=date(2025, 12, 31)), "早于公布日 2026-01-01", "公布之前"),
        (replace(RULES, text="长" * 501), "最多 500 字", "缩短"),
    ],
)
def test_a_promise_that_cannot_be_kept_is_refused_with_a_way_out_and_nothing_is_written(
    sqlite_url: str, wrong: Promise, what: str, hint: str
) -> None:
    warehouse = Warehouse(sqlite_url)
    with pytest.raises(UsageError, match=what) as refused:
        save_promise(warehouse, FILE, wrong, FILE, "试一试", KNOWN)
    assert hint in refused.value.hint_zh
    assert register(warehouse) == FILE
    with pytest.raises(UsageError, match="请写明为什么改"):
        save_promise(warehouse, FILE, STRICTER, FILE, "  ", KNOWN)
    warehouse.close()


def test_what_only_a_clock_or_nobody_tests_has_no_threshold_of_its_own(each_warehouse: Warehouse) -> None:
    save_promise(each_warehouse, FILE, replace(RULES, tested_by="nothing"), FILE, "暂停检验", KNOWN)
    (now,) = register(each_warehouse)
    assert (now.subject, now.threshold, now.better) == ("", None, "higher")


class TestFiles:
    def test_an_exported_register_brought_back_changes_nothing(self, each_warehouse: Warehouse, tmp_path: Path) -> None:
        save_promise(each_warehouse, FILE, STRICTER, FILE, "收紧", KNOWN)
        save_promise(each_warehouse, FILE, replace(STRICTER, withdrawn=True), (*FILE, STRICTER), "撤下", KNOWN)
        path = tmp_path / "promises.toml"
        path.write_text(register_text(register(each_warehouse)), encoding="utf-8")
        assert read_register(path) == register(each_warehouse)
        assert save_register(each_warehouse, FILE, read_register(path), "再载入", KNOWN) == []

    def test_a_file_is_taken_whole_or_not_at_all(self, each_warehouse: Warehouse) -> None:
        with pytest.raises(UsageError, match=r"two: .*没有名为“OAT”的渠道"):
            save_register(
                each_warehouse, FILE, [STRICTER, replace(RULES, name="two", channels=("OAT",))], "整批", KNOWN
            )
        assert register(each_warehouse) == FILE
        two = replace(RULES, name="two", channels=("APP",))
        assert save_register(each_warehouse, FILE, [RULES, STRICTER, two], "整批", KNOWN) == [STRICTER, two]
        assert register(each_warehouse) == (RULES, STRICTER, two)


def test_a_backup_holds_the_register_and_its_history(each_warehouse: Warehouse, tmp_path: Path) -> None:
    save_promise(each_warehouse, FILE, STRICTER, FILE, "收紧", KNOWN)
    take_backup(each_warehouse, tmp_path / "backup")
    before = state_of(each_warehouse)
    save_promise(each_warehouse, FILE, replace(RULES, threshold=20.0), (RULES, STRICTER), "放宽", KNOWN)
    restore(each_warehouse, tmp_path / "backup", replace=True)
    assert register(each_warehouse) == (RULES, STRICTER)
    assert state_of(each_warehouse) != before
    assert all(check.ok for check in examine(each_warehouse))
    # lines written after the restore are numbered after those that came back
    save_promise(each_warehouse, FILE, replace(RULES, threshold=30.0), (RULES, STRICTER), "再放宽", KNOWN)
    history = history_of(take_snapshot(each_warehouse, Standards()), "rules")
    assert [change.number for change in history] == [1, 2, 3]
