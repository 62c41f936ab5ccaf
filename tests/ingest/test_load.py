"""Loading: every row is accounted for, a file counts once, and personal data is masked before anything is stored."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, ClassVar

import pytest

from servq.errors import FileRefused
from servq.ingest import load_file
from servq.ingest.rows import scoring
from servq.loaders.cells import chunks
from servq.loaders.maps.map import map_from_table
from servq.loaders.sources.catalog import SOURCES
from servq.records import REASONS, LoadReport
from servq.text.language import language_of
from servq.text.sentiment.scorer import Scorer, Sentiment, SentimentLabel, default_scorer
from servq.warehouse.books import load_log
from servq.warehouse.facts import week_cells
from servq.warehouse.store.engine import Warehouse
from servq.warehouse.upkeep.doctor import examine
from tests.conftest import open_home
from tests.ingest.conftest import answers_to as ask
from tests.ingest.conftest import home_of
from tests.loaders.exports import complaint, survey, visit, write_csv
from tests.warehouse.rows import content

Cells = dict[str, str]
Load = Callable[..., LoadReport]

each_source = pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)


@pytest.fixture
def load(warehouse: Warehouse, tmp_path: Path) -> Load:
    """Load rows given by words, as the file of that name."""

    def call(*rows: Cells, source: str = "surveys", name: str = "a.csv", **options: Any) -> LoadReport:
        return load_file(warehouse, home_of(warehouse), write_csv(tmp_path / name, rows), source, **options)

    return call


def outcomes(report: LoadReport) -> tuple[int, int, int, int, int]:
    """New, changed, the same again, contradicting, quarantined."""
    assert report.adds_up
    return report.loaded, report.updated, report.duplicates, report.conflicts, report.quarantined


def facts_in(warehouse: Warehouse) -> list[str]:
    """Everything but the log of loads."""
    return [line for line in content(warehouse) if '"load_log"' not in line and "sqlite_sequence" not in line]


# ---------------------------------------------------------------- every row is accounted for


class TestTheSample:
    @each_source
    def test_every_row_is_new_repeated_or_set_aside_as_the_truths_list_it(
        self, source: Any, loaded_sample: Path, root: Path
    ) -> None:
        truths = tomllib.loads((root / "data" / "truths.toml").read_text(encoding="utf-8"))
        bad, doubled = (
            [entry for entry in truths[kind] if entry["file"] == source.sample] for kind in ("bad_row", "duplicate_row")
        )
        warehouse = open_home(loaded_sample)
        counts = "rows_read, loaded, updated, duplicates, conflicts, quarantined"
        ((rows_read, loaded, *others),) = ask(
            warehouse, f"SELECT {counts} FROM load_log WHERE source = '{source.name}'"
        )
        assert others == [0, len(doubled), 0, len(bad)]
        assert rows_read == loaded + sum(others)
        waiting = ask(warehouse, f"SELECT row, reason FROM quarantine WHERE source = '{source.name}' ORDER BY row")
        assert waiting == [(entry["row"], entry["reason"]) for entry in bad]
        warehouse.engine.dispose()

    def test_the_warehouse_passes_every_check_of_the_doctor(self, loaded_sample: Path) -> None:
        warehouse = open_home(loaded_sample)
        assert [(check.name, check.found.en) for check in examine(warehouse) if not check.ok] == []
        warehouse.engine.dispose()

    def test_a_renamed_copy_in_utf_8_adds_nothing(self, sample_home: Path, root: Path, tmp_path: Path) -> None:
        warehouse = open_home(sample_home)
        before = facts_in(warehouse)
        original = (root / "data" / "sample" / "surveys.csv").read_bytes()
        copy = tmp_path / "导出（副本）.csv"
        copy.write_bytes(original.decode("gb18030").encode("utf-8-sig"))
        report = load_file(warehouse, sample_home, copy, "surveys")
        ((known,),) = ask(warehouse, "SELECT count(*) FROM response")
        assert report.status == "loaded"
        assert outcomes(report) == (0, 0, known + 3, 0, 8), "3 rows stand in the file twice, 8 are bad"
        assert facts_in(warehouse) == before
        warehouse.engine.dispose()


# Reason -> (source, one row that has it); the rows before it are in order.
BAD: dict[str, tuple[str, Cells]] = {
    "missing_value": ("surveys", survey(response_id="3", answered_at="")),
    "not_a_number": ("surveys", survey(response_id="3", likelihood="很愿意")),
    "not_a_time": ("surveys", survey(response_id="3", answered_at="上周三")),
    "placeholder_time": ("surveys", survey(response_id="3", answered_at="1970-01-01 08:00:00")),
    "unknown_zone": ("surveys", survey(response_id="3", answered_at="2026-03-05 10:00 CST")),
    "out_of_range": ("surveys", survey(response_id="3", likelihood="11")),
    "not_whole": ("surveys", survey(response_id="3", likelihood="8.5")),
    "future_time": ("surveys", survey(response_id="3", answered_at="2999-01-01 08:00")),
    "not_yes_or_no": ("surveys", survey(response_id="3", repurchased="会")),
    "not_a_band": ("surveys", survey(response_id="3", nps_band="比较推荐")),
    "band_contradicts": ("surveys", survey(response_id="3", likelihood="9", nps_band="贬损者")),
    "error_cell": ("surveys", survey(response_id="3", likelihood="#N/A")),
    "not_calculated": ("surveys", survey(response_id="3", team="=VLOOKUP(A2,B:C,2,0)")),
    "digits_lost": ("surveys", survey(response_id="1.2E+17")),
    "time_order": ("complaints", complaint(complaint_id="3", resolved_at="2026-03-04 10:00")),
    "conflict": ("surveys", survey(response_id="1", likelihood="2")),
    "wrong_width": ("surveys", survey(response_id="3", team='一组",x,"')),
}


class TestBadRows:
    @pytest.mark.parametrize("reason", BAD)
    def test_a_bad_row_waits_and_the_others_are_loaded(self, reason: str, warehouse: Warehouse, tmp_path: Path) -> None:
        source, bad = BAD[reason]
        good = survey if source == "surveys" else complaint
        key = SOURCES[source].key[0]
        columns = dict.fromkeys([*good(**{key: "1"}), *bad], "")
        rows = [columns | good(**{key: "1"}), columns | good(**{key: "2"}), columns | bad]
        path = write_csv(tmp_path / "a.csv", rows)
        if reason == "wrong_width":
            path.write_text(path.read_text(encoding="utf-8").replace('"一组"",x,"""', "一组,x"), encoding="utf-8")
        report = load_file(warehouse, home_of(warehouse), path, source)
        conflict = reason == "conflict"
        assert outcomes(report) == (2, 0, 0, int(conflict), int(not conflict))
        assert report.reasons == {reason: 1}
        assert ask(warehouse, "SELECT row, reason, load_id FROM quarantine") == [(4, reason, report.load_id)]

    def test_there_is_a_bad_row_here_for_every_reason(self) -> None:
        not_of_its_own = {"cell_twice", "forgotten_person", "nothing_answered"}  # the last is what older loads said
        not_of_its_own |= {"not_a_duration"}  # needs a map: tests/loaders/test_several.py
        not_of_its_own |= {"asked_twice", "lines_differ"}  # of long tables: tests/loaders/shapes
        assert set(BAD) == set(REASONS) - not_of_its_own

    def test_a_refused_file_leaves_no_trace(self, warehouse: Warehouse, load: Load) -> None:
        before = content(warehouse)
        with pytest.raises(FileRefused, match="team"):
            load({name: cell for name, cell in survey().items() if name != "team"})
        assert content(warehouse) == before


