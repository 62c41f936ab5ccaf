"""All others of a unit from one grouping, against the slice "all but this one" asked for itself: equal to 1e-9."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields
from datetime import date
from typing import Any

import numpy as np
import pytest

from servq.metrics.catalog import METRICS
from servq.query import Snapshot, take_snapshot
from servq.query.channels.agreement import CLOCK
from servq.query.channels.lenses import LENSES
from servq.query.measure import Row, measure, unsuppressed
from servq.query.others import measure_others, slice_of_others, unsuppressed_others
from servq.records import Reading, Slice
from servq.standards import Standards
from servq.warehouse.store.engine import Warehouse
from tests.warehouse.rows import answer, complaint, item, store

NAMES = sorted(name for name, metric in METRICS.items() if {"channel", "team"} <= metric.dimensions)
SPANS = (Slice(), Slice(date(2026, 5, 4), date(2026, 5, 10)), Slice(date(2026, 5, 2), date(2026, 5, 12)))
"""All time, one week, and days that cut two weeks."""


def world(warehouse: Warehouse, seed: int) -> Snapshot:
    """Three weeks at random: few and many answers, decimals, customers who come back to one team or to several."""
    random = np.random.default_rng(seed)

    def one_of(*values: Any) -> Any:
        return values[random.integers(len(values))]

    def place() -> dict[str, str]:
        return {"channel": one_of("OTA", "官网", "门店"), "team": one_of("甲", "乙", "丙", "丁")}

    def day() -> str:
        return f"2026-05-{random.integers(1, 18):02d}"

    answers = [
        answer(
            f"r{number}",
            day(),
            one_of(None, "negative", "positive", "wordless"),
            **place(),
            survey_mode=one_of(None, "电话", "网页", "网页"),
            likelihood=one_of(None, *map(float, range(11))),
            csat=one_of(None, 1.0, 3.9, 4.8),
            attitude=one_of(None, 2.3, 4.7),
            repurchased=one_of(None, 0.0, 1.0),
            customer_id=one_of(None, *(f"c{n}" for n in range(40))),
            order_id=one_of(None, None, *(f"o{n}" for n in range(60))),
        )
        for number in range(int(random.integers(40, 300)))
    ]
    cases = [
        complaint(f"t{n}", day(), **place(), customer_id=one_of(None, *(f"c{n}" for n in range(20))))
        | _ends(random, day)
        for n in range(int(random.integers(1, 80)))
    ]
    visits = [
        item(f"v{n}", name, float(random.integers(1, 6)), when, **at)
        for n in range(int(random.integers(2, 30)))
        for when, at in [(day(), place())]
        for name in ("问候", "环境")
    ]
    store(warehouse, *answers)
    store(warehouse, *cases, source="complaints")
    store(warehouse, *visits, source="visits")
    return take_snapshot(warehouse, Standards())


def _ends(random: np.random.Generator, day: Any) -> dict[str, Any]:
    opened = complaint("x", day())["opened_at"]
    return {"first_response_at": opened + int(random.integers(60, 90_000)), "resolved_at": None}


def asked_one_by_one(snapshot: Snapshot, unit: str, slice_: Slice, names: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """These metrics, every unit of each, as a whole and by survey mode."""
    for name in names:
        for one in {row.dims[unit] for row in unsuppressed(snapshot, name, (unit,), slice_)} | {"nobody"}:
            for by in ((), ("survey_mode",)) if "survey_mode" in METRICS[name].dimensions else ((),):
                yield name, one, by


def same(found: list[Row], expected: list[Row]) -> bool:
    return [row.dims for row in found] == [row.dims for row in expected] and all(
        _alike(one.reading, other.reading) for one, other in zip(found, expected, strict=True)
    )


def _alike(one: Reading, other: Reading) -> bool:
    pairs = [(getattr(one, field.name), getattr(other, field.name)) for field in fields(Reading)]
    return all(a == (pytest.approx(b, rel=1e-9, abs=1e-9) if isinstance(b, float) else b) for a, b in pairs)


def assert_others_are_as_asked_for(snapshot: Snapshot, slice_: Slice, names: Sequence[str] = NAMES) -> None:
    asked = 0
    for unit in ("channel", "team"):
        for name, one, by in asked_one_by_one(snapshot, unit, slice_, names):
            rest = slice_of_others(snapshot, name, unit, one, slice_)
            shown = measure_others(snapshot, name, unit, one, by, slice_)
            judged = unsuppressed_others(snapshot, name, unit, one, by, slice_)
            assert same(shown, [] if rest is None else measure(snapshot, name, by, rest)), (name, unit, one, by)
            assert same(judged, [] if rest is None else unsuppressed(snapshot, name, by, rest)), (name, unit, one, by)
            asked += rest is not None
    assert asked > len(names), "not everything is empty"


@pytest.mark.parametrize("slice_", [Slice(), Slice(date(2026, 8, 31), date(2026, 9, 27))], ids=["all", "four weeks"])
def test_others_on_the_sample_are_those_of_the_slice_of_all_others(sample: Snapshot, slice_: Slice) -> None:
    assert_others_are_as_asked_for(sample, slice_, (*LENSES, "csat", "attitude", CLOCK))


@pytest.mark.parametrize("seed", range(3))
def test_others_of_worlds_at_random_are_those_of_the_slice_of_all_others(warehouse: Warehouse, seed: int) -> None:
    snapshot = world(warehouse, seed)
    for slice_ in (*SPANS, Slice.of(survey_mode=["网页"])):
        assert_others_are_as_asked_for(snapshot, slice_)


def test_the_only_unit_has_no_others(warehouse: Warehouse) -> None:
    store(warehouse, *(answer(f"r{number}") for number in range(40)))
    snapshot = take_snapshot(warehouse, Standards())
    assert slice_of_others(snapshot, "nps", "channel", "OTA", Slice()) is None
    assert measure_others(snapshot, "nps", "channel", "OTA", (), Slice()) == []


def test_answers_of_one_customer_count_without_those_they_gave_the_unit(warehouse: Warehouse) -> None:
    """One customer gave four answers to 甲 and three to 乙: without 甲 three are left, 3 · 2 ordered pairs of 7 · 6."""
    rows = [answer(f"a{n}", customer_id="c", team="甲", likelihood=9.0) for n in range(4)]
    rows += [answer(f"b{n}", customer_id="c", team="乙", likelihood=3.0) for n in range(3)]
    rows += [answer(f"d{n}", customer_id=f"d{n}", team="丙", likelihood=float(n % 11)) for n in range(60)]
    store(warehouse, *rows)
    snapshot = take_snapshot(warehouse, Standards())
    alike = snapshot.clusters.given["likelihood"]
    assert alike > 0
    worth = {one: unsuppressed_others(snapshot, "nps", "team", one, (), Slice())[0].reading for one in "甲乙丙"}
    expected = {"甲": (63, 6), "乙": (64, 12), "丙": (7, 42)}
    for one, (n, pairs) in expected.items():
        assert worth[one].n == n
        assert worth[one].worth == pytest.approx(n * n / (n + alike * pairs))
