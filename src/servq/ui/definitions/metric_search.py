"""The search of the definitions: one metric by its address (`?metric=`), or those that a word finds (`?term=`).

The results replace the rest of the page.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from servq.metrics.catalog import METRICS
from servq.metrics.metric import Metric
from servq.metrics.metric_search import find_metrics
from servq.ui.definitions.definitions import form, forms_of
from servq.ui.shell import remembered, shell
from servq.ui.shell.language import say
from servq.ui.shell.view import View

METRIC = "metric"
"""The metric that is shown alone stands in the link under this name."""

_TERM = "term"
_LONGEST = 40


def looked_for(view: View) -> None:
    """Draw the search field and its results; end the run where there are any."""
    st.session_state[_TERM] = st.session_state.get(_TERM, st.query_params.get(_TERM, ""))[:_LONGEST]
    term = st.text_input(
        say("找指标", "Find a metric"),
        key=_TERM,
        max_chars=_LONGEST,
        placeholder=say("名称、代号或定义里的词，如：响应", "a name, an id or a word of the definition, e.g. response"),
        on_change=_show_all,
        width=420,
    ).strip()
    remembered.write(_TERM, [term] if term else [])
    name = st.query_params.get(METRIC)
    if name:
        _shown(view, [METRICS[name]] if name in METRICS else [], name)
    elif term:
        _shown(view, find_metrics(term), term)


def _shown(view: View, found: Sequence[Metric], wanted: str) -> None:
    """The results, and the link back to all metrics."""
    if found:
        shell.section(
            say(f"找到 {len(found)} 个指标", f"metrics found: {len(found)}"),
            say("名称相符的在前；代号是单个指标的链接", "By name first; an id is a link to its metric alone"),
        )
    else:
        shell.section(
            say(f"没有与“{wanted}”有关的指标", f"No metric has to do with “{wanted}”"),
            say("换一个词，或看全部", "Try another word, or look at all"),
        )
    forms_of([form(view, metric.name) for metric in found])
    st.button(say("看全部指标 ›", "All metrics ›"), key="all-metrics", on_click=_show_everything, type="tertiary")
    st.stop()


def _show_all() -> None:
    """Another word is looked for: no single metric any more."""
    st.query_params.pop(METRIC, None)


def _show_everything() -> None:
    _show_all()
    st.session_state[_TERM] = ""
