"""Times: the forms that are understood, those that never are, and the effect of zones."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servq.errors import FileRefused
from servq.loaders.maps.map import map_from_table
from servq.loaders.read import open_file
from servq.loaders.times.moments import read_moment
from servq.loaders.times.time_format import Reckoning
from servq.settings import BUSINESS_ZONE
from tests.loaders.exports import complaint, load, survey, write_csv

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
        "2026-03-05 06:02:00 UTC",
        "2026-03-05 06:02 GMT",
        "2026-03-05 14:02:00 GMT+8",
        "2026/3/5 下午 2:02:00 GMT+8",
        "2026年3月5日 下午2:02",
        "2026/3/5 下午 14:02",
        "2026-03-05 2:02 PM",
        "2026/03/05 10:02:00 am GMT+4",
        "2026-03-05 14:02 北京时间",
        "2026-03-05 15:02 JST",
    ],
)
def test_one_moment_in_all_its_forms(written: str) -> None:
    assert read_moment(written, SHANGHAI) == TWO_PAST_TWO


@pytest.mark.parametrize(
    ("written", "clock"),
    [
        ("2026/11/2 下午 3:04:05 GMT+8", "15:04:05"),
        ("2026/11/2 上午 12:30:04", "00:30:04"),
        ("2026/11/2 下午 12:30:04", "12:30:04"),
        ("2026/11/2 12:30:04 AM", "00:30:04"),
        ("2026/11/2 中午 12:30:04", "12:30:04"),
        ("2026/11/2 凌晨 3:04:05", "03:04:05"),
        ("2026/11/2 晚上 9:04:05", "21:04:05"),
    ],
)
def test_halves_of_a_day_are_told_apart(written: str, clock: str) -> None:
    wanted = datetime.fromisoformat(f"2026-11-02T{clock}+08:00")
    assert read_moment(written, SHANGHAI) == int(wanted.timestamp())


class TestZones:
    """20:00 in London on a Sunday is 04:00 on Monday in Shanghai: another week."""

    MONDAY = int(datetime.fromisoformat("2026-11-09T04:00:00+08:00").timestamp())
    NOW = datetime(2026, 12, 1, tzinfo=UTC).timestamp()

    def answered(self, path: Path, header: str, cell: str, entry: object = None, read: object = None) -> int:
        rows = [{"id": "1", header: cell, "channel": "官网", "team": "一组", "NPS": "9"}]
        columns = {"response_id": "id", "answered_at": entry or header, "likelihood": "NPS"}
        columns |= {"channel": "channel", "team": "team"}  # type: ignore[dict-item]
        table = {"source": "surveys", "columns": columns} | ({"read": read} if read else {})
        batch = open_file(write_csv(path / "a.csv", rows), None, map_from_table(table, "m"), now=self.NOW)
        (chunk,) = batch.chunks
        assert chunk.rejected == ()
        return int(chunk.frame["answered_at"].iloc[0])

    @pytest.mark.parametrize(
        "header", ["Submit Date (UTC)", "提交时间（UTC）", "created_at_utc", "提交时间(GMT+0)", "时间[Z]"]
    )
    def test_a_header_tells_the_zone_of_its_column(self, header: str, tmp_path: Path) -> None:
        assert self.answered(tmp_path, header, "2026-11-08 20:00:00") == self.MONDAY

    def test_without_a_map_too(self, tmp_path: Path) -> None:
        row = {"Response ID": "1", "Submit Date (UTC)": "2026-11-08 20:00:00", "Channel": "a", "Team": "b", "NPS": "9"}
        (chunk,) = open_file(write_csv(tmp_path / "a.csv", [row]), "surveys", now=self.NOW).chunks
        assert chunk.frame["answered_at"].tolist() == [self.MONDAY]

    @pytest.mark.parametrize(
        ("form", "cell"),
        [
            ("%Y-%m-%d %H:%M:%S UTC", "2026-11-08 20:00:00 UTC"),
            ("%Y-%m-%dT%H:%M:%SZ", "2026-11-08T20:00:00Z"),
            ("%d/%m/%Y %H:%M %z", "08/11/2026 15:00 -0500"),
            ("%d/%m/%Y %H:%M %Z", "08/11/2026 20:00 GMT"),
        ],
    )
    def test_a_format_tells_it(self, form: str, cell: str, tmp_path: Path) -> None:
        assert self.answered(tmp_path, "t", cell, {"from": "t", "format": form}) == self.MONDAY

    def test_a_zone_that_is_not_known_is_asked_for_and_a_map_answers(self, tmp_path: Path) -> None:
        header, cell = "Submit Date (PST)", "2026-11-08 12:00:00"
        with pytest.raises(FileRefused, match="PST"):
            self.answered(tmp_path, header, cell)
        assert self.answered(tmp_path, header, cell, read={"timezone": "America/Los_Angeles"}) == self.MONDAY

    def test_an_unknown_zone_behind_a_clock_sets_its_row_aside(self, tmp_path: Path) -> None:
        loaded = load(write_csv(tmp_path / "a.csv", [survey(answered_at="2026-03-05 10:00 CST")]), "surveys")
        assert loaded.reasons == [(2, "answered_at", "unknown_zone")]

    @pytest.mark.parametrize(
        "header", ["提交时间(必填)", "Submit Date (DD/MM/YYYY)", "提交时间(24h)", "提交时间", "Date (start)"]
    )
    def test_other_brackets_tell_none(self, header: str, tmp_path: Path) -> None:
        wanted = int(datetime.fromisoformat("2026-11-08T20:00:00+08:00").timestamp())
        assert self.answered(tmp_path, header, "2026-11-08 20:00:00") == wanted


@pytest.mark.parametrize("written", ["2026-03-05", "2026/3/5", "2026年3月5日", "2026-03-05 00:00:00"])
def test_a_date_alone_is_the_first_moment_of_its_day(written: str) -> None:
    assert read_moment(written, SHANGHAI) == int(datetime(2026, 3, 4, 16, tzinfo=UTC).timestamp())


@pytest.mark.parametrize(
    "written",
    ["03-05-26", "05/03/2026", "26-03-05", "2026-13-05", "2026-02-30", "2026-03-05 24:00", "2026-03-05 14:60:00",
     "2026-3/5", "2026-W10-4 14:02:31", "2026-03-05 140231.1", "46086.5", "20260305", "昨天", "2026-03-05 14:02 CST",
     "2026-03-05 上午 13:02", "2026-03-05 晚上 12:02",
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


class TestNever:
    @pytest.mark.parametrize(
        "written",
        [
            *(
                "1970-01-01 00:00:00",
                "1970-01-01T00:00:00Z",
                "1970-01-01 08:00:00",
                "1900-01-01",
                "1900/1/0",
                "1904-01-01",
            ),
            *("1899-12-31", "9999-12-31 23:59:59", "9999-12-31", "2099-12-31", "0000-00-00 00:00:00", "0"),
        ],
    )
    def test_a_moment_that_stands_for_none_is_asked_about(self, written: str, tmp_path: Path) -> None:
        rows = [complaint(resolved_at=written), complaint(complaint_id="2", resolved_at="2026-03-06 10:00")]
        loaded = load(write_csv(tmp_path / "a.csv", rows), "complaints")
        if written == "1899-12-31":
            assert loaded.reasons == [(2, "resolved_at", "not_a_time")]  # before 1900, as ever
        else:
            assert loaded.reasons == [(2, "resolved_at", "placeholder_time")]
        assert loaded.rejected[0].also == ()

    def test_a_map_may_say_that_it_means_not_yet(self, tmp_path: Path) -> None:
        columns = {name: name for name in complaint()} | {
            "resolved_at": {"from": "resolved_at", "missing": ["9999-12-31"]}
        }
        map_ = map_from_table({"source": "complaints", "columns": columns}, "m")
        loaded = load(write_csv(tmp_path / "a.csv", [complaint(resolved_at="9999-12-31")]), None, map_)
        assert (loaded.reasons, loaded.frame["resolved_at"].isna().tolist()) == ([], [True])
