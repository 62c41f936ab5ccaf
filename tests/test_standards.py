"""Dated promises and targets: the version that holds on a day, and the error for a bad file."""

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from servq.errors import UsageError
from servq.metrics.catalog import METRICS
from servq.records import Slice
from servq.standards import Standards, read_standards
from servq.weeks import day_start

FILE = """
[default]
limit_hours = 12

[[promise]]
channel = "小程序"
metric = "first_response"
limit_hours = 2
text = "2 小时内响应"
text_en = "answered within 2 hours"
valid_from = 2026-01-01

[[promise]]
channel = "小程序"
metric = "first_response"
limit_hours = 0.5
text = "30 分钟内响应"
valid_from = 2026-04-01

[[promise]]
channel = "小程序"
metric = "resolution"
limit_hours = 72
valid_from = 2026-01-01

[[target]]
metric = "nps"
value = 40
valid_from = 2026-07-01

[[target]]
metric = "nps"
value = 35
valid_from = 2026-01-01

[[target]]
metric = "nps"
channel = "OTA"
value = 20
valid_from = 2026-02-01
"""


@pytest.fixture
def standards(tmp_path: Path) -> Standards:
    return written(tmp_path, FILE)


def written(folder: Path, text: str) -> Standards:
    (folder / "standards.toml").write_text(text, encoding="utf-8")
    return read_standards(folder / "standards.toml")


@pytest.mark.parametrize(
    ("day", "hours"),
    [(date(2025, 12, 31), 12), (date(2026, 1, 1), 2), (date(2026, 3, 31), 2), (date(2026, 4, 1), 0.5)],
)
def test_the_latest_version_not_after_the_day_holds(standards: Standards, day: date, hours: float) -> None:
    assert standards.limit_hours("小程序", day) == hours


def test_a_channel_without_promise_has_the_default_limit(standards: Standards) -> None:
    assert standards.limit_hours("门店", date(2026, 5, 1)) == 12
    assert standards.promise("门店", date(2026, 5, 1)) is None


def test_the_promise_is_given_in_its_words(standards: Standards) -> None:
    promise = standards.promise("小程序", date(2026, 5, 1))
    assert promise is not None
    assert (promise.text, promise.text_en, promise.limit_hours) == ("30 分钟内响应", "", 0.5)


def test_promises_of_other_clocks_do_not_mix(standards: Standards) -> None:
    resolution = standards.promise("小程序", date(2026, 5, 1), metric="resolution")
    assert resolution is not None
    assert resolution.limit_hours == 72


def test_targets_too_have_their_days(standards: Standards) -> None:
    days = [date(2025, 1, 1), date(2026, 6, 30), date(2026, 7, 1)]
    assert [standards.target("nps", day) for day in days] == [None, 35, 40]
    assert standards.target("csat", date(2026, 7, 1)) is None


def test_a_channel_s_own_target_comes_first_and_a_later_common_one_does_not_replace_it(standards: Standards) -> None:
    days = [date(2026, 1, 31), date(2026, 2, 1), date(2026, 7, 1)]
    assert [standards.target("nps", day, "OTA") for day in days] == [35, 20, 20]
    assert [standards.target("nps", day, "门店") for day in days] == [35, 35, 40]


@pytest.mark.parametrize(("channels", "target"), [(["OTA"], 20), (["门店"], 35), (["OTA", "门店"], 35), ([], 35)])
def test_only_a_figure_of_one_channel_is_held_against_that_channel_s_target(
    standards: Standards, channels: list[str], target: float
) -> None:
    only = Slice.of(channel=channels).only("channel")
    assert standards.target("nps", date(2026, 6, 1), only) == target


def test_a_whole_column_of_limits_is_the_same_as_one_by_one(standards: Standards) -> None:
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 3, 31), date(2026, 4, 1)]
    opened = [day_start(day) + offset for day in days for offset in (0, 86_399)]
    for channels in (["小程序"] * 8, ["门店"] * 8, [None] * 8):
        column = pd.Series(channels, dtype="str")
        expected = [
            standards.limit_hours(channel or "", day) for channel, day in zip(channels, sorted(days * 2), strict=True)
        ]
        assert standards.limits_for(column, np.array(opened, dtype=float)).tolist() == expected
        assert standards.limits_for(column.astype("category"), np.array(opened)).tolist() == expected


def test_without_a_file_there_is_only_the_default_limit(tmp_path: Path) -> None:
    assert read_standards(tmp_path / "standards.toml") == Standards()
    assert Standards().limit_hours("OTA", date(2026, 1, 1)) == 24


PROMISE = '[[promise]]\nchannel = "OTA"\nmetric = "first_response"\nlimit_hours = 4\nvalid_from = 2026-01-01\n'


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[[promise]\n", "standards.toml: 不是有效的 TOML"),
        (PROMISE.replace('"OTA"', "7"), r"\[\[promise\]\] 1 channel: 缺失或不是文字"),
        (PROMISE.replace('"OTA"', '" "'), r"\[\[promise\]\] 1 channel: 缺失或不是文字"),
        (PROMISE + PROMISE.replace("limit_hours = 4\n", ""), r"\[\[promise\]\] 2 limit_hours: 缺失或不是数字"),
        (PROMISE.replace("= 4", '= "4"'), r"\[\[promise\]\] 1 limit_hours: 缺失或不是数字"),
        (PROMISE.replace("= 4", "= true"), r"\[\[promise\]\] 1 limit_hours: 缺失或不是数字"),
        (PROMISE.replace("= 4", "= nan"), r"\[\[promise\]\] 1 limit_hours: 缺失或不是数字"),
        (PROMISE.replace("= 4", "= 0"), r"\[\[promise\]\] 1 limit_hours: 时限必须大于 0"),
        (PROMISE.replace("2026-01-01", '"2026-01-01"'), r"\[\[promise\]\] 1 valid_from: 缺失或不是日期"),
        (PROMISE.replace("2026-01-01", "2026-01-01T08:00:00"), r"\[\[promise\]\] 1 valid_from: 缺失或不是日期"),
        (PROMISE + PROMISE, r"\[\[promise\]\] 2: 与前面一条同名同日"),
        ('[promise]\nchannel = "OTA"\n', r"promise: 应写作 \[\[promise\]\]"),
        ("promise = [1]\n", r"\[\[promise\]\] 1: 应为表"),
        ("default = 24\n", r"\[default\]: 应为表"),
        ('[[target]]\nmetric = "nps"\nvalid_from = 2026-01-01\n', r"\[\[target\]\] 1 value: 缺失或不是数字"),
    ],
)
def test_a_bad_file_is_told_where_it_is_bad(tmp_path: Path, text: str, place: str) -> None:
    with pytest.raises(UsageError, match=place) as caught:
        written(tmp_path, text)
    assert "请改正服务标准文件后重试" in caught.value.message


def test_the_standards_that_come_with_servq_can_be_read_and_name_known_metrics() -> None:
    standards = read_standards(Path(__file__).parents[1] / "data" / "standards.toml")
    assert standards.promises
    assert {target.metric for target in standards.targets} <= set(METRICS)
