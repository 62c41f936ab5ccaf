"""The properties that every metric of the catalog has, present and future."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from servq.errors import UsageError
from servq.metrics.catalog import METRICS, get_metric
from servq.metrics.clocks import counted_rows
from servq.metrics.metric import DIRECTIONS, UNITS, Facts, state_of
from servq.metrics.readings import EXCLUSIONS
from servq.records import DIMENSIONS, Reading, State

World = Callable[..., Any]

every_metric = pytest.mark.parametrize("name", METRICS)
PLAIN_COUNTS = {"responses", "complaints", "open_complaints", "high_score_negative", "low_score_positive"}
PLAIN_COUNTS |= {"promoters_lost", "detractors_bound"}


def added(parts: list[Facts]) -> Facts:
    """Several groups as one: measures are added, rows are put together."""
    responses = {name: sum(part.responses[name] for part in parts) for name in parts[0].responses}
    complaints = pd.concat([part.complaints for part in parts if part.complaints is not None])
    return Facts(responses, complaints, pd.concat([part.visits for part in parts if part.visits is not None]))


def agree(left: Reading, right: Reading) -> bool:
    """Equal but for the last digits of added decimals."""
    numbers = [(a.value, a.low, a.high) for a in (left, right)]
    rest = [(a.n, a.state, a.excluded, a.base, a.censored, a.reason) for a in (left, right)]
    return rest[0] == rest[1] and all(
        a == b or (a is not None and b is not None and a == pytest.approx(b)) for a, b in zip(*numbers, strict=True)
    )


@every_metric
def test_no_rows_is_no_value_except_for_counts(name: str, world: World) -> None:
    empty = world(0)
    facts = type(empty)(empty.responses[:0], empty.complaints[:0], empty.visits[:0]).facts
    found = METRICS[name].read(facts)
    assert found.n == 0
    if name in PLAIN_COUNTS:
        assert (found.value, found.state, found.reason) == (0.0, State.JUDGEABLE, None)
    else:
        assert (found.value, found.low, found.high, found.state) == (None, None, None, State.TOO_FEW)
        assert found.reason is not None
        assert all(found.reason)


@every_metric
def test_no_source_is_no_value_for_anyone(name: str) -> None:
    found = METRICS[name].read(Facts())
    assert (found.value, found.n, found.state) == (None, 0, State.TOO_FEW)
    assert found.reason is not None


@every_metric
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_order_of_rows_does_not_matter(name: str, seed: int, world: World) -> None:
    rows = world(seed)
    assert agree(METRICS[name].read(rows.facts), METRICS[name].read(rows.shuffled(seed).facts))


@every_metric
def test_the_total_is_the_metric_of_the_union(name: str, world: World) -> None:
    parts = [world(1, 40), world(2, 160), world(3, 8)]
    whole = type(parts[0])(
        *(pd.concat([getattr(part, kind) for part in parts]) for kind in ("responses", "complaints", "visits"))
    )
    assert agree(METRICS[name].read(added([part.facts for part in parts])), METRICS[name].read(whole.facts))


@every_metric
@pytest.mark.parametrize("size", [8, 80, 400])
def test_n_and_the_excluded_are_all_the_rows(name: str, size: int, world: World) -> None:
    rows = world(size, size)
    found = METRICS[name].read(rows.facts)
    assert found.n + sum(found.excluded.values()) == rows.rows(METRICS[name].drill)
    assert set(found.excluded) <= set(EXCLUSIONS)


@every_metric
@pytest.mark.parametrize("size", [8, 80, 400])
def test_the_rows_to_be_listed_are_n(name: str, size: int, world: World) -> None:
    metric, rows = METRICS[name], world(size, size)
    found = metric.read(rows.facts)
    if metric.drill == "complaints":
        assert found.n == len(counted_rows(rows.facts.complaints, metric.counted))
    else:
        counted = getattr(rows, metric.drill)
        if metric.counted:
            counted = counted.dropna(subset=metric.counted)
        assert found.n == (counted["visit_id"].nunique() if metric.drill == "visits" else len(counted))


@every_metric
@pytest.mark.parametrize("seed", range(8))
def test_the_interval_holds_the_value(name: str, seed: int, world: World) -> None:
    found = METRICS[name].read(world(seed, 8 + 40 * seed).facts)
    if found.value is not None:
        assert found.low is None or found.low <= found.value + 1e-9
        assert found.high is None or found.value <= found.high + 1e-9
        assert found.reason is None
    if found.low is None:
        assert found.high is None  # only clocks may be open, and only upwards


@every_metric
def test_a_value_is_given_however_few_the_rows_are(name: str, world: World) -> None:
    found = METRICS[name].read(world(5, 8).facts)
    least = METRICS[name].shown_from, METRICS[name].judgeable_from
    assert found.state == (State.JUDGEABLE if name in PLAIN_COUNTS else state_of(found.base or found.n, *least))
    if name not in {"first_response_p90", "resolution_median", "resolution_p90"}:  # these may not be reached yet
        assert found.value is not None or found.n == 0, "of eight answers none may be in a band"


@every_metric
def test_the_form_is_filled_in(name: str) -> None:
    metric = METRICS[name]
    assert metric.name == name
    assert all((*metric.label, *metric.question, *metric.formula, *metric.reference))
    assert metric.unit in UNITS
    assert metric.better in DIRECTIONS
    assert metric.dimensions <= set(DIMENSIONS)
    assert metric.drill in metric.needs
    assert metric.read.__doc__ or metric.formula


def test_the_catalog_is_in_the_order_of_the_command_line() -> None:
    listed = """
        nps, csat, csat_other, ces, ces_5, ces_easy, attitude, responsiveness, resolution, communication,
        attitude_gap, responsiveness_gap, resolution_gap, communication_gap, negative_share, mismatch_share,
        high_score_negative, low_score_positive, repurchase_promoters, repurchase_passives, repurchase_detractors,
        promoters_lost, detractors_bound, responses, response_rate, complaints, open_complaints, complaints_per_100,
        first_response_median, first_response_p90, first_response_used, resolution_median,
        resolution_p90, sla_attainment, reopen_rate, visit_score, visit_failed
    """
    assert list(METRICS) == [name.strip() for name in listed.split(",")]


def test_an_unknown_name_gets_the_nearest_as_hint() -> None:
    assert get_metric("nps") is METRICS["nps"]
    with pytest.raises(UsageError, match="Did you mean nps"):
        get_metric("nsp")


def test_the_total_is_no_mean_of_parts() -> None:
    # 门店: 1 promoter of 2; OTA: 98 of 98. The mean of the parts would be 75
    parts = [{"likelihood_10": 1, "likelihood_8": 1, "responses": 2}, {"likelihood_10": 98, "responses": 98}]
    whole = {name: sum(part.get(name, 0) for part in parts) for name in ("likelihood_10", "likelihood_8", "responses")}
    assert METRICS["nps"].read(Facts(whole)).value == 99
