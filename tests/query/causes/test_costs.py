"""The cost of causes: even shares of each text that add up to the whole, and as many rows as n."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from servq.ingest import load_file
from servq.query import Snapshot, measure, rows_behind, take_snapshot
from servq.query.causes.costs import METRIC, REMAINDERS, Weight, parts_of, with_causes
from servq.records import NOT_GIVEN, UNATTRIBUTED, Slice
from servq.standards import Standards
from servq.text.causes.finder import find_causes
from servq.warehouse.store.engine import Warehouse

SLICES = {
    "everything": Slice(),
    "eight weeks": Slice.of(date(2026, 8, 3), date(2026, 9, 27)),
    "days that are no whole weeks": Slice.of(date(2026, 8, 5), date(2026, 9, 3), channel=["OTA"]),
    "one team in one week": Slice.of(date(2026, 9, 21), date(2026, 9, 27), team=["西湖门店组"]),
}
each_slice = pytest.mark.parametrize("slice_", SLICES.values(), ids=SLICES)


def test_parts_by_hand(warehouse: Warehouse, tmp_path: Path) -> None:
    # −1 of two answers to the first cause, +1 shared by two: −50, and 25 + 25
    file = tmp_path / "answers.csv"
    file.write_text(
        "答卷编号,提交时间,渠道,班组,推荐意愿,评论\n"
        "1,2026-04-29 10:00,OTA,甲,3,退款一直没到账\n2,2026-04-29 10:00,OTA,甲,10,等了三个小时没人回复，客服态度差\n",
        encoding="utf-8",
    )
    load_file(warehouse, tmp_path, file, "surveys")
    found = parts_of(take_snapshot(warehouse, Standards(), viewing_minimum=0), "nps", Slice())
    assert {part.codes: part.value for part in found.parts} == {
        ("money.refund_slow",): -50,
        ("wait.reply",): 25,
        ("attitude.rude",): 25,
    }
    assert found.whole == 0


@each_slice
def test_points_add_up_to_the_nps_exactly(slice_: Slice, sample: Snapshot) -> None:
    found = parts_of(sample, "nps", slice_)
    rows = rows_behind(sample, "nps", slice_).frame["likelihood"].astype(int)
    promoters, detractors = int((rows >= 9).sum()), int((rows <= 6).sum())
    assert sum(part.value for part in found.parts) == Fraction(100 * (promoters - detractors), len(rows)) == found.whole
    assert float(found.whole or 0) == pytest.approx(measure(sample, "nps", (), slice_)[0].reading.value)


@pytest.mark.parametrize("slice_", list(SLICES.values())[2:], ids=list(SLICES)[2:])
def test_each_part_is_what_its_answers_give(slice_: Slice, sample: Snapshot) -> None:
    found, n = parts_of(sample, "nps", slice_), measure(sample, "nps", (), slice_)[0].reading.n
    for part in found.parts:
        rows = rows_behind(sample, "nps", with_causes(slice_, part.codes)).frame
        assert len(rows) == part.n
        weights = [_weight(text, part.codes) for text in rows["comment"]]
        signs = [(score >= 9) - (score <= 6) for score in rows["likelihood"].astype(int)]
        assert part.value == 100 * sum(w * s for w, s in zip(weights, signs, strict=True)) / n, part.codes


def _weight(text: object, codes: tuple[str, ...]) -> Fraction:
    """The share of a text's weight that these causes have together."""
    if not isinstance(text, str):
        return Fraction(int(NOT_GIVEN in codes))
    named = {mention.leaf for mention in find_causes([text])[0]} or {UNATTRIBUTED}
    return Fraction(len(named & set(codes)), len(named))


@each_slice
@pytest.mark.parametrize("most", [3, 12])
def test_hours_add_up_to_all_hours_waited(slice_: Slice, most: int, sample: Snapshot) -> None:
    found = parts_of(sample, "hours", slice_, most)
    whole = measure(sample, "complaints", (), slice_)[0].reading.n
    assert len([part for part in found.parts if len(part.codes) == 1 and not REMAINDERS & {*part.codes}]) <= most
    for part in found.parts:
        assert rows_behind(sample, "complaints", with_causes(slice_, part.codes), 1).total == part.n <= whole
    frame = sample.complaints
    ids = rows_behind(sample, "complaints", slice_).frame["complaint_id"]
    seconds = round(3600 * frame[frame["complaint_id"].isin(ids)]["resolution_hours"]).sum()
    assert sum(part.value for part in found.parts) == Fraction(int(seconds), 3600) == found.whole


def test_answers_of_few_customers_stand_together(sample: Snapshot) -> None:
    found = parts_of(sample, "nps", SLICES["one team in one week"])
    assert all(part.n >= sample.viewing_minimum for part in found.parts)
    assert any(len(part.codes) > 1 for part in found.parts)


@pytest.mark.parametrize("weight", METRIC)
def test_where_nothing_is_there_are_no_parts_and_a_reason(weight: Weight, sample: Snapshot) -> None:
    found = parts_of(sample, weight, Slice.of(channel=["OTA"], team=["西湖门店组"]))
    assert (found.parts, found.whole) == ((), None)
    blind = parts_of(sample, weight, Slice.of(product=["邮轮"], segment=["亲子"]))
    assert (blind.parts, blind.whole) == ((), None)
    assert blind.reading.reason is not None
