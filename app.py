"""The dashboard as a server: addresses of earlier releases lead to their tabs, all else goes to the pages.

The script that runs the pages stands in servq.ui, not here: Streamlit opens a folder `pages/` beside its script
without running the script.
"""

import streamlit as st

from servq.ui import dashboard
from servq.ui.shell import old_addresses

app = st.App(dashboard.__file__, routes=old_addresses.routes())
