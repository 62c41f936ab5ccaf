"""What is tested here is tested on both stores."""

from tests.stores import each_warehouse as warehouse  # noqa: F401
