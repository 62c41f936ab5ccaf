"""Erasure of one person and of old rows: the warehouse stays consistent, and the words are gone from the disk."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from sqlalchemy import select, text

from servq.cli import run
from servq.ingest import load_file
from servq.text.masking.masking import pseudonym, read_key
from servq.warehouse.store.engine import Warehouse
from servq.warehouse.store.migrate import migrate
from servq.warehouse.tables.fact_tables import FACTS, text_score
from servq.warehouse.tables.ops_tables import erasure, forgotten, quarantine
from servq.warehouse.upkeep import erase
from servq.warehouse.upkeep.doctor import examine
from servq.warehouse.upkeep.vacuum import scrub

SECRET = "独一无二的句子说空调滴水"
SURVEYS = f"""答卷编号,提交时间,渠道,班组,会员编号,推荐意愿,评论
r1,2026-04-29 10:00,OTA,甲,VIP-7,3,{SECRET}
r2,2026-04-29 11:00,OTA,甲,VIP-8,9,很好
r3,2026-05-06 10:00,APP,乙,VIP-7,4,很好
r4,2026-05-06 10:00,APP,乙,VIP-7,44,{SECRET}二
r5,2026-05-06 10:00,APP,乙,VIP-8,77,一般
"""
COMPLAINTS = f"""投诉单号,受理时间,渠道,责任班组,会员编号,投诉内容
c1,2026-04-29 10:00,OTA,甲,VIP-7,{SECRET}三
c2,2026-04-29 11:00,OTA,甲,,没人理
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with three answers, two complaints and two rows in quarantine; VIP-7 said three sentences."""
    home = tmp_path / "home"
    monkeypatch.setenv("SERVQ_HOME", str(home))
    fill(Warehouse(f"sqlite:///{home / 'servq.sqlite'}"), home, tmp_path)
    return home


def fill(warehouse: Warehouse, home: Path, folder: Path) -> None:
    migrate(warehouse)
    for source, content in (("surveys", SURVEYS), ("complaints", COMPLAINTS)):
        file = folder / f"{source}.csv"
        file.write_text(content, encoding="utf-8")
        load_file(warehouse, home, file, source)
    warehouse.close()


def opened(home: Path) -> Warehouse:
    return Warehouse(f"sqlite:///{home / 'servq.sqlite'}")


def count(warehouse: Warehouse, table: str) -> int:
    with warehouse.read() as connection:
        return int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


def on_disk(home: Path, words: str) -> list[str]:
    """The warehouse's files that contain these words."""
    return [file.name for file in home.glob("servq.sqlite*") if words.encode() in file.read_bytes()]


def faults(warehouse: Warehouse) -> list[str]:
    return [f"{check.name}: {check.found.zh}" for check in examine(warehouse) if not check.ok]


def test_everything_of_the_person_goes_and_everything_else_stays(home: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["forget", "VIP-7", "--yes"]) == 0
    said = capfd.readouterr()
    assert "答卷 survey answers 2 · 投诉 complaints 1 · 检查项 checklist items 0" in said.out
    assert "隔离区 rows in quarantine 1 · 文字评分 scores of texts 2" in said.out
    assert "备份" in said.err
    assert "backups" in said.err
    warehouse = opened(home)
    assert [count(warehouse, table) for table in ("response", "complaint", "quarantine")] == [1, 1, 2]
    with warehouse.read() as connection:
        rows = connection.execute(select(quarantine.c.state, quarantine.c.raw, quarantine.c.value)).all()
        assert ("erased", {}, "") in [tuple(row) for row in rows]
        assert [row.state for row in rows if row.raw] == ["waiting"]
        assert len(connection.execute(select(text_score)).all()) == 2, "很好 is still said by VIP-8, and 没人理"


def test_the_words_are_in_no_byte_of_the_warehouse_any_more(home: Path) -> None:
    assert on_disk(home, SECRET) == ["servq.sqlite"], "SQLite stores text as UTF-8: the test would see it"
    assert run(["forget", "VIP-7", "--yes"]) == 0
    assert on_disk(home, SECRET) == []
    name = pseudonym("VIP-7", read_key(home))
    assert sum(file.read_bytes().count(name.encode()) for file in home.glob("servq.sqlite*")) == 2, (
        "only in the table of the forgotten and its index"
    )


def test_words_that_an_earlier_update_left_on_free_pages_go_too(home: Path, tmp_path: Path) -> None:
    newer = tmp_path / "newer.csv"
    newer.write_text(SURVEYS.replace(f"3,{SECRET}", "3,另一句话").split("r2")[0], encoding="utf-8")
    assert run(["load", "surveys", "--replace", str(newer)]) == 0
    assert run(["forget", "VIP-7", "--yes"]) == 0
    assert on_disk(home, SECRET) == []
    assert on_disk(home, "另一句话") == []


def test_while_somebody_reads_the_old_words_stay_and_it_is_said(home: Path, capfd: pytest.CaptureFixture[str]) -> None:
    reader = opened(home)
    with reader.read() as connection:
        connection.execute(text("SELECT 1 FROM response")).all()
        gone = opened(home)
        with gone.write() as writing:
            erase.forget(writing, pseudonym("VIP-7", read_key(home)), "test")
        gone.engine.dispose()
        impatient = opened(home)
        with impatient.engine.connect() as settled:
            settled.exec_driver_sql("PRAGMA busy_timeout=10")
        assert scrub(impatient) is False
    reader.close()
    assert run(["prune"]) == 0
    assert on_disk(home, SECRET) == []


