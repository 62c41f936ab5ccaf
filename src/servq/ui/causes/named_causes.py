"""The ranking of causes named in customers' words, counted in complaints, in points of NPS or in hours waited."""

from __future__ import annotations

from servq.formatting import MINUS
from servq.query.causes.cause_counts import CauseCount, named_in
from servq.query.causes.costs import CauseContribution, Parts, Weight, parts_of
from servq.records import NOT_GIVEN, UNATTRIBUTED, Label, State
from servq.text.causes.labels import cause_label
from servq.ui.causes import cause_changes, cause_opened
from servq.ui.causes.causes import nothing
from servq.ui.charts import canvas
from servq.ui.charts.pareto import MOST_BARS, Bar, pareto
from servq.ui.charts.parts import Piece, parts
from servq.ui.components.figures import reading
from servq.ui.shell import shell
from servq.ui.shell.language import name_of, say
from servq.ui.shell.url_state import segments
from servq.ui.shell.view import View, kept_per_view

WAYS: dict[str, Label] = {
    "count": Label("件数", "Complaints"),
    "nps": Label("NPS 贡献", "Part of NPS"),
    "hours": Label("客户等待时长", "Customer waiting time"),
}
"""The ways of counting causes; the first is the default."""


def named(view: View) -> None:
    """One ranking, switched by a click; a bar opens its cause."""
    way = segments(cause_opened.WAY_IN_LINK, say("按什么排", "Counted by"), WAYS)
    if way == "count":
        _by_count(view)
    else:
        _by_cost(view, "nps" if way == "nps" else "hours")


def _by_count(view: View) -> None:
    found, total = counted(view), reading(view, "complaints", view.period).n
    shell.section(_most(found, total), _how_counted(view, found, total))
    chart = _pareto(view)
    if chart.empty:
        shell.note(nothing(view))
        return
    canvas.show(chart, "pareto-named", on_click=cause_opened.on_bar)
    cause_changes.told(view)


def _most(found: list[CauseCount], total: int) -> str:
    if not found:
        return say("客户自己说的原因", "Causes in the customers' own words")
    name, most = name_of(cause_label(found[0].code)), f"{found[0].n:,} / {total:,}"
    return say(
        f"客户自己说得最多的原因：{name}（{most} 件投诉）", f"What customers name most: {name} ({most} complaints)"
    )


def _how_counted(view: View, found: list[CauseCount], total: int) -> str:
    """The way of counting the bars, and the number of complaints without any known cause."""
    n = reading(view, "complaints", view.period.and_(cause=UNATTRIBUTED)).n
    if found and found[0].share.state == State.TOO_FEW:
        return say(
            f"只有 {total:,} 件，样本不足：只供查看，不作判断", f"Only {total:,}: too few to judge, to be read only"
        )
    without = say(f"；未归因 {n:,} / {total:,} 件", f"; no cause found in {n:,} of {total:,}") if total else ""
    return say(
        "从投诉原文找出，一件可有多个原因；浅条为上期；右线为累计（占全部提及），深色合计 80%；点条看证据" + without,
        "Found in the complaints' own words; count and share of complaints, of which one may name several; pale: "
        "period before; right: running share of all mentions, dark bars make 80%; click a bar for its evidence"
        + without,
    )


@kept_per_view
def counted(view: View) -> list[CauseCount]:
    """Every cause that complaints of the period name, the most frequent first."""
    return named_in(view.snapshot, view.period)


@kept_per_view
def _pareto(view: View) -> canvas.Chart:
    before = {one.code: one.n for one in named_in(view.snapshot, view.period_before)}
    bars = [
        Bar(
            name_of(cause_label(one.code)),
            one.n,
            before.get(one.code, 0),
            view.period.and_(cause=one.code),
            one.share,
        )
        for one in counted(view)
    ]
    return pareto(bars, sum(bar.now for bar in bars))


