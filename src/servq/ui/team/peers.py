"""A team beside the other teams of its channels, and the differences in mix between them."""

from __future__ import annotations

from servq.measures import ITEMS
from servq.metrics.verdicts import Verdict
from servq.query.teams.team_comparison import OTHERS, TeamFigure
from servq.records import DIMENSIONS, Reading
from servq.ui.charts import canvas
from servq.ui.charts.grids.board import Field, Tint, board
from servq.ui.charts.pairs import Figure, FigurePair, pairs
from servq.ui.components.figures import get_metric, reading
from servq.ui.components.team_peers import team_of
from servq.ui.shell import shell
from servq.ui.shell.language import name_of, say, shown
from servq.ui.shell.numbers import interval_text, value_text, why_nothing
from servq.ui.shell.theme import GREY
from servq.ui.shell.view import View, kept_per_view
from servq.ui.team.adjusted import gap_text
from servq.ui.team.comparing import beside_others, unlike_others

CHIPS = {
    Verdict.BETTER: ("better", "强项 ▲", "strong ▲"),
    Verdict.WORSE: ("worse", "弱项 ▼", "weak ▼"),
    Verdict.NO_EVIDENCE: ("", "无显著差别 ●", "no significant difference ●"),
    Verdict.TOO_FEW: ("", "样本不足 ○", "too few ○"),
}
"""The verdicts on a team beside others: a class of the style sheet, and the word in both languages."""

_TINTS = {Verdict.BETTER: Tint.BETTER, Verdict.WORSE: Tint.WORSE}


def beside_the_others(view: View, name: str) -> None:
    """The four items with intervals on one scale; beside them the other figures as a table."""
    left, right = shell.two_columns()
    with left:
        shell.section(
            say("四项服务：本班组（实心）与同渠道其他班组（空心）", "Four items: this team (filled), its peers (open)"),
            say(
                "平均分 1–5，横线为 95% 区间；仅在差异显著时着色；点圆点看答卷",
                "Mean score 1–5 with 95% interval; coloured only where judgeable; click a point for its answers",
            ),
        )
        chart = _items(view, name)
        if chart.targets:
            canvas.show(chart, "items")
        else:
            shell.note(say("四项得分样本不足（每项 n < 10），尚不能画出。", "Too few scores (n < 10 each) to draw."))
    with right:
        shell.section(
            say("其余指标：强在哪里，弱在哪里", "Other figures: strong or weak"),
            say(
                "整个周期；小字为 95% 区间与 n；判断按所接案件调整，神秘访客除外；点格看明细",
                "The whole period; beneath, 95% interval and n; judged adjusted for its cases, visits excepted; "
                "click a field for its rows",
            ),
        )
        canvas.show(_board(view, name), "peers")


@kept_per_view
def _items(view: View, name: str) -> canvas.Chart:
    team = team_of(view, name)
    judged = {beside.metric: beside for beside in beside_others(view, name)}
    listed = [
        FigurePair(
            get_metric(item),
            Figure(reading(team.own, item, team.own.period), team.own.period),
            Figure(judged[item].against, team.others.period) if team.others is not None else None,
            judged[item].judged if item in judged else None,
        )
        for item in ITEMS
    ]
    return pairs(listed, (shown(name), say("同渠道其他班组", "peers")))


@kept_per_view
def _board(view: View, name: str) -> canvas.Chart:
    """Each figure in a field that opens its rows; the last column is the judgement."""
    team = team_of(view, name)
    judged = {beside.metric: beside for beside in beside_others(view, name)}
    columns = [say("本班组", "this team"), say("其他班组", "peers"), say("判断", "judgement")]
    fields = []
    for metric in OTHERS:
        row, beside = name_of(get_metric(metric).label), judged.get(metric)
        now = reading(team.own, metric, team.own.period)
        own = (metric, team.own.period)
        fields.append(Field(row, columns[0], _figure(metric, now), _hover(metric, now), Tint.PLAIN, own))
        if beside is None or team.others is None:
            continue
        against, tint = beside.against, _TINTS.get(beside.judged.verdict, Tint.PLAIN)
        peers = (metric, team.others.period)
        fields.append(Field(row, columns[1], _figure(metric, against), _hover(metric, against), Tint.PLAIN, peers))
        fields.append(Field(row, columns[2], _word(beside), _why(beside), tint, own))
    rows = [name_of(get_metric(metric).label) for metric in OTHERS]
    return board(fields, rows, columns if judged else columns[:1], size=12)


def _figure(name: str, found: Reading) -> str:
    """A figure in a field: value, interval and n beneath."""
    metric = get_metric(name)
    value = value_text(metric, found)
    value = f"<b>{value}</b>" if value != "—" else "○"
    small = " ".join(part for part in (interval_text(metric, found), f"n={found.n:,}") if part)
    return f"{value}<br><span style='font-size:9.5px;color:{GREY}'>{small}</span>"


def _hover(name: str, found: Reading) -> str:
    metric = get_metric(name)
    value = value_text(metric, found)
    lines = [name_of(metric.label), value if value != "—" else why_nothing(found), interval_text(metric, found)]
    return "<br>".join(line for line in [*lines, f"n = {found.n:,}", say("点开看明细", "click for its rows")] if line)


def _word(beside: TeamFigure) -> str:
    if beside.judged.verdict == Verdict.NONE:
        return ""
    return say(*CHIPS[beside.judged.verdict][1:])


def _why(beside: TeamFigure) -> str:
    if beside.adjusted is None or beside.adjusted.delta is None:
        return say("未调整：同渠道班组直接相比", "not adjusted: compared with its peers as they came")
    return say("按案件调整后 ", "adjusted for its cases ") + gap_text(beside.metric, beside.adjusted)


def caution(view: View, name: str) -> None:
    """A warning when the team's cases differ from those of the teams that it is compared with."""
    found = unlike_others(view, name)
    if not found:
        return
    share = get_metric("csat")
    parts = []
    for pair in found[:3]:
        what = say("{}“{}”", "{} “{}”").format(name_of(DIMENSIONS[pair.dimension]), shown(pair.value))
        own, others = value_text(share, pair.own), value_text(share, pair.others)
        zh, en = ("投诉", "complaints") if pair.need == "complaints" else ("答卷", "answers")
        parts.append(say(f"{what}占{zh}的 {own}（其他班组 {others}）", f"{what}: {own} of {en} (peers {others})"))
    shell.note(
        say(
            "比较时留意，它接的客户和案件不一样（近 26 周）：",
            "Mind the comparison, its customers and cases differ (26 weeks): ",
        )
        + say("；", "; ").join(parts)
        + say("。差别可能来自构成，而非服务。", ". The difference may come from these, not from the service.")
    )
