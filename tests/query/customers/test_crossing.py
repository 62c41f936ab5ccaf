"""Channel overlap on both stores: counted by hand, hidden where few, opened row by row."""

from __future__ import annotations

import pytest

from servq.metrics.definitions.channel_overlap import part_of
from servq.metrics.verdicts import Verdict
from servq.query import Snapshot, rows_behind, take_snapshot
from servq.query.customers.channel_overlap import Crossed, Shared, crossed, same_scores, unnamed
from servq.records import Slice, State
from servq.standards import Standards
from servq.warehouse.store.engine import Warehouse
from tests.warehouse.rows import answer, complaint, store


def forty_of_one_channel(warehouse: Warehouse) -> None:
    """官网 has C0–C39 by answers; C0–C9 complain in APP too, which has C40–C45 besides; two rows name nobody."""
    answers = [answer(f"W{n}", channel="官网", customer_id=f"C{n}", order_id=f"O{n}") for n in range(40)]
    answers += [answer(f"A{n}", channel="APP", customer_id=f"C{n}", order_id=f"O{n}") for n in range(40, 46)]
    store(warehouse, *answers, answer("X1"), answer("X2"))
    store(
        warehouse,
        *(complaint(f"T{n}", channel="APP", customer_id=f"C{n}", order_id=f"O{n}") for n in range(10)),
        source="complaints",
    )


def found_in(warehouse: Warehouse, by: str = "customer", slice_: Slice | None = None) -> Crossed:
    return crossed(take_snapshot(warehouse, Standards()), slice_ or Slice(), by)


def cell(found: Crossed, first: str, second: str) -> Shared:
    (one,) = [shared for shared in found.shared if (shared.first, shared.second) == (first, second)]
    return one


@pytest.mark.parametrize("by", ["customer", "order"])
def test_the_overlap_of_two_channels_by_hand(warehouse: Warehouse, by: str) -> None:
    # 10 of 40: 25.0 %, Wilson 14.2 – 40.2; the same 10 of the 16 of APP: 62.5 %; 10 of 46 in both
    forty_of_one_channel(warehouse)
    found = found_in(warehouse, by)
    web, app = cell(found, "官网", "APP"), cell(found, "APP", "官网")
    assert (web.both, web.reading.value, web.reading.n) == (10, 25.0, 40)
    assert (web.reading.low, web.reading.high) == (pytest.approx(14.2, abs=0.05), pytest.approx(40.2, abs=0.05))
    assert (app.both, app.reading.value, app.reading.n) == (10, 62.5, 16)
    assert [cell(found, name, name).both for name in ("官网", "APP")] == [30, 6], "who used no other channel"
    assert (found.total, found.across.value, found.repeated.value) == (46, pytest.approx(1000 / 46), 1000 / 46)


def test_each_field_opens_the_people_it_counts_without_their_ids(warehouse: Warehouse) -> None:
    forty_of_one_channel(warehouse)
    one = cell(found_in(warehouse), "官网", "APP")
    behind = rows_behind(take_snapshot(warehouse, Standards()), one.asked, Slice())
    assert (behind.kind, behind.total, behind.frame["customer"].nunique()) == ("customers", 10, 10)
    assert behind.frame["source"].value_counts().to_dict() == {"surveys": 10, "complaints": 10}
    assert not {"customer_id", "order_id", "raw"} & set(behind.frame)


def test_a_handful_in_two_channels_is_hidden_both_ways_with_what_would_give_it_away(warehouse: Warehouse) -> None:
    store(warehouse, *(answer(f"W{n}", channel="官网", customer_id=f"C{n}") for n in range(40)))
    store(warehouse, *(answer(f"A{n}", channel="APP", customer_id=f"C{n}") for n in range(37, 60)))
    found = found_in(warehouse)
    for pair in (("官网", "APP"), ("APP", "官网"), ("官网", "官网"), ("APP", "APP")):
        one = cell(found, *pair)
        assert (one.both, one.reading.value, one.reading.state) == (None, None, State.HIDDEN)
    behind = rows_behind(take_snapshot(warehouse, Standards()), cell(found, "官网", "APP").asked, Slice())
    assert (behind.withheld, len(behind.frame)) == (True, 0)


def test_rows_without_an_id_are_counted_as_such(warehouse: Warehouse) -> None:
    forty_of_one_channel(warehouse)
    surveys, complaints = unnamed(take_snapshot(warehouse, Standards()), Slice())
    assert (surveys.customer.value, surveys.customer.n) == (pytest.approx(100 * 2 / 48), 48)
    assert (complaints.customer.value, complaints.order.value, complaints.customer.n) == (0.0, 0.0, 10)


def test_a_filter_that_complaints_do_not_know_leaves_the_answers(warehouse: Warehouse) -> None:
    forty_of_one_channel(warehouse)
    kept = Slice.of(segment=["亲子"])
    assert [one.source for one in unnamed(take_snapshot(warehouse, Standards()), kept)] == ["surveys"]
    assert found_in(warehouse, slice_=kept).across.value is None, "nobody is no value"


def test_the_same_customers_say_less_in_the_second_channel(warehouse: Warehouse) -> None:
    # forty fall by 2 ± 1 from 官网 to APP
    rows = []
    for n in range(40):
        rows.append(answer(f"W{n}", channel="官网", customer_id=f"C{n}", likelihood=9.0, survey_mode="网页"))
        lower = 8.0 if n % 2 else 6.0
        rows.append(answer(f"A{n}", channel="APP", customer_id=f"C{n}", likelihood=lower, survey_mode="网页"))
    store(warehouse, *rows)
    snapshot = take_snapshot(warehouse, Standards())
    (one,) = same_scores(snapshot, Slice(), "likelihood", ("官网", "APP")).pairs
    assert (one.found.difference.value, one.found.difference.n) == (-2.0, 40)
    assert one.found.change.verdict == Verdict.WORSE
    assert rows_behind(snapshot, one.asked, Slice()).total == 40


def test_every_field_of_the_sample_opens_as_many_as_it_says(sample: Snapshot) -> None:
    found = crossed(sample, Slice(), "customer")
    for one in found.shared:
        if one.first != one.second and one.first in ("APP", "门店"):
            assert rows_behind(sample, one.asked, Slice(), limit=1).total == one.both


def test_a_part_of_nobody_is_no_value() -> None:
    assert (part_of(0, 0).value, part_of(0, 0).n) == (None, 0)
    assert part_of(0, 30).value == 0.0
