"""The weekly page written plainly, for comparison: one cached frame of responses, filtered and grouped on each rerun.

Draws what 每周得分 draws: six cards over 13 weeks, a team × channel matrix, a trend over 26 weeks, one line per
channel, typical comments. It is written simply but efficiently: the frame is shared and never copied, dimensions are
categories, and no figure has an interval, which ours all have.
"""

import os
import sqlite3
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

RESPONSES = """SELECT r.week, r.channel, r.team, r.likelihood, r.csat, r.comment, s.label
FROM response r LEFT JOIN text_score s USING (text_hash)"""
COMPLAINTS = "SELECT week, channel, team, opened_at, first_response_at, resolved_at FROM complaint"
VISITS = "SELECT week, channel, team, points, points_possible FROM visit_item"


@st.cache_resource
def read() -> dict[str, pd.DataFrame]:
    """The three fact tables as frames, shared by all reruns."""
    with sqlite3.connect(Path(os.environ["SERVQ_HOME"]) / "servq.sqlite") as connection:
        frames = {
            name: pd.read_sql(query, connection)
            for name, query in (("responses", RESPONSES), ("complaints", COMPLAINTS), ("visits", VISITS))
        }
    for frame in frames.values():
        for name in ("week", "channel", "team"):
            frame[name] = frame[name].astype("category")
    complaints = frames["complaints"]
    complaints["first"] = (complaints["first_response_at"] - complaints["opened_at"]) / 3600
    complaints["whole"] = (complaints["resolved_at"] - complaints["opened_at"]) / 3600
    return frames


def nps(frame: pd.DataFrame, by: list[str]) -> pd.Series:
    """Promoters less detractors per group, in points."""
    answered = frame[frame["likelihood"].notna()]
    score = 100.0 * (answered["likelihood"] >= 9) - 100.0 * (answered["likelihood"] <= 6)
    return score.groupby([answered[name] for name in by], observed=True).mean()


def six(frames: dict[str, pd.DataFrame], weeks: list[str]) -> dict[str, pd.Series]:
    """The six figures of these weeks."""
    responses, complaints, visits = (frame[frame["week"].isin(weeks)] for frame in frames.values())
    rated, said = responses[responses["csat"].notna()], responses[responses["label"].notna()]
    walked = visits.groupby("week", observed=True)[["points", "points_possible"]].sum()
    return {
        "NPS": nps(responses, ["week"]),
        "满意度": 100 * (rated["csat"] >= 4).groupby(rated["week"], observed=True).mean(),
        "首次响应中位数": complaints.groupby("week", observed=True)["first"].median(),
        "解决时长中位数": complaints.groupby("week", observed=True)["whole"].median(),
        "负面占比": 100 * (said["label"] == "negative").groupby(said["week"], observed=True).mean(),
        "神秘访客得分": 100 * walked["points"] / walked["points_possible"],
    }


st.set_page_config(layout="wide")
frames = read()
known = sorted(frames["responses"]["week"].cat.categories, reverse=True)
week = st.selectbox("周", known, key="week")
before = known[known.index(week) :]
now = frames["responses"][frames["responses"]["week"] == week]

for column, (name, line) in zip(st.columns(6), six(frames, before[:13]).items(), strict=True):
    value, last = line.get(week), line.get(before[1]) if len(before) > 1 else None
    column.metric(name, "—" if value is None else f"{value:.1f}", None if last is None else f"{value - last:+.1f}")
    column.plotly_chart(
        go.Figure(go.Scatter(x=list(line.index), y=line.tolist())).update_layout(height=120), key=f"spark-{name}"
    )

matrix = nps(now, ["team", "channel"]).unstack()
counts = now.groupby(["team", "channel"], observed=True).size().unstack()
st.plotly_chart(
    go.Figure(go.Heatmap(z=matrix.to_numpy(), x=list(matrix), y=list(matrix.index), customdata=counts.to_numpy())),
    key="matrix",
)

span = frames["responses"][frames["responses"]["week"].isin(before[:26])]
trend = nps(span, ["week"])
st.plotly_chart(go.Figure(go.Scatter(x=list(trend.index), y=trend.tolist())), key="trend")

lines = nps(span, ["channel", "week"]).unstack(level=0)
st.plotly_chart(
    go.Figure([go.Scatter(x=list(lines.index), y=lines[name].tolist(), name=name) for name in lines]), key="channels"
)

words = now[now["comment"].notna() & now["label"].notna()]
bad, good = words["likelihood"] <= 6, words["likelihood"] >= 9
for kind, chosen in (("negative", bad), ("positive", good)):
    for text in words[(words["label"] == kind) & chosen]["comment"].head(3):
        st.text(text)
