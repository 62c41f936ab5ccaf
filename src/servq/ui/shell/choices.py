"""Choices of one part of a page, beside the filter bar."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from servq.metrics.catalog import get_metric
from servq.records import Label
from servq.ui.shell.language import name_of, say


def choose_metric(key: str, names: tuple[str, ...]) -> str:
    """The choice of the metric that this part shows; the first of `names` is the default."""
    return choose(key, {name: get_metric(name).label for name in names})


def choose(key: str, options: Mapping[str, Label]) -> str:
    """One of a few options (code -> label); the first is the default."""
    codes = list(options)
    chosen = st.segmented_control(
        say("指标", "Metric"),
        codes,
        default=codes[0],
        required=True,
        key=key,
        format_func=lambda code: name_of(options[code]),
        label_visibility="collapsed",
        wrap=True,
    )
    return chosen or codes[0]
