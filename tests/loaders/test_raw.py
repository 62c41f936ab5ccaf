"""Raw texts: the original text is kept beside every value that a rule made."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from servq.loaders.maps.map import map_from_table
from tests.loaders.exports import load, survey, write_csv

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("column", "cell", "kept"),
    [
        ("answered_at", "2026-03-05 14:02:31", False),
        ("answered_at", "2026-03-05T14:02:31", False),
        ("answered_at", "2026/3/5 9:02:31", False),
        ("answered_at", "2026/3/5", True),
        ("answered_at", "2026-03-05 14:02", True),
        ("answered_at", "2026年3月5日 14:02", True),
        ("answered_at", "2026-03-05T06:02:31Z", True),
        ("answered_at", "2026-03-05 14:02:31.5", True),
        ("likelihood", "9", False),
        ("likelihood", "9.0", False),
        ("likelihood", "９", True),
        ("likelihood", "N/A", True),
        ("csat", "4.8", False),
        ("csat", " 4", True),
        ("csat", "4.333333333333333", False),
        ("csat", "4.33333333333333333333", True),
        ("response_id", "007", False),
        ("response_id", " 007 ", True),
        ("team", "一组　", True),
        ("segment", "（跳过）", True),
        ("customer_id", " VIP7 ", False),
        ("comment", "  很好 ", False),
        ("comment", "（空）", False),
    ],
)
def test_text_is_kept_where_reading_it_added_dropped_or_changed_something(
    column: str, cell: str, kept: bool, tmp_path: Path
) -> None:
    row = survey(csat="5", comment="", answered_at="2026-03-05 10:00:00") | dict.fromkeys(
        ("segment", "customer_id"), ""
    )
    other = row | {"response_id": "2"}
    row |= {column: cell}
    loaded = load(write_csv(tmp_path / "a.csv", [row, other]), "surveys")
    assert loaded.frame["raw"].tolist() == [{column: cell} if kept else None, None]


def test_what_a_map_strips_prefixes_or_takes_for_missing_is_kept_and_a_constant_was_never_there(tmp_path: Path) -> None:
    columns = {
        "response_id": {"from": "id", "prefix": "site-"},
        "answered_at": {"from": "when", "format": "%d-%m-%y"},
        "csat": {"from": "stars", "strip": "分"},
        "likelihood": {"from": "recommend", "missing": ["99"]},
        "team": "crew",
        "channel": {"constant": "OTA"},
    }
    row = {"id": "1", "when": "05-03-26", "stars": "4分", "recommend": "99", "crew": "一组"}
    mapped = map_from_table({"source": "surveys", "columns": columns}, "m")
    (raw,) = load(write_csv(tmp_path / "a.csv", [row]), None, mapped).frame["raw"]
    assert raw == {"response_id": "1", "answered_at": "05-03-26", "csat": "4分", "likelihood": "99"}
