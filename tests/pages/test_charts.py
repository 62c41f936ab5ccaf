"""Charts by themselves: each group has a line of its own, names fit, and nothing is drawn without figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from servq.metrics.catalog import get_metric
from servq.records import Reading, Slice, State
from servq.standards import Standards, Target
from servq.ui.charts.canvas import Chart
from servq.ui.charts.clocks import Clock, clocks
from servq.ui.charts.intervals import Mark, intervals
from servq.ui.charts.lines import brief, busiest
from servq.ui.charts.pareto import Bar, pareto
from servq.ui.charts.trend import trend

ALL = Slice()
FIRM = Reading(4.0, 50, State.JUDGEABLE, low=3.0, high=5.0)
FEW = Reading(4.0, 3, State.TOO_FEW)
LONG = "华东区域第二综合客户服务与投诉处理中心"


def labels(chart: Chart) -> list[str]:
    return [text.strip() for text in chart.figure.layout.yaxis.ticktext]


class TestPareto:
    def chart(self) -> Chart:
        return pareto([Bar("其他", 7, 2, ALL), Bar("其他", 5, 9, ALL), Bar(LONG, 1, 0, ALL)], 13)

    def test_equal_names_have_a_line_each(self) -> None:
        before, now, text, _ = self.chart().figure.data
        assert list(before.y) == list(now.y) == list(text.y) == [0, 1, 2]
        assert list(before.x) == [2, 9, 0]
        assert list(now.x) == [7, 5, 1]
        assert labels(self.chart())[:2] == ["其他", "其他"]

    def test_the_largest_is_on_top_and_no_band_is_empty(self) -> None:
        assert list(self.chart().figure.layout.yaxis.range) == [2.5, -0.5]

    def test_a_long_name_is_cut_on_the_axis_and_whole_when_pointed_at(self) -> None:
        assert labels(self.chart())[2] == f"{LONG[:13]}…"
        assert LONG in self.chart().figure.data[1].hovertext[2]


class TestClocks:
    def test_equal_names_have_a_line_each_and_their_own_promise(self) -> None:
        chart = clocks([Clock("一组", FIRM, FIRM, 1.0, ALL), Clock("一组", FEW, FIRM, 2.0, ALL)], "first_response")
        p90, median, limits = chart.figure.data
        assert (list(p90.y), list(median.y), list(limits.y)) == ([0, 1], [0], [0, 1])
        assert list(limits.x) == [1.0, 2.0]
        assert list(chart.figure.layout.yaxis.range) == [1.5, -0.5]
        assert not chart.empty

    def test_promises_alone_are_no_chart(self) -> None:
        assert clocks([Clock("一组", FEW, FEW, 1.0, ALL)], "first_response").empty

    def test_each_mark_opens_the_figure_that_it_shows(self) -> None:
        here, there = Slice.of(team=["一组"]), Slice.of(team=["二组"])
        chart = clocks([Clock("一组", FIRM, FIRM, 1.0, here), Clock("二组", FEW, FIRM, 2.0, there)], "first_response")
        p90, median, _ = chart.figure.data
        opened = [[chart.targets[place] for place in trace.customdata] for trace in (median, p90)]
        assert opened == [
            [("first_response_median", here)],
            [("first_response_p90", here), ("first_response_p90", there)],
        ]


class TestIntervals:
    def test_equal_names_have_a_line_each(self) -> None:
        marks = [Mark("一组", FIRM, "#000", ALL), Mark("一组", FEW, "#000", ALL), Mark("一组", FIRM, "#000", ALL)]
        chart = intervals(get_metric("csat"), marks)
        assert list(chart.figure.data[0].y) == list(chart.figure.data[0].customdata) == [0, 2]
        assert [note.y for note in chart.figure.layout.annotations] == [1]
        assert not chart.empty

    def test_what_is_only_indicative_is_open_and_each_figure_has_its_n(self) -> None:
        hint = replace(FIRM, n=12, state=State.INDICATIVE)
        figure = intervals(
            get_metric("csat"), [Mark("一组", FIRM, "#000", ALL), Mark("二组", hint, "#000", ALL)]
        ).figure
        assert list(figure.data[0].marker.symbol) == ["circle", "circle-open"]
        assert [f"n={n}<" in label for n, label in zip((FIRM.n, 12), figure.layout.yaxis.ticktext, strict=True)] == [
            True
        ] * 2
        assert "仅供参考" in figure.data[0].text[1]

    def test_too_few_everywhere_is_no_chart(self) -> None:
        assert intervals(get_metric("csat"), [Mark("一组", FEW, "#000", ALL)]).empty


@pytest.mark.parametrize(("reading", "empty"), [(FIRM, False), (FEW, True), (None, True)])
def test_a_trend_without_a_firm_week_is_no_chart(reading: Reading | None, empty: bool) -> None:
    weeks = [(date(2025, 3, 3) + timedelta(weeks=place), reading) for place in range(3)]
    assert trend(get_metric("csat"), weeks, ALL, [Target("csat", 90.0, date(2026, 1, 1))] * len(weeks)).empty == empty


def test_a_target_is_drawn_as_steps_and_each_that_began_within_the_weeks_has_its_day() -> None:
    old, new = Target("csat", 80.0, date(2025, 1, 1)), Target("csat", 85.0, date(2025, 3, 12))
    weeks = [(date(2025, 3, 3) + timedelta(weeks=place), FIRM) for place in range(4)]
    held = Standards(targets=(old, new)).targets_on("csat", [monday for monday, _ in weeks])
    figure = trend(get_metric("csat"), weeks, ALL, held).figure
    # the week of 3/10 began under the old target, and is judged by it
    assert list(figure.data[-1].y) == [80.0, 80.0, 85.0, 85.0]
    assert figure.data[-1].line.shape == "hvh"
    assert figure.layout.annotations[0].text == "┄ 目标 80.0% → 85.0%（2025-03-12 起）"


def test_a_group_with_a_target_of_its_own_has_it_on_its_line_beside_the_common_one() -> None:
    marks = [Mark("一组", FIRM, "#000", ALL, 80.0), Mark("二组", FIRM, "#000", ALL, 85.0)]
    figure = intervals(get_metric("csat"), marks, 80.0).figure
    across, own = figure.layout.shapes
    assert (across.x0, across.yref) == (80.0, "y domain")
    assert (own.x0, own.y0, own.y1) == (85.0, 0.62, 1.38)
    assert [text.text for text in figure.layout.annotations] == ["目标 80.0%", "短线：自己的目标 85.0%"]


def test_before_the_first_target_no_line_is_drawn() -> None:
    weeks = [(date(2025, 3, 3) + timedelta(weeks=place), FIRM) for place in range(2)]
    held = [None, Target("csat", 85.0, date(2025, 3, 10))]
    figure = trend(get_metric("csat"), weeks, ALL, held).figure
    assert list(figure.data[-1].y) == [None, 85.0]
    assert figure.layout.annotations[0].text == "┄ 目标 85.0%（2025-03-10 起）"


@pytest.mark.parametrize(
    ("name", "tick"),
    [
        ("热线一组", "热线一组"),
        ("A & <b>", "A &amp; &lt;b&gt;"),
        ("Noise - Residential complaints", "Noise - Residential complai…"),
        ("Noise - Street/Sidewalk › Loud Music/Party", "Noise -… › Loud Music/Party"),
        ("噪音扰民 › 其他", "噪音扰民 › 其他"),
    ],
)
def test_a_tick_s_label_fits_and_its_own_part_stays(name: str, tick: str) -> None:
    assert brief(name) == tick


def test_few_groups_keep_their_order_and_of_many_the_largest_stay() -> None:
    assert busiest({"b": 1, "a": 2}) == ["b", "a"]
    assert busiest({"b": 1, "a": 2, "c": 3}, 2) == ["c", "a"]


def test_a_hidden_week_is_marked_and_a_week_without_answers_is_not() -> None:
    hidden = Reading(None, 3, State.HIDDEN)
    weeks = [(date(2026, 5, 4) + timedelta(weeks=place), r) for place, r in enumerate((FIRM, hidden, None, FIRM))]
    chart = trend(get_metric("csat"), weeks, ALL)
    assert [(mark.x, mark.text) for mark in chart.figure.layout.annotations] == [("W20", "⊘")]
