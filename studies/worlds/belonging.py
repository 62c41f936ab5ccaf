"""Worlds in which answers belong together: teams that are all alike, customers who answer several times.

| world | shape |
|---|---|
| belonging | one week, many teams of n answers each, so many of each customer, intraclass correlation as asked |
"""

from __future__ import annotations

import numpy as np
import pandas as pd

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


STEPS = np.array([1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5], dtype=float)
"""Likelihood -> score of CSAT and items."""


def truths(shares: np.ndarray = RECOMMENDED) -> dict[str, float]:
    """What NPS, CSAT and an item are in truth."""
    return {
        "nps": 100 * float(shares[9:].sum() - shares[:7].sum()),
        "csat": 100 * float(shares[7:].sum()),
        "attitude": float(shares @ STEPS),
    }
