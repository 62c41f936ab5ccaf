"""The spread of a cause: each share worked by hand, and exactly as many rows behind it as it counts."""

from __future__ import annotations

from datetime import date

import pytest

from servq.query import Snapshot, measure, rows_behind
from servq.query.causes.cause_counts import compared, named_in
from servq.query.causes.spread import spread_over, whole_of, within_category
from servq.records import Slice

WEEKS = Slice(date(2026, 8, 3), date(2026, 9, 27))
KEPT = WEEKS.and_(cause="wait.reply")


@pytest.mark.parametrize("dimension", ["channel", "team", "product", "partner", "touchpoint", "segment"])
def test_each_share_opens_as_many_rows_as_it_counts(dimension: str, sample: Snapshot) -> None:
    found = spread_over(sample, KEPT, dimension)
    assert len(found) > 1
    for one in found[:4]:
        assert rows_behind(sample, one.metric, one.slice_, 1).total == one.hits
        assert rows_behind(sample, one.metric, whole_of(one.slice_), 1).total == one.share.n
        assert one.share.value == pytest.approx(100 * one.hits / one.share.n)


def test_the_sub_causes_of_a_category_are_shares_of_all_complaints(sample: Snapshot) -> None:
    total = measure(sample, "complaints", (), WEEKS)[0].reading.n
    found = within_category(sample, KEPT)
    assert {one.value.partition(".")[0] for one in found} == {"wait"}
    for one in found:
        assert rows_behind(sample, "complaints", one.slice_, 1).total == one.hits
        assert one.share.n == total
    logged = within_category(sample, WEEKS.and_(category="退改与费用"))
    assert sum(one.hits for one in logged) == measure(sample, "complaints", (), logged[0].slice_)[0].reading.n + sum(
        one.hits for one in logged[1:]
    )


def test_a_cause_planted_in_one_channel_is_told_apart_from_the_others(sample: Snapshot) -> None:
    spring = Slice(date(2026, 3, 30), date(2026, 9, 27))
    others = [name for name in sample.values("channel") if name != "OTA"]
    found, tested = compared(sample, spring.and_(channel="OTA"), Slice.of(spring.start, spring.end, channel=others))
    worse = {one.code for one in found if one.change.verdict == "worse"}
    assert "money.rules" in worse
    assert tested >= len(worse)
    counts = {one.code: one.n for one in named_in(sample, spring.and_(channel="OTA"))}
    assert all(one.now.value == pytest.approx(100 * counts.get(one.code, 0) / one.now.n) for one in found)
