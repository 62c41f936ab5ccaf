"""Builders of facts for tests: `answers(promoters=5)`, `cases(case(response=2))`, `visits([(8, 10)])`."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, cached_property

import numpy as np
import pandas as pd
import pytest

from servq.measures import (
    COMPARED,
    EXPECTED,
    GAPS,
    ITEMS,
    LIKELIHOODS,
    MEASURES,
    MISMATCHES,
    REPURCHASES,
    SCORES,
    SENTIMENTS,
)
from servq.metrics.clocks import with_clocks
from servq.metrics.metric import Facts
from servq.standards import Standards

NOW = 1_780_000_000
"""The moment up to which the complaints in these tests are known (UTC seconds)."""


def measures_of(rows: pd.DataFrame) -> dict[str, float]:
    """The additive measures of survey answers: rows are answers; likelihood, scores, sentiment, missing allowed."""
    counts: dict[str, float] = dict.fromkeys(MEASURES, 0)
    counts["responses"] = len(rows)
    if "likelihood" in rows:
        counts |= {name: int((rows["likelihood"] == value).sum()) for value, name in enumerate(LIKELIHOODS)}
    for score in SCORES:
        given = rows[score].dropna().astype(float) if score in rows else pd.Series(dtype=float)
        counts |= {f"{score}_n": len(given), f"{score}_sum": given.sum(), f"{score}_squares": (given**2).sum()}
        if score == "csat":
            counts["csat_satisfied"] = int((given >= 4).sum())
    for gap, item, expected in zip(GAPS, ITEMS, EXPECTED, strict=True):
        own = rows[item].astype(float) - rows[expected].astype(float) if expected in rows else pd.Series(dtype=float)
        own = own.dropna()
        counts |= {f"{gap}_n": len(own), f"{gap}_sum": own.sum(), f"{gap}_squares": (own**2).sum()}
    for band in REPURCHASES:
        known = rows[band].dropna() if band in rows else pd.Series(dtype=float)
        counts |= {f"{band}_n": len(known), f"{band}_yes": int((known == 1).sum())}
    counts |= on_other_scales(rows)
    if "sentiment" in rows:
        counts |= {f"sentiment_{label}": int((rows["sentiment"] == label).sum()) for label in SENTIMENTS}
    counts |= {name: int(rows[name].notna().sum()) for name in (COMPARED, *MISMATCHES) if name in rows}
    if "answered_of_asked" in rows:  # and each third of them stands for one who stayed silent
        listed = rows["answered_of_asked"].dropna()
        counts |= {"answered_of_asked": len(listed), "unanswered": int((listed == 3).sum())}
    return counts


def on_other_scales(rows: pd.DataFrame) -> dict[str, float]:
    """The measures of effort on seven and on five points, and of a satisfaction of 0–10 that is satisfied from 8 on."""
    counts: dict[str, float] = {}
    for effort, least in (("effort", 5), ("effort_5", 4)):
        given = rows[effort].dropna().astype(float) if effort in rows else pd.Series(dtype=float)
        counts |= {f"{effort}_n": len(given), f"{effort}_sum": given.sum(), f"{effort}_squares": (given**2).sum()}
        counts[f"{effort}_easy"] = int((given >= least).sum())
    given = rows["csat_other"].dropna().astype(float) if "csat_other" in rows else pd.Series(dtype=float)
    return counts | {"csat_other_n": len(given), "csat_other_satisfied": int((given >= 8).sum())}


def compared(rows: pd.DataFrame) -> pd.DataFrame:
    """The answers with a column for each way in which score and text agree or not, filled where they do so."""
    likelihood, heard = rows["likelihood"].astype(float), rows["sentiment"]
    both = ((likelihood >= 9) | (likelihood <= 6)) & heard.notna()
    found = {
        COMPARED: both,
        MISMATCHES[0]: both & (likelihood >= 9) & (heard == "negative"),
        MISMATCHES[1]: both & (likelihood <= 6) & (heard == "positive"),
    }
    return rows.assign(
        **{name: pd.Series(True, index=rows.index, dtype=object).where(kept) for name, kept in found.items()}
    )


@pytest.fixture
def answers() -> Callable[..., Facts]:
    """Survey answers: who would recommend, which scores were given, how comments sound, how many are all blank."""

    def build(
        promoters: int = 0,
        passives: int = 0,
        detractors: int = 0,
        blank: int = 0,
        comments: dict[str, int] | None = None,
        **scores: list[float],
    ) -> Facts:
        columns = {
            "likelihood": [10] * promoters + [8] * passives + [3] * detractors,
            "sentiment": [label for label, times in (comments or {}).items() for _ in range(times)],
            **scores,
        }
        rows = pd.DataFrame({name: pd.Series(values, dtype=object) for name, values in columns.items()})
        return Facts(measures_of(rows.reindex(range(len(rows) + blank))))

    return build


@pytest.fixture
def case() -> Callable[..., dict[str, object]]:
    """One complaint, in hours since it was opened; None has not happened. `age` is how long ago it was opened."""

    def build(
        response: float | None = None,
        resolved: float | None = None,
        reopened: float | None = None,
        age: float = 100,
        channel: str = "门店",
    ) -> dict[str, object]:
        opened = NOW - round(age * 3600)
        moments = {"first_response_at": response, "resolved_at": resolved, "reopened_at": reopened}
        return {
            "opened_at": opened,
            "channel": channel,
            **{name: None if hours is None else opened + round(hours * 3600) for name, hours in moments.items()},
        }

    return build


@pytest.fixture
def cases() -> Callable[..., Facts]:
    """Complaints with their clocks as they stand now."""

    def build(*rows: dict[str, object], standards: Standards | None = None) -> Facts:
        columns = ["opened_at", "channel", "first_response_at", "resolved_at", "reopened_at"]
        frame = pd.DataFrame(list(rows), columns=columns).astype({c: "Int64" for c in columns if c != "channel"})
        return Facts(complaints=with_clocks(frame, NOW, standards or Standards()))

    return build


@pytest.fixture
def visits() -> Callable[..., Facts]:
    """Mystery-shopping visits, each a list of (points, points possible)."""

    def build(*checklists: list[tuple[float | None, float]]) -> Facts:
        rows = [
            {"visit_id": f"V{visit}", "item": f"第{item}项", "points": points, "points_possible": possible}
            for visit, checklist in enumerate(checklists)
            for item, (points, possible) in enumerate(checklist)
        ]
        return Facts(visits=pd.DataFrame(rows, columns=["visit_id", "item", "points", "points_possible"]))

    return build


class World:
    """Rows of all three sources, drawn at random, and the facts that they make."""

    def __init__(self, responses: pd.DataFrame, complaints: pd.DataFrame, visits: pd.DataFrame) -> None:
        self.responses, self.complaints, self.visits = responses, complaints, visits

    @classmethod
    @cache
    def drawn(cls, seed: int, size: int = 80) -> World:
        random = np.random.default_rng(seed)

        def maybe(values: np.ndarray, missing: float = 0.3) -> pd.Series:
            return pd.Series(values, dtype=object).mask(random.random(len(values)) < missing)

        responses = pd.DataFrame(
            {
                "likelihood": maybe(random.integers(0, 11, size)),
                **{score: maybe(random.integers(2, 11, size) / 2) for score in SCORES},
                "sentiment": maybe(random.choice(SENTIMENTS, size)),
                **{expected: maybe(random.integers(2, 11, size) / 2, 0.1) for expected in EXPECTED},
            }
        )
        responses["csat_other"] = maybe(random.integers(0, 11, size))
        responses["effort"], responses["effort_5"] = (maybe(random.integers(1, end + 1, size), 0.6) for end in (7, 5))
        responses["effort_5"] = responses["effort_5"].where(responses["effort"].isna())  # nobody is asked twice
        responses["easy"] = responses["effort"].fillna(responses["effort_5"])
        gaps = {gap: responses[item] - responses[f"{item}_expected"] for gap, item in zip(GAPS, ITEMS, strict=True)}
        flag = maybe(random.integers(0, 2, size).astype(float), 0.4)
        followed = {
            band: flag.where(responses["likelihood"].astype(float).between(*ends)) for band, ends in REPURCHASES.items()
        }
        responses = responses.assign(**gaps, **followed).assign(
            promoters_lost=lambda rows: rows["repurchase_promoters"].where(rows["repurchase_promoters"] == 0),
            detractors_bound=lambda rows: rows["repurchase_detractors"].where(rows["repurchase_detractors"] == 1),
        )
        opened = NOW - random.integers(0, 40 * 86400, size)
        response = maybe(opened + random.integers(600, 40 * 3600, size), 0.2)
        resolved = maybe(opened + random.integers(40 * 3600, 90 * 3600, size), 0.3)
        reopened = resolved.mask(random.random(size) < 0.8) + 7200
        complaints = pd.DataFrame(
            {
                "opened_at": opened,
                "channel": random.choice(["门店", "OTA"], size),
                "first_response_at": response,
                "resolved_at": resolved,
                "reopened_at": reopened,
            }
        )
        visit = np.repeat([f"{seed}-{number}" for number in range(size // 8)], 8)
        checklist = pd.DataFrame(
            {
                "visit_id": visit,
                "points": random.integers(0, 6, len(visit)).astype(float),
                "points_possible": 5.0,
            }
        )
        responses["answered_of_asked"] = maybe(random.integers(1, 4, size), 0.5)
        return cls(compared(responses), complaints, checklist)

    @cached_property
    def facts(self) -> Facts:
        clocks = with_clocks(self.complaints, NOW, Standards())
        return Facts(measures_of(self.responses), clocks, self.visits)

    def shuffled(self, seed: int) -> World:
        parts = (self.responses, self.complaints, self.visits)
        return World(*(part.sample(frac=1, random_state=seed) for part in parts))

    def rows(self, kind: str) -> int:
        """How many rows a figure of this kind of fact may count; of visits, the visits and not their items."""
        return self.visits["visit_id"].nunique() if kind == "visits" else len(getattr(self, kind))


@pytest.fixture
def world() -> Callable[..., World]:
    return World.drawn
