"""What is asked here is asked of both stores."""

from tests.conftest import each_sample as sample  # noqa: F401
from tests.stores import each_warehouse as warehouse  # noqa: F401
