"""The command servq sync as cron runs it: killed at any moment, started twice, with one failing source."""

from __future__ import annotations

import json
import os
import shutil
import signal
from multiprocessing import get_context
from pathlib import Path

import pytest

from servq.configuration import read_configuration
from servq.ingest.sync.sync import pull_feed
from servq.ingest.sync.sync_lock import alone
from servq.loaders.cells import chunks
from servq.loaders.feeds.feed_entries import read_feeds
from servq.warehouse.store.engine import Warehouse
from tests.cli.conftest import Servq
from tests.conftest import open_home
from tests.loaders.exports import survey, write_csv
from tests.stores import PATIENCE_SECONDS
from tests.sync.conftest import Configure, Elsewhere, ask, crm, make_table

ROWS = 3_000
FACTS = "SELECT response_id, answered_at, likelihood, comment, updated_at, row_hash FROM response ORDER BY response_id"
WAITING = "SELECT reason, raw_hash FROM quarantine ORDER BY raw_hash"
CELLS = "SELECT * FROM survey_cell ORDER BY week, channel, team"
COUNTED = "SELECT count(*) FROM response"


@pytest.fixture
def crowded(tmp_path: Path) -> Elsewhere:
    """A table of many answers with few distinct watermarks; every hundredth has a score that no scale has."""
    url = f"sqlite:///{tmp_path / 'crm.sqlite'}"
    made = make_table(Elsewhere("sqlite", url, url))
    made.say(
        f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {ROWS})"
        " INSERT INTO answer SELECT 'r' || i, '2026-03-05 10\\:' || printf('%02d', i / 70 % 60) || '\\:00',"
        " '2026-03-05', 'OTA', '甲', CASE WHEN i % 100 THEN i % 11 ELSE 99 END, '等了 ' || i || ' 分钟' FROM n"
    )
    return made


def content(warehouse: Warehouse) -> list[list[tuple[object, ...]]]:
    return [ask(warehouse, statement) for statement in (FACTS, CELLS, WAITING)]


def _pull_until_killed(home: Path, chunk: int) -> None:
    """Pull, and be killed when so many chunks are in, none of the last batch committed."""
    taken = 0

    def take(_rows: int) -> None:
        nonlocal taken
        taken += 1
        if taken == chunk:
            os.kill(os.getpid(), signal.SIGKILL)

    (feed,) = read_feeds(read_configuration(home))
    pull_feed(open_home(home), home, feed, progress=take)


