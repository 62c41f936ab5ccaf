"""Fixtures of the query tests, which run on both stores."""

from tests.conftest import each_sample as sample  # noqa: F401
from tests.stores import each_warehouse as warehouse  # noqa: F401
