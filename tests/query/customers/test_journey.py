"""The customer journey on both stores: the compared customers, and the rows behind each comparison."""

from __future__ import annotations

import pandas as pd
import pytest

from servq.metrics.verdicts import Verdict
from servq.query import Snapshot, rows_behind, take_snapshot
from servq.query.customers.journey import STEPS, Journey, Step, journey
from servq.records import SameCustomers, Slice
from servq.standards import Standards
from servq.warehouse.store.engine import Warehouse
from tests.warehouse.rows import Row, answer, store

BEFORE, DURING, AFTER = "预决策", "中体验", "后传播"


def said(
    customer: str | None, touchpoint: str, likelihood: float | None, mode: str | None = "网页", **cells: object
) -> Row:
    """An answer of a customer at a touchpoint."""
    said.count = getattr(said, "count", 0) + 1  # type: ignore[attr-defined]
    about = {"customer_id": customer, "touchpoint": touchpoint, "likelihood": likelihood, "survey_mode": mode}
    return answer(f"R{said.count}", **(about | cells))  # type: ignore[attr-defined]


def found_in(warehouse: Warehouse, slice_: Slice | None = None, score: str = "likelihood") -> Journey:
    return journey(take_snapshot(warehouse, Standards()), slice_ or Slice(), score)


def step(found: Journey, stages: tuple[str, str] = (BEFORE, DURING), by: str = "", name: str = "") -> Step:
    (one,) = [
        each
        for each in found.steps
        if (each.asked.first, each.asked.second) == stages and (each.by, each.name) == (by, name)
    ]
    return one


def test_what_is_known_of_the_customers_is_counted(warehouse: Warehouse) -> None:
    store(warehouse, said("A", BEFORE, 9), said("A", DURING, 9), said(None, BEFORE, 3))
    found = found_in(warehouse)
    assert (found.answers, found.known, found.customers) == (3, 2, 1)


def test_an_empty_slice_has_the_steps_of_all_together_and_no_value(warehouse: Warehouse) -> None:
    found = found_in(warehouse, Slice.of(channel=["电报"]))
    assert [(one.by, one.found.difference.value) for one in found.steps] == [("", None)] * len(STEPS)
    assert found.tested == 0


def test_a_fall_of_one_channel_is_told_and_no_other(warehouse: Warehouse) -> None:
    rows = []
    for place in range(40):
        wave = 1 if place % 2 else -1
        rows += [said(f"W{place}", BEFORE, 8), said(f"W{place}", DURING, 8 + wave), said(f"W{place}", AFTER, 8 + wave)]
        shop = {"channel": "门店", "segment": "亲子"}
        rows += [said(f"M{place}", BEFORE, 8, **shop), said(f"M{place}", DURING, 6 + wave, **shop)]
    store(warehouse, *rows)
    worse = [one for one in found_in(warehouse).steps if one.found.change.verdict is Verdict.WORSE]
    assert {(one.by, one.name) for one in worse} == {("", ""), ("channel", "门店"), ("segment", "亲子")}
    assert {(one.asked.first, one.asked.second) for one in worse} == {(BEFORE, DURING)}


def test_the_sample_has_no_break_planted_and_none_is_told(sample: Snapshot) -> None:
    for score in ("likelihood", "csat"):
        found = journey(sample, Slice(), score)
        assert found.tested > 20
        assert not [one for one in found.steps if one.found.change.verdict in (Verdict.BETTER, Verdict.WORSE)]


@pytest.mark.parametrize("score", ["likelihood", "csat"])
def test_a_step_opens_as_many_customers_as_it_counts(sample: Snapshot, score: str) -> None:
    for one in journey(sample, Slice.of(channel=["APP", "门店"]), score).steps:
        behind = rows_behind(sample, one.asked, one.slice_)
        assert behind.total == one.found.difference.n
        assert behind.frame["customer"].nunique() == behind.total


def test_the_answers_behind_a_step_give_its_figure_again(sample: Snapshot) -> None:
    asked = SameCustomers("likelihood", "touchpoint", BEFORE, DURING)
    one = step(journey(sample, Slice.of(channel=["OTA"]), "likelihood"))
    frame = rows_behind(sample, asked, one.slice_).frame
    frame = frame.assign(likelihood=frame["likelihood"].astype(float))
    means = frame.pivot_table(index=["customer", "survey_mode"], columns="touchpoint", values="likelihood")
    own = (means[DURING] - means[BEFORE]).groupby("customer").mean()
    assert own.mean() == pytest.approx(one.found.difference.value)
    assert own.is_monotonic_increasing, "the largest fall first"


def test_no_id_of_any_kind_is_among_the_answers_behind_a_step(sample: Snapshot) -> None:
    frame = rows_behind(sample, SameCustomers("csat", "touchpoint", BEFORE, DURING), Slice()).frame
    assert [name for name in frame.columns if name.endswith("_id")] == []
    assert not frame.map(lambda value: str(value).startswith("c_")).any().any()


def test_pages_of_customers_follow_each_other_without_a_gap(sample: Snapshot) -> None:
    asked, kept = SameCustomers("likelihood", "touchpoint", DURING, AFTER), Slice.of(channel=["官网"])
    whole = rows_behind(sample, asked, kept).frame
    pieces = [rows_behind(sample, asked, kept, 20, start).frame for start in range(0, whole["customer"].max(), 20)]
    assert pieces[0]["customer"].max() == 20
    pd.testing.assert_frame_equal(pd.concat(pieces, ignore_index=True), whole)
