"""Secrets of databases in servq.toml: the allowed addresses, and no password in any message, log or page."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from servq.configuration import Configuration
from servq.errors import SourceUnavailable, UsageError
from servq.loaders.feeds.connections import DRIVERS, read_address, read_url
from servq.loaders.feeds.feed_entries import read_feeds
from servq.loaders.feeds.sessions import connected
from tests.cli.conftest import Servq
from tests.sync.conftest import Configure, Elsewhere, Pull, crm
from tests.sync.mariadb import PASSWORD

USUAL = {"name": "crm", "kind": "database", "source": "surveys", "url": "sqlite:///a", "table": "t", "watermark": "w"}


GONE = dict.fromkeys(("url", "table", "watermark"))
"""The keys of `USUAL` that a folder has not."""


def read(**keys: Any) -> None:
    entry = {name: value for name, value in (USUAL | keys).items() if value is not None}
    read_feeds(Configuration(sources=(entry,)))


class TestUrls:
    @pytest.mark.parametrize("driver", DRIVERS)
    def test_the_listed_drivers_may_be_used(self, driver: str) -> None:
        place = "///tmp/a.sqlite" if driver.startswith("sqlite") else "//reader@host/crm"
        assert read_url(f"{driver}:{place}", "url").drivername == DRIVERS[driver]

    @pytest.mark.parametrize(
        "url",
        [
            "oracle://u@h/d", "mssql+pyodbc://u@h/d", "postgresql+psycopg2://u@h/d", "mysql+mysqldb://u@h/d", "duckdb:///a",
            "postgresql://h/d?service=x", "postgresql://h/d?passfile=/x", "postgresql://h/d?options=-c%20x=y",
            "postgresql://h/d?host=other", "postgresql://h/d?sslkey=/x", "mysql://h/d?local_infile=1",
            "mysql://h/d?init_command=DROP", "mysql://h/d?read_default_file=/x", "mysql://h/d?unix_socket=rel",
            "mysql://h/d?ssl_ca=a&ssl_ca=b", "sqlite:///a?mode=rwc", "sqlite:///file:a?uri=true", "sqlite:///:memory:",
            "sqlite://", "postgresql://h", "no url", "postgresql://u:p@ss@h/d", "postgresql://u:p@h:port/d", "",
        ],
    )  # fmt: skip
    def test_whatever_else_is_refused_without_being_repeated(self, url: str) -> None:
        with pytest.raises(UsageError) as refused:
            read_url(url, "where")
        assert refused.value.hint_en
        assert not url.strip() or url not in refused.value.message

    def test_a_password_in_the_file_is_refused_and_not_shown(self) -> None:
        with pytest.raises(UsageError) as refused:
            read(url="postgresql://reader:geheim@host/crm")
        assert "password_env" in refused.value.hint_en
        assert "geheim" not in refused.value.message

    def test_a_password_that_was_not_encoded_is_told_so_and_not_shown(self) -> None:
        with pytest.raises(SourceUnavailable) as refused:
            read_address("", "U", "", "crm", {"U": "postgresql://reader:ge@heim/x@host/crm"})
        assert "%40" in refused.value.message
        assert "heim" not in refused.value.message

    def test_a_variable_that_is_not_set_is_named(self) -> None:
        with pytest.raises(SourceUnavailable, match="CRM_PASSWORD is not set"):
            read_address("postgresql://h/d", "", "CRM_PASSWORD", "crm", {})


class TestEntries:
    @pytest.mark.parametrize(
        ("keys", "said"),
        [
            ({"watermrk": "w"}, "watermark"),
            ({"pattern": "*.csv"}, "pattern"),
            ({"name": "a/b"}, "a/b"),
            ({"name": None}, "name is missing"),
            ({"kind": "ftp"}, "folder / database"),
            ({"source": "survey"}, "surveys"),
            ({"url_env": "U"}, "exactly one of url and url_env"),
            ({"query": "SELECT 1"}, "exactly one of table and query"),
            ({"watermark": None}, "watermark is missing"),
            ({"watermark_type": "date"}, "number / text / time"),
            ({"lag": "10 minutes"}, '"10m"'),
            ({"lag": -1}, '"10m"'),
            ({"batch_rows": 0}, "batch_rows"),
            ({"timeout_seconds": True}, "timeout_seconds"),
            ({"table": ""}, "table"),
            ({"kind": "folder", "path": "in", "pattern": 5} | GONE, "pattern"),
            ({"kind": "folder", "path": "in", "pattern": "../*.csv"} | GONE, "*.csv"),
            ({"kind": "folder", "path": 1} | GONE, "path"),
            ({"map": "nowhere.toml"}, "nowhere.toml"),
        ],
    )
    def test_what_makes_no_sense_is_refused_before_anything_is_opened(self, keys: dict[str, Any], said: str) -> None:
        with pytest.raises(UsageError) as refused:
            read(**keys)
        assert said in refused.value.message

    def test_two_feeds_have_two_names(self) -> None:
        with pytest.raises(UsageError, match="two entries are named"):
            read_feeds(Configuration(sources=(USUAL, USUAL | {"name": "CRM"})))

    @pytest.mark.parametrize(
        "query",
        [
            "DELETE FROM t", "SELECT 1; DROP TABLE t", "SELECT * INTO u FROM t", "SELECT 1 INTO OUTFILE '/tmp/x'",
            "WITH x AS (DELETE FROM t RETURNING *) SELECT * FROM x", "SELECT /*! 1 */ 1", "SELECT load_file('/etc/x')",
            "SELECT load_extension('x')", "PRAGMA query_only=OFF", "SELECT * FROM t FOR UPDATE", "EXEC x", "(SELECT 1)",
        ],
    )  # fmt: skip
    def test_a_query_is_one_select_that_only_reads(self, query: str) -> None:
        with pytest.raises(UsageError, match="a query is one SELECT"):
            read(table=None, query=query)

    def test_a_query_may_use_whatever_reading_needs(self) -> None:
        read(
            table=None,
            query="WITH x AS (SELECT updated_at FROM t -- all\n) SELECT * FROM x WHERE a::text LIKE '12:30%'",
        )


class TestSessions:
    WRITES = ("INSERT INTO answer (id) VALUES ('x')", "CREATE TABLE other (id INTEGER)", "DROP TABLE answer")

    def test_nothing_can_be_written(self, answers: Elsewhere, monkeypatch: pytest.MonkeyPatch) -> None:
        environ = {"P": PASSWORD}
        # as the owner, who has every right
        url = answers.own.replace("reader@", "root@")
        address = read_address(url, "", "P" if "reader@" in url else "", "crm", environ)
        for statement in self.WRITES:
            with connected(address, 60, "crm") as connection, pytest.raises(Exception, match=r"(?i)read.?only"):
                connection.exec_driver_sql(statement)

    def test_a_statement_that_takes_too_long_is_ended(
        self, answers: Elsewhere, configure: Configure, pull: Pull
    ) -> None:
        answers.put(*((name, "2026-03-05 10:00:00") for name in "abcdefghij"))
        many = ", ".join(f"answer a{place}" for place in range(12))  # 10^12 rows
        where = " AND ".join(f"a{place}.score > 0" for place in range(12))
        query = f"SELECT max(a0.id) AS id, min(a1.written) AS written FROM {many} WHERE {where}"
        configure(crm(answers, query=query, timeout_seconds=1))
        report = pull()
        assert report.status == "unavailable"
        assert any(word in report.message for word in ("timeout", "interrupted", "max_statement_time"))

    def test_a_file_of_sqlite_is_never_made(self, tmp_path: Path) -> None:
        address = read_address(f"sqlite:///{tmp_path / 'nothing.sqlite'}", "", "", "crm", {})
        with pytest.raises(SourceUnavailable, match="unable to open"), connected(address, 60, "crm"):
            pass
        assert not (tmp_path / "nothing.sqlite").exists()

    def test_a_name_full_of_marks_is_a_name(self, tmp_path: Path) -> None:
        path = tmp_path / "a b#c%20?mode=rwc.sqlite"
        sqlite3.connect(path).close()
        path.touch()
        before = set(tmp_path.iterdir())
        address = read_address(f"sqlite:///{tmp_path}/a b%23c", "", "", "crm", {})
        with pytest.raises(SourceUnavailable), connected(address, 60, "crm"):
            pass
        assert set(tmp_path.iterdir()) == before


class TestSecrets:
    GONE: tuple[dict[str, Any], ...] = (
        {"url": "postgresql://reader@127.0.0.1:1/crm"},
        {"url": "mysql://reader@127.0.0.1:1/crm"},
        {"url": None, "url_env": "CRM_URL"},
    )

    @pytest.mark.parametrize("keys", GONE, ids=("postgresql", "mysql", "url in the environment"))
    def test_a_password_is_nowhere_when_the_server_is_gone(
        self, keys: dict[str, Any], configure: Configure, empty: Servq, home: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        secret = "Geheim-7f3a"
        entry = {"name": "crm", "kind": "database", "source": "surveys", "table": "answer", "watermark": "w"} | keys
        if "url_env" not in keys:
            entry["password_env"] = "CRM_PASSWORD"
        configure({name: value for name, value in entry.items() if value is not None})
        monkeypatch.setenv("CRM_PASSWORD", secret)
        monkeypatch.setenv("CRM_URL", f"postgresql://reader:{secret}@127.0.0.1:1/crm")
        said = [empty(*words) for words in (["sync"], ["sync", "--json"], ["sources"], ["loads"])]
        assert [one.code for one in said] == [3, 3, 0, 0]
        assert "refused" in said[0].err.lower() or "can't connect" in said[0].err.lower()
        assert not [one for one in said if secret in one.out + one.err]
        assert not [path for path in home.rglob("*") if path.is_file() and secret.encode() in path.read_bytes()]

    def test_a_wrong_password_is_not_repeated_by_a_real_server(
        self, mariadb: Any, configure: Configure, empty: Servq, home: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        database = mariadb.create()
        configure(crm(Elsewhere("mariadb", mariadb.url(database), "")))
        monkeypatch.setenv("CRM_PASSWORD", "Geheim-7f3a")
        said = empty("sync")
        assert said.code == 3
        assert "Access denied" in said.err
        assert "Geheim" not in said.out + said.err
        assert not [path for path in home.rglob("*") if path.is_file() and b"Geheim" in path.read_bytes()]

    def test_a_secret_that_a_driver_repeats_is_starred_in_every_form(self) -> None:
        from servq.loaders.feeds.sessions import telling

        address = read_address("postgresql://reader@host/crm", "", "P", "crm", {"P": "ge heim/+"})
        for form in ("ge heim/+", "ge%20heim%2F%2B", "ge+heim%2F%2B"):
            with pytest.raises(SourceUnavailable) as refused, telling(address, "crm"):
                raise OSError(f"cannot log in with {form}!")
            assert "cannot log in with ***!" in refused.value.message
            assert refused.value.__cause__ is None
            assert refused.value.__suppress_context__
