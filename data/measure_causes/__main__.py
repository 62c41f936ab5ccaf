"""`python -m data.measure_causes [CORPORA] > docs/causes.md`: writes the page about the cause tree."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from data.measure_causes.page import ROOT, page

if __name__ == "__main__":
    given = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("SERVQ_CORPORA")
    sys.stdout.write(page(Path(given) if given else ROOT.parent / "shared" / "corpora"))
