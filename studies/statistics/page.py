"""The builder of docs/statistics.md: its sections in order, written whole or one at a time."""

from __future__ import annotations

from pathlib import Path

from studies.statistics import (
    against,
    agreement,
    by_hand,
    changes,
    coverage,
    drivers,
    equivalence,
    funnels,
    lenses,
    mix,
    nearly,
    pairs,
    rates,
    severity,
    together,
    worlds,
)
from studies.statistics.section import Section

PAGE = Path(__file__).resolve().parents[2] / "docs" / "statistics.md"

SECTIONS: tuple[Section, ...] = (
    rates.SECTION,
    coverage.SECTION,
    nearly.SECTION,
    together.SECTION,
    changes.SECTION,
    against.SECTION,
    worlds.SECTION,
    mix.SECTION,
    equivalence.SECTION,
    pairs.SECTION,
    lenses.SECTION,
    funnels.SECTION,
    severity.SECTION,
    agreement.SECTION,
    drivers.SECTION,
    by_hand.SECTION,
)
"""In the order in which they are read. A new one: a module beside this one, a line here, its name to the command."""

HEAD = """\
# 统计方法与错误率 How often the methods are right

<!-- built by `python -m studies.statistics`: change the methods or studies/statistics, not this page -->

Every statement on a page comes from a named method. Here stands how often each method is right when the truth is
known, because it was made: seeded simulations through the very functions that the pages call. The formulas are in
[metrics.md](metrics.md) and in the modules named here. `python -m studies.statistics` writes the whole page,
`python -m studies.statistics NAME` one section; a test repeats a cheap part of each.
"""


def build(names: list[str]) -> str:
    """The page with the named sections measured again (all, when none is named); the others as they are printed."""
    parts = [HEAD]
    for section in SECTIONS:
        anew = not names or section.name in names
        body = section.write().strip() if anew else printed(section)
        parts.append(f"## {section.heading}\n\n<!-- {section.name} -->\n\n{body}\n")
    return "\n".join(parts)


def printed(section: Section) -> str:
    """A section as it is printed now, without its heading; empty where it is not printed yet."""
    text = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    return text.partition(f"\n<!-- {section.name} -->\n")[2].partition("\n## ")[0].strip()
