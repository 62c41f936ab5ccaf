"""Boards of channel overlap: the shared customers of each pair of channels, and the same customers' scores in both."""

from __future__ import annotations

from servq.formatting import format_change, format_interval, format_value
from servq.metrics.verdicts import Verdict
from servq.query.customers.channel_overlap import ChannelPair, Crossed, Paired, SameScores, Shared
from servq.query.customers.channel_overlap import same_scores as compared
from servq.records import DIMENSIONS, State
from servq.ui.charts import canvas
from servq.ui.charts.canvas import plain
from servq.ui.charts.grids.board import Field, Tint, board
from servq.ui.charts.grids.matrix import MOST_COLUMNS
from servq.ui.charts.panels import is_drawn
from servq.ui.components.journey_sentence import SCORES
from servq.ui.components.overlap_sentence import overlap_of
from servq.ui.shell import shell
from servq.ui.shell.choices import choose
from servq.ui.shell.language import language, say, shown
from servq.ui.shell.numbers import HIDDEN_MARK, why_nothing
from servq.ui.shell.theme import GREY, in_channel_order
from servq.ui.shell.view import View, kept_per_view

_TINTS = {Verdict.BETTER: Tint.BETTER, Verdict.WORSE: Tint.WORSE}
_MARKS = {Verdict.BETTER: "▲ ", Verdict.WORSE: "▼ "}
_WORDS = {
    Verdict.BETTER: ("列渠道高于行渠道", "higher in the column's channel"),
    Verdict.WORSE: ("列渠道低于行渠道", "lower in the column's channel"),
    Verdict.NO_EVIDENCE: ("无显著差别", "no significant difference"),
    Verdict.TOO_FEW: ("样本不足", "too few"),
}


def overlap(view: View) -> None:
    """Of each channel's customers the share in contact with each other channel, and with no other."""
    one = overlap_of(view, "customer")
    shell.section(
        say("哪些渠道在服务同一批客户", "Which channels serve the same customers"),
        say(
            f"行：该渠道的客户（人数）；列：其中也联系过此渠道的占比与 95% 区间（%）；对角线：只用这一个渠道的。"
            f"{HIDDEN_MARK} 人数太少已隐藏；点格看这些客户",
            f"Row: the channel's customers (how many); column: the share who used that channel too, with its 95% "
            f"interval (%); diagonal: who used no other. {HIDDEN_MARK} too few people, hidden; click a field for them",
        ),
    )
    if not one.shared:
        shell.note(say("所选范围没有能认出的客户。", "No customer is known in this slice."))
        return
    canvas.show(shares(view, "customer"), "silo-customers", wide=True)
    shell.left_out(len(_sizes(one)) - MOST_COLUMNS, DIMENSIONS["channel"])


@kept_per_view
def shares(view: View, by: str) -> canvas.Chart:
    """Channel × channel: the share of the row's customers (or orders) that the column also has."""
    one = overlap_of(view, by)
    sizes = _sizes(one)
    leading = _leading(sizes)
    rows = {name: f"{shown(name)} ({sizes[name]:,})" for name in leading}
    fields = [_share(view, shared, rows[shared.first]) for shared in one.shared if shared.first in rows]
    return board(fields, list(rows.values()), [shown(name) for name in leading])


def _sizes(one: Crossed) -> dict[str, int]:
    return {shared.first: shared.reading.n for shared in one.shared}


def _leading(sizes: dict[str, int]) -> list[str]:
    """The channels that there is room for, those with most customers."""
    largest = set(sorted(sizes, key=lambda name: -sizes[name])[:MOST_COLUMNS])
    return [name for name in in_channel_order(sizes) if name in largest]


