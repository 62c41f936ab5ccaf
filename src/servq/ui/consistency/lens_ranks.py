"""Rank correlations of two sources over channels or teams, each with its interval and k."""

from __future__ import annotations

from itertools import combinations

from markupsafe import Markup

from servq.formatting import format_change
from servq.query.channels.lenses import LEAST_UNITS, LENSES, UNITS, Correlation
from servq.records import DIMENSIONS
from servq.ui.components.tables import table
from servq.ui.consistency.lens_fields import SHORT
from servq.ui.consistency.lenses import found
from servq.ui.shell import shell
from servq.ui.shell.language import language, name_of, say
from servq.ui.shell.markup import draw, piece
from servq.ui.shell.view import View


def rank_correlations(view: View) -> None:
    """One line per pair of sources, one column for channels and one for teams."""
    seen = found(view)
    if not seen.units:
        return
    shell.section(
        say("两个来源的排序像不像", "Whether two sources rank alike"),
        say(
            f"Spearman 等级相关，95% 区间（Bonett–Wright）；+1 排序相同，−1 相反，区间含 0 即看不出一致；"
            f"k 为两个来源都有数的单位，不足 {LEAST_UNITS} 个不算",
            "Spearman's rank correlation, 95% interval (Bonett–Wright); +1 the same order, −1 the opposite, an "
            f"interval around 0 tells nothing; k units that both sources show, not computed below {LEAST_UNITS}",
        ),
    )
    heads = [say("来源", "Sources"), *(name_of(DIMENSIONS[by]) for by in UNITS)]
    rows: list[list[object]] = [
        [
            f"{name_of(SHORT[one])} × {name_of(SHORT[other])}",
            *(_text(seen.correlations[by, one, other]) for by in UNITS),
        ]
        for one, other in combinations(LENSES, 2)
    ]
    draw(table(heads, rows))


def _pair(one: str, other: str) -> str:
    return f"{name_of(SHORT[one])} × {name_of(SHORT[other])}"


def _text(one: Correlation) -> Markup:
    """The figure, and beneath it what it rests on: three columns have to stand on a phone."""
    value, low, high = (format_change(end, "score", language()) for end in (one.value, one.low, one.high))
    between = "" if one.value is None else f"{low} – {high}, "
    return piece("{value}<br><small>{between}k = {k}</small>", value=value, between=between, k=one.k)
