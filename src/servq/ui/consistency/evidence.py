"""The evidence behind a field of the consistency matrix: both figures mode by mode, raw and standardised."""

from __future__ import annotations

from markupsafe import Markup

from servq.formatting import format_difference, format_interval, format_value
from servq.metrics.verdicts import AGREEMENTS, Agreement
from servq.query.channels.agreement import ChannelLine, Stratum
from servq.query.channels.channel_sentences import MARKS
from servq.query.channels.mix import Unlike, unlike
from servq.query.verdicts import PROMISE, kept_from
from servq.records import DIMENSIONS, NOT_GIVEN, Reading, Slice, State
from servq.ui.charts import canvas
from servq.ui.charts.intervals import Mark, intervals
from servq.ui.components.figures import get_metric
from servq.ui.consistency.consistency import cell_of
from servq.ui.shell import shell
from servq.ui.shell.language import language, name_of, say, shown
from servq.ui.shell.markup import draw, joined, piece
from servq.ui.shell.numbers import value_text
from servq.ui.shell.theme import GREY, channel_colour
from servq.ui.shell.view import View, kept_per_view


def above(view: View, metric: str, slice_: Slice) -> None:
    """The evidence on a figure, before its rows; nothing where the figure is no field of the matrix."""
    cell = cell_of(view, metric, slice_)
    if cell is None:
        return
    shell.section(_verdict(view, cell), _ground(view, cell))
    chart = _side_by_side(view, cell)
    if not chart.empty:
        canvas.show(chart, "evidence")
    if len(cell.strata) > 1:
        draw(_modes(view, cell))
    for pair in [] if cell.against is None else _unlike(view, cell.slice_, cell.against):
        shell.note(_other_matters(pair))


def _verdict(view: View, cell: ChannelLine) -> str:
    """The verdict in a sentence: how far apart, with the interval, against which margin of which day."""
    judged, metric = cell.judged, get_metric(cell.metric)
    who = f"{MARKS[judged.agreement]} {_agreement(view, cell)}{say('：', ': ')}{shown(cell.channel)}"
    if cell.metric == PROMISE:
        if judged.agreement == Agreement.APART:
            return who + say("没有公布响应时限", " has published no response time")
        floor = format_value(kept_from(view.snapshot, view.week, cell.channel), metric.unit, language())
        return who + say(f"承诺时间内响应的下限 {floor}", f", to be in time from {floor}")
    difference = cell.shown_difference
    if cell.withheld and judged.agreement != Agreement.APART:
        return who + say(
            " 相差多少不显示：有的调查方式只有很少几份答卷",
            "; how far is not shown: some mode has very few answers",
        )
    if difference is None:
        return who + say("与参照没有共同的调查方式", " shares no survey mode with the reference")
    ends = Reading(None, 0, State.JUDGEABLE, low=difference.low, high=difference.high)
    size = format_difference(difference.value, metric.unit, language())
    plus = "+" if difference.value > 0 else ""
    between = format_interval(ends, metric.unit, language()).removesuffix("%")
    return who + say(
        f" 与参照相差 {plus}{size}（95% 区间 {between}）", f" {plus}{size} from the reference (95% {between})"
    )


def _agreement(view: View, cell: ChannelLine) -> str:
    """The verdict's words; of an undecided one whose side is known, what is known and what is not."""
    margin, difference = view.snapshot.standards.margin(cell.metric, view.week), cell.shown_difference
    if cell.judged.agreement != Agreement.UNDECIDED or margin is None or difference is None or not difference.side:
        return name_of(AGREEMENTS[cell.judged.agreement])
    size = format_difference(margin.value, get_metric(cell.metric).unit, language())
    zh, en = ("高于", "above") if difference.side > 0 else ("低于", "below")
    return say(
        f"{zh}参照；是否超出允许差距 ±{size} 尚无定论", f"{en} the reference; whether by more than ±{size} is not known"
    )


def _ground(view: View, cell: ChannelLine) -> str:
    """By which margin, how many rows were compared, what is missing."""
    judged, metric = cell.judged, get_metric(cell.metric)
    if cell.metric == PROMISE:
        return say("参照是该渠道自己公布的时限", "its reference is the limit that it has published itself")
    margin = view.snapshot.standards.margin(cell.metric, view.week)
    parts = [] if margin is not None else [say("本周没有设定允许差距 δ", "no margin δ is set for this week")]
    if margin is not None:
        size = format_difference(margin.value, metric.unit, language())
        parts.append(
            say(f"允许差距 δ = ±{size}，{margin.valid_from} 起", f"margin δ = ±{size} since {margin.valid_from}")
        )
    if cell.compared:
        parts.append(say(f"比较了 {cell.compared:,} 条", f"{cell.compared:,} rows compared"))
    if judged.agreement == Agreement.UNDECIDED and not (cell.withheld and judged.more is None):
        parts.append(
            say("样本已够，差距接近界限", "rows enough, but the difference lies near the margin")
            if judged.more is None
            else say(f"还需约 {judged.more:,} 份答卷", f"about {judged.more:,} more rows are needed")
        )
    return " · ".join(parts)


