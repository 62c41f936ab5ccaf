"""Week cells against a recount of the answers one by one."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from servq.measures import (
    ASKED,
    CELL_DIMENSIONS,
    EXPECTED,
    GAPS,
    ITEMS,
    LIKELIHOODS,
    MEASURES,
    REPURCHASES,
    SCORES,
    SENTIMENTS,
)
from servq.warehouse.reads.snapshot_reads import cells_of_days
from servq.warehouse.store.engine import Warehouse
from servq.weeks import day_start
from tests.warehouse.rows import WEEK_18, WEEK_19, Row, answer, cells_in, store


def drawn(seed: int, size: int = 300) -> list[Row]:
    """Answers of three weeks at random: decimals, missing scores, missing dimensions, texts without words."""
    random = np.random.default_rng(seed)

    def one_of(*values: Any) -> Any:
        return values[random.integers(len(values))]

    return [
        answer(
            f"r{number}",
            day=f"2026-05-{random.integers(1, 18):02d}",
            heard=one_of(None, "negative", "uncertain", "positive", "wordless"),
            channel=one_of("OTA", "官网"),
            team=one_of("甲", "乙"),
            touchpoint=one_of(None, "中体验"),
            segment=one_of(None, "金卡", "普通"),
            survey_mode=one_of(None, "电话"),
            likelihood=one_of(None, *map(float, range(11))),
            **{score: one_of(None, 1.0, 3.9, 4.0, 4.8, 5.0) for score in SCORES},
            **{expected: one_of(None, 3.0, 4.5, 5.0) for expected in EXPECTED},
            repurchased=one_of(None, 0.0, 1.0),
            nps_band=one_of(None, -1.0, 0.0, 1.0),
            **one_of(
                {}, {"csat_other": 7.5, "csat_satisfied_from": 8.0}, {"csat_other": 80.0, "csat_satisfied_from": 80.0}
            ),
            **{effort: one_of(None, 3.0, 4.0, 4.5, 5.0) for effort in ("effort", "effort_5")},
        )
        for number in range(size)
    ]


def recounted(rows: list[Row]) -> dict[tuple[str, ...], dict[str, float]]:
    """The cells of these rows, counted in pandas."""
    frame = pd.DataFrame(rows)
    frame["heard"] = frame["comment"].str.removesuffix(" words")
    keys = [frame[name].astype(object).fillna("").astype(str) for name in CELL_DIMENSIONS]
    return {key: measured(group) for key, group in frame.groupby(keys)}


def measured(group: pd.DataFrame) -> dict[str, float]:
    """Every measure of some answers."""
    found: dict[str, float] = {"responses": len(group)}
    found |= {name: (group["likelihood"] == value).sum() for value, name in enumerate(LIKELIHOODS)}
    found["csat_satisfied"] = (group["csat"] >= 4).sum()
    for score in SCORES:
        given = group[score].dropna().astype(float)
        found |= {f"{score}_n": len(given), f"{score}_sum": given.sum(), f"{score}_squares": (given**2).sum()}
    for effort, least in (("effort", 5), ("effort_5", 4)):
        given = group[effort].dropna().astype(float)
        found |= {f"{effort}_n": len(given), f"{effort}_sum": given.sum(), f"{effort}_squares": (given**2).sum()}
        found[f"{effort}_easy"] = (given >= least).sum()
    other = group.dropna(subset=["csat_other"])
    found["csat_other_n"] = len(other)
    found["csat_other_satisfied"] = (other["csat_other"].astype(float) >= other["csat_satisfied_from"]).sum()
    alone = group.loc[group["likelihood"].isna(), "nps_band"].astype(float)
    stances = {"promoters": 1, "passives": 0, "detractors": -1}
    found |= {f"band_{name}": (alone == stance).sum() for name, stance in stances.items()}
    for gap, item, expected in zip(GAPS, ITEMS, EXPECTED, strict=True):
        own = (group[item].astype(float) - group[expected].astype(float)).dropna()
        found |= {f"{gap}_n": len(own), f"{gap}_sum": own.sum(), f"{gap}_squares": (own**2).sum()}
    for band, ends in REPURCHASES.items():
        known = group.loc[group["likelihood"].astype(float).between(*ends), "repurchased"].dropna()
        found |= {f"{band}_n": len(known), f"{band}_yes": (known == 1).sum()}
    found |= {f"sentiment_{label}": (group["heard"] == label).sum() for label in SENTIMENTS}
    high, low = group["likelihood"] >= 9, group["likelihood"] <= 6
    found["score_and_text"] = ((high | low) & group["heard"].isin(SENTIMENTS)).sum()
    found["high_negative"] = (high & (group["heard"] == "negative")).sum()
    found["low_positive"] = (low & (group["heard"] == "positive")).sum()
    found |= dict.fromkeys(ASKED, 0)  # no load of these lists who did not answer
    return found


def test_a_cell_by_hand(warehouse: Warehouse) -> None:
    # four answers of one cell: 10, 0, none, 10; csat 4.8, 3.9, -, 4; one negative comment, one without any words
    store(
        warehouse,
        answer("r1", likelihood=10.0, csat=4.8, heard="negative"),
        answer("r2", likelihood=0.0, csat=3.9, heard="wordless"),
        answer("r3", likelihood=None),
        answer("r4", likelihood=10.0, csat=4.0),
    )
    ((key, cell),) = cells_in(warehouse).items()
    assert key == ("2026-04-27", "OTA", "甲", "", "", "")
    assert (cell["responses"], cell["likelihood_10"], cell["likelihood_0"], cell["likelihood_9"]) == (4, 2, 1, 0)
    assert (cell["csat_n"], cell["csat_satisfied"]) == (3, 2)
    assert cell["csat_sum"] == pytest.approx(12.7)
    assert cell["csat_squares"] == pytest.approx(23.04 + 15.21 + 16)
    assert [cell[f"sentiment_{label}"] for label in SENTIMENTS] == [1, 0, 0]


def test_a_satisfaction_of_another_scale_is_counted_by_its_own_threshold_and_never_as_a_score(
    warehouse: Warehouse,
) -> None:
    # 0–10 satisfied from 8: 7 no, 9 yes; 0–100 satisfied from 80: 80 yes; a five-point 4 beside them
    ten = {"csat_scale": "0–10", "csat_satisfied_from": 8.0}
    store(
        warehouse,
        answer("r1", csat_other=7.0, **ten),
        answer("r2", csat_other=9.0, **ten),
        answer("r3", csat_other=80.0, csat_scale="0–100", csat_satisfied_from=80.0),
        answer("r4", csat=4.0),
    )
    ((_, cell),) = cells_in(warehouse).items()
    assert (cell["csat_other_n"], cell["csat_other_satisfied"]) == (3, 2)
    assert (cell["csat_n"], cell["csat_satisfied"], cell["csat_sum"]) == (1, 1, 4.0)


def test_a_band_counts_where_no_number_is_told(warehouse: Warehouse) -> None:
    store(
        warehouse,
        answer("r1", likelihood=None, nps_band=1.0),
        answer("r2", likelihood=None, nps_band=-1.0),
        answer("r3", likelihood=10.0, nps_band=1.0),  # its number counts, not once more its band
        answer("r4", likelihood=None),
    )
    ((_, cell),) = cells_in(warehouse).items()
    assert [cell[f"band_{name}"] for name in ("promoters", "passives", "detractors")] == [1, 0, 1]
    assert cell["likelihood_10"] == 1


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_cells_equal_a_plain_recount_of_the_answers(warehouse: Warehouse, seed: int) -> None:
    rows = drawn(seed)
    store(warehouse, *rows, chunk=70)
    kept, counted = cells_in(warehouse), recounted(rows)
    assert kept.keys() == counted.keys()
    for key, cell in kept.items():
        assert cell == pytest.approx(counted[key]), key
        assert set(cell) == set(MEASURES)


def test_cells_equal_a_recount_after_every_third_answer_was_changed(warehouse: Warehouse) -> None:
    rows, later = drawn(4), drawn(5)
    store(warehouse, *rows)
    rows[::3] = later[::3]
    outcome = store(warehouse, *rows, replace=True)
    assert outcome.updated + outcome.duplicates == len(rows)
    assert cells_in(warehouse) == {key: pytest.approx(cell) for key, cell in recounted(rows).items()}


def test_days_counted_from_the_facts_are_the_same_sums(warehouse: Warehouse) -> None:
    rows = drawn(6)
    store(warehouse, *rows)
    with warehouse.read() as connection:
        frame = cells_of_days(connection, day_start(WEEK_18), day_start(WEEK_19))
    week = [row for row in rows if row["week"] == WEEK_18]
    assert frame["responses"].sum() == len(week)
    assert frame["csat_sum"].sum() == pytest.approx(sum(row["csat"] or 0 for row in week))
