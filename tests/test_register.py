"""The promise register as a file: its entries, and the error for a bad file."""

from pathlib import Path

import pytest

from servq.errors import UsageError
from servq.metrics.catalog import METRICS
from servq.standards import read_standards
from servq.standards.promise_register import read_register

ENTRY = """
[[promise]]
name = "rules"
text = "同一套规则"
channels = ["OTA"]
published_where = "官网"
published_on = 2026-01-01
tested_by = "cause"
subject = "规则不一致"
at_most = 10
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "promises.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_entry_says_what_tests_it(tmp_path: Path) -> None:
    (promise,) = read_register(written(tmp_path, ENTRY))
    assert (promise.subject, promise.threshold, promise.better) == ("规则不一致", 10, "lower")
    assert read_standards(tmp_path / "standards.toml").register == (promise,)


def test_a_clock_has_its_limits_elsewhere_and_nothing_has_none(tmp_path: Path) -> None:
    bare = ENTRY.replace('subject = "规则不一致"\nat_most = 10\n', "")
    for kind in ("clock", "nothing"):
        (promise,) = read_register(written(tmp_path, bare.replace('"cause"', f'"{kind}"')))
        assert (promise.subject, promise.threshold) == ("", None)


def test_without_a_file_nothing_is_registered(tmp_path: Path) -> None:
    assert read_register(tmp_path / "promises.toml") == ()


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[[promise]\n", "不是有效的 TOML"),
        (ENTRY + ENTRY, "两条承诺同名同日"),
        (ENTRY.replace('"cause"', '"hope"'), "tested_by: 应为 clock"),
        (ENTRY.replace('["OTA"]', '"OTA"'), "channels: 应为渠道名的列表"),
        (ENTRY.replace("at_most = 10\n", ""), "at_least: 缺失或不是数字"),
        (ENTRY.replace('subject = "规则不一致"\n', ""), "subject: 缺失或不是文字"),
        (ENTRY.replace("2026-01-01", '"soon"'), "published_on: 缺失或不是日期"),
    ],
)
def test_a_bad_file_is_told_where_it_is_bad(tmp_path: Path, text: str, place: str) -> None:
    with pytest.raises(UsageError, match=place):
        read_register(written(tmp_path, text))


def test_the_register_that_comes_with_servq_asks_for_metrics_that_exist_and_keeps_no_clock_of_its_own() -> None:
    register = read_register(Path(__file__).parents[1] / "data" / "promises.toml")
    assert {promise.subject for promise in register if promise.tested_by == "question"} <= set(METRICS)
    assert {promise.threshold for promise in register if promise.tested_by == "clock"} == {None}
