"""Round trips: generated rows are read back from every form of file, and none is lost."""

from __future__ import annotations

import csv
import io
import math
from datetime import UTC, datetime
from pathlib import Path
from xml.sax.saxutils import escape

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from servq.loaders.cells.placeholders import NO_ID
from tests.loaders.exports import Loaded, load
from tests.loaders.workbooks import rows_of, write_book

quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

# XML has no control characters and no halves of a pair; a lone CR in XML is read as a line feed.
characters = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn"))
words = st.text(characters, max_size=12)
ids = st.text(st.characters(categories=("Lu", "Nd"), codec="ascii"), min_size=1, max_size=8)
scores = st.none() | st.integers(0, 10)
stars = st.none() | st.decimals(1, 5, places=2)
moments = st.datetimes(datetime(2000, 1, 1), datetime(2026, 10, 31)).map(lambda moment: moment.replace(microsecond=0))
HEADER = ["response_id", "answered_at", "channel", "team", "likelihood", "csat", "comment"]
real_ids = ids.filter(lambda name: name.strip("0") and name.casefold() not in NO_ID)
answers = st.tuples(real_ids, moments, ids, ids, scores, stars, words)
anything = st.lists(st.lists(st.text(characters, max_size=6), max_size=9), max_size=8)


def as_cells(answer: tuple[object, ...]) -> list[str]:
    return ["" if value is None else str(value) for value in answer]


def same(loaded: Loaded, given_: list[tuple[object, ...]]) -> None:
    """Whether every answer is unchanged, or counted as not answered because it is empty."""
    kept = [one for one in given_ if one[4] is not None or one[5] is not None or str(one[6]).strip()]
    assert loaded.reasons == []
    assert loaded.rows_read == len(given_)
    for (_, row), (key, moment, channel, team, likelihood, csat, comment) in zip(
        loaded.frame.iterrows(), kept, strict=True
    ):
        assert (row["response_id"], row["channel"], row["team"]) == (key, channel, team)
        assert row["answered_at"] == int(moment.replace(tzinfo=UTC).timestamp()) - 8 * 3600  # type: ignore[attr-defined]
        assert row["likelihood"] is pd.NA if likelihood is None else row["likelihood"] == likelihood
        assert row["csat"] is pd.NA if csat is None else math.isclose(row["csat"], float(csat))  # type: ignore[arg-type]
        if pd.notna(row["comment"]):
            assert row["comment"] == comment


@quick
@given(
    given_=st.lists(answers, max_size=6),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]),
    delimiter=st.sampled_from(",;\t|"),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_a_table_of_text_is_read_back(
    given_: list[tuple[object, ...]], encoding: str, delimiter: str, end: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator=end)
    writer.writerows([HEADER, *map(as_cells, given_)])
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    path.write_bytes(text.getvalue().encode(encoding))
    same(load(path, "surveys"), given_)


@quick
@given(given_=st.lists(answers, max_size=6))
def test_a_workbook_is_read_back(given_: list[tuple[object, ...]], tmp_path_factory: pytest.TempPathFactory) -> None:
    rows = [[escape(cell) for cell in as_cells(answer)] for answer in given_]
    path = write_book(tmp_path_factory.mktemp("xlsx") / "a.xlsx", rows_of(HEADER, *rows))
    same(load(path, "surveys"), given_)


@quick
@given(rows=anything)
def test_rows_of_anything_are_trusted_or_set_aside_and_keep_their_cells(
    rows: list[list[str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([HEADER, *rows])
    path: Path = tmp_path_factory.mktemp("csv") / "a.csv"
    path.write_text(text.getvalue(), encoding="utf-8", newline="")
    loaded = load(path, "surveys")  # which counts: rows read = trusted + set aside
    written = [cells for cells in rows if "".join(cells).strip()]
    assert loaded.rows_read == len(written)
    assert sorted(list(bad.raw.values()) for bad in loaded.rejected) == sorted(
        cells for cells in written if cells in [list(bad.raw.values()) for bad in loaded.rejected]
    )