def test_the_doctor_is_content_and_figures_are_counted_anew(home: Path) -> None:
    assert run(["forget", "VIP-7", "--yes"]) == 0
    assert faults(opened(home)) == []
    with opened(home).read() as connection:
        cells = connection.execute(text("SELECT week, responses, sentiment_positive FROM survey_cell")).all()
    assert [(row.week, row.responses) for row in cells] == [("2026-04-27", 1)]


def test_the_books_say_how_many_and_never_whose(home: Path) -> None:
    assert run(["forget", "VIP-7", "--yes"]) == 0
    with opened(home).read() as connection:
        lines = connection.execute(select(erasure)).mappings().all()
        names = connection.scalars(select(forgotten.c.customer_id)).all()
    assert {line["source"]: line["rows"] for line in lines} == {
        "surveys": 2, "complaints": 1, "quarantine": 1, "texts": 2,
    }  # fmt: skip
    assert "VIP-7" not in json.dumps([dict(line) for line in lines])
    assert names == [pseudonym("VIP-7", read_key(home))]


def test_a_later_file_does_not_bring_the_person_back(home: Path, tmp_path: Path) -> None:
    assert run(["forget", "VIP-7", "--yes"]) == 0
    again = tmp_path / "again.csv"
    again.write_text(SURVEYS.replace("r1,", "x1,"), encoding="utf-8")
    assert run(["load", "surveys", str(again)]) == 0
    warehouse = opened(home)
    warehouse.close()
    assert on_disk(home, SECRET) == []
    assert faults(warehouse) == []
    assert count(warehouse, "response") == 1


def test_the_person_is_known_by_the_pseudonym_as_well_and_twice_changes_nothing(home: Path) -> None:
    name = pseudonym("VIP-7", read_key(home))
    assert run(["forget", name, "--yes"]) == 0
    assert run(["forget", "VIP-7", "--yes"]) == 0
    warehouse = opened(home)
    assert count(warehouse, "response") == 1
    assert count(warehouse, "forgotten") == 1
    assert faults(warehouse) == []


def test_a_shopper_who_went_by_a_name_can_be_forgotten_too(home: Path, tmp_path: Path) -> None:
    visits = tmp_path / "visits.csv"
    visits.write_text(
        "检查编号,检查时间,渠道,班组,检查项,得分,满分,神秘访客,备注\n"
        "v1,2026-04-29 10:00,门店,甲,问候,1,2,王小芳,话不多\nv2,2026-04-29 11:00,门店,甲,问候,2,2,S07,好\n",
        encoding="utf-8",
    )
    assert run(["load", "visits", str(visits)]) == 0
    assert on_disk(home, "王小芳") == []
    assert run(["forget", "王小芳", "--yes"]) == 0
    warehouse = opened(home)
    assert count(warehouse, "visit_item") == 1
    assert faults(warehouse) == []
    visits.write_text(visits.read_text(encoding="utf-8").replace("v1", "v3"), encoding="utf-8")
    assert run(["load", "visits", str(visits)]) == 0
    assert count(warehouse, "visit_item") == 1


def test_nothing_is_removed_without_a_yes(home: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["forget", "VIP-7"]) == 2
    assert "--yes" in capfd.readouterr().err
    assert run(["forget", " ", "--yes"]) == 2
    assert count(opened(home), "response") == 3


def test_pruning_takes_out_what_is_older_than_servq_toml_allows(home: Path, capfd: pytest.CaptureFixture[str]) -> None:
    days = (time.time() - 1777777200) / 86_400  # since 2026-05-03 03:00 UTC
    (home / "servq.toml").write_text(f"[retention]\nsurveys = {int(days)}\n", encoding="utf-8")
    assert run(["prune", "--dry-run"]) == 0
    assert "答卷 survey answers 2 · 投诉 complaints 0" in capfd.readouterr().out
    assert count(opened(home), "response") == 3
    assert run(["prune"]) == 0
    warehouse = opened(home)
    assert count(warehouse, "response") == 1
    assert count(warehouse, "complaint") == 2
    assert faults(warehouse) == []
    warehouse.close()
    assert on_disk(home, SECRET + ",") == []
    assert count(opened(home), "forgotten") == 0, "nobody asked to be forgotten"


def test_without_retention_everything_is_kept_and_it_is_said(home: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["prune"]) == 0
    assert "everything is kept" in capfd.readouterr().err
    assert count(opened(home), "response") == 3


def test_rows_in_quarantine_are_pruned_by_the_age_of_their_load(home: Path) -> None:
    with opened(home).write() as connection:
        connection.execute(text("UPDATE load_log SET started_at = started_at - 40 * 86400"))
    (home / "servq.toml").write_text("[retention]\nquarantine = 30\n", encoding="utf-8")
    assert run(["prune"]) == 0
    assert count(opened(home), "quarantine") == 0
    assert faults(opened(home)) == []


def test_on_either_store_a_person_goes_as_a_whole(each_warehouse: Warehouse, tmp_path: Path) -> None:
    home = tmp_path / "home"
    fill(each_warehouse, home, tmp_path)
    name = pseudonym("VIP-7", read_key(home))
    with each_warehouse.write() as connection:
        gone = erase.forget(connection, name, "test")
    assert gone == {"surveys": 2, "complaints": 1, "visits": 0, "quarantine": 1, "texts": 2}
    assert scrub(each_warehouse) is True
    with each_warehouse.read() as connection:
        assert erase.rows_of(connection, name) == {**dict.fromkeys(FACTS, 0), "quarantine": 0}
    assert faults(each_warehouse) == []
