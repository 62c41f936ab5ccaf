"""Search over the catalog: metrics by name, id, or the words of their definitions, in either language."""

from __future__ import annotations

import re
import unicodedata

from servq.metrics.catalog import METRICS
from servq.metrics.metric import Metric

_BETWEEN = re.compile(r"[\s,，、;；_]+")


def find_metrics(wanted: str) -> list[Metric]:
    """The metrics whose definition has every word searched for; those with the words in their name come first.

    Width and case of letters do not matter. Nothing wanted finds nothing.

    >>> [metric.name for metric in find_metrics("NPS")][:1]
    ['nps']
    >>> [metric.name for metric in find_metrics("响应 中位数")]
    ['first_response_median', 'first_response_used']
    """
    words = [word for word in _BETWEEN.split(_plain(wanted)) if word]
    if not words:
        return []
    found = [metric for metric in METRICS.values() if all(word in _all_of(metric) for word in words)]
    return sorted(found, key=lambda metric: not all(word in _names_of(metric) for word in words))


def _names_of(metric: Metric) -> str:
    return _plain(" ".join((metric.name.replace("_", " "), metric.label.zh, metric.label.en)))


def _all_of(metric: Metric) -> str:
    said = (metric.question, metric.formula, metric.reference)
    return " ".join((_names_of(metric), *(_plain(f"{label.zh} {label.en}") for label in said)))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
