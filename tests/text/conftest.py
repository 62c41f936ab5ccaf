"""Fixtures of the text tests: the folder of the real comments, and their halves."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path

import pytest

Labelled = list[tuple[str, bool]]
"""A comment and whether its writer was satisfied."""

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def labelled() -> Callable[[str, str, str], Labelled]:
    """Reader of one labelled corpus: file, column of the text, column of the 0/1 label."""
    home = Path(os.environ.get("SERVQ_CORPORA") or ROOT.parent / "shared" / "corpora")

    def read(file: str, text: str, label: str) -> Labelled:
        if not (home / file).exists():
            pytest.skip(f"{file} is not in {home}; set SERVQ_CORPORA to measure on real comments")
        with (home / file).open(encoding="utf-8-sig", newline="") as lines:
            return [(row[text], row[label] == "1") for row in csv.DictReader(lines) if row[label] in ("0", "1")]

    return read


@pytest.fixture(scope="session")
def homestays() -> Labelled:
    """Homestay reviews: satisfied from 4.5 stars on, not satisfied up to 3; the others are left out."""
    path = (
        Path(os.environ.get("SERVQ_CORPORA") or ROOT.parent / "shared" / "corpora")
        / "zh_homestay_ctrip/xiecheng_ugc.csv"
    )
    if not path.exists():
        pytest.skip(f"{path} is missing; set SERVQ_CORPORA to measure on real comments")
    with path.open(encoding="utf-8-sig", newline="") as lines:
        pairs = dict.fromkeys((row["content"], row["user_score"]) for row in csv.DictReader(lines))
    stars = [(text, float(score)) for text, score in pairs if score.replace(".", "", 1).isdigit()]
    return [(text, score >= 4.5) for text, score in stars if score >= 4.5 or score <= 3]


def is_choice_half(text: str) -> bool:
    """Whether constants may be chosen on this text; equal texts always fall into the same half."""
    return blake2b(text.encode(), digest_size=1).digest()[0] % 2 == 0


@pytest.fixture(scope="session")
def halves() -> Callable[[Labelled], tuple[Labelled, Labelled]]:
    """Splits a corpus into the half on which constants are chosen and the half on which they are reported."""

    def split(rows: Labelled) -> tuple[Labelled, Labelled]:
        return [row for row in rows if is_choice_half(row[0])], [row for row in rows if not is_choice_half(row[0])]

    return split
