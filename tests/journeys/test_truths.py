"""The planted truths of data/sample, seen through the product: loaded through ingest, asked through query and metrics.

data/README.md explains each truth; the letters are those of data/truths.toml.
"""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from servq.metrics.catalog import METRICS
from servq.metrics.judgement.comparison import against_target, compare, compare_many
from servq.metrics.verdicts import Standing, Verdict
from servq.query import Snapshot, measure
from servq.query.channels.mix import unlike
from servq.records import Reading, Slice, State
from servq.weeks import last_weeks, week_from_key


@pytest.fixture(scope="module")
def truths(root: Path) -> dict[str, Any]:
    return tomllib.loads((root / "data" / "truths.toml").read_text(encoding="utf-8"))


def one(snapshot: Snapshot, name: str, start: date | None = None, end: date | None = None, **where: str) -> Reading:
    """The figure of a period and a value of some dimensions."""
    kept = Slice.of(start, end, **{dimension: [value] for dimension, value in where.items()})
    (row,) = measure(snapshot, name, (), kept)
    return row.reading


def by(snapshot: Snapshot, name: str, dimension: str, slice_: Slice) -> dict[str, Reading]:
    return {row.dims[dimension]: row.reading for row in measure(snapshot, name, (dimension,), slice_)}


def value_of(reading: Reading) -> float:
    assert reading.value is not None, reading.reason
    return reading.value


class TestTheBrokenPromise:
    """a: 小程序 promises an answer within 30 minutes, and keeps it until one week."""

    def test_attainment_and_median_turn_over_in_that_week(self, sample: Snapshot, truths: dict[str, Any]) -> None:
        planted = truths["broken_promise"]
        turn = week_from_key(planted["from_week"])
        sla = [
            one(sample, "sla_attainment", start, end, channel=planted["channel"])
            for start, end in ((None, turn - timedelta(days=1)), (turn, None))
        ]
        assert value_of(sla[0]) > 90
        assert value_of(sla[1]) < 40
        assert compare(sla[1], sla[0], METRICS["sla_attainment"].better).verdict is Verdict.WORSE
        assert [against_target(reading, 80, "higher") for reading in sla] == [Standing.MET, Standing.MISSED]
        before = one(sample, "first_response_median", None, turn - timedelta(days=1), channel=planted["channel"])
        after = one(sample, "first_response_median", turn, None, channel=planted["channel"])
        assert value_of(before) * 60 == pytest.approx(planted["median_before"], abs=2)
        assert value_of(after) * 60 == pytest.approx(planted["median_after"], abs=8)

    def test_every_week_falls_on_its_side(self, sample: Snapshot, truths: dict[str, Any]) -> None:
        planted = truths["broken_promise"]
        turn = week_from_key(planted["from_week"]).isoformat()
        weeks = by(sample, "sla_attainment", "week", Slice.of(channel=[planted["channel"]]))
        assert min(value_of(reading) for week, reading in weeks.items() if week < turn) > 70
        assert max(value_of(reading) for week, reading in weeks.items() if week >= turn) < 50

    def test_the_customers_notice_it_in_responsiveness(self, sample: Snapshot, truths: dict[str, Any]) -> None:
        planted = truths["broken_promise"]
        turn = week_from_key(planted["from_week"])
        now = one(sample, "responsiveness", turn, None, channel=planted["channel"])
        before = one(sample, "responsiveness", None, turn - timedelta(days=1), channel=planted["channel"])
        assert compare(now, before, "higher").verdict is Verdict.WORSE

    def test_all_other_channels_keep_theirs(self, sample: Snapshot, truths: dict[str, Any]) -> None:
        turn = week_from_key(truths["broken_promise"]["from_week"])
        for start, end in ((None, turn - timedelta(days=1)), (turn, None)):
            found = by(sample, "sla_attainment", "channel", Slice(start, end))
            kept = {channel: value_of(found[channel]) for channel in truths["kept_promises"]["limit_hours"]}
            assert min(kept.values()) >= 100 * truths["kept_promises"]["share"], kept


class TestTheSlowDecline:
    """b: the attitude of one store team declines; its NPS does not show it, nor does any other store."""

    def test_the_last_four_weeks_are_worse_than_the_first_four_and_only_there(
        self, sample: Snapshot, truths: dict[str, Any]
    ) -> None:
        planted = truths["slow_decline"]
        early = Slice(sample.weeks[0], sample.weeks[4] - timedelta(days=1)).and_(channel="门店")
        late = Slice(sample.weeks[-4], None).and_(channel="门店")
        before, now = (by(sample, "attitude", "team", kept) for kept in (early, late))
        verdicts = {team: compare(now[team], before[team], "higher").verdict for team in now}
        assert verdicts.pop(planted["team"]) is Verdict.WORSE
        assert verdicts
        assert Verdict.WORSE not in verdicts.values()
        drop = value_of(before[planted["team"]]) - value_of(now[planted["team"]])
        assert drop == pytest.approx(planted["attitude_first"] - planted["attitude_last"], abs=0.2)

    def test_its_nps_shows_nothing(self, sample: Snapshot, truths: dict[str, Any]) -> None:
        team = truths["slow_decline"]["team"]
        before = one(sample, "nps", sample.weeks[0], sample.weeks[4] - timedelta(days=1), team=team)
        now = one(sample, "nps", sample.weeks[-4], None, team=team)
        assert compare(now, before, "higher").verdict is Verdict.NO_EVIDENCE


