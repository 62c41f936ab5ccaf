"""The dialog of a clicked cause: its evidence, then its sentences. The link alone holds which cause is open."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from servq.query import Asked
from servq.query.causes.costs import with_causes
from servq.records import Slice
from servq.text.causes.labels import cause_label
from servq.ui.causes import cause_evidence
from servq.ui.components import drill
from servq.ui.shell import drill_request, shell
from servq.ui.shell.language import name_of
from servq.ui.shell.view import View

IN_LINK = "cause"
"""The cause that is open stands in the link under this name; how it was counted stands there already."""

WAY_IN_LINK = "by"


def on_bar(key: str, targets: Sequence[tuple[Asked, Slice]]) -> None:
    """A ranking's callback: one cause is opened by the link, several taken together as plain rows."""
    target = drill_request.clicked(key, targets)
    if target is None:
        return
    codes = dict(target[1].where)["cause"]
    drill_request.ask(*target)
    if len(codes) == 1:
        del st.session_state["drill"]
        st.query_params[IN_LINK] = codes[0]


def show(view: View) -> None:
    """Open the clicked cause, else the one in the link; the page's last statement."""
    code = st.query_params.get(IN_LINK)
    if "drill" in st.session_state:  # a mark within the cause that was open: its rows take its place
        _close()
        drill.show(view, cause_evidence.above)
    elif code:
        heading = drill.words_only(name_of(cause_label(code)))
        metric = "nps" if st.session_state.get(WAY_IN_LINK) == "nps" else "complaints"
        st.session_state.setdefault("drill_count", 0)
        drawn = shell.plainly(drill.opened)
        st.dialog(heading, width="large", on_dismiss=_close)(drawn)(
            view, metric, kept_of(view, (code,)), cause_evidence.above
        )


def kept_of(view: View, codes: tuple[str, ...]) -> Slice:
    """The period's rows that name one of these causes."""
    return with_causes(view.period, codes)


def _close() -> None:
    st.query_params.pop(IN_LINK, None)