def _by_cost(view: View, weight: Weight) -> None:
    found = _parts(view, weight)
    shell.section(_costliest(found, weight), _adds_up(found, weight))
    if found.whole is None:
        reason = found.reading.reason
        shell.note(name_of(reason) if reason else nothing(view))
        return
    canvas.show(_chart(view, weight), f"parts-{weight}", on_click=cause_opened.on_bar)


@kept_per_view
def _parts(view: View, weight: Weight) -> Parts:
    return parts_of(view.snapshot, weight, view.period, MOST_BARS)


def _costliest(found: Parts, weight: Weight) -> str:
    first = next((part for part in found.parts if _is_cause(part)), None)
    if first is None:
        return say("每个原因的代价", "What each cause costs")
    name, value = name_of(cause_label(first.codes[0])), value_of(float(first.value), weight)
    if weight == "hours":
        return say(
            f"客户等得最久的原因：{name}（共 {value}）", f"What customers wait for longest: {name} ({value} in all)"
        )
    if first.value >= 0:
        return say("没有一个原因拉低净推荐值", "No cause takes anything off the NPS")
    return say(
        f"拉低净推荐值最多的原因：{name}（{value}，n = {first.n:,}）",
        f"What takes most off the NPS: {name} ({value}, n = {first.n:,})",
    )


def _adds_up(found: Parts, weight: Weight) -> str:
    """The parts and their sum, in words."""
    whole = "—" if found.whole is None else value_of(float(found.whole), weight)
    if weight == "nps":
        return say(
            f"评论提到几个原因就平分给几个（推荐者 +、贬损者 −）；各行合计 = 净推荐值 {whole}；浅条为上期",
            f"Each answer's + or − is split evenly over the causes in its words; the lines add up to the NPS, {whole}; "
            "pale: period before; click a bar for its answers",
        )
    return say(
        f"客户从受理等到办结（未结的等到数据截止）的日历小时，平分给每件投诉的原因；各行合计 {whole}；浅条为上期",
        "Calendar hours that customers waited from opening to the end (open ones: so far), split evenly over the "
        f"causes of each complaint; the lines add up to {whole}; pale: period before",
    )


@kept_per_view
def _chart(view: View, weight: Weight) -> canvas.Chart:
    found = _parts(view, weight)
    past = parts_of(view.snapshot, weight, view.period_before, len(found.parts) + MOST_BARS)
    before = {part.codes[0]: float(part.value) for part in past.parts if _is_cause(part)}
    pieces = [
        Piece(
            _name(part),
            float(part.value),
            f"<b>{value_of(float(part.value), weight)}</b> n={part.n:,}",
            _hover(part, weight),
            before.get(part.codes[0]) if _is_cause(part) else None,
            _is_cause(part),
            cause_opened.kept_of(view, part.codes),
        )
        for part in found.parts
    ]
    return parts(pieces, "nps" if weight == "nps" else "complaints", name_of(WAYS[weight]))


def _is_cause(part: CauseContribution) -> bool:
    return len(part.codes) == 1 and part.codes[0] not in (UNATTRIBUTED, NOT_GIVEN)


def _name(part: CauseContribution) -> str:
    if len(part.codes) > 1:
        return say(f"其余 {len(part.codes)} 个原因", f"{len(part.codes)} other causes")
    if part.codes[0] == NOT_GIVEN:
        return say("没有写文字", "no words")
    return name_of(cause_label(part.codes[0]))


def _hover(part: CauseContribution, weight: Weight) -> str:
    value = value_of(float(part.value), weight)
    between = "" if part.reach is None else f" (±{value_of(part.reach, weight, signed=False)})"
    return f"<b>{value}</b>{between}<br>n = {part.n:,}"


def value_of(value: float, weight: Weight, *, signed: bool = True) -> str:
    """A part as readers see it: points of NPS with a sign and two decimals, hours in whole hours."""
    if weight == "hours":
        return say(f"{value:,.0f} 小时", f"{value:,.0f} h")
    rounded = round(value, 2) or 0.0  # never a zero with a sign
    sign = ("+" if rounded > 0 else MINUS if rounded < 0 else "") if signed else ""
    return f"{sign}{abs(rounded):.2f}" + say(" 点", " points")