# ---------------------------------------------------------------- a file counts once


class TestTheSameAgain:
    def test_the_same_file_twice_changes_nothing_and_names_the_load_that_brought_it(
        self, warehouse: Warehouse, load: Load
    ) -> None:
        rows = (survey(response_id="1"), survey(response_id="2", likelihood="11"))
        first = load(*rows)
        before = content(warehouse)
        second = load(*rows, name="renamed.csv")
        assert content(warehouse) == before
        assert (second.status, second.load_id) == ("unchanged", first.load_id)
        assert outcomes(second) == (0, 0, 1, 0, 1)

    def test_a_file_with_a_conflict_in_another_encoding_changes_nothing_either(
        self, warehouse: Warehouse, load: Load, tmp_path: Path
    ) -> None:
        rows = (survey(), survey(likelihood="2"))
        load(*rows)
        before = facts_in(warehouse)
        copy = write_csv(tmp_path / "b.csv", rows, encoding="gb18030")
        assert outcomes(load_file(warehouse, home_of(warehouse), copy, "surveys")) == (0, 0, 1, 1, 0)
        assert facts_in(warehouse) == before

    def test_one_changed_row_is_one_conflict_which_names_both_sides(self, warehouse: Warehouse, load: Load) -> None:
        rows = [survey(response_id=str(number), comment="原来的话") for number in range(5)]
        load(*rows)
        rows[3] |= {"likelihood": "2", "comment": f"改口了，电话 {PHONE}"}
        report = load(*rows)
        assert outcomes(report) == (0, 0, 4, 1, 0)
        (conflict,) = report.conflicting
        assert (conflict.row, conflict.key, conflict.load_id) == (5, ("3",), 1)
        said = "3: likelihood 9 → 2; comment 原来的话 → 改口了，电话 [手机]"
        assert conflict.told == said
        assert ask(warehouse, "SELECT row, value, reason FROM quarantine") == [(5, said, "conflict")]
        # five answers of one cell, as before
        assert ask(warehouse, "SELECT responses, likelihood_9, likelihood_2 FROM survey_cell") == [(5, 5, 0)]

    def test_the_same_file_counts_once_it_is_said_to_be_the_newer(self, warehouse: Warehouse, load: Load) -> None:
        rows = [survey(response_id=str(number)) for number in range(5)]
        load(*rows)
        rows[3]["likelihood"] = "2"
        load(*rows)
        report = load(*rows, replace=True)
        assert outcomes(report) == (0, 1, 4, 0, 0)
        assert ask(warehouse, "SELECT response_id, likelihood FROM response WHERE load_id = 3") == [("3", 2)]
        assert ask(warehouse, "SELECT responses, likelihood_9, likelihood_2 FROM survey_cell") == [(5, 4, 1)]
        assert ask(warehouse, "SELECT state, released_by FROM quarantine") == [("released", 3)]

    def test_a_row_that_its_source_changed_later_is_an_update(self, warehouse: Warehouse, load: Load) -> None:
        load(complaint(status="处理中", updated_at="2026-03-05 12:00"), source="complaints")
        done = complaint(status="已办结", updated_at="2026-03-07 09:00")
        assert outcomes(load(done, source="complaints")) == (0, 1, 0, 0, 0)
        assert ask(warehouse, "SELECT status FROM complaint") == [("已办结",)]

    def test_a_map_may_say_that_its_exports_are_always_newer(self, warehouse: Warehouse, tmp_path: Path) -> None:
        columns = {name: name for name in survey()}
        map_ = map_from_table({"source": "surveys", "on_change": "replace", "columns": columns}, "a.toml")
        for likelihood in ("9", "2"):
            path = write_csv(tmp_path / "a.csv", [survey(likelihood=likelihood)])
            report = load_file(warehouse, home_of(warehouse), path, None, map_)
        assert outcomes(report) == (0, 1, 0, 0, 0)
        assert ask(warehouse, "SELECT likelihood FROM response") == [(2,)]

    def test_a_later_export_with_columns_in_another_order_repeats_the_same_rows(self, load: Load) -> None:
        load(survey(csat="4.8"))
        assert outcomes(load(dict(reversed(survey(csat="4.80").items())))) == (0, 0, 1, 0, 0)

    def test_another_map_is_another_reading_of_the_same_file(self, warehouse: Warehouse, tmp_path: Path) -> None:
        path = write_csv(tmp_path / "a.csv", [{"No": "1", "Day": "2026-04-29", "Q1": "9", "Q2": "3"}])

        def through(question: str) -> LoadReport:
            columns = {"response_id": "No", "answered_at": "Day", "likelihood": question}
            constants = {name: {"constant": "甲"} for name in ("channel", "team")}
            table = {"source": "surveys", "columns": columns | constants}
            return load_file(warehouse, home_of(warehouse), path, None, map_from_table(table, "a.toml"))

        assert outcomes(through("Q1")) == (1, 0, 0, 0, 0)
        assert outcomes(through("Q2")) == (0, 0, 0, 1, 0)
        assert through("Q2").status == "unchanged"


