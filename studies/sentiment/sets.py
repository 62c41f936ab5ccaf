"""The labelled sets, in halves: constants were chosen on one half, figures are reported on the other.

Owns the path of a set and the meaning of its labels. The first byte of BLAKE2b of the text decides the half.
"""

from __future__ import annotations

import csv
from hashlib import blake2b
from pathlib import Path

Labelled = list[tuple[str, bool]]
"""A comment, and whether its writer was satisfied."""

ENGLISH = "skytrax"
"""The one English set: lounge and seat reviews, "would recommend"."""


def sets(corpora: Path) -> dict[str, Labelled]:
    """Every set by its name."""
    return {
        "waimai": _by_label(corpora / "zh_waimai10k" / "waimai_10k.csv", "review", "label"),
        "dianping": _by_label(corpora / "zh_dianping2000" / "dianping.csv", "comment", "sentiment"),
        "homestay": _homestays(corpora / "zh_homestay_ctrip" / "xiecheng_ugc.csv"),
        ENGLISH: _skytrax(corpora / "en_skytrax_full_lounge_seat"),
    }


def half(rows: Labelled, part: str) -> Labelled:
    """The `choice` or the `report` half; equal texts always fall into the same one."""
    return [row for row in rows if is_choice_half(row[0]) == (part == "choice")]


def is_choice_half(text: str) -> bool:
    """Whether constants may be chosen on this text."""
    return blake2b(text.encode(), digest_size=1).digest()[0] % 2 == 0


def _by_label(path: Path, text: str, label: str) -> Labelled:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return [(row[text], row[label] == "1") for row in csv.DictReader(lines) if row[label] in ("0", "1")]


def _homestays(path: Path) -> Labelled:
    """Satisfied from 4.5 stars on, not satisfied up to 3; the others are left out."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        pairs = dict.fromkeys((row["content"], row["user_score"]) for row in csv.DictReader(lines))
    stars = [(text, float(score)) for text, score in pairs if score.replace(".", "", 1).isdigit()]
    return [(text, score >= 4.5) for text, score in stars if score >= 4.5 or score <= 3]


def _skytrax(folder: Path) -> Labelled:
    return [row for name in ("lounge.csv", "seat.csv") for row in _by_label(folder / name, "content", "recommended")]