def _share(view: View, one: Shared, row: str) -> Field:
    reading = one.reading
    if one.both is None or reading.value is None or reading.state == State.TOO_FEW:
        mark = HIDDEN_MARK if reading.state == State.HIDDEN else "○"
        value, below, lines = f"<span style='color:{GREY}'>{mark}</span>", "", [why_nothing(reading)]
    else:
        share = format_value(reading.value, "percent", language())
        value = share if one.first != one.second else f"<b>{share}</b>"
        between = format_interval(reading, "percent", language())
        below = between.removesuffix("%")
        lines = [f"<b>{share}</b> ({between})", f"{one.both:,} / {reading.n:,}"]
    way = say("只用 ", "only ") + plain(shown(one.first))
    if one.first != one.second:
        way = f"{plain(shown(one.first))} → {plain(shown(one.second))}"
    text = f"{value}<br><span style='font-size:11px;color:{GREY}'>{below}</span>"
    tint = Tint.SAME if one.first == one.second else Tint.PLAIN
    return Field(row, shown(one.second), text, "<br>".join([way, *lines]), tint, (one.asked, view.period))


def same_scores(view: View) -> None:
    """The same customers' scores in two channels, difference by difference."""
    shell.section(
        say("同一位客户，在两个渠道打的分", "The same customer's scores in two channels"),
        say(
            "列渠道减行渠道，每位客户只与自己、同一调查方式相比；"
            "全部配对一起检验（误报率 10%）；▲▼ 差异显著，灰字不显著；点格看这些客户",
            "Column minus row; each customer is compared with him- or herself in one survey mode; all pairs tested "
            "together (10% false discoveries); ▲▼ told, grey not; click a field for these customers",
        ),
    )
    score = choose("silo-score", SCORES)
    pairs = _same(view, score).pairs
    if not any(is_drawn(one.found) for one in pairs):
        shell.note(
            say(
                "在两个渠道、同一调查方式下都打过分的同一批客户不足 10 位：请拉长周期或放宽筛选。",
                "Fewer than ten customers scored in two channels in one survey mode: choose a longer period or a wider "
                "filter.",
            )
        )
        return
    canvas.show(_pairs(view, score), f"silo-{score}", wide=True)


@kept_per_view
def _same(view: View, score: str) -> SameScores:
    return compared(view.snapshot, view.period, score, _leading(_sizes(overlap_of(view, "customer"))))


@kept_per_view
def _pairs(view: View, score: str) -> canvas.Chart:
    names = [shown(name) for name in _leading(_sizes(overlap_of(view, "customer")))]
    return board([_pair(view, one) for one in _same(view, score).pairs], names[:-1], names[1:])


def _pair(view: View, one: ChannelPair) -> Field:
    found, reading = one.found, one.found.difference
    lines = [f"{plain(shown(one.first))} → {plain(shown(one.second))}"]
    if is_drawn(found):
        value = _MARKS.get(found.change.verdict, "") + format_change(reading.value, "score", language())
        told = found.change.verdict in _TINTS
        value = f"<b>{value}</b>" if told else f"<span style='color:{GREY}'>{value}</span>"
        lines.append(_levels(found))
    else:
        value = f"<span style='color:{GREY}'>{HIDDEN_MARK if reading.state == State.HIDDEN else '○'}</span>"
        lines.append(why_nothing(reading))
    lines += [say(f"n = {reading.n:,} 位客户", f"n = {reading.n:,} customers"), say(*_WORDS[found.change.verdict])]
    text = f"{value}<br><span style='font-size:11px;color:{GREY}'>n={reading.n:,}</span>"
    tint = _TINTS.get(found.change.verdict, Tint.PLAIN)
    return Field(shown(one.first), shown(one.second), text, "<br>".join(lines), tint, (one.asked, view.period))


def _levels(found: Paired) -> str:
    before, after = (format_value(end, "score", language(), bare=True) for end in (found.before, found.after))
    reading = found.difference
    low, high, value = (format_change(end, "score", language()) for end in (reading.low, reading.high, reading.value))
    return f"{before} → {after}<br><b>{value}</b> ({low} – {high})"
