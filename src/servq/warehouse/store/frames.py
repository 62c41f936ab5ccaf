"""A query's result as a frame: one row per row, columns named as selected."""

from __future__ import annotations

from typing import Any

import pandas as pd
from sqlalchemy import Connection, Select

AT_A_TIME = 1000
"""Rows fetched at a time: some ten thousand at once, each an object, would set off a search of the whole memory for
garbage."""


def fetch_frame(connection: Connection, query: Select[Any]) -> pd.DataFrame:
    """Run a query and keep its rows; NULL stays None, so that ids and texts are never coerced to floats."""
    result = connection.execute(query)
    return pd.DataFrame(
        [tuple(row) for rows in result.partitions(AT_A_TIME) for row in rows], columns=list(result.keys())
    )
