"""The dashboard as a server: the door in front, behind it addresses of earlier releases and the pages.

The script that runs the pages stands in servq.ui, not here: Streamlit opens a folder `pages/` beside its script
without running the script.
"""

import streamlit as st
from starlette.middleware import Middleware

from servq.access import way_in
from servq.access.door import Door
from servq.errors import ServqError
from servq.ui import dashboard
from servq.ui.shell import old_addresses

try:
    gate = way_in.make_gate()
    way_in.insist_on_a_way_in(gate.access, st.get_option("server.address"), "server.address")
except ServqError as error:
    raise SystemExit(error.message) from None
way_in.install(gate)

app = st.App(
    dashboard.__file__,
    routes=old_addresses.routes(),
    middleware=[Middleware(Door, gate=gate, base=st.get_option("server.baseUrlPath") or "")],
)
