"""The program `servq` in whole journeys: it gives the same figures as query."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from servq.query import Snapshot, measure
from servq.records import Slice
from servq.weeks import week_from_key

PROGRAM = Path(sys.executable).with_name("servq")


def servq(home: Path, *arguments: str) -> Any:
    """The program's JSON output, as another program would read it."""
    said = subprocess.run(
        [PROGRAM, *arguments, "--format", "json"],
        capture_output=True,
        env=os.environ | {"SERVQ_HOME": str(home)},
        check=False,
        timeout=300,
    )
    assert said.returncode == 0, said.stderr.decode()
    return json.loads(said.stdout)


@pytest.mark.parametrize(("metric", "by"), [("nps", "channel"), ("sla_attainment", "week")])
def test_measure_prints_what_query_gives(loaded_sample: Path, sample: Snapshot, metric: str, by: str) -> None:
    found = servq(loaded_sample, "measure", metric, "--by", by)
    expected = measure(sample, metric, (by,))
    assert (found["metric"], found["by"], found["load_id"]) == (metric, [by], sample.load_id)
    assert len(found["rows"]) == len(expected)
    for row, asked in zip(found["rows"], expected, strict=True):
        reading, name = asked.reading, asked.dims[by]
        assert (week_from_key(row[by]).isoformat() if by == "week" else row[by]) == name
        assert (row["value"], row["n"], row["low"], row["high"]) == (
            reading.value,
            reading.n,
            reading.low,
            reading.high,
        )
        assert (row["state"], row["excluded"]) == (reading.state, reading.excluded)


def test_the_rows_that_verbatims_lists_are_as_many_as_the_figure_counts(loaded_sample: Path, sample: Snapshot) -> None:
    narrow = ("--where", "channel=小程序", "--from", "2026-09-01", "--to", "2026-09-03")
    kept = Slice.of(date(2026, 9, 1), date(2026, 9, 3), channel=["小程序"])
    listed = servq(loaded_sample, "verbatims", "--metric", "nps", *narrow, "--limit", "0")
    (row,) = measure(sample, "nps", (), kept)
    assert len(listed["rows"]) == listed["total"] == row.reading.n > 0
