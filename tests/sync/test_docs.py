"""The guide docs/sync.md: its example is a working servq.toml, and every key and status is in it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from servq.cli.feeds import STATUSES
from servq.configuration import Configuration
from servq.loaders.feeds.connections import DRIVERS, OPTIONS
from servq.loaders.feeds.feed_entries import COMMON, DATABASE, FOLDER, read_feeds
from tests.sync.conftest import MAP

VISITS = """
source = "visits"
[columns]
visit_id = "a"
visited_at = "b"
channel = "c"
team = "d"
item = "e"
points = "f"
points_possible = "g"
"""


@pytest.fixture(scope="module")
def guide(root: Path) -> str:
    return (root / "docs" / "sync.md").read_text(encoding="utf-8")


def test_the_example_makes_sense_and_shows_every_key(guide: str, tmp_path: Path) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", guide, re.DOTALL)
    entries = tuple(tomllib.loads(example)["source"])
    (tmp_path / "maps").mkdir()
    (tmp_path / "maps" / "crm.toml").write_text(MAP, encoding="utf-8")
    (tmp_path / "maps" / "shoppers.toml").write_text(VISITS, encoding="utf-8")
    feeds = read_feeds(Configuration(sources=entries, path=tmp_path / "servq.toml"))
    assert [(feed.kind, feed.source) for feed in feeds] == [
        ("database", "surveys"),
        ("database", "complaints"),
        ("database", "surveys"),
        ("folder", "visits"),
    ]
    assert {key for entry in entries for key in entry} == {*COMMON, *FOLDER, *DATABASE}


def test_every_status_and_option_of_a_url_is_explained(guide: str) -> None:
    words = {*STATUSES, *(option for options in OPTIONS.values() for option in options)}
    assert [word for word in sorted(words) if f"`{word}`" not in guide] == []
    assert {name.split("+")[0] for name in DRIVERS} == {"postgresql", "mysql", "mariadb", "sqlite"}
