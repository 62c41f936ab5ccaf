"""Complaints by named causes: several per complaint, and as many rows behind each figure as its n."""

from __future__ import annotations

from datetime import date

import pytest

from servq.query import Snapshot, measure, rows_behind
from servq.records import NOT_GIVEN, UNATTRIBUTED, Slice
from servq.text.causes.finder import find_causes, shipped_tree

SLICES = {
    "everything": Slice(),
    "a channel in spring": Slice.of(date(2026, 4, 6), date(2026, 5, 10), channel=["OTA"]),
    "a category": Slice.of(cause_category=["money"]),
    "two causes": Slice.of(cause=["money.fee", "wait.reply"]),
    "a cause that is not of the category": Slice.of(cause=["money.fee"], cause_category=["wait"]),
    "no cause found": Slice.of(cause=[UNATTRIBUTED]),
}
CUTS = [("cause",), ("cause_category",), ("cause_category", "cause"), ("channel", "cause_category")]


def test_the_figures_are_what_the_matcher_finds_in_the_words(sample: Snapshot) -> None:
    behind = rows_behind(sample, "complaints", Slice()).frame
    named = [{mention.leaf for mention in found} or {UNATTRIBUTED} for found in find_causes(behind["text"].tolist())]
    for leaf in [*shipped_tree().leaves, UNATTRIBUTED]:
        kept = Slice.of(cause=[leaf])
        assert measure(sample, "complaints", (), kept)[0].reading.n == sum(leaf in causes for causes in named)
    whole = {row.dims["cause_category"]: row.reading.n for row in measure(sample, "complaints", ("cause_category",))}
    categories = [{leaf.partition(".")[0] for leaf in causes} for causes in named]
    assert whole == {name: sum(name in one for one in categories) for name in whole}


@pytest.mark.parametrize("slice_", SLICES.values(), ids=SLICES)
@pytest.mark.parametrize("by", CUTS, ids=",".join)
@pytest.mark.parametrize("name", ["complaints", "resolution_median"])
def test_each_group_opens_exactly_its_complaints(
    name: str, by: tuple[str, ...], slice_: Slice, sample: Snapshot
) -> None:
    rows = measure(sample, name, by, slice_)
    for row in rows[:6]:
        assert rows_behind(sample, name, slice_.and_(**row.dims), limit=1).total == row.reading.n, row.dims
    whole = measure(sample, name, (), slice_)[0].reading.n
    assert whole <= sum(row.reading.n for row in rows) or not rows


def test_parts_exceed_the_whole_and_every_complaint_is_in_one(sample: Snapshot) -> None:
    rows = measure(sample, "complaints", ("cause",))
    assert sum(row.reading.n for row in rows) > measure(sample, "complaints")[0].reading.n
    everything = Slice.of(cause=[row.dims["cause"] for row in rows])
    assert measure(sample, "complaints", (), everything)[0].reading.n == measure(sample, "complaints")[0].reading.n


def test_answers_can_be_listed_by_the_cause_that_they_name(sample: Snapshot) -> None:
    kept = Slice.of(date(2026, 8, 3), date(2026, 9, 27), cause=["wait.reply"])
    behind = rows_behind(sample, "nps", kept)
    assert behind.total == len(behind.frame) > 0
    for found in find_causes(behind.frame["comment"].tolist()):
        assert "wait.reply" in {mention.leaf for mention in found}
    without = rows_behind(sample, "nps", Slice.of(cause=[NOT_GIVEN])).frame
    assert without["comment"].isna().all()
