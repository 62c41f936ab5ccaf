"""The script behind every page: it registers the pages and runs the one asked for. Draws nothing itself."""

from __future__ import annotations

import streamlit as st

from servq.ui.shell import router, shell


def main() -> None:
    """Run the page that the address stands for."""
    st.set_page_config(layout="wide", page_icon="📈")
    shell.plainly(router.navigate().run)()


if __name__ == "__main__":
    main()
