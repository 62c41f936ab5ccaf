"""Fixtures of the journeys, which run on both stores."""

from tests.conftest import each_sample as sample  # noqa: F401
