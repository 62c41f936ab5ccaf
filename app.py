"""The dashboard's router: names the pages and hands over. It draws nothing and guards nothing; each page does."""

import streamlit as st

from servq.ui.shell import router, shell

st.set_page_config(layout="wide", page_icon="📈")
shell.plainly(router.navigate().run)()
