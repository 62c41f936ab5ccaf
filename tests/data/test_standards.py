"""The standards in data/standards.toml: the numbers agree with the published words."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

UNITS = {"分钟": 1 / 60, "小时": 1.0, "minutes": 1 / 60, "hour": 1.0, "hours": 1.0}


def hours_in(text: str) -> float:
    """`30 分钟内响应` -> 0.5."""
    number, unit = re.findall(r"(\d+) (分钟|小时|minutes|hours?)", text)[0]
    return int(number) * UNITS[unit]


def test_every_promise_says_its_limit_in_both_languages(standards: dict[str, Any]) -> None:
    for promise in standards["promise"]:
        assert hours_in(promise["text"]) == promise["limit_hours"] == hours_in(promise["text_en"])


def test_every_channel_of_the_sample_has_a_promise_and_the_sample_keeps_to_it(
    standards: dict[str, Any], truths: dict[str, Any]
) -> None:
    limits = {promise["channel"]: promise["limit_hours"] for promise in standards["promise"]}
    broken = truths["broken_promise"]
    assert limits == {**truths["kept_promises"]["limit_hours"], broken["channel"]: broken["limit_minutes"] / 60}


def test_all_entries_hold_from_before_the_sample_begins(standards: dict[str, Any]) -> None:
    entries = standards["promise"] + standards["target"]
    assert all(entry["valid_from"] <= date(2026, 3, 30) for entry in entries)
    assert all(entry["metric"] == "first_response" for entry in standards["promise"])
    assert standards["default"]["limit_hours"] == 24


def test_targets_are_named_once_each(standards: dict[str, Any]) -> None:
    targets = {
        (target["metric"], *([target["channel"]] if "channel" in target else [])): target["value"]
        for target in standards["target"]
    }
    assert len(targets) == len(standards["target"])
    assert targets == {
        ("nps",): 35,
        ("csat",): 82,
        ("first_response_median",): 2,
        ("first_response_median", "小程序"): 0.5,
        ("negative_share",): 30,
        ("visit_score",): 85,
        ("sla_attainment",): 90,
    }
