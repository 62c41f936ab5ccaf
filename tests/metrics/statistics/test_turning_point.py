"""Turning points of weekly series; every expected place is worked by hand."""

from __future__ import annotations

import pytest

from servq.metrics.statistics.turning_point import turning_point, turning_point_of_means


@pytest.mark.parametrize(
    ("values", "weights", "place"),
    [
        ([4.5, 4.5, 4.0, 4.0], [10, 10, 10, 10], 2),
        ([4.5, 4.3, None, 4.0, 3.8], [10, 10, 0, 10, 10], 3),
        ([4.0, 4.0, 1.0, 4.0, 3.0, 3.0], [100, 100, 1, 100, 100, 100], 4),
        ([4.0, 4.0, 4.0], [10, 10, 10], None),
        ([None, 4.0, None], [0, 10, 0], None),
        ([], [], None),
    ],
    ids=["a step", "a gap", "a week of one answer is no turn", "a flat series", "a single week", "nothing"],
)
def test_a_series_of_means_turns_where_the_parts_vary_least_within(
    values: list[float | None], weights: list[float], place: int | None
) -> None:
    assert turning_point_of_means(values, weights) == place


def test_a_share_turns_where_two_shares_explain_the_counts_best() -> None:
    assert turning_point([9, 10, 2, 1], [10, 10, 10, 10]) == 2
    assert turning_point([9], [10]) is None
