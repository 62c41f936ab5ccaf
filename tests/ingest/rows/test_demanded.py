"""A setting demands channel and team: rows without one wait, wherever they come from, until somebody says it."""

from __future__ import annotations

from pathlib import Path

import pytest

from servq.configuration import read_configuration
from servq.errors import UsageError
from servq.ingest.preview import preview
from servq.ingest.quarantine.retry import retry
from servq.warehouse.store.engine import Warehouse
from tests.ingest.conftest import Ask, Load
from tests.loaders.exports import complaint, survey, write_csv


@pytest.fixture
def demanding(home: Path) -> Path:
    (home / "servq.toml").write_text("[loading]\nteam_required = true\nchannel_required = true\n", encoding="utf-8")
    return home


ROWS = (survey(response_id="1"), survey(response_id="2", team=""), survey(response_id="3", team="", channel=""))


def test_without_the_setting_such_rows_count_as_not_given(load: Load, home: Path, ask: Ask) -> None:
    assert load(*ROWS).loaded == 3
    assert ask("SELECT team FROM response ORDER BY response_id") == [("一组",), ("未注明",), ("未注明",)]


def test_with_it_they_wait_with_all_that_they_lack(load: Load, demanding: Path, ask: Ask) -> None:
    report = load(*ROWS, bad_share=1)
    assert (report.loaded, report.quarantined, report.reasons) == (1, 2, {"missing_value": 2})
    assert report.adds_up
    waits = ask('SELECT "row", "column", reason FROM quarantine ORDER BY quarantine_id')
    assert waits == [(3, "team", "missing_value"), (4, "channel", "missing_value")]


def test_complaints_are_held_to_it_too(load: Load, demanding: Path) -> None:
    assert load(complaint(), complaint(complaint_id="2", team=""), source="complaints").quarantined == 1


def test_tried_again_they_wait_until_somebody_says_it(
    load: Load, demanding: Path, warehouse: Warehouse, ask: Ask
) -> None:
    load(*ROWS, bad_share=1)
    assert retry(warehouse, demanding, {1: {}})[0].loaded == 0
    assert retry(warehouse, demanding, {1: {"team": "二组"}})[0].loaded == 1
    assert ("2", "二组") in ask("SELECT response_id, team FROM response")


def test_the_page_says_so_before_the_click(demanding: Path, tmp_path: Path) -> None:
    look = preview(write_csv(tmp_path / "a.csv", ROWS), "surveys", None, {}, demanding)
    assert look.bad == 2
    assert look.refused is not None  # two of three


def test_what_is_neither_true_nor_false_is_refused(home: Path) -> None:
    (home / "servq.toml").write_text("[loading]\nteam_required = 1\n", encoding="utf-8")
    with pytest.raises(UsageError, match="true or false"):
        read_configuration(home)
