"""Causes whose share changed against the period before, or differs between this team's customers and the others'."""

from __future__ import annotations

from markupsafe import Markup

from servq.formatting import format_value
from servq.metrics.verdicts import Verdict
from servq.query.causes.cause_counts import CauseChange, compared
from servq.records import Label, Slice
from servq.text.causes.labels import cause_label
from servq.ui.components.figures import reading
from servq.ui.components.team_peers import team_of
from servq.ui.shell.language import language, name_of, say, shown
from servq.ui.shell.markup import draw, joined, piece
from servq.ui.shell.view import View, kept_per_view

_MORE = {Verdict.WORSE: Label("更多 ▼", "more ▼"), Verdict.BETTER: Label("更少 ▲", "fewer ▲")}


def told(view: View) -> None:
    """The significant differences, each with both shares; and the number of causes that were tested."""
    if not reading(view, "complaints", view.period).n:
        return
    teams = dict(view.slice_.where).get("team", ())
    before = say(f"之前 {view.span} 周", f"the {view.span} weeks before")
    lines = [_line(view, view.period_before, before)]
    if len(teams) == 1:
        others = team_of(view, teams[0]).others
        who = say("同渠道其他班组", "the other teams of its channels")
        lines.append(_line(view, others.period, who) if others is not None else _alone(shown(teams[0])))
    else:
        lines.append(_choose())
    draw(piece('<ul class="sq sq-list">{lines}</ul>', lines=joined(lines)))


def _alone(team: str) -> Markup:
    return piece("<li>{said}</li>", said=say(f"{team} 的渠道里没有其他班组可比", f"{team} is alone in its channels"))


def _choose() -> Markup:
    said = say(
        "在筛选里选一个班组，即与同渠道其他班组比较", "Choose one team in the filter to compare it with its peers"
    )
    return piece("<li><small>{said}</small></li>", said=said)


def _line(view: View, against: Slice, whom: str) -> Markup:
    found, tested = _compared(view, against)
    if not tested:
        few = say(f"与{whom}比：投诉太少，尚不能比较", f"Against {whom}: too few complaints to compare")
        return piece("<li><span>{few}</span></li>", few=few)
    different = [one for one in found if one.change.verdict in _MORE]
    looked = say(
        f"与{whom}比：看了 {len(found)} 个原因，{tested} 个可比，{len(different)} 个说得清",
        f"Against {whom}: {len(found)} causes looked at, {tested} comparable, {len(different)} told apart",
    )
    return joined([piece("<li><span>{looked}</span></li>", looked=looked), *map(_difference, different)])


def changed_since_before(view: View) -> list[CauseChange]:
    """The causes whose share of the complaints differs significantly from the period before, the clearest first."""
    found, _ = _compared(view, view.period_before)
    return sorted((one for one in found if one.change.verdict in _MORE), key=lambda one: one.change.p or 0.0)


@kept_per_view
def _compared(view: View, against: Slice) -> tuple[list[CauseChange], int]:
    return compared(view.snapshot, view.period, against)


def _difference(one: CauseChange) -> Markup:
    now, against = (format_value(share.value, "percent", language()) for share in (one.now, one.against))
    return piece(
        '<li><span class="mark"><span class="sq-chip {kind}">{word}</span></span>'
        "<span><b>{name}</b> {now}{against} <small>({n})</small></span></li>",
        kind=one.change.verdict,
        word=name_of(_MORE[one.change.verdict]),
        name=name_of(cause_label(one.code)),
        now=now,
        against=say(f"，对照 {against}", f", against {against}"),
        n=f"n = {one.now.n:,} / {one.against.n:,}",
    )
