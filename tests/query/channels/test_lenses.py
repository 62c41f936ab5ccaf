"""The three sources on both stores: a channel on which they contradict each other, and the rows behind each field."""

from __future__ import annotations

from servq.metrics.verdicts import Accord, Verdict
from servq.query import Snapshot, rows_behind, take_snapshot
from servq.query.channels.lenses import COMPLAINTS, LENSES, SURVEY, VISITS, Lenses, through_lenses
from servq.records import Slice
from servq.standards import Standards
from servq.warehouse.store.engine import Warehouse
from tests.warehouse.rows import Row, answer, complaint, item, store


def friendly_but_complained_of(warehouse: Warehouse) -> None:
    """The counter is praised and complained of; its visits are like those of the app."""
    answers: list[Row] = []
    for place in range(60):
        answers.append(answer(f"M{place}", channel="门店", likelihood=10.0 if place % 5 else 3.0, survey_mode="网页"))
        answers.append(answer(f"A{place}", channel="APP", likelihood=9.0 if place % 2 else 5.0, survey_mode="网页"))
    store(warehouse, *answers)
    some = [complaint(f"M{place}", channel="门店") for place in range(30)]
    store(warehouse, *some, complaint("A1", channel="APP"), source="complaints")
    visits = [
        item(f"{channel}{place}", "问候", 3.0 + place % 3, channel=channel, shopper_id=f"SP{place % 2}")
        for channel in ("门店", "APP")
        for place in range(30)
    ]
    store(warehouse, *visits, source="visits")


def seen_in(warehouse: Warehouse, slice_: Slice | None = None) -> Lenses:
    return through_lenses(take_snapshot(warehouse, Standards()), slice_ or Slice())


def test_praise_and_complaints_contradict_each_other(warehouse: Warehouse) -> None:
    friendly_but_complained_of(warehouse)
    app, shop = seen_in(warehouse).of("channel")
    assert [one.change.verdict for one in shop.seen] == [Verdict.BETTER, Verdict.WORSE, Verdict.NO_EVIDENCE]
    assert (shop.accord, app.accord) == (Accord.CONTRADICT, Accord.CONTRADICT)
    assert shop.way is None
    assert [round(one.own.value or 0) for one in shop.seen] == [60, 50, 80]


def test_a_filter_that_only_answers_know_leaves_the_other_lenses_missing(warehouse: Warehouse) -> None:
    friendly_but_complained_of(warehouse)
    for unit in seen_in(warehouse, Slice.of(survey_mode=["网页"])).of("channel"):
        assert unit.accord == Accord.MISSING
        assert [one.own.value is None for one in unit.seen] == [False, True, True]


def test_one_channel_alone_has_nobody_beside_it(warehouse: Warehouse) -> None:
    friendly_but_complained_of(warehouse)
    seen = seen_in(warehouse, Slice.of(channel=["门店"]))
    assert [unit.accord for unit in seen.units] == [Accord.MISSING] * 2
    assert seen.tested == 0


def test_an_empty_warehouse_has_no_units(warehouse: Warehouse) -> None:
    seen = seen_in(warehouse)
    assert (seen.units, seen.tested, seen.unlike) == ((), 0, ())
    assert {one.k for one in seen.correlations.values()} == {0}


def test_every_field_of_the_sample_opens_as_many_rows_as_its_n(sample: Snapshot) -> None:
    seen = through_lenses(sample, Slice())
    assert seen.unlike == ("SP-05",), "the shopper who was planted marks harder"
    for unit in seen.units:
        for one in unit.seen:
            assert rows_behind(sample, one.metric, one.slice_, limit=1).total == one.own.n, (unit.name, one.metric)


def test_the_sample_s_broken_promise_is_heard_in_complaints_and_not_in_praise(sample: Snapshot) -> None:
    (one,) = [unit for unit in through_lenses(sample, Slice()).of("channel") if unit.name == "小程序"]
    verdicts = dict(zip(LENSES, [seen.change.verdict for seen in one.seen], strict=True))
    assert verdicts == {SURVEY: Verdict.BETTER, COMPLAINTS: Verdict.WORSE, VISITS: Verdict.TOO_FEW}
    assert one.accord == Accord.CONTRADICT
