"""Small choices that a part of a page offers beside the filter bar."""

from __future__ import annotations

import streamlit as st

from servq.metrics.catalog import get_metric
from servq.ui.language import name_of, say


def choose_metric(key: str, names: tuple[str, ...]) -> str:
    """Which metric this part shows; the first of `names` to begin with."""
    chosen = st.segmented_control(
        say("指标", "Metric"),
        names,
        default=names[0],
        required=True,
        key=key,
        format_func=lambda name: name_of(get_metric(name).label),
        label_visibility="collapsed",
        wrap=True,
    )
    return chosen or names[0]