@kept_per_view
def _side_by_side(view: View, cell: ChannelLine) -> canvas.Chart:
    """The channel and its reference as wholes, then mode by mode."""
    metric, others = get_metric(cell.metric), say("参照", "reference")
    marks = [Mark(shown(cell.channel), cell.own, channel_colour(cell.channel), cell.slice_)]
    if cell.reference is not None and cell.against is not None:
        marks.append(Mark(others, cell.reference, GREY, cell.against))
    for one in cell.strata if len(cell.strata) > 1 else ():
        for who, reading, colour, kept in (
            (shown(cell.channel), one.own, channel_colour(cell.channel), cell.slice_),
            (others, one.reference, GREY, cell.against),
        ):
            if reading.n and kept is not None:
                marks.append(Mark(f"{who} · {shown(one.name)}", reading, colour, kept.and_(survey_mode=one.name)))
    target = kept_from(view.snapshot, view.week, cell.channel) if cell.metric == PROMISE else None
    return intervals(metric, marks, target)


@kept_per_view
def _modes(view: View, cell: ChannelLine) -> Markup:
    """The survey modes of both, and the raw figure beside the one for the common mix."""
    own, others = (sum(getattr(one, side).n for one in cell.strata) for side in ("own", "reference"))
    rows = [_mode(cell, one, own, others) for one in cell.strata]
    heads = (
        DIMENSIONS["survey_mode"].zh if language() == "zh" else DIMENSIONS["survey_mode"].en,
        say("该渠道 n（占比）", "Channel n (share)"),
        say("参照 n（占比）", "Reference n (share)"),
        say("比较中的权重", "Weight"),
    )
    return piece(
        '<div class="sq sq-scroll"><table class="sq-table"><tr>{heads}</tr>{rows}</table>'
        '<p class="sq-sub">{note}</p></div>',
        heads=joined(piece("<th>{head}</th>", head=head) for head in heads),
        rows=joined(rows),
        note=_mix(view, cell),
    )


def _mix(view: View, cell: ChannelLine) -> str:
    """Whether both were asked alike, and the raw figure beside the one for a common mix, each with its interval."""
    metric, raw = get_metric(cell.metric), cell.own
    pairs = [] if cell.against is None else unlike(view.snapshot, cell.slice_, cell.against)
    modes = [pair for pair in pairs if pair.dimension == "survey_mode"]
    note = say("两边的调查方式构成相近。", "Both were asked in much the same mix. ")
    for pair in modes:
        own, others = (f"{reading.value or 0:.0f}%" for reading in (pair.own, pair.others))
        note = say(
            f"调查方式构成不同：“{shown(pair.value)}”占该渠道答卷的 {own}，参照 {others}。",
            f"Asked differently: “{shown(pair.value)}” is {own} of its answers, {others} of the reference's. ",
        )
    standard = cell.standard
    if standard is None:
        return note + say("没有可按共同构成折算的方式。", "It has no mode of the common mix.")
    ends = Reading(standard.value, raw.n, State.JUDGEABLE, low=standard.low, high=standard.high)
    then = f"{value_text(metric, ends)} ({format_interval(ends, metric.unit, language())})"
    now = f"{value_text(metric, raw)} ({format_interval(raw, metric.unit, language())})"
    note += say(
        f"原始 {now} → 按各渠道共同的调查方式构成 {then}", f"raw {now} → in the mix of modes of all channels {then}"
    )
    if standard.covered < 1:
        share = f"{standard.covered:.0%}"
        note += say(f"（只含该渠道有的方式，占 {share}）", f" (modes that it has: {share} of the mix)")
    return note


def _mode(cell: ChannelLine, one: Stratum, own: int, others: int) -> Markup:
    weight = cell.weights.get(one.name)
    name = say("未注明", "not given") if one.name == NOT_GIVEN else shown(one.name)
    return piece(
        "<tr><td>{mode}</td><td>{own}</td><td>{others}</td><td>{weight}</td></tr>",
        mode=name,
        own=_share(one.own.n, own),
        others=_share(one.reference.n, others),
        weight=say("不可比", "not compared") if weight is None else f"{weight:.0%}",
    )


def _share(n: int, whole: int) -> str:
    return f"{n:,} ({n / whole:.0%})" if whole else "—"


@kept_per_view
def _unlike(view: View, own: Slice, against: Slice) -> list[Unlike]:
    return [pair for pair in unlike(view.snapshot, own, against) if pair.dimension != "survey_mode"]


def _other_matters(pair: Unlike) -> str:
    what_zh, what_en = ("投诉", "complaints") if pair.need == "complaints" else ("答卷", "answers")
    dimension = name_of(DIMENSIONS[pair.dimension])
    own, others = (f"{reading.value or 0:.0f}%" for reading in (pair.own, pair.others))
    return say(
        f"业务构成不同：{dimension}“{pair.value}”占该渠道{what_zh}的 {own}，参照 {others}",
        f"It deals with other matters: {dimension} “{pair.value}” is {own} of its {what_en}, "
        f"{others} of the reference's",
    )
