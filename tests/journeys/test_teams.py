"""What is planted about teams and shoppers, asked for through the product: the right one is named, nobody else."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from servq.metrics.severity import Hand
from servq.query import Snapshot
from servq.query.measure import measure
from servq.query.shopping import doubled, shoppers
from servq.records import Slice
from servq.settings import read_settings


@pytest.fixture(scope="module")
def truths() -> dict[str, Any]:
    """What was planted in data/sample."""
    return tomllib.loads((read_settings().data / "truths.toml").read_text(encoding="utf-8"))


class TestTheHarshShopper:
    """f: one shopper takes off twelve points everywhere; the others are not mild because of it."""

    def test_the_planted_shopper_is_the_only_one_named(self, sample: Snapshot, truths: dict[str, Any]) -> None:
        planted = truths["harsh_shopper"]
        found = shoppers(sample, Slice())
        named = [one for one in found if one.severity.hand in (Hand.HARSH, Hand.MILD)]
        assert [(one.name, one.severity.hand) for one in named] == [(planted["shopper"], Hand.HARSH)]
        severity = named[0].severity
        assert severity.low is not None
        assert severity.high is not None
        assert severity.low < 100 * planted["shift"] < severity.high

    def test_the_number_beside_a_shopper_is_that_of_his_or_her_visits(self, sample: Snapshot) -> None:
        counted = {row.dims["shopper_id"]: row.reading.n for row in measure(sample, "visit_score", ("shopper_id",))}
        assert {one.name: one.severity.n for one in shoppers(sample, Slice())} == counted

    def test_its_doubled_visits_do_not_agree_well_enough_for_a_ranking(self, sample: Snapshot) -> None:
        found = doubled(sample, Slice()).alpha
        assert found.occasions > 40
        assert found.value is not None
        assert 0 < found.value < 0.5
        assert not found.ranks
