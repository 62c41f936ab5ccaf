"""Worlds in which answers belong together: teams that are all alike, customers who answer several times.

| world | shape |
|---|---|
| belonging | one week, many teams of n answers each, so many of each customer, intraclass correlation as asked |
| complaining | one week, many teams of about n complaints, so many of each customer, clocks correlated as asked |
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import special

from servq.measures import ITEMS
from studies.worlds.company import RECOMMENDED, Company


def belonging(
    random: np.random.Generator,
    n: int,
    per_customer: int,
    alike: float,
    teams: int = 200,
    shares: np.ndarray = RECOMMENDED,
) -> Company:
    """Teams of n answers; an answer repeats what its customer always says with probability √ρ.

    CSAT and the items are steps of the likelihood (9–10: 5, 7–8: 4, 5–6: 3, 3–4: 2, else 1), so that their truth is
    known and they are as alike as steps of it are.
    """
    rows = n * teams
    team = np.repeat(np.arange(teams), n)
    customer = team * n + (np.arange(rows) % n) // per_customer
    own = random.choice(11, rows, p=shares)[customer]
    kept = random.random(rows) < np.sqrt(alike)
    likelihood = np.where(kept, own, random.choice(11, rows, p=shares))
    score = STEPS[likelihood]
    answers = pd.DataFrame({"week": 0, "team": team, "likelihood": likelihood, "customer": customer, "csat": score})
    nobody = pd.DataFrame({"week": [0], "team": [0], "hours": [1.0], "resolved": [2.0]})
    return Company(1, answers.assign(**dict.fromkeys(ITEMS, score)), nobody, (0,) * teams)


def complaining(
    random: np.random.Generator, n: int, per_customer: int, alike: float, teams: int = 200, answers: int = 400
) -> Company:
    """Teams to which customers come by chance, each with all their complaints; the logarithms of two of a customer's
    clocks correlate by `alike`. Of the clocks `IN_TIME` are within the limit of two hours.
    """
    customers = random.poisson(n / per_customer, teams)
    customer = np.repeat(np.arange(customers.sum()), per_customer)
    team = np.repeat(np.repeat(np.arange(teams), customers), per_customer)
    own, rest = random.normal(size=customers.sum())[customer], random.normal(size=len(customer))
    hours = MIDDLE_HOURS * np.exp(SPREAD * (np.sqrt(alike) * own + np.sqrt(1 - alike) * rest))
    complaints = pd.DataFrame({"week": 0, "team": team, "hours": hours, "resolved": hours, "customer": customer})
    asked = pd.DataFrame({"week": 0, "team": np.repeat(np.arange(teams), answers), "likelihood": 9})
    return Company(1, asked, complaints, (0,) * teams, LIMIT)


IN_TIME, SPREAD, LIMIT = 0.85, 0.9, 2.0
MIDDLE_HOURS = LIMIT * float(np.exp(-SPREAD * special.ndtri(IN_TIME)))
"""Truth of `complaining`: the share within the limit, the spread of the logarithms, hours, and the middle clock."""

STEPS = np.array([1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5], dtype=float)
"""Likelihood -> score of CSAT and items."""


def truths(shares: np.ndarray = RECOMMENDED) -> dict[str, float]:
    """What NPS, CSAT and an item are in truth."""
    return {
        "nps": 100 * float(shares[9:].sum() - shares[:7].sum()),
        "csat": 100 * float(shares[7:].sum()),
        "attitude": float(shares @ STEPS),
    }
