"""Waits after failed attempts: worked by hand on a clock that the test moves."""

from __future__ import annotations

import pytest

from servq.access.backoff import MOST_KEPT, Backoff


class Clock:
    now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_five_attempts_are_free_then_the_waits_double_up_to_a_minute(clock: Clock) -> None:
    backoff = Backoff(clock)
    assert [backoff.begin("anna", f"192.0.2.{place}") for place in range(5)] == [0] * 5
    waits = []
    for place in range(9):
        waits.append(backoff.begin("anna", f"198.51.100.{place}"))
        clock.now += waits[-1]
        assert backoff.begin("anna", f"203.0.113.{place}") == 0
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_one_address_that_tries_many_names_waits_too_up_to_a_quarter_of_an_hour(clock: Clock) -> None:
    backoff = Backoff(clock)
    assert [backoff.begin(f"name{place}", "192.0.2.1") for place in range(10)] == [0] * 10
    waits = []
    for place in range(12):
        waits.append(backoff.begin(f"other{place}", "192.0.2.1"))
        clock.now += waits[-1]
        assert backoff.begin(f"third{place}", "192.0.2.1") == 0
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]
    assert backoff.begin("anna", "192.0.2.2") == 0, "nobody else waits"


def test_an_attempt_counts_before_its_outcome_is_known_so_that_many_at_once_count_too(clock: Clock) -> None:
    backoff = Backoff(clock)
    opened = sum(backoff.begin("anna", "192.0.2.1") == 0 for _ in range(100))
    assert opened == 5


def test_who_signs_in_has_no_failures_left(clock: Clock) -> None:
    backoff = Backoff(clock)
    for _ in range(4):
        backoff.begin("anna", "192.0.2.1")
    assert backoff.begin("anna", "192.0.2.1") == 0
    backoff.succeeded("anna", "192.0.2.1")
    assert [backoff.begin("anna", "192.0.2.1") for _ in range(5)] == [0] * 5


def test_an_attempt_that_must_wait_does_not_lengthen_the_wait(clock: Clock) -> None:
    backoff = Backoff(clock)
    for _ in range(5):
        backoff.begin("anna", "192.0.2.1")
    assert [backoff.begin("anna", "192.0.2.1") for _ in range(50)] == [1] * 50
    clock.now += 1
    assert backoff.begin("anna", "192.0.2.1") == 0


def test_an_hour_without_failures_forgets_them_and_no_more_are_kept_than_fit(clock: Clock) -> None:
    backoff = Backoff(clock)
    for _ in range(5):
        backoff.begin("anna", "192.0.2.1")
    clock.now += 3_601
    assert backoff.begin("anna", "192.0.2.1") == 0
    for place in range(MOST_KEPT + 10):
        backoff.begin(f"n{place}", f"a{place}")
    assert len(backoff._failures) == MOST_KEPT
