"""The causes named by each complaint, in a table of their own, since a complaint may name several.

Owns the meaning of a filter by cause: a complaint is kept when one of its causes fits all of the filter.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from servq.records import NOT_GIVEN, SEVERAL, Slice


def attributed(complaints: pd.DataFrame, named: pd.DataFrame) -> pd.DataFrame:
    """The causes of complaints: one row for each cause that a complaint names, under the complaint's index.

    Args:
        complaints: as the warehouse gives them.
        named: complaint_id and cause, one row for each cause that its words name.

    Returns:
        Columns `cause_category` and `cause` as categories. A complaint without words, or whose words were not searched
        yet, has one row with `NOT_GIVEN`.
    """
    ids = complaints[["complaint_id"]].reset_index(names="place")
    joined = ids.merge(named, on="complaint_id", how="left").set_index("place")
    causes = joined["cause"].fillna(NOT_GIVEN).astype(str)
    categories = causes.str.partition(".")[0] if len(causes) else causes
    return pd.DataFrame({"cause_category": categories.astype("category"), "cause": causes.astype("category")})


def causes_in(causes: pd.DataFrame, slice_: Slice) -> pd.DataFrame:
    """Those of the causes of complaints (as `attributed` gives them) that fit a slice's filter by cause."""
    found = causes
    for name, values in slice_.where:
        if name in SEVERAL:
            found = found[found[name].isin(values)]
    return found


def by_cause(frame: pd.DataFrame, causes: pd.DataFrame, by: Sequence[str], slice_: Slice) -> pd.DataFrame:
    """Complaints with the requested cause dimensions as columns: each complaint once for each value that it has."""
    wanted = [name for name in by if name in SEVERAL]
    if not wanted:
        return frame
    fitting = causes_in(causes, slice_)[wanted]
    once = fitting[~fitting.assign(place=fitting.index).duplicated()]
    return frame.join(once, how="inner")
