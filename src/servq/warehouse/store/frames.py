"""A query's result as a frame: one row per row, columns named as selected."""

from __future__ import annotations

from typing import Any

import pandas as pd
from sqlalchemy import Connection, Select


def fetch_frame(connection: Connection, query: Select[Any]) -> pd.DataFrame:
    """Run a query and keep its rows; NULL stays None, so that ids and texts are never coerced to floats."""
    result = connection.execute(query)
    return pd.DataFrame([tuple(row) for row in result.fetchall()], columns=list(result.keys()))
