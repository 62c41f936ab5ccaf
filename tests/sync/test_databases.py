"""Pulls from databases of every kind: new rows come exactly once, however a pull is interrupted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from servq.warehouse.store.engine import Warehouse
from tests.cli.conftest import Servq
from tests.sync.conftest import MAP, Configure, Elsewhere, Pull, ask, counts, crm, make_table

IDS = "SELECT response_id FROM response ORDER BY response_id"


class TestWhatIsNew:
    def test_everything_comes_first_and_then_only_what_was_added(
        self, answers: Elsewhere, configure: Configure, pull: Pull, warehouse: Warehouse
    ) -> None:
        configure(crm(answers))
        answers.put(("a", "2026-03-05 10:00:00"), ("b", "2026-03-05 10:00:01"))
        assert counts(pull()) == [(2, 0, 0, 0, 0)]
        answers.put(("c", "2026-03-05 10:00:02"))
        assert counts(pull()) == [(1, 0, 0, 0, 0)]
        assert ask(warehouse, IDS) == [("a",), ("b",), ("c",)]

    def test_nothing_new_is_no_load_at_all(
        self, answers: Elsewhere, configure: Configure, pull: Pull, warehouse: Warehouse
    ) -> None:
        configure(crm(answers))
        answers.put(("a", "2026-03-05 10:00:00"))
        pull()
        again = pull()
        assert (again.status, again.loads) == ("nothing_new", ())
        assert ask(warehouse, "SELECT count(*) FROM load_log") == [(1,)]

    def test_an_empty_table_is_nothing_new(self, answers: Elsewhere, configure: Configure, pull: Pull) -> None:
        configure(crm(answers))
        assert [pull().status, pull().status] == ["nothing_new", "nothing_new"]

    def test_a_row_of_the_same_second_that_comes_after_the_pull_is_not_lost(
        self, answers: Elsewhere, configure: Configure, pull: Pull, warehouse: Warehouse
    ) -> None:
        configure(crm(answers))
        answers.put(("a", "2026-03-05 10:00:00"), ("b", "2026-03-05 10:00:01"))
        pull()
        answers.put(("late", "2026-03-05 10:00:01"))
        assert counts(pull()) == [(1, 0, 1, 0, 0)], "b stands at the watermark too and is read once more"
        assert pull().status == "nothing_new"
        assert ask(warehouse, IDS) == [("a",), ("b",), ("late",)]

    def test_a_row_within_the_lag_is_found_and_one_beyond_it_is_not(
        self, answers: Elsewhere, configure: Configure, pull: Pull, warehouse: Warehouse
    ) -> None:
        configure(crm(answers, lag="10m"))
        answers.put(("a", "2026-03-05 10:00:00"), ("b", "2026-03-05 10:30:00"))
        pull()
        answers.put(("late", "2026-03-05 10:20:00"), ("too late", "2026-03-05 10:19:59"))
        assert counts(pull()) == [(1, 0, 1, 0, 0)]
        assert ask(warehouse, IDS) == [("a",), ("b",), ("late",)]
        assert counts(pull(again=True)) == [(1, 0, 3, 0, 0)]

    def test_a_newer_watermark_updates_the_row_that_is_known(
        self, answers: Elsewhere, configure: Configure, pull: Pull, warehouse: Warehouse
    ) -> None:
        configure(crm(answers, watermark_type="time"))
        answers.put(("a", "2026-03-05 10:00:00"), score=9)
        pull()
        answers.say("UPDATE answer SET score = 3, written = '2026-03-05 11:00:00'")
        assert counts(pull()) == [(0, 1, 0, 0, 0)]
        assert ask(warehouse, "SELECT response_id, likelihood FROM response") == [("a", 3)]

    def test_rows_without_a_watermark_are_counted_and_not_pulled(
        self, answers: Elsewhere, configure: Configure, pull: Pull
    ) -> None:
        configure(crm(answers))
        answers.put(("a", "2026-03-05 10:00:00"))
        answers.say("INSERT INTO answer (id) VALUES ('never')")
        report = pull()
        assert (counts(report), report.without_watermark) == ([(1, 0, 0, 0, 0)], 1)

    def test_another_query_is_read_from_its_beginning(
        self, answers: Elsewhere, configure: Configure, pull: Pull
    ) -> None:
        configure(crm(answers))
        answers.put(("a", "2026-03-05 10:00:00"))
        pull()
        configure(crm(answers, query="SELECT * FROM answer WHERE words <> 'a:b % c'"))
        assert counts(pull()) == [(0, 0, 1, 0, 0)]


WATERMARKS: dict[str, tuple[str, Any, Any]] = {
    "whole numbers": ("BIGINT", 9_007_199_254_740_993, 9_007_199_254_740_994),
    "decimals": ("DECIMAL(20, 6)", "1.000001", "1.000002"),
    "floats": ("DOUBLE PRECISION", 0.1, 0.30000000000000004),
    "texts": ("VARCHAR(40)", "01HR", "01HS"),
    "days": ("DATE", "2026-03-05", "2026-03-06"),
    "fractions of a second": ("TIMESTAMP(6)", "2026-03-05 10:00:00.000001", "2026-03-05 10:00:00.000002"),
}


@pytest.mark.parametrize("kind", WATERMARKS)
def test_a_watermark_of_any_kind_is_kept_exactly(
    kind: str, elsewhere: Elsewhere, configure: Configure, pull: Pull, warehouse: Warehouse
) -> None:
    column, first, second = WATERMARKS[kind]
    make_table(elsewhere, column + " NULL" if elsewhere.backend == "mariadb" else column)
    configure(crm(elsewhere))
    elsewhere.put(("a", first))
    assert counts(pull()) == [(1, 0, 0, 0, 0)]
    assert pull().status == "nothing_new"
    elsewhere.put(("b", second))
    assert counts(pull()) == [(1, 0, 0, 0, 0)]
    assert pull().status == "nothing_new"


def test_quiet_is_silent_whatever_driver_is_at_work(answers: Elsewhere, configure: Configure, empty: Servq) -> None:
    configure(crm(answers))
    answers.put(("a", "2026-03-05 10:00:00"))
    for _ in range(2):
        said = empty("sync", "--quiet")
        assert (said.code, said.out, said.err) == (0, "", "")


class TestBatches:
    def test_each_batch_is_a_load_and_equal_watermarks_may_lie_on_both_sides(
        self, answers: Elsewhere, configure: Configure, pull: Pull, warehouse: Warehouse
    ) -> None:
        configure(crm(answers, batch_rows=2))
        answers.put(*((name, "2026-03-05 10:00:00") for name in "abcde"))
        assert counts(pull()) == [(2, 0, 0, 0, 0), (2, 0, 0, 0, 0), (1, 0, 0, 0, 0)]
        assert pull().status == "nothing_new"

    def test_a_pull_that_breaks_off_goes_on_after_the_last_batch_that_is_in(
        self, answers: Elsewhere, configure: Configure, pull: Pull, warehouse: Warehouse
    ) -> None:
        configure(crm(answers, batch_rows=2))
        answers.put(*((name, f"2026-03-05 10:00:0{place}") for place, name in enumerate("abcdef")))
        seen = 0

        def unplug(_rows: int) -> None:
            nonlocal seen
            seen += 1
            if seen == 3:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            pull(progress=unplug)
        assert ask(warehouse, IDS) == [("a",), ("b",), ("c",), ("d",)]
        assert counts(pull()) == [(1, 0, 1, 0, 0), (1, 0, 0, 0, 0)], "d stands at the watermark and is read once more"
        assert ask(warehouse, IDS) == [(name,) for name in "abcdef"]


class TestValues:
    def test_they_are_read_as_they_stand_there(
        self, answers: Elsewhere, configure: Configure, pull: Pull, warehouse: Warehouse
    ) -> None:
        configure(crm(answers))
        answers.put(("007", "2026-03-05 10:00:00"), words="100% :x 好\n'评'", score=10)
        answers.put(("008", "2026-03-05 10:00:00"), words="", score=None)
        pull()
        found = ask(warehouse, "SELECT response_id, answered_at, likelihood, comment FROM response")
        assert found == [("007", 1772676000, 10, "100% :x 好\n'评'")], "10:00 in Shanghai"
        assert ask(warehouse, "SELECT response_id FROM unanswered") == [("008",)]

    def test_a_score_that_no_scale_has_waits_under_the_name_of_the_feed(
        self, answers: Elsewhere, configure: Configure, pull: Pull, warehouse: Warehouse
    ) -> None:
        configure(crm(answers))
        answers.put(("a", "2026-03-05 10:00:00"), ("b", "2026-03-05 10:00:01"))
        answers.put(("c", "2026-03-05 10:00:02"), score="10.5")
        pull()
        waiting = ask(
            warehouse,
            'SELECT file_name, "row", "column", value, reason FROM quarantine JOIN load_log USING (load_id)',
        )
        assert waiting == [("crm", 3, "score", "10.5", "out_of_range")]

    def test_one_that_cannot_be_held_is_told_and_nothing_of_its_batch_kept(
        self, answers: Elsewhere, configure: Configure, pull: Pull, warehouse: Warehouse
    ) -> None:
        if answers.backend == "mariadb":
            pytest.skip("MariaDB keeps neither endless times nor broken characters")
        configure(crm(answers))
        answers.put(("a", "2026-03-05 10:00:00"), ("b", "2026-03-05 10:00:01"))
        broken = {"postgresql": "answered_at = 'infinity'", "sqlite": "words = CAST(x'ff' AS TEXT)"}[answers.backend]
        answers.say(f"UPDATE answer SET {broken} WHERE id = 'b'")
        report = pull()
        assert (report.status, ask(warehouse, IDS)) == ("unavailable", [])
        assert "infinity" in report.message or "UTF-8" in report.message

    def test_a_character_that_no_file_can_hold_stands_as_its_picture(
        self, answers: Elsewhere, configure: Configure, pull: Pull, warehouse: Warehouse
    ) -> None:
        if answers.backend == "postgresql":
            pytest.skip("PostgreSQL holds none either")
        configure(crm(answers))
        answers.put(("a", "2026-03-05 10:00:00"), words="很\0好")
        pull()
        assert ask(warehouse, "SELECT comment FROM response") == [("很␀好",)]

    def test_bytes_are_refused_with_the_place_of_their_column(
        self, elsewhere: Elsewhere, configure: Configure, pull: Pull
    ) -> None:
        column = {"postgresql": "bytea"}.get(elsewhere.backend, "BLOB")
        make_table(elsewhere)
        elsewhere.put(("a", "2026-03-05 10:00:00"))
        elsewhere.say(
            f"ALTER TABLE answer ADD COLUMN photo {column}", "UPDATE answer SET photo = :photo", photo=b"\x00"
        )
        configure(crm(elsewhere))
        report = pull()
        assert (report.status, report.loads) == ("refused", ())
        assert "column 8 holds bytes" in report.message

    def test_bytes_in_a_later_row_are_told_in_a_sentence_and_nothing_else(
        self,
        elsewhere: Elsewhere,
        configure: Configure,
        pull: Pull,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        """What a driver says of a cursor that cannot be closed any more would come to stderr as three traces."""
        column = {"postgresql": "bytea"}.get(elsewhere.backend, "BLOB")
        make_table(elsewhere)
        for minute in range(30):
            elsewhere.put((f"a{minute}", f"2026-03-05 10:{minute:02d}:00"))
        elsewhere.say(f"ALTER TABLE answer ADD COLUMN photo {column}")
        elsewhere.say("UPDATE answer SET photo = :photo WHERE id = 'a20'", photo=b"\x00")
        configure(crm(elsewhere))
        report = pull()
        assert "column 8 holds bytes" in report.message
        assert caplog.records == []


def test_a_real_moment_needs_not_the_form_that_a_map_gives_for_texts(
    answers: Elsewhere, configure: Configure, pull: Pull, warehouse: Warehouse, home: Path
) -> None:
    if answers.backend == "sqlite":
        pytest.skip("SQLite has no moments, only texts")
    answers.put(("a", "2026-03-05 10:00:00"))
    configure(crm(answers))
    path = home / "maps" / "crm.toml"
    form = 'answered_at = { from = "answered_at", format = "%d/%m/%Y" }'
    path.write_text(MAP.replace('answered_at = "answered_at"', form), encoding="utf-8")
    pull()
    assert ask(warehouse, "SELECT answered_at FROM response") == [(1772676000,)]


def test_a_row_that_is_written_during_a_pull_comes_with_the_next_one(
    answers: Elsewhere, configure: Configure, pull: Pull, warehouse: Warehouse
) -> None:
    """Its watermark is the one that the pull reached: had it been taken for seen, it would be lost."""
    if answers.backend == "sqlite":
        pytest.skip("a writer of SQLite waits for the reader")
    configure(crm(answers))
    answers.put(("a", "2026-03-05 10:00:00"))
    report = pull(progress=lambda _rows: answers.put(("meanwhile", "2026-03-05 10:00:00")))
    assert counts(report) == [(1, 0, 0, 0, 0)]
    assert counts(pull()) == [(1, 0, 1, 0, 0)]
    assert ask(warehouse, IDS) == [("a",), ("meanwhile",)]


def test_one_bad_row_that_comes_by_itself_waits_and_does_not_stop_those_after_it(
    answers: Elsewhere, configure: Configure, pull: Pull
) -> None:
    configure(crm(answers))
    answers.put(("a", "2026-03-05 10:00:00"))
    pull()
    answers.put(("bad", "2026-03-05 11:00:00"), score=99)
    assert counts(pull()) == [(0, 0, 0, 0, 1)]
    answers.put(("b", "2026-03-05 12:00:00"))
    assert counts(pull()) == [(1, 0, 0, 0, 0)]


def test_moments_with_a_zone_are_the_same_moment_whatever_the_server_speaks(
    elsewhere: Elsewhere, configure: Configure, pull: Pull, warehouse: Warehouse
) -> None:
    """2026-03-05T02:00:00Z, told by servers in Lisbon and +05:30; SQLite keeps the offset as it was written."""
    column = {"postgresql": "timestamptz", "mariadb": "TIMESTAMP NULL"}.get(elsewhere.backend, "TEXT")
    make_table(elsewhere, column)
    zone = {"mariadb": "2026-03-05 07:30:00"}.get(elsewhere.backend, "2026-03-05T02:00:00Z")
    elsewhere.put(("a", zone))
    configure(
        crm(elsewhere, query="SELECT id, written AS answered_at, written, channel, team, score, words FROM answer")
    )
    pull()
    assert ask(warehouse, "SELECT answered_at FROM response") == [(1772676000,)]
    assert pull().status == "nothing_new"
