"""The search for metrics by name, id and the words of their definitions, in both languages."""

from __future__ import annotations

import pytest

from servq.metrics.catalog import METRICS
from servq.metrics.metric import Metric
from servq.metrics.metric_search import find_metrics


def names(wanted: str) -> list[str]:
    return [metric.name for metric in find_metrics(wanted)]


@pytest.mark.parametrize("metric", METRICS.values(), ids=lambda metric: metric.name)
def test_every_metric_is_found_by_its_id_its_two_names_and_its_two_formulas(metric: Metric) -> None:
    for wanted in (metric.name, metric.label.zh, metric.label.en, metric.formula.zh, metric.formula.en):
        assert metric.name in names(wanted)


def test_what_is_called_so_comes_before_what_only_mentions_it() -> None:
    found = names("投诉")
    assert found[0] == "complaints"
    assert set(found) > {"complaints", "complaints_per_100"}


def test_every_word_must_be_there_whatever_its_case_and_width() -> None:
    assert names("首次响应 p90") == names("Ｐ９０　首次响应") == ["first_response_p90"]
    assert names("首次响应 nothing-of-the-kind") == []


@pytest.mark.parametrize("nothing", ["", "  ", "，、_"])
def test_nothing_wanted_finds_nothing(nothing: str) -> None:
    assert names(nothing) == []
