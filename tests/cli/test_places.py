"""Homes and settings as people have them: a path with special characters, TOML files saved by Notepad."""

from __future__ import annotations

import codecs
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from servq.configuration import read_configuration
from servq.loaders.maps.map import read_map
from servq.settings import read_settings
from servq.standards.promise_register import read_register
from servq.standards.standards_file import read_standards
from servq.text.causes.tree_file import read_tree
from servq.visit_plan import read_visit_plan
from servq.warehouse.store.engine import Warehouse
from tests.cli.conftest import Servq, write_surveys
from tests.conftest import ROOT

ROW = ["1", "2026-04-29 10:00:00", "OTA", "甲", 9, 5, ""]


@pytest.mark.parametrize("name", ["100%", "a?b=c", "a#b", "a%20b", "问?卷", "a b+c&d"])
def test_a_home_with_signs_that_addresses_use_holds_its_warehouse(
    name: str, servq: Servq, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / name
    monkeypatch.setenv("SERVQ_HOME", str(home))
    assert servq("init").code == 0
    loaded = servq("load", "surveys", write_surveys(tmp_path / "a.csv", [ROW]), "--json")
    assert (loaded.code, json.loads(loaded.out)["loaded"]) == (0, 1)
    assert (home / "servq.sqlite").is_file()
    assert Path(Warehouse(read_settings().database_url).url.database or "") == home / "servq.sqlite"
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([name, "a.csv"])
    backup = tmp_path / name / "b%3F.sqlite"
    assert servq("backup", backup).code == 0
    assert backup.is_file()
    assert servq("restore", backup, "--replace").code == 0
    assert servq("doctor").code == 0


MAP = (
    'source = "surveys"\n[columns]\nteam = "班组"\nresponse_id = "编号"\nanswered_at = "时间"\nchannel = "渠道"\n'
    'csat = "满意度"\n'
)


def with_a_mark(path: Path, text: str) -> Path:
    path.write_bytes(codecs.BOM_UTF8 + text.encode())
    return path


def test_a_map_and_the_settings_may_begin_with_a_mark(tmp_path: Path) -> None:
    map_ = read_map(with_a_mark(tmp_path / "m.toml", MAP))
    assert map_.source == "surveys"
    with_a_mark(tmp_path / "servq.toml", "[limits]\nrows = 7\n")
    assert read_configuration(tmp_path).limits.rows == 7


def test_every_file_of_rules_may_begin_with_a_mark(tmp_path: Path) -> None:
    readers: dict[str, Callable[[Path], object]] = {
        "standards.toml": read_standards,
        "promises.toml": read_register,
        "causes.toml": read_tree,
        "visit_plan.toml": read_visit_plan,
    }
    for name, read in readers.items():
        assert read(with_a_mark(tmp_path / name, (ROOT / "data" / name).read_text(encoding="utf-8")))
