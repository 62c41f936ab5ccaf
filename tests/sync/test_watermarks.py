"""Watermarks: stored exactly as a database gave them, and the lag within which late rows are sought."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest

from servq.errors import SourceUnavailable
from servq.loaders.feeds.watermarks import Watermark

NOON = datetime(2026, 3, 5, 12)
VALUES = [
    9_007_199_254_740_993, 0.1 + 0.2, Decimal("10.50"), "01HR", NOON, NOON.replace(microsecond=1),
    NOON.replace(tzinfo=UTC), NOON.replace(tzinfo=timezone(timedelta(hours=8))), NOON.date(),
]  # fmt: skip


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_a_watermark_reads_back_equal_and_of_its_kind(value: Any) -> None:
    again = Watermark.from_json(Watermark.of(value).as_json()).value
    assert (again, type(again)) == (value, type(value))


@pytest.mark.parametrize(
    ("value", "lag", "behind"),
    [
        (100, 30, 70),
        (Decimal("100.5"), 30, Decimal("70.5")),
        (NOON, 600, datetime(2026, 3, 5, 11, 50)),
        (date(2026, 3, 5), 3_600, date(2026, 3, 4)),  # a day has no hours: the whole day before counts
        ("2026-03-05 12:00:00", 600, "2026-03-05 11:50:00"),
        ("2026-03-05T12:00:00.500000", 600, "2026-03-05T11:50:00.500000"),
        ("2026-03-05T12:00:00Z", 600, "2026-03-05T11:50:00Z"),
        ("2026-03-05", 86_400, "2026-03-04"),
        ("01HR", 0, "01HR"),
    ],
)
def test_how_far_behind_is_told_in_its_own_kind_and_form(value: Any, lag: int, behind: Any) -> None:
    assert Watermark(value).behind(lag) == behind


@pytest.mark.parametrize(
    ("value", "wanted"), [(True, ""), (b"1", ""), (None, ""), ("9", "number"), (9, "time"), ("9", "time")]
)
def test_a_value_without_an_order_to_rely_on_or_of_another_type_is_refused(value: Any, wanted: str) -> None:
    with pytest.raises(SourceUnavailable, match="watermark column holds"):
        Watermark.of(value, wanted, "crm")


def test_a_text_that_is_no_time_knows_no_lag() -> None:
    with pytest.raises(SourceUnavailable, match="knows no lag"):
        Watermark("01HR").behind(60)
