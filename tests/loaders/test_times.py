"""Times: the forms that are understood, those that never are, and what the zones do to them."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servq.loaders.times.moments import read_moment
from servq.loaders.times.time_format import Reckoning
from servq.settings import BUSINESS_ZONE

SHANGHAI, NEW_YORK = ZoneInfo("Asia/Shanghai"), ZoneInfo("America/New_York")
TWO_PAST_TWO = int(datetime(2026, 3, 5, 6, 2, tzinfo=UTC).timestamp())
"""14:02 on 5 March 2026 in Shanghai."""


@pytest.mark.parametrize(
    "written",
    [
        "2026-03-05 14:02",
        "2026-03-05 14:02:00",
        "2026-03-05T14:02:00",
        "2026-03-05T14:02:00.000",
        "2026/3/5 14:02",
        "2026/03/05 14:02:00",
        "2026.3.5 14:02",
        "2026年3月5日 14:02",
        "2026年3月5日14时02分",
        "2026年03月05日 14时02分00秒",
        "２０２６－０３－０５ １４：０２",
        "2026-03-05T14:02:00+08:00",
        "2026-03-05 06:02:00Z",
        "2026-03-05T01:02:00-0500",
    ],
)
def test_one_moment_in_all_its_forms(written: str) -> None:
    assert read_moment(written, SHANGHAI) == TWO_PAST_TWO


@pytest.mark.parametrize("written", ["2026-03-05", "2026/3/5", "2026年3月5日", "2026-03-05 00:00:00"])
def test_a_date_alone_is_the_first_moment_of_its_day(written: str) -> None:
    assert read_moment(written, SHANGHAI) == int(datetime(2026, 3, 4, 16, tzinfo=UTC).timestamp())


@pytest.mark.parametrize(
    "written",
    ["03-05-26", "05/03/2026", "26-03-05", "2026-13-05", "2026-02-30", "2026-03-05 24:00", "2026-03-05 14:60:00",
     "2026-3/5", "2026-W10-4 14:02:31", "2026-03-05 140231.1", "46086.5", "20260305", "昨天", "2026-03-05 2:02 PM",
     "2026-03-05 14:02:31 2026-03-05"],
)  # fmt: skip
def test_what_can_be_read_two_ways_or_not_at_all_is_not_read(written: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_moment(written, SHANGHAI)


@pytest.mark.parametrize(
    "written", ["0001-01-01", "0001-01-01 00:00:00", "0001-01-01T00:00:00+00:00", "1899-12-31 23:59:59"]
)
def test_what_systems_write_for_no_date_is_no_time(written: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_moment(written, SHANGHAI)


def test_naive_times_belong_to_the_zone_that_the_map_names() -> None:
    # New York was five hours behind UTC on 5 March and four on 5 April 2026.
    assert read_moment("2026-03-05 01:02", NEW_YORK) == TWO_PAST_TWO
    assert read_moment("2026-04-05 02:02:00", NEW_YORK) == int(datetime(2026, 4, 5, 6, 2, tzinfo=UTC).timestamp())


@pytest.mark.parametrize("written", ["2026-03-08 02:30", "2026-03-08 02:30:00"])
def test_a_time_that_the_clocks_skipped_is_not_a_time(written: str) -> None:
    with pytest.raises(ValueError, match="skipped"):
        read_moment(written, NEW_YORK)


@pytest.mark.parametrize("written", ["2026-11-01 01:30", "2026-11-01 01:30:00"])
def test_of_an_hour_shown_twice_the_first_is_meant(written: str) -> None:
    assert read_moment(written, NEW_YORK) == int(datetime(2026, 11, 1, 5, 30, tzinfo=UTC).timestamp())


def test_a_day_whose_midnight_was_skipped_has_its_other_hours() -> None:
    # Clocks in São Paulo went from 23:59:59 on 3 November 2018 to 01:00 on the 4th.
    sao_paulo = ZoneInfo("America/Sao_Paulo")
    assert read_moment("2018-11-04 12:00:00", sao_paulo) == int(datetime(2018, 11, 4, 14, tzinfo=UTC).timestamp())


def test_with_a_format_no_other_form_is_understood() -> None:
    american = Reckoning(SHANGHAI).reader("%m-%d-%y %H:%M")
    assert american("03-05-26 14:02") == TWO_PAST_TWO
    with pytest.raises(ValueError, match="does not match"):
        american("2026-03-05 14:02")


def test_real_moments_of_a_workbook_need_no_format() -> None:
    assert Reckoning(SHANGHAI, typed=True).reader("%d.%m.%Y")("2026-03-05T14:02:00") == TWO_PAST_TWO


moments = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)).map(lambda moment: moment.replace(microsecond=0))
patterns = st.sampled_from(["%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y/%m/%d %H:%M:%S", "%Y年%m月%d日 %H:%M:%S"])


@given(moments, patterns)
def test_what_is_written_in_shanghai_is_read_back(moment: datetime, pattern: str) -> None:
    if moment.year < 1992:  # Shanghai had summer time until September 1991
        moment = moment.replace(year=1992, day=min(moment.day, 28))
    expected = (moment - timedelta(hours=8)).replace(tzinfo=UTC)
    assert read_moment(moment.strftime(pattern), SHANGHAI) == int(expected.timestamp())


@given(moments, st.integers(-14 * 60, 14 * 60))
def test_an_offset_is_respected_whatever_the_zone(moment: datetime, minutes: int) -> None:
    aware = moment.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    assert read_moment(aware.isoformat(), NEW_YORK) == int(aware.timestamp())


@given(moments)
def test_the_quick_way_and_the_long_way_agree(moment: datetime) -> None:
    quick, long = moment.strftime("%Y-%m-%d %H:%M:%S"), moment.strftime("%Y/%m/%d %H:%M:%S")
    try:
        expected = read_moment(long, NEW_YORK)
    except ValueError:
        with pytest.raises(ValueError, match="skipped"):
            read_moment(quick, NEW_YORK)
    else:
        assert read_moment(quick, NEW_YORK) == expected


@given(st.text(max_size=24))
def test_any_other_text_is_refused_and_never_crashes(text: str) -> None:
    with contextlib.suppress(ValueError, OverflowError):
        assert isinstance(read_moment(text, SHANGHAI), int)


@pytest.mark.parametrize("text", ["2026/3/114:02", "2026-3-114:02:31", "2026.3.14:02", "2026/3/114时02分"])
def test_a_day_and_an_hour_that_run_into_each_other_are_no_time(text: str) -> None:
    with pytest.raises(ValueError, match="2026"):
        read_moment(text, BUSINESS_ZONE)


@pytest.mark.parametrize("text", ["2026-03-0514:02", "2026年3月5日14:02", "2026/3/0514:02:00", "2026-03-05T14:02"])
def test_a_day_and_an_hour_of_two_digits_each_can_be_read_in_one_way(text: str) -> None:
    assert read_moment(text, BUSINESS_ZONE) == 1772690520
