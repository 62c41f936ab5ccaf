"""The guide docs/files.md against the code: every limit, every refusal by name, every marker that is understood."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from servq.configuration import FileLimits
from servq.loaders.books import package
from servq.loaders.cells import numbers, values
from servq.loaders.files import csv_file, detect, limits
from servq.loaders.headers import header_row
from servq.loaders.times import time_format

GUIDE = (Path(__file__).parents[2] / "docs" / "files.md").read_text(encoding="utf-8")
REFUSED = [*(said for _, said in detect.OTHERS)]


@pytest.mark.parametrize("limit", fields(FileLimits), ids=lambda limit: limit.name)
def test_every_limit_stands_there_with_its_usual_figure(limit: object) -> None:
    name, usual = limit.name, limit.default  # type: ignore[attr-defined]
    (row,) = [line for line in GUIDE.splitlines() if line.startswith(f"| `{name}` | {limits.NAMES[name].zh} |")]
    assert row.endswith(f"| {usual:,} |")
    assert limits.NAMES[name].en in row


@pytest.mark.parametrize("said", REFUSED, ids=lambda said: said.en)
def test_every_file_that_is_refused_by_name_stands_there(said: object) -> None:
    assert said.zh in GUIDE  # type: ignore[attr-defined]
    assert said.en in GUIDE  # type: ignore[attr-defined]


@pytest.mark.parametrize("said", package._OTHERS.values(), ids=lambda said: said[1])
def test_every_zip_that_is_refused_by_name_stands_there(said: tuple[str, str]) -> None:
    assert said[0].partition("（")[0] in GUIDE
    assert said[1].partition(" (")[0] in GUIDE


def test_every_sign_that_is_understood_stands_there() -> None:
    signs = [*values.ERRORS, *values.NO_VALUE, *time_format.NUMBERS, *time_format.CALENDARS, *csv_file.DELIMITERS]
    missing = [sign for sign in signs if f"`{sign}`" not in GUIDE and sign != "\t"]
    assert missing == []
    assert all(f"{unit}`" in GUIDE for unit in numbers.UNITS)
    assert f"first {header_row.FIRST_ROWS} rows" in GUIDE
