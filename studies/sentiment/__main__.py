"""The command `python -m studies.sentiment CORPORA`, which writes measured.json and the tables of docs/model.md.

`--docs` only rewrites the tables from measured.json.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict, astuple
from pathlib import Path

from servq.text.training.measured import FILE, Measured, measured
from studies.sentiment import page


def main() -> None:
    """Read the arguments, measure and write."""
    parser = argparse.ArgumentParser(prog="python -m studies.sentiment", description="measure the sentiment")
    parser.add_argument("corpora", type=Path, nargs="?", help="folder of the labelled sets")
    parser.add_argument("--docs", action="store_true", help="only write docs/model.md from what was measured before")
    wanted = parser.parse_args()
    if not wanted.docs:
        if wanted.corpora is None:
            parser.error("the folder of the labelled sets is needed")
        _write(measure(wanted.corpora))
    page.write(measured())
    sys.stdout.write(page.tables(measured()))


def measure(corpora: Path) -> Measured:
    """Every figure, all scorers in one run."""
    from servq.text.sentiment.chinese import version
    from studies.sentiment.curve import LABELS, curve
    from studies.sentiment.scorers import told
    from studies.sentiment.sets import sets

    found = sets(corpora)
    return Measured(
        version(),
        tuple(one for name, rows in found.items() for one in told(name, rows)),
        tuple(point for name in LABELS for point in curve(name, found[name])),
    )


def _write(found: Measured) -> None:
    told = [asdict(one) | {"counts": astuple(one.counts)} for one in found.told]
    lists = {"told": told, "curve": [asdict(point) for point in found.curve]}
    parts = [f'  "version": {json.dumps(found.version)}']
    for name, lines in lists.items():
        parts.append(f'  "{name}": [\n' + ",\n".join(f"    {json.dumps(line)}" for line in lines) + "\n  ]")
    FILE.write_text("{\n" + ",\n".join(parts) + "\n}\n", "utf-8")
    measured.cache_clear()


if __name__ == "__main__":
    main()
