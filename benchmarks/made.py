"""Generated responses in the sample's shape, in any number: as a CSV export, or straight into a warehouse.

Rows are drawn from `data/sample` with replacement, so weeks, channels, teams, gaps and scores are those of the
sample; ids are new, seconds are shifted within the minute. The same count gives the same rows.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.random import Generator
from openpyxl import Workbook
from sqlalchemy import delete, select

from servq.loaders.read import open_file
from servq.warehouse.facts import week_cells
from servq.warehouse.store.engine import Warehouse
from servq.warehouse.tables.fact_tables import response

SAMPLE = Path(__file__).parents[1] / "data" / "sample" / "surveys.csv"
SEED = 20260928
PIECE = 50_000
"""Rows inserted at a time; what bounds the memory of filling."""


def write_export(path: Path, count: int, comments: bool, silent: bool = True) -> None:
    """A survey tool's CSV or XLSX with `count` rows; a survey without comments leaves their column empty.

    Args:
        silent: whether there are also answers without a comment, as in the sample.
    """
    rng = np.random.default_rng([SEED, count])
    batch = open_file(SAMPLE, "surveys")
    raw = pd.concat([chunk.raw for chunk in batch.chunks], ignore_index=True)
    header = batch.facts.columns
    if not silent:
        raw = raw[raw[header["comment"]] != ""]
    drawn = raw.iloc[rng.integers(len(raw), size=count)].reset_index(drop=True)
    drawn[header["response_id"]] = [f"{number:010d}" for number in range(count)]
    drawn[header["customer_id"]] = _numbered("M", rng, count, drawn[header["customer_id"]])
    drawn[header["order_id"]] = _numbered("SQ", rng, count, drawn[header["order_id"]])
    drawn[header["answered_at"]] = _shifted(rng, drawn[header["answered_at"]])
    words = drawn[header["comment"]]
    drawn[header["comment"]] = _reworded(rng, words) if comments else ""
    if path.suffix == ".xlsx":
        _write_workbook(path, drawn)
    else:
        drawn.to_csv(path, index=False, encoding="utf-8", quoting=csv.QUOTE_MINIMAL)


def comments_of(path: Path) -> list[str]:
    """The comments of an export, one line each."""
    batch = open_file(path, "surveys")
    return [text.replace("\n", " ") for chunk in batch.chunks for text in chunk.frame["comment"].dropna()]


def _write_workbook(path: Path, drawn: pd.DataFrame) -> None:
    """One sheet, scores as numbers, everything else as text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("答卷")
    sheet.append(list(drawn.columns))
    for row in drawn.itertuples(index=False, name=None):
        sheet.append([int(cell) if len(cell) <= 2 and cell.isdigit() else cell or None for cell in row])
    book.save(path)


def fill(warehouse: Warehouse, count: int) -> None:
    """Replace the responses of an SQLite warehouse that holds the sample by `count` of them, and count their cells.

    Their comments keep their scores; complaints and visits stay as they are.
    """
    rng = np.random.default_rng([SEED, count])
    with warehouse.write() as connection:
        connection.exec_driver_sql("PRAGMA cache_size = -200000")
        known = [tuple(row)[1:] for row in connection.exec_driver_sql("SELECT * FROM response ORDER BY answered_at")]
        weeks = set(connection.scalars(select(response.c.week)))
        connection.execute(delete(response))
        # in the order of time, as answers come in: an index that is filled at random takes minutes
        places = np.sort(rng.integers(len(known), size=count))
        insert = f"INSERT INTO response VALUES (?{', ?' * len(known[0])})"
        for start in range(0, count, PIECE):
            rows = enumerate(places[start : start + PIECE].tolist(), start)
            connection.exec_driver_sql(insert, [(f"{number:010d}", *known[place]) for number, place in rows])
        week_cells.rebuild(connection, weeks)


def _numbered(prefix: str, rng: Generator, count: int, like: pd.Series[str]) -> list[str]:
    """Fresh ids; none where the drawn row has none."""
    numbers = rng.integers(10**10, size=count).tolist()
    return [f"{prefix}{number:010d}" if old else "" for number, old in zip(numbers, like, strict=True)]


def _shifted(rng: Generator, times: pd.Series[str]) -> list[str]:
    """The same minutes with other seconds: `2026/3/30 0:32:49` and its like."""
    seconds = rng.integers(60, size=len(times)).tolist()
    return [f"{time[:-2]}{second:02d}" for time, second in zip(times, seconds, strict=True)]


def _reworded(rng: Generator, comments: pd.Series[str]) -> list[str]:
    """The sample's clauses in new company, so that hardly two comments are alike and each must be scored."""
    clauses = sorted({clause for text in comments for clause in text.replace("\n", "").split("，") if clause})
    drawn = rng.integers(len(clauses), size=(len(comments), 3)).tolist()
    return [
        "，".join(clauses[place] for place in places[: 1 + text.count("，")]) if text else ""
        for text, places in zip(comments, drawn, strict=True)
    ]