def test_killed_again_and_again_it_ends_with_the_content_of_an_undisturbed_pull(
    crowded: Elsewhere,
    configure: Configure,
    empty: Servq,
    home: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Eight batches of four chunks: each process commits one batch at most and dies somewhere in the next."""
    monkeypatch.setattr(chunks, "CHUNK_ROWS", 100)
    configure(crm(crowded, batch_rows=400))
    whole = tmp_path / "whole"
    shutil.copytree(home, whole)
    monkeypatch.setenv("SERVQ_HOME", str(whole))
    assert empty("sync").code == 0
    monkeypatch.setenv("SERVQ_HOME", str(home))
    kills = 0
    for chunk in (1, 3, 5, 6, 7, 8, 5, 6, 1):
        process = get_context("fork").Process(target=_pull_until_killed, args=(home, chunk))
        process.start()
        process.join(PATIENCE_SECONDS)
        kills += process.exitcode == -signal.SIGKILL
    assert kills == 9
    last = json.loads(empty("sync", "--json").out)
    assert last["status"] == "loaded"
    pulled, undisturbed = open_home(home), open_home(whole)
    assert content(pulled) == content(undisturbed)
    assert ask(pulled, COUNTED) == [(ROWS - ROWS // 100,)]
    assert json.loads(empty("sync", "--json").out)["status"] == "nothing_new"
    pulled.close()
    undisturbed.close()


def test_a_second_sync_says_that_one_is_running_and_does_nothing(
    crowded: Elsewhere, configure: Configure, empty: Servq, home: Path
) -> None:
    configure(crm(crowded))
    with alone(home):
        said = empty("sync")
        assert (said.code, said.out) == (0, "")
        assert "another sync is running" in said.err
        assert empty("sync", "--quiet").err == ""
    assert empty("sync").code == 0


def test_a_source_that_fails_does_not_stop_the_others(
    crowded: Elsewhere, configure: Configure, empty: Servq, home: Path, tmp_path: Path
) -> None:
    (tmp_path / "in").mkdir()
    os.utime(write_csv(tmp_path / "in" / "a.csv", [survey()]), (1, 1))
    folder = {"name": "drop", "kind": "folder", "source": "surveys", "path": str(tmp_path / "in")}
    gone = {"name": "gone", "url": f"sqlite:///{tmp_path / 'gone.sqlite'}"}
    configure(crm(crowded), crm(crowded, **gone), folder)
    said = empty("sync", "--json")
    assert said.code == 3
    told = [json.loads(line) for line in said.out.splitlines()]
    assert [(one["name"], one["status"]) for one in told] == [
        ("crm", "loaded"),
        ("gone", "unavailable"),
        ("drop", "loaded"),
    ]
    assert "unable to open" in told[1]["message"]


class TestWhatItSays:
    def test_a_line_a_source_and_what_waits_below_it(
        self, crowded: Elsewhere, configure: Configure, empty: Servq
    ) -> None:
        crowded.say("INSERT INTO answer (id) VALUES ('never')")
        configure(crm(crowded))
        said = empty("sync").out
        first, *below = said.splitlines()
        assert first.startswith("✓ crm → surveys  已载入 loaded  3,000 行 rows = 新增 new 2,970 + 更新 updated 0")
        assert below[0].strip() == "30 × 超出允许范围 outside the allowed range"
        assert "1 行没有水位值" in below[1]
        assert "没有新内容 nothing new" in empty("sync").out

    def test_quiet_says_nothing_unless_something_is_wrong(
        self, crowded: Elsewhere, configure: Configure, empty: Servq, tmp_path: Path
    ) -> None:
        configure(crm(crowded))
        said = empty("sync", "--quiet")
        assert (said.code, said.out, said.err) == (0, "", "")
        configure(crm(crowded, url=f"sqlite:///{tmp_path / 'gone.sqlite'}"))
        said = empty("sync", "--quiet")
        assert (said.code, said.out) == (3, "")
        assert "✗ crm" in said.err

    def test_only_the_named_source_is_pulled_and_another_name_is_guessed(
        self, crowded: Elsewhere, configure: Configure, empty: Servq
    ) -> None:
        configure(crm(crowded), crm(crowded, name="other"))
        said = empty("sync", "--source", "other", "--json")
        assert [json.loads(line)["name"] for line in said.out.splitlines()] == ["other"]
        said = empty("sync", "--source", "othr")
        assert said.code == 2
        assert "Did you mean other?" in said.err

    def test_sources_lists_the_feeds_with_how_far_they_are(
        self, crowded: Elsewhere, configure: Configure, empty: Servq
    ) -> None:
        configure(crm(crowded))
        before = json.loads(empty("sources", "--format", "json").out)[0]["feeds"]
        assert (before[0]["name"], before[0]["synced_at"], before[0]["outcome"]) == ("crm", None, None)
        empty("sync")
        (after,) = json.loads(empty("sources", "--format", "json").out)[0]["feeds"]
        assert (after["reached"], after["outcome"]) == ("2026-03-05 10:42:00", "loaded"), "3,000 / 70 minutes"
        assert "crm.sqlite answer" in empty("sources").out
        assert empty("sources", "--format", "csv").code == 0

    def test_without_a_source_it_says_where_to_write_one(self, empty: Servq, home: Path) -> None:
        said = empty("sync")
        assert said.code == 2
        assert str(home / "servq.toml") in said.err

    def test_without_a_warehouse_nothing_is_pulled(
        self, crowded: Elsewhere, configure: Configure, servq: Servq
    ) -> None:
        configure(crm(crowded))
        assert servq("sync").code == 4


def test_pulling_into_postgresql_keeps_how_far_it_is_as_well(
    crowded: Elsewhere, configure: Configure, servq: Servq, postgres_url: str
) -> None:
    configure(crm(crowded, batch_rows=1_000))
    said = servq("sync", "--database", postgres_url, "--json")
    loads = json.loads(said.out)["loads"]
    assert [one["loaded"] for one in loads] == [990, 990, 990]
    assert json.loads(servq("sync", "--database", postgres_url, "--json").out)["status"] == "nothing_new"
