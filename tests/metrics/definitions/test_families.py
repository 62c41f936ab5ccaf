"""The balance table of the five families, and the meaning of each metric's rows."""

from __future__ import annotations

import pytest

from servq.metrics.catalog import METRICS
from servq.metrics.documentation import as_markdown
from servq.metrics.metric import FAMILIES, MISSED, Family, Metric


def test_every_family_is_named_and_says_what_it_misses() -> None:
    assert set(FAMILIES) == set(MISSED) == set(Family)


def test_innovation_is_fed_by_nothing_and_says_what_would_feed_it() -> None:
    assert Family.INNOVATION not in {metric.family for metric in METRICS.values()}
    assert MISSED[Family.INNOVATION]


@pytest.mark.parametrize("name", METRICS)
def test_the_guide_says_what_a_metric_counts_and_its_family(name: str) -> None:
    metric = METRICS[name]
    entry = as_markdown().partition(f"\n### `{name}` ")[2].partition("\n### ")[0]
    assert f"- n: {metric.counted_as.zh} {metric.counted_as.en}" in entry
    assert f"- 类 family: {FAMILIES[metric.family].zh} {FAMILIES[metric.family].en}" in entry


@pytest.mark.parametrize(
    ("name", "family", "counted"),
    [
        ("nps", Family.RESULT, "作答了“推荐意愿”或给出推荐类别的答卷"),
        ("csat", Family.PERCEPTION, "作答了“总体满意度”的答卷"),
        ("csat_other", Family.PERCEPTION, "按非五分制量表作答满意度的答卷"),
        ("ces_easy", Family.PERCEPTION, "作答了“办理轻松程度”的答卷"),
        ("resolution_gap", Family.PERCEPTION, "该项的期望与体验都作答的答卷"),
        ("repurchase_passives", Family.RESULT, "推荐分 7–8、已知是否复购的答卷"),
        ("first_response_p90", Family.PROCESS, "有首次响应或仍在等待的投诉"),
        ("resolution_p90", Family.EFFICIENCY, "全部投诉（未结的按已等时间计）"),
        ("visit_failed", Family.PROCESS, "有有效检查项的访问"),
    ],
)
def test_a_metric_describes_itself(name: str, family: Family, counted: str) -> None:
    metric: Metric = METRICS[name]
    assert (metric.family, metric.counted_as.zh) == (family, counted)