def test_the_first_cause_of_ota_is_the_rule_that_the_website_words_otherwise(
    sample: Snapshot, truths: dict[str, Any]
) -> None:
    """c"""
    planted = truths["two_rule_books"]
    causes = by(sample, "complaints", "subcategory", Slice.of(channel=[planted["channel"]]))
    first, second = sorted(causes.items(), key=lambda cause: -cause[1].n)[:2]
    assert first[0] == planted["subcategory"]
    assert first[1].n > 2 * second[1].n
    channels = by(sample, "complaints", "channel", Slice.of(subcategory=[planted["subcategory"]]))
    assert channels[planted["channel"]].n > 0.8 * sum(reading.n for reading in channels.values())
    assert set(by(sample, "complaints", "category", Slice.of(subcategory=[planted["subcategory"]]))) == {
        planted["category"]
    }


class TestTheHardCases:
    """d: 疑难专席 looks bad beside 热线一组 because it gets the hard cases; like for like no difference is left."""

    def test_all_together_it_takes_far_longer(self, sample: Snapshot, truths: dict[str, Any]) -> None:
        planted = truths["hard_cases"]
        found = by(sample, "resolution_median", "team", Slice.of(channel=[planted["channel"]]))
        assert compare(found[planted["team"]], found[planted["peer"]], "lower").verdict is Verdict.WORSE
        nps = by(sample, "nps", "team", Slice.of(channel=[planted["channel"]]))
        assert compare(nps[planted["team"]], nps[planted["peer"]], "higher").verdict is Verdict.WORSE

    def test_with_severe_cases_only_nothing_can_be_told(self, sample: Snapshot, truths: dict[str, Any]) -> None:
        planted = truths["hard_cases"]
        found = by(sample, "resolution_median", "team", Slice.of(channel=[planted["channel"]], severity=["高"]))
        change = compare(found[planted["team"]], found[planted["peer"]], "lower")
        assert change.low is not None
        assert change.high is not None
        assert change.low < 0 < change.high
        assert change.verdict in {Verdict.NO_EVIDENCE, Verdict.TOO_FEW}

    def test_within_the_hard_products_nothing_can_be_told_either(
        self, sample: Snapshot, truths: dict[str, Any]
    ) -> None:
        planted = truths["hard_cases"]
        kept = Slice.of(channel=[planted["channel"]], product=planted["products"])
        found = by(sample, "resolution_median", "team", kept)
        verdict = compare(found[planted["team"]], found[planted["peer"]], "lower").verdict
        assert verdict in {Verdict.NO_EVIDENCE, Verdict.TOO_FEW}

    def test_the_product_says_itself_that_the_two_are_given_other_cases(
        self, sample: Snapshot, truths: dict[str, Any]
    ) -> None:
        planted = truths["hard_cases"]
        own, peer = (Slice.of(channel=[planted["channel"]], team=[team]) for team in (planted["team"], planted["peer"]))
        pointed_out = {(pair.dimension, pair.value) for pair in unlike(sample, own, peer)}
        assert ("severity", "高") in pointed_out or ("severity", "低") in pointed_out
        assert any(dimension == "product" and value in planted["products"] for dimension, value in pointed_out)


class TestTheDramaticNoise:
    """e: a fall of thirty points and more on fifteen answers is not significant, and the product says so."""

    def test_the_cell_falls_deeply_and_is_not_called_worse(self, sample: Snapshot, truths: dict[str, Any]) -> None:
        planted = truths["dramatic_noise"]
        before_week, last_week = last_weeks(week_from_key(planted["week"]), 2)
        before, now = (
            one(sample, "nps", week=week.isoformat(), team=planted["team"], channel=planted["channel"])
            for week in (before_week, last_week)
        )
        assert planted["min_fall"] <= value_of(before) - value_of(now) <= planted["max_fall"]
        assert now.state is State.INDICATIVE
        change = compare(now, before, "higher")
        assert change.verdict in {Verdict.TOO_FEW, Verdict.NO_EVIDENCE}
        assert change.high is not None
        assert change.high > 0, "the interval holds 0"

    def test_of_all_cells_of_that_week_none_is_pointed_out(self, sample: Snapshot, truths: dict[str, Any]) -> None:
        before_week, last_week = last_weeks(week_from_key(truths["dramatic_noise"]["week"]), 2)
        for dims in (("channel",), ("team",), ("channel", "team")):
            now, before = (
                {tuple(row.dims.values()): row.reading for row in measure(sample, "nps", dims, _week(monday))}
                for monday in (last_week, before_week)
            )
            found = compare_many([(now[key], before[key], "higher") for key in now if key in before])
            assert not {change.verdict for change in found.changes} & {Verdict.BETTER, Verdict.WORSE}, dims


def _week(monday: date) -> Slice:
    return Slice(monday, monday + timedelta(days=6))


def test_one_shopper_scores_everybody_low(sample: Snapshot, truths: dict[str, Any]) -> None:
    """f"""
    planted = truths["harsh_shopper"]
    found = by(sample, "visit_score", "shopper_id", Slice())
    harsh = found.pop(planted["shopper"])
    others = [value_of(reading) for reading in found.values()]
    assert sum(others) / len(others) - value_of(harsh) == pytest.approx(-100 * planted["shift"], abs=3)
    assert max(others) - min(others) < 4
    for name, reading in found.items():
        change = compare(harsh, reading, "higher")
        assert change.high is not None
        assert change.high < 0, name
        assert change.verdict is (Verdict.WORSE if reading.state is State.JUDGEABLE else Verdict.TOO_FEW), name
