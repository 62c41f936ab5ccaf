"""Coder agreement in a slice: every complaint in one field of the table, and each field opens its complaints."""

from __future__ import annotations

from datetime import date

import pytest

from servq.query import Snapshot, measure, rows_behind
from servq.query.causes.coder_agreement import filed_twice
from servq.records import UNATTRIBUTED, Label, Picked, Slice
from servq.text.causes.coder_agreement import agreement, main_category
from servq.text.causes.finder import find_causes, shipped_tree

AUTUMN = Slice.of(date(2026, 8, 3), date(2026, 9, 27), channel=["OTA"])


def test_the_whole_sample_agrees_as_a_table_made_from_its_rows_does(sample: Snapshot) -> None:
    found = filed_twice(sample, Slice()).agreed
    rows = rows_behind(sample, "complaints", Slice()).frame
    spoken = map(main_category, find_causes(rows["text"].tolist()))
    named = [shipped_tree().category_named(name) for name in rows["category"]]
    pairs = [(one.code, words) for one, words in zip(named, spoken, strict=True) if one and words != UNATTRIBUTED]
    again = agreement([clerk for clerk, _ in pairs], [words for _, words in pairs])
    assert (found.n, found.share, found.kappa) == (again.n, again.share, again.kappa)
    assert (found.n, found.kappa) == (1_289, pytest.approx(0.826, abs=0.001)), "docs/causes.md: .826 on the file"


@pytest.mark.parametrize("slice_", [Slice(), AUTUMN], ids=["everything", "a channel"])
def test_every_complaint_stands_in_one_field(slice_: Slice, sample: Snapshot) -> None:
    found = filed_twice(sample, slice_)
    ids = [name for field in found.cells.values() for name in field]
    assert len(ids) == len(set(ids)) == found.n
    assert found.n + found.without == measure(sample, "complaints", (), slice_)[0].reading.n


def test_a_field_opens_its_complaints_newest_first(sample: Snapshot) -> None:
    for (clerk, words), ids in filed_twice(sample, AUTUMN).cells.items():
        behind = rows_behind(sample, Picked(Label("", ""), ids), AUTUMN)
        assert (behind.total, behind.frame["complaint_id"].tolist()) == (len(ids), list(ids))
        assert set(behind.frame["category"]) == {clerk}
        assert {main_category(one) for one in find_causes(behind.frame["text"].tolist())} == {words}


def test_picked_complaints_are_listed_page_by_page(sample: Snapshot) -> None:
    ids = max(filed_twice(sample, Slice()).cells.values(), key=len)
    page = rows_behind(sample, Picked(Label("", ""), ids), Slice(), limit=7, offset=7)
    assert (page.total, page.frame["complaint_id"].tolist()) == (len(ids), list(ids[7:14]))


def test_texts_that_name_no_cause_are_counted_and_not_compared(sample: Snapshot) -> None:
    found = filed_twice(sample, Slice())
    silent = sum(len(ids) for (_, words), ids in found.cells.items() if words == UNATTRIBUTED)
    unknown = sum(len(ids) for (clerk, _), ids in found.cells.items() if clerk not in found.same)
    assert unknown == 0
    assert (
        silent
        == found.n - found.agreed.n
        == measure(sample, "complaints", (), Slice.of(cause=[UNATTRIBUTED]))[0].reading.n
    )
