"""The writer of the tables in docs/model.md, from measured.json.

Owns their form. Measures nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from servq.text.training.measured import LearningCurvePoint, Measured, Told

DOCS = Path(__file__).resolve().parents[2] / "docs" / "model.md"

KINDS = {"shipped": "as shipped", "cuts": "cuts moved", "mix": "mixed", "alone": "own alone"}

SCORERS = {"servq": "servq", "snownlp": "SnowNLP", "textblob": "TextBlob"}


def table(heads: str, lines: Iterable[str]) -> str:
    """A Markdown table: heads joined by `|`, the first two columns are words."""
    names = heads.split("|")
    return "\n".join([f"| {' | '.join(names)} |", "|" + "---|" * 2 + "---:|" * (len(names) - 2), *lines]) + "\n"


def told_lines(found: Measured) -> list[str]:
    """One line for each part of a set and scorer."""
    return [_told(one) for one in found.told]


def curve_lines(found: Measured) -> list[str]:
    """One line for each number of own labels."""
    return [_point(point) for point in found.curve]


def blocks(found: Measured) -> dict[str, str]:
    """The name of each mark in the guide -> the text below it."""
    heads = (
        "set|part|scorer|n|accuracy|macro-F1|balanced accuracy|ECE|praise found|complaints taken for praise|"
        "praise missed|complaints found"
    )
    own = "set|in force afterwards|own labels|accuracy|lowest|highest|praise found|complaints found|judged on"
    return {"told": table(heads, told_lines(found)), "curve": table(own, curve_lines(found))}


def tables(found: Measured) -> str:
    """Both tables, to be printed."""
    return "\n".join(blocks(found).values())


def write(found: Measured) -> None:
    """Put the tables into the guide."""
    text = DOCS.read_text("utf-8")
    for name, block in blocks(found).items():
        text = re.sub(
            rf"(<!-- {name} -->\n).*?(?=<!-- end -->)", lambda mark, b=block: mark[1] + b, text, flags=re.DOTALL
        )
    DOCS.write_text(text, "utf-8")


def _told(one: Told) -> str:
    counts = one.counts
    shares = (counts.accuracy, counts.macro_f1, counts.balanced, one.ece)
    numbers = (counts.praise_found, counts.complaints_missed, counts.praise_missed, counts.complaints_found)
    cells = [one.name, one.part, SCORERS[one.scorer], f"{counts.n:,}", *(f"{share:.3f}" for share in shares)]
    return f"| {' | '.join([*cells, *(f'{number:,}' for number in numbers)])} |"


def _point(point: LearningCurvePoint) -> str:
    kinds = ", ".join(f"{KINDS[kind]} {count}" for kind, count in sorted(point.in_force.items()))
    shares = (point.accuracy, point.low, point.high, point.praise_found, point.complaints_found)
    figures = " | ".join(f"{share:.3f}" for share in shares)
    return f"| {point.name} | {kinds} | {point.labels:,} | {figures} | {point.n:,} |"
