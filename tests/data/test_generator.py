"""The generator of the sample: it makes the same files again, and the notes about them are complete."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """A folder with the sample made anew by `python -m studies.sample`."""
    folder = tmp_path_factory.mktemp("sample")
    subprocess.run([sys.executable, "-m", "studies.sample", "--out", str(folder)], cwd=root, check=True)
    return folder


def test_the_same_csv_comes_out_byte_for_byte(made: Path, root: Path) -> None:
    assert (made / "surveys.csv").read_bytes() == (root / "data/sample/surveys.csv").read_bytes()


@pytest.mark.parametrize("name", ["complaints.xlsx", "visits.xlsx"])
def test_the_same_workbook_comes_out_part_by_part(made: Path, root: Path, name: str) -> None:
    """Names, dates and contents of all parts; how tightly they are packed is the business of the zlib at hand."""
    with zipfile.ZipFile(made / name) as new, zipfile.ZipFile(root / "data/sample" / name) as old:
        assert [(part.filename, part.date_time) for part in new.infolist()] == [
            (part.filename, part.date_time) for part in old.infolist()
        ]
        for part in old.namelist():
            assert new.read(part) == old.read(part), part


def test_nothing_else_lies_in_the_sample_folder(made: Path, root: Path) -> None:
    assert {path.name for path in made.iterdir()} == {path.name for path in (root / "data/sample").iterdir()}


def test_the_readme_lists_every_bad_and_every_doubled_row(readme: str, truths: dict[str, Any]) -> None:
    for entry in truths["bad_row"]:
        assert f"| {entry['file']} | {entry['row']} |" in readme
        assert f"`{entry['reason']}`" in readme
    for entry in truths["duplicate_row"]:
        assert f"| {entry['file']} | {entry['row']} | {entry['of']} |" in readme
