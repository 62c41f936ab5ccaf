"""The command `python -m studies.sample [--out FOLDER]`, which writes the three sample files."""

from __future__ import annotations

import argparse
from pathlib import Path

from studies.sample import complaints, spoil, surveys, visits
from studies.sample.files import write_csv, write_workbook
from studies.sample.truths import DATA


def make(folder: Path) -> None:
    """Write surveys.csv, complaints.xlsx and visits.xlsx into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    answers = surveys.rows()
    spoil.double("surveys.csv", answers)
    unquoted = spoil.spoil_texts("surveys.csv", surveys.HEADERS, answers)
    write_csv(folder / "surveys.csv", surveys.HEADERS, answers, unquoted)
    log = complaints.rows()
    spoil.double("complaints.xlsx", log)
    spoil.spoil_complaints("complaints.xlsx", complaints.HEADERS, log)
    write_workbook(folder / "complaints.xlsx", complaints.SHEET, complaints.HEADERS, log)
    write_workbook(folder / "visits.xlsx", visits.SHEET, visits.HEADERS, visits.rows())


def main() -> None:
    """Read the one option and write."""
    parser = argparse.ArgumentParser(prog="python -m studies.sample", description="write the sample files of servq")
    parser.add_argument("--out", type=Path, default=DATA / "sample", help="folder to write to (default: data/sample)")
    make(parser.parse_args().out)


if __name__ == "__main__":
    main()
