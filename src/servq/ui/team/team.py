"""The page 班组: the finding, the week's cards, the trend."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from servq.measures import ITEMS
from servq.metrics.verdicts import Verdict
from servq.query.verdicts import PeriodChange, period_changes
from servq.records import Label
from servq.ui.charts import canvas
from servq.ui.components import drill, kpi_cards
from servq.ui.components.figures import get_metric, reading
from servq.ui.components.findings import over_time
from servq.ui.components.half_year_trend import dated_trend, how_to_read, no_trend
from servq.ui.components.team_peers import KNOWN_BY, Team, team_of
from servq.ui.shell import my_team, shell
from servq.ui.shell.choices import choose_metric
from servq.ui.shell.language import name_of, say, shown
from servq.ui.shell.url_state import choice
from servq.ui.shell.view import View, kept_per_view
from servq.ui.team import peers
from servq.ui.team.comparing import beside_others, beside_past, nothing_known, too_few

CARDS = ("nps", "csat", "negative_share", "first_response_median", "resolution_median", "complaints_per_100")
TRENDS = ("nps", "csat", *ITEMS, "negative_share", "first_response_median")
MOST_NAMED = 2


def choose(view: View) -> str:
    """The chosen team: the only one of the team filter, else the one chosen here, which is part of the link."""
    filtered = dict(view.slice_.where).get("team", ())
    if len(filtered) == 1:
        return filtered[0]
    teams = list(filtered) or view.snapshot.values("team")
    my_team.begin_with_it(teams)
    linked = st.query_params.get(my_team.SHOWN, "")
    if linked and linked not in teams and st.session_state.get(my_team.SHOWN) is None:
        return _choose_another(linked, teams)
    labels = {team: Label(team, shown(team)) for team in teams}
    said = say("班组", "Team")
    return choice(my_team.SHOWN, said, labels, 372, usual_in_link=True, on_change=my_team.chosen_by_hand)


def _choose_another(linked: str, teams: Sequence[str]) -> str:
    """The link names a team of which there are no data: say so, and open none until the reader chooses."""
    my_team.unknown(linked, say("请选择班组", "choose a team"))
    st.selectbox(
        say("班组", "Team"),
        teams,
        index=None,
        key=my_team.SHOWN,
        format_func=shown,
        placeholder=say("选择班组", "Choose a team"),
        on_change=my_team.chosen_by_hand,
        persist_state="session",
        width=372,
    )
    st.stop()


def headline(view: View, name: str) -> None:
    """The finding: the team's strengths and weaknesses against the others."""
    team = team_of(view, name)
    about = drill.describe(team.own.period)
    if nothing_known(team):
        shell.title(say(f"{shown(name)}：所选范围没有数据", f"{shown(name)}: no data in this slice"), about)
        shell.note(say("放宽筛选或换一个周期。", "Widen the filter, or choose another period."))
        st.stop()
    shell.title(f"{shown(name)}{say('：', ': ')}{_finding(view, team)}", f"{about} · {_counts(team)} · {_who(team)}")
    peers.caution(view, name)


def _finding(view: View, team: Team) -> str:
    if too_few(team):
        n = reading(team.own, "responses", team.own.period).n
        return say(f"答卷太少，暂无定论（n = {n:,}）", f"too few answers to judge (n = {n:,})")
    if team.others is None:
        return say("同渠道没有其他班组可比", "no other team in its channels to compare with")
    found = beside_others(view, team.name)
    parts = []
    for verdict, zh, en in ((Verdict.WORSE, "弱在", "weak in "), (Verdict.BETTER, "强在", "strong in ")):
        names = [name_of(get_metric(b.metric).label) for b in found if b.judged.verdict == verdict]
        more = say(f"等 {len(names)} 项", f" and {len(names) - MOST_NAMED} more") if len(names) > MOST_NAMED else ""
        if names:
            parts.append(say(zh, en) + say("、", ", ").join(names[:MOST_NAMED]) + more)
    return say("，", "; ").join(parts) or say("与同渠道其他班组无显著差别", "no significant difference to its peers")


def _counts(team: Team) -> str:
    responses, complaints, visits = (reading(team.own, name, team.own.period).n for name in KNOWN_BY)
    known = say(f"{responses:,} 份答卷 · {complaints:,} 件投诉", f"{responses:,} responses · {complaints:,} complaints")
    return known + (say(f" · {visits:,} 次访问", f" · {visits:,} visits") if visits else "")


def _who(team: Team) -> str:
    channels = "、".join(map(shown, team.channels))
    if not team.other_names:
        return channels
    others = "、".join(map(shown, team.other_names))
    return say(f"{channels}；对比同渠道的 {others}", f"{channels}; against {others} in the same channels")


def week_cards(view: View, name: str) -> None:
    """Six figures of the team's week against the week before."""
    own = team_of(view, name).own
    shell.section(
        say("本周六个数字，对比上周", "Six figures of the week, against the week before"),
        say("每张卡：数值、95% 区间、n、目标；下方为近 13 周", "Value, 95% interval, n, target; below, thirteen weeks"),
    )
    changes = {metric: one.change for metric, one in _changes(own).items()}
    kpi_cards.row(own, CARDS, changes, own.this_week, own.last_week)


@kept_per_view
def _changes(own: View) -> dict[str, PeriodChange]:
    return period_changes(own.snapshot, CARDS, own.this_week, own.last_week)


def development(view: View, name: str) -> None:
    """A metric of the team over 26 weeks."""
    above = st.container()
    metric = choose_metric("team-trend", TRENDS)
    with above:
        shell.section(_said(view, name, metric), how_to_read())
    chart = _trend(team_of(view, name).own, metric)
    if chart.empty:
        shell.note(no_trend())
    else:
        canvas.show(chart, f"team-trend-{metric}")


def _said(view: View, name: str, metric: str) -> str:
    """The finding of the trend, as judged with the rest of the team's past."""
    past = next(beside for beside in beside_past(view, name) if beside.metric == metric)
    return over_time(get_metric(metric), view.span, past.now, past.against, past.change.verdict)


@kept_per_view
def _trend(own: View, name: str) -> canvas.Chart:
    return dated_trend(own, name)
