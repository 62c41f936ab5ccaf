"""Pages with hundreds of teams and dozens of channels: they stay short and say what they leave out."""

from __future__ import annotations

import json
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from servq.ingest import load_file

TEAMS, CHANNELS = 60, 30


@pytest.fixture
def crowd(empty: SimpleNamespace) -> SimpleNamespace:
    """Sixty teams over thirty channels, twelve answers and one complaint each; ten more answers for the first team."""
    answers = [
        f"R{team}-{n},2025-03-04 10:00,渠道{team % CHANNELS:02d},班组{team:02d},{n % 11},4"
        for team in range(TEAMS)
        for n in range(12 + 10 * (team == 0))
    ]
    surveys = empty.home / "surveys.csv"
    surveys.write_text("\n".join(["答卷编号,提交时间,渠道,服务班组,推荐意愿,满意度", *answers]), encoding="utf-8")
    load_file(empty.warehouse, empty.home, surveys, "surveys")
    return empty


def sides(app: AppTest) -> tuple[list[str], list[str]]:
    """Columns and rows of the first matrix that a page drew."""
    specs = [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]
    heat = next(trace for spec in specs for trace in spec["data"] if trace["type"] == "heatmap")
    return heat["x"], heat["y"]


def test_the_matrix_draws_twenty_teams_and_twelve_channels_and_names_the_rest(
    crowd: SimpleNamespace, page: Callable[..., AppTest], said: Callable[[AppTest], str]
) -> None:
    app = page("weekly")
    columns, rows = sides(app)
    assert (len(rows), len(columns)) == (21, 13)  # and the totals
    assert "班组00" in rows  # the largest n is always there
    assert "另有 40 个班组未画出" in said(app)
    assert "另有 18 个渠道未画出" in said(app)


def test_the_channel_matrix_draws_twelve_channels(crowd: SimpleNamespace, page: Callable[..., AppTest]) -> None:
    columns, _ = sides(page("consistency"))
    assert len(columns) == 12
