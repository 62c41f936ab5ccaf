"""The command `python -m studies.causes [CORPORA] > docs/causes.md`, which writes the page and its figures."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from studies.causes.page import ROOT, page, sets, write_figures

if __name__ == "__main__":
    given = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("SERVQ_CORPORA")
    corpora = Path(given) if given else ROOT.parent / "shared" / "corpora"
    write_figures(sets(corpora))
    sys.stdout.write(page(corpora))
