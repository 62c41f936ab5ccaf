"""Fixtures of the warehouse tests, which run on both stores."""

from tests.stores import each_warehouse as warehouse  # noqa: F401