# ---------------------------------------------------------------- all of it or nothing


class Unplugged(Exception):
    """An interruption half-way through a load."""


class TestInterruptions:
    def test_a_load_that_breaks_off_after_some_rows_leaves_the_warehouse_as_it_was(
        self, warehouse: Warehouse, load: Load, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        load(survey(response_id="1", comment="很好"), survey(response_id="2", comment=""))
        before = content(warehouse)
        monkeypatch.setattr(chunks, "CHUNK_ROWS", 2)
        seen: list[int] = []

        def unplug(rows: int) -> None:
            seen.append(rows)
            if rows >= 4:
                raise Unplugged

        rows = [survey(response_id=str(number), likelihood="3", comment=f"第 {number} 次") for number in range(1, 7)]
        with pytest.raises(Unplugged):
            load_file(warehouse, home_of(warehouse), write_csv(tmp_path / "b.csv", rows), "surveys", progress=unplug)
        assert seen == [2, 4]
        assert content(warehouse) == before

    def test_a_load_that_breaks_off_at_the_cells_leaves_the_warehouse_as_it_was(
        self, warehouse: Warehouse, load: Load, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        load(survey(response_id="1"))
        before = content(warehouse)

        def stumble(*_: Any) -> None:
            raise Unplugged

        monkeypatch.setattr(week_cells, "rebuild", stumble)
        with pytest.raises(Unplugged):
            load(survey(response_id="1", likelihood="2"), survey(response_id="2", likelihood="11"))
        assert content(warehouse) == before

    def test_afterwards_the_same_file_loads_as_if_nothing_had_been(
        self, load: Load, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def stumble(*_: Any) -> None:
            raise Unplugged

        with monkeypatch.context() as patch:
            patch.setattr(load_log, "end_load", stumble)
            with pytest.raises(Unplugged):
                load(survey())
        assert outcomes(load(survey())) == (1, 0, 0, 0, 0)


# ---------------------------------------------------------------- nobody's data gets in

PHONE, MEMBER = "13812345678", "VIP-000777-Zhang"  # ASCII: JSON would write 张 as an escape


def all_of(warehouse: Warehouse) -> bytes:
    """The whole content of the warehouse, and every byte on the disk of its home."""
    said = "\n".join(content(warehouse))
    warehouse.close()
    return said.encode() + bytes_of(home_of(warehouse))


def bytes_of(home: Path) -> bytes:
    """Everything on the disk of a home: the warehouse with what is written ahead of it, and the key."""
    return b"".join(path.read_bytes() for path in sorted(home.iterdir()))


class TestPersonalData:
    def test_a_phone_number_reaches_the_disk_neither_in_a_comment_nor_in_quarantine(
        self, warehouse: Warehouse, load: Load
    ) -> None:
        said = f"请回电 {PHONE}，谢谢"
        load(
            survey(response_id="1", customer_id=PHONE, comment=said),
            survey(response_id="1", customer_id=PHONE, comment=f"改口了 {PHONE}"),
            survey(response_id="2", customer_id=PHONE, comment=said, likelihood="11"),
            survey(response_id="3", customer_id="", comment="", likelihood=f"电话 {PHONE}"),
        )
        load(complaint(text=said, resolution_text=f"已致电{PHONE}"), source="complaints", name="c.csv")
        load(visit(remark=f"店长 {PHONE}"), source="visits", name="v.csv")
        warehouse.engine.dispose()
        disk = all_of(warehouse)
        assert "请回电".encode() in disk, "the words themselves are kept"
        assert PHONE.encode() not in disk
        assert ask(warehouse, "SELECT comment FROM response") == [("请回电 [手机]，谢谢",)]

    def test_a_customer_is_known_by_a_pseudonym_that_is_the_same_in_every_source(
        self, warehouse: Warehouse, load: Load
    ) -> None:
        load(
            survey(response_id="1", customer_id=MEMBER),
            survey(response_id="2", customer_id="somebody else"),
            survey(response_id="3", customer_id=MEMBER, likelihood="11"),
        )
        load(complaint(customer_id=MEMBER), source="complaints", name="c.csv")
        ((one,), (other,)) = ask(warehouse, "SELECT customer_id FROM response ORDER BY response_id")
        assert ask(warehouse, "SELECT customer_id FROM complaint") == [(one,)]
        assert one != other
        assert MEMBER.encode() not in all_of(warehouse)

    # Rows with too many or too few cells, as they stand in the file; the ids are secret wherever they slid to.
    SHIFTED: ClassVar[dict[str, str]] = {
        "an extra cell before": f"2,2026-03-05 10:00,官网,一组,x,{MEMBER},9,ok",
        "two extra cells before": f"2,2026-03-05 10:00,官网,x,y,一组,{MEMBER},9,ok",
        "an extra cell behind": f"2,2026-03-05 10:00,官网,一组,{MEMBER},9,ok,x",
        "two cells, one of them empty": f"2,2026-03-05 10:00,官网,一组,,x,{MEMBER},9,ok",
        "a cell missing before": f"2,2026-03-05 10:00,一组,{MEMBER},9,ok",
        "three cells missing before": f"2,{MEMBER},9,ok",
        "only the id is left": MEMBER,
        "the last cells missing": f"2,2026-03-05 10:00,官网,一组,{MEMBER}",
    }

    @pytest.mark.parametrize("row", SHIFTED)
    def test_a_customer_id_that_slid_under_another_header_is_hidden_too(
        self, row: str, warehouse: Warehouse, tmp_path: Path
    ) -> None:
        path = tmp_path / "a.csv"
        header = "response_id,answered_at,channel,team,customer_id,likelihood,comment"
        path.write_text(f"{header}\n1,2026-03-05 10:00,官网,一组,M1,9,ok\n{self.SHIFTED[row]}\n", encoding="utf-8")
        report = load_file(warehouse, home_of(warehouse), path, "surveys")
        assert report.reasons == {"wrong_width": 1}
        warehouse.engine.dispose()
        assert MEMBER.encode() not in all_of(warehouse)
        assert MEMBER not in str(ask(warehouse, "SELECT raw, value FROM quarantine"))

    def test_the_cells_that_cannot_hold_the_slid_id_stay_readable(self, warehouse: Warehouse, tmp_path: Path) -> None:
        # one cell too many, so the id (5th header) may stand in the 4th to 6th cell:
        #   列8     time    channel  team  customer  likelihood  comment  (extra)
        #   2       03-05   官网     一组  x         VIP         9        ok
        path = tmp_path / "a.csv"
        rows = ["列8,answered_at,channel,team,会员号,likelihood,comment", f"2,2026-03-05,官网,一组,x,{MEMBER},9,ok"]
        path.write_text("\n".join(rows), encoding="utf-8")
        columns = {"response_id": "列8", "answered_at": "answered_at", "channel": "channel", "team": "team"}
        columns |= {"customer_id": "会员号", "likelihood": "likelihood", "comment": "comment"}
        map_ = map_from_table({"source": "surveys", "columns": columns}, "a.toml")
        load_file(warehouse, home_of(warehouse), path, None, map_, bad_share=1)
        ((kept,),) = ask(warehouse, "SELECT raw FROM quarantine")
        raw = json.loads(kept)
        hidden = [header for header, text in raw.items() if text.startswith("c_")]
        assert hidden == ["team", "会员号", "likelihood"]
        assert (raw["列8"], raw["answered_at"], raw["channel"], raw["comment"]) == ("2", "2026-03-05", "官网", "9")
        assert raw["列8 (2)"] == "ok", "the cell without a header does not overwrite one that is called like its place"

    def test_another_home_has_other_pseudonyms(self, tmp_path: Path, load: Load, warehouse: Warehouse) -> None:
        load(survey(customer_id=MEMBER))
        ((before,),) = ask(warehouse, "SELECT customer_id FROM response")
        path = write_csv(tmp_path / "b.csv", [survey(customer_id=MEMBER, csat="5")])
        (conflict,) = load_file(warehouse, tmp_path / "other", path, "surveys").conflicting
        assert [(name, known) for name, known, _ in conflict.differs] == [("customer_id", before), ("csat", "")]


# ---------------------------------------------------------------- how it sounds


class TestScoring:
    def test_each_distinct_text_is_scored_once_and_keeps_model_and_version(
        self, warehouse: Warehouse, load: Load, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        heard: list[str] = []

        class Listening(Scorer):
            def score(self, texts: Sequence[str]) -> list[Sentiment]:
                heard.extend(texts)
                return default_scorer().score(texts)

        monkeypatch.setattr(scoring, "default_scorer", Listening)
        load(survey(response_id="1", comment="服务很好"), survey(response_id="2", comment="服务很好"))
        load(survey(response_id="3", comment="服务很好"), survey(response_id="4", comment="太慢了"), name="b.csv")
        load(complaint(text="太慢了", resolution_text="已道歉"), source="complaints", name="c.csv")
        asked = set(scoring.ONE_OF_EACH.values())  # only what model would score them now
        assert [text for text in heard if text not in asked] == ["服务很好", "太慢了"]
        models = ask(warehouse, "SELECT DISTINCT model, version, language FROM text_score")
        assert [bool(model and version) for model, version, _ in models] == [True]
        assert models[0][2] == "zh"

    def test_every_text_of_the_sample_has_its_score(self, loaded_sample: Path) -> None:
        warehouse = open_home(loaded_sample)
        for table, words in (("response", "comment"), ("complaint", "text")):
            missing = f"SELECT count(*) FROM {table} WHERE ({words} IS NULL) <> (text_hash IS NULL)"
            assert ask(warehouse, missing) == [(0,)]
        said = "SELECT comment FROM response UNION SELECT text FROM complaint"
        ((distinct,),) = ask(warehouse, f"SELECT count(comment) FROM ({said})")
        ((texts,),) = ask(warehouse, "SELECT count(*) FROM text_score")
        assert texts == distinct
        assert ask(warehouse, "SELECT count(*) FROM text_score WHERE model = '' OR version = ''") == [(0,)]
        warehouse.engine.dispose()

    def test_an_answer_without_words_has_no_score(self, warehouse: Warehouse, load: Load) -> None:
        load(survey(comment="  "))
        assert ask(warehouse, "SELECT comment, text_hash FROM response") == [(None, None)]
        assert ask(warehouse, "SELECT count(*) FROM text_score") == [(0,)]


class Hearing(Scorer):
    """A model that gives every text the same sentiment; its version is that sentiment."""

    name = "by ear"

    def __init__(self, heard: SentimentLabel) -> None:
        self.heard = heard

    @property
    def version(self) -> str:
        return self.heard

    def score(self, texts: Sequence[str]) -> list[Sentiment]:
        polarity = {"negative": 0.1, "uncertain": 0.5, "positive": 0.9}[self.heard]
        return [Sentiment(polarity, self.heard, language_of(text), self.name, self.version) for text in texts]


def wrong_checks(warehouse: Warehouse) -> list[str]:
    return [check.name for check in examine(warehouse) if not check.ok]


class TestAnotherModel:
    """An upgrade of the scorer: load 1 scored everything negative, load 2 everything positive.

    week  answer  text          load 1     after load 2, which brings only answer 3
    18    1       太慢了        negative   positive, though no row of this week came again
    18    2       等了很久      negative   negative: load 2 does not bring this text
    19    3       太慢了                   positive
    """

    EARLIER = (
        survey(response_id="1", answered_at="2026-04-29 10:00", comment="太慢了"),
        survey(response_id="2", answered_at="2026-04-29 10:00", comment="等了很久"),
    )
    CELLS = "SELECT week, sentiment_negative, sentiment_positive FROM survey_cell ORDER BY week"

    @pytest.fixture(autouse=True)
    def upgraded(self, load: Load, monkeypatch: pytest.MonkeyPatch) -> None:
        """Load 1 is in, and the scorer is another one since."""
        with monkeypatch.context() as patch:
            patch.setattr(scoring, "default_scorer", lambda: Hearing("negative"))
            load(*self.EARLIER)
        monkeypatch.setattr(scoring, "default_scorer", lambda: Hearing("positive"))

    def test_a_text_that_comes_again_is_scored_again_and_the_others_keep_their_score(
        self, warehouse: Warehouse, load: Load
    ) -> None:
        load(survey(response_id="3", answered_at="2026-05-06 10:00", comment="太慢了"), name="b.csv")
        said = "SELECT response_id, label, version FROM response JOIN text_score USING (text_hash) ORDER BY response_id"
        now, before = ("positive", "positive"), ("negative", "negative")
        assert ask(warehouse, said) == [("1", *now), ("2", *before), ("3", *now)]

    def test_cells_of_weeks_that_the_load_does_not_touch_follow(self, warehouse: Warehouse, load: Load) -> None:
        assert ask(warehouse, self.CELLS) == [("2026-04-27", 2, 0)]
        load(survey(response_id="3", answered_at="2026-05-06 10:00", comment="太慢了"), name="b.csv")
        assert ask(warehouse, self.CELLS) == [("2026-04-27", 1, 1), ("2026-05-04", 0, 1)]
        assert wrong_checks(warehouse) == []

    def test_rows_that_are_the_same_again_count_as_the_new_model_hears_them(
        self, warehouse: Warehouse, load: Load
    ) -> None:
        report = load(*reversed(self.EARLIER))
        assert outcomes(report) == (0, 0, 2, 0, 0)
        assert ask(warehouse, self.CELLS) == [("2026-04-27", 0, 2)]
        assert wrong_checks(warehouse) == []

    def test_a_complaint_in_the_words_of_an_answer_moves_the_cells_of_the_answer(
        self, warehouse: Warehouse, load: Load
    ) -> None:
        load(complaint(text="等了很久"), source="complaints", name="c.csv")
        assert ask(warehouse, self.CELLS) == [("2026-04-27", 1, 1)]
        assert wrong_checks(warehouse) == []

    def test_texts_of_one_load_all_have_the_same_version(
        self, warehouse: Warehouse, load: Load, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(chunks, "CHUNK_ROWS", 1)
        load(
            *(survey(response_id=str(number), comment=said) for number, said in enumerate(("新的", "太慢了", "新的"))),
            name="b.csv",
        )
        said = "SELECT DISTINCT version FROM response JOIN text_score USING (text_hash) WHERE load_id = 2"
        assert ask(warehouse, said) == [("positive",)]
        assert wrong_checks(warehouse) == []

    def test_a_load_that_breaks_off_leaves_the_old_scores(
        self, warehouse: Warehouse, load: Load, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = content(warehouse)

        def stumble(*_: Any) -> None:
            raise Unplugged

        monkeypatch.setattr(week_cells, "rebuild", stumble)
        with pytest.raises(Unplugged):
            load(survey(response_id="3", comment="太慢了"), name="b.csv")
        assert content(warehouse) == before


def test_progress_tells_the_rows_read_so_far(
    warehouse: Warehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chunks, "CHUNK_ROWS", 2)
    path = write_csv(tmp_path / "a.csv", [survey(response_id=str(number)) for number in range(5)])
    told: list[int] = []
    load_file(warehouse, home_of(warehouse), path, "surveys", progress=told.append)
    assert told == [2, 4, 5]
