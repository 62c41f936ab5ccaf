"""Open complaints by age: how many still wait, and for how long already."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from servq.query import open_ages
from servq.ui.language import say
from servq.ui.view import View, kept_per_view

AGE_LIMITS_DAYS = (1, 3, 7)


@dataclass(frozen=True)
class Ages:
    """Team -> open complaints per age, youngest first; `labels` name the ages."""

    labels: tuple[str, ...]
    counts: dict[str, tuple[int, ...]]

    @property
    def none(self) -> tuple[int, ...]:
        """The counts of a team without open complaints."""
        return (0,) * len(self.labels)


@kept_per_view
def open_by_age(view: View) -> Ages:
    """The open complaints of the period per team and age."""
    first, *_, last = AGE_LIMITS_DAYS
    between = [say(f"{low}–{high} 天", f"{low}–{high} d") for low, high in pairwise(AGE_LIMITS_DAYS)]
    labels = (say(f"≤{first} 天", f"≤{first} d"), *between, say(f">{last} 天", f">{last} d"))
    return Ages(labels, open_ages(view.snapshot, view.period, "team", AGE_LIMITS_DAYS))
