"""The tab 三源对照: every channel and team in survey, complaints and mystery shopping, not blended."""

from __future__ import annotations

from collections.abc import Sequence

from servq.metrics.verdicts import ACCORDS, Accord
from servq.query.channels.lenses import LENSES, UNITS, Lenses, Unit, through_lenses
from servq.records import DIMENSIONS, Slice
from servq.ui.charts import canvas
from servq.ui.charts.grids.board import board
from servq.ui.charts.grids.matrix import MOST_ROWS
from servq.ui.components import drill
from servq.ui.consistency.lens_fields import COLUMNS, ORDER, TOGETHER, along, field, lacking, named, together
from servq.ui.shell import shell
from servq.ui.shell.language import joined_words, name_of, say, shown
from servq.ui.shell.theme import in_channel_order
from servq.ui.shell.view import View, kept_per_view

WEEKS = 26
"""The weeks of the three sources, whatever the filter bar says: a unit is visited once or twice a week at most."""

_NAMED = 3
"""So many units stand by name in a title; the matrix names all."""


@kept_per_view
def found(view: View) -> Lenses:
    """Every channel and team of the last half year in the three sources."""
    return through_lenses(view.snapshot, _half_a_year(view))


def _half_a_year(view: View) -> Slice:
    return view.weeks_back(0, WEEKS)


def headline(view: View) -> None:
    """The units on which the sources contradict each other, and those on which they agree."""
    seen = found(view)
    shell.title(finding(seen.units), f"{_looked_at(view)} · {_tested(seen)}")


def _looked_at(view: View) -> str:
    """The days, and that they are not those of the filter bar."""
    days = drill.describe(_half_a_year(view))
    if view.span == WEEKS:
        return days
    return days + say(
        f"（访问少，三源都看近 {WEEKS} 周，不随上面的周期）",
        f" (visits are few: all three look at the last {WEEKS} weeks, not at the period above)",
    )


@kept_per_view
def in_one_sentence(view: View) -> str:
    """The result for the channels, for the executive's page."""
    return finding(found(view).of("channel")) + say(f"（近 {WEEKS} 周）", f" (last {WEEKS} weeks)")


def finding(units: Sequence[Unit]) -> str:
    """The joint results, the contradictions by name first."""
    if not units:
        return say("所选范围没有可以对照的渠道或班组", "There is no channel or team to look at in this slice")
    apart, alike = ([unit for unit in units if unit.accord == kind] for kind in ORDER[:2])
    if not apart and not alike:
        gone = joined_words(lacking(units))
        if gone and all(unit.accord == Accord.MISSING for unit in units):
            return say(f"{gone}太少，三源还不能合看", f"Too little of {gone}: the sources cannot be set together yet")
        return say("没有互相矛盾的，也没有三源一致的", "None contradict each other, and none agree")
    told = []
    if apart:
        told.append(say(f"互相矛盾：{_by_name(apart)}", f"contradicting: {_by_name(apart)}"))
    if alike:
        told.append(say(f"三源一致：{_by_name(alike)}", f"agreeing: {_by_name(alike)}"))
    return say("；", "; ").join(told)


def _by_name(units: Sequence[Unit]) -> str:
    """The first few units, and how many there are."""
    names = joined_words(f"{shown(unit.name)}{along(unit)}" for unit in units[:_NAMED])
    more = len(units) - _NAMED
    return names + (say(f" 等 {len(units)} 个", f" and {more} more") if more > 0 else "")


def _counted(units: Sequence[Unit], by: str) -> str:
    """The number of units by result, significant ones by name."""
    if not units:
        return ""
    parts = []
    for kind in ORDER:
        those = [unit for unit in units if unit.accord == kind]
        if not those and kind != Accord.CONTRADICT:
            continue
        told = kind in ORDER[:2]
        inside = [named(unit) for unit in those] if told else lacking(those) if kind == Accord.MISSING else []
        about = say(f"（{joined_words(inside)}）", f" ({joined_words(inside)})") if inside else ""
        parts.append(f"{len(those)} {name_of(ACCORDS[kind])}{about}")
    what, who = " · ".join(parts), name_of(DIMENSIONS[by])
    return say(f"{len(units)} 个{who}：{what}", f"{who} ({len(units)}): {what}")


def _tested(seen: Lenses) -> str:
    return say(
        f"{seen.tested} 格一起检验（误报率 10%）", f"{seen.tested} fields tested together (10% false discoveries)"
    )


def side_by_side(view: View) -> None:
    """A matrix of the channels and one of the teams; each field opens the rows behind it."""
    seen = found(view)
    shell.section(
        say("各看各的，不合成一个分", "Side by side, never one score"),
        say(
            "每格与其余全部相比：▲ 好于 ▼ 差于 ● 无显著差别 ○ 样本不足 – 没有。"
            "矛盾 = 两源方向相反；三源一致 = 三源俱在、至少两源同向且无相反。"
            "投诉除以答卷数：邀评多的渠道会显得投诉少；问卷只在同一调查方式内比。",
            "Each field against all others: ▲ better ▼ worse ● no significant difference ○ too few – none. "
            "Contradict: two point opposite ways; agree: all there, two or more one way and none the other. "
            "Complaints are divided by answers: who invites more answers looks better; surveys within the mode.",
        ),
    )
    if not seen.units:
        shell.note(say("所选范围没有数据。", "There are no data for this slice."))
        return
    if seen.unlike:
        names = joined_words([shown(name) for name in seen.unlike])
        shell.note(
            say(
                f"访客 {names} 打分明显与众不同，其访问未计入这里（见“神秘访客”）。",
                f"Shopper {names} marks unlike the others: those visits are left out here (see Mystery shopping).",
            )
        )
    for column, by in zip(shell.two_columns(), UNITS, strict=True):
        with column:
            shell.section(name_of(DIMENSIONS[by]), _counted(seen.of(by), by))
            canvas.show(_drawn(view, by), f"lenses-{by}")
            shell.left_out(len(seen.of(by)) - MOST_ROWS, DIMENSIONS[by])


@kept_per_view
def _drawn(view: View, by: str) -> canvas.Chart:
    units = _ordered(found(view).of(by), by)[:MOST_ROWS]
    columns = [name_of(TOGETHER), *(name_of(COLUMNS[name]) for name in LENSES)]
    fields = [together(unit) for unit in units] + [field(unit, one) for unit in units for one in unit.seen]
    return board(fields, [shown(unit.name) for unit in units], columns)


def _ordered(units: list[Unit], by: str) -> list[Unit]:
    """The units in the order of the text, contradictions first; channels and names keep their order within."""
    places = {name: at for at, name in enumerate(in_channel_order([unit.name for unit in units]))}
    return sorted(units, key=lambda unit: (ORDER.index(unit.accord), places[unit.name] if by == "channel" else 0))
