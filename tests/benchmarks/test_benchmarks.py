"""The benchmarks on tiny sizes: each runs and returns plausible rows. No speed is asserted, since machines differ."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import select

from benchmarks import browsing, companies, growth, loading, reruns, table, wording
from benchmarks.company import Company, Size
from benchmarks.company_home import write_company
from benchmarks.company_words import Words
from benchmarks.made import SAMPLE, write_export
from benchmarks.process import cpu_seconds, peak_memory_mb, yardstick
from benchmarks.rows import Row, less_is_better, more_is_better
from servq.loaders.read import open_file
from servq.records import Label
from servq.warehouse.store.engine import Warehouse
from servq.warehouse.store.frames import fetch_frame
from servq.warehouse.tables.fact_tables import response
from servq.warehouse.upkeep.doctor import examine

NOBODY = 2**31 - 1
"""A process that cannot be there."""


def assert_sane(rows: Sequence[Row]) -> None:
    for row in rows:
        assert row.runs > 0
        for figure in (row.ours, row.plain, row.ratio):
            assert figure is None or (isfinite(figure) and figure >= 0), row


def test_an_export_is_as_long_as_asked_for_and_every_row_of_it_is_trusted(tmp_path: Path) -> None:
    for comments, ending in ((False, "csv"), (True, "csv"), (True, "xlsx")):
        export = tmp_path / f"{comments}.{ending}"
        write_export(export, 300, comments)
        (chunk,) = open_file(export, "surveys").chunks
        assert len(chunk.frame) == 300
        assert not chunk.rejected
        assert chunk.frame["response_id"].is_unique
        assert chunk.frame["comment"].notna().any() == comments


def test_loading_is_measured_both_ways() -> None:
    rows = loading.measure(count=200, runs=1)
    assert_sane(rows)
    assert [row.unit for row in rows] == ["rows/CPU s", "MiB"] * len(loading.KINDS)
    assert all(row.ours and row.plain for row in rows if row.unit == "rows/CPU s")


def test_words_are_measured_beside_snownlp_and_textblob() -> None:
    rows = wording.measure(count=300, runs=1)
    assert_sane(rows)
    assert [row.unit for row in rows] == [
        *("CPU s", "MiB", "texts/CPU s", "texts/CPU s", "CPU s", "MiB"),
        *("texts/CPU s", "CPU s"),
    ]
    assert "servq score" in rows[-1].what.en
    assert "300 comments" in rows[0].what.en, "every answer has one"


def test_growth_is_measured_on_the_worst_piece() -> None:
    rows = growth.measure(characters=200, texts=20, runs=1)
    assert_sane(rows)
    assert [row.unit for row in rows] == ["×", "×"]


def test_every_page_answers(loaded_sample: Path) -> None:
    rows = reruns.measure(loaded_sample, sizes=(300,), weeks=2, rounds=1)
    assert_sane(rows)
    assert len(rows) == 3 + 2 + 2
    assert len({row.what.en for row in rows}) == len(rows)
    assert rows[0].runs == 2


def test_a_rerun_that_costs_the_same_on_any_size_is_told_as_one() -> None:
    def served(seconds: float, peak: float) -> reruns.Served:
        return reruns.Served({"": reruns.Looked(warm=reruns.Cost(seconds, [0.1, 0.1]))}, peak)

    ours, plain = {10: served(0.05, 200), 1000: served(0.05, 220)}, {10: served(0.1, 300), 1000: served(0.8, 2200)}
    growth, memory = reruns._size_rows((10, 1000), ours, plain)
    assert (growth.ours, growth.plain, growth.ratio) == (1.0, 8.0, 8.0)
    assert (memory.ours, memory.plain, memory.ratio) == (220, 2200, 10.0)


SMALL = Size(answers=600, teams=9, weeks=5, complaints=80, visit_items=120)


def test_a_made_company_is_whole_and_repeats_no_row_of_the_sample(warehouse: Warehouse) -> None:
    write_company(warehouse, SMALL)
    assert [check.found.en for check in examine(warehouse) if not check.ok] == []
    with warehouse.read() as connection:
        answers = fetch_frame(connection, select(response))
    assert len(answers) == 600
    assert answers["response_id"].is_unique
    assert (answers["team"].nunique(), answers["week"].nunique()) == (9, 5)
    assert answers["customer_id"].value_counts().max() > 2, "customers come back"
    sample = pd.concat([chunk.frame for chunk in open_file(SAMPLE, "surveys").chunks])
    for name in ("response_id", "comment", "customer_id"):
        assert not set(answers[name].dropna()) & set(sample[name].dropna())


def test_the_same_size_is_the_same_company() -> None:
    words = Words()
    one, other = (pd.concat(Company(SMALL, words).answers()) for _ in range(2))
    pd.testing.assert_frame_equal(one, other)


def test_a_first_look_at_a_company_is_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(companies.SIZES, "sample", SMALL)
    rows = companies.measure("sample", tmp_path, runs=1)
    assert_sane(rows)
    assert [row.unit for row in rows] == ["CPU s"] * len(companies.ASKED) + ["MiB"]


@pytest.mark.browser
def test_the_browser_says_when_its_charts_were_drawn(loaded_sample: Path) -> None:
    rows = browsing.measure(loaded_sample, size=300, weeks=2)
    assert_sane(rows)
    assert all(row.ours and row.plain for row in rows)


def test_what_cannot_be_known_is_not_claimed() -> None:
    assert cpu_seconds(NOBODY) is None
    assert peak_memory_mb(NOBODY) is None
    assert less_is_better(None, 3.0) is None
    assert less_is_better(0.0, 3.0) is None, "below the clock's ticks"
    assert (less_is_better(2.0, 3.0), more_is_better(2.0, 4.0)) == (1.5, 0.5)
    assert yardstick() > 0


def test_the_guide_shows_ratios_and_what_could_not_be_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "GUIDE", tmp_path / "performance.md")
    table.write(
        [Row(Label("甲", "a"), "CPU ms", 12.34, 123.4, 10.0, 24, "≤ 25"), Row(Label("乙", "b"), "ms", None)], "s"
    )
    text = (tmp_path / "performance.md").read_text(encoding="utf-8")
    assert "| 甲<br>a | CPU ms | 12.3 | 123 | 10.00× | 24 | ≤ 25 |" in text
    assert "| 乙<br>b | ms | — | — | — | 1 |  |" in text
