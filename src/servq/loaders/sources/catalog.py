"""The catalog of sources, one line each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servq.errors import unknown
from servq.loaders.sources.complaints import COMPLAINTS
from servq.loaders.sources.surveys import SURVEYS
from servq.loaders.sources.visits import VISITS

if TYPE_CHECKING:
    from servq.loaders.sources.source import Source

SOURCES: dict[str, Source] = {
    "surveys": SURVEYS,
    "complaints": COMPLAINTS,
    "visits": VISITS,
}


def get_source(name: str) -> Source:
    """The source of this name.

    Raises:
        UsageError: there is none; the nearest name is the hint.
    """
    if name not in SOURCES:
        raise unknown("数据来源", "source", name, SOURCES)
    return SOURCES[name]
