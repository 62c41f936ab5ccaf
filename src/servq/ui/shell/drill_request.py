"""The request to open the rows behind a figure, kept in the session from the click until the page draws them.

Charts and buttons make it; `components.drill` draws the rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from servq.query import Asked
from servq.records import Slice


def ask(metric: Asked, slice_: Slice) -> None:
    """Remember which figure was clicked (a widget's callback)."""
    st.session_state["drill"] = (metric, slice_)
    st.session_state["drill_count"] = st.session_state.get("drill_count", 0) + 1


def on_point(key: str, targets: Sequence[tuple[Asked, Slice]]) -> None:
    """A chart's callback: the clicked point carries the index of its target."""
    target = clicked(key, targets)
    if target is not None:
        ask(*target)


def clicked(key: str, targets: Sequence[tuple[Asked, Slice]]) -> tuple[Asked, Slice] | None:
    """The target of the point that was clicked in a chart; None when it has none."""
    points: list[dict[str, Any]] = st.session_state[key]["selection"]["points"]
    places = [point["customdata"] for point in points if point.get("customdata") is not None]
    if not places:
        return None
    return targets[int(places[0][0] if isinstance(places[0], list) else places[0])]
