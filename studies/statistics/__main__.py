"""The command `python -m studies.statistics [NAME…]`, which writes docs/statistics.md or the named sections of it."""

from __future__ import annotations

import sys

from studies.statistics.page import PAGE, SECTIONS, build

if __name__ == "__main__":
    asked, known = sys.argv[1:], [section.name for section in SECTIONS]
    strangers = [name for name in asked if name not in known]
    if strangers:
        sys.exit(f"no section {', '.join(strangers)}; there are: {', '.join(known)}")
    PAGE.write_text(build(asked), encoding="utf-8")
