"""The journeys lead through both stores."""

from tests.conftest import each_sample as sample  # noqa: F401
