"""Recommendation and repurchase by segment. Related, never causal."""

from __future__ import annotations

from markupsafe import Markup

from servq.formatting import format_change, format_difference
from servq.metrics.verdicts import Verdict
from servq.query.customers.loyalty import CONTRARY, DETRACTORS, PASSIVES, PROMOTERS, Group, Loyalty, loyalty, told
from servq.records import DIMENSIONS, Label, Reading, State
from servq.ui.charts import canvas
from servq.ui.charts.canvas import plain
from servq.ui.charts.grids.board import Field, Tint, board
from servq.ui.charts.grids.matrix import MOST_ROWS
from servq.ui.components.figures import get_metric
from servq.ui.shell import shell
from servq.ui.shell.language import joined_words, language, name_of, say, shown
from servq.ui.shell.markup import draw, joined, piece
from servq.ui.shell.numbers import HIDDEN_MARK, interval_text, n_text, value_text, why_nothing
from servq.ui.shell.theme import GREY
from servq.ui.shell.view import View, kept_per_view

COLUMNS: dict[str, Label] = {
    PROMOTERS: Label("推荐者复购", "promoters back"),
    PASSIVES: Label("中立者复购", "passives back"),
    DETRACTORS: Label("不推荐者复购", "detractors back"),
    CONTRARY[0]: Label("嘴上推荐没再买", "promoters lost"),
    CONTRARY[1]: Label("不推荐却又买", "detractors bound"),
}
"""Figure -> its column's name."""

_WORDS = {
    Verdict.BETTER: (Label("意愿与行为一致 ✓", "intention matches behaviour ✓"), "better"),
    Verdict.WORSE: (Label("意愿与行为相悖 ▼", "intention against behaviour ▼"), "worse"),
    Verdict.NO_EVIDENCE: (Label("分不出 ●", "no significant difference ●"), ""),
    Verdict.TOO_FEW: (Label("仅供参考 ○", "indicative ○"), ""),
}
_TINTS = {Verdict.BETTER: Tint.BETTER, Verdict.WORSE: Tint.WORSE}


def words_and_deeds(view: View) -> None:
    """The segments in which recommendation and repurchase differ, and every figure to open."""
    found = _found(view)
    if not found.whole.known:
        shell.section(say("意愿与行为：没有复购标记", "Intention and behaviour: it is not known who bought again"))
        shell.note(_why_empty(found))
        return
    shell.section(_finding(found), _explained(found))
    draw(_listed(view))
    canvas.show(_board(view), "loyalty", wide=True)
    shell.groups_overlap(view, "segment")
    shell.left_out(len(found.segments) - MOST_ROWS, DIMENSIONS["segment"])


def _explained(found: Loyalty) -> str:
    tested, unknown = found.tested, f"{found.unknown:,}"
    return say(
        f"推荐者 9–10 分，不推荐者 0–6 分；差为两者复购率之差，95% 区间（Newcombe）；{tested} 个客群一起检验"
        f"（误报率 10%）。只是相关，不是原因；另有 {unknown} 份不知是否复购，不计入，也不算没复购；○ 样本不足，"
        f"{HIDDEN_MARK} 人数太少已隐藏；点格看答卷",
        "Promoters 9–10, detractors 0–6; difference of their shares who bought again, 95% interval (Newcombe); "
        f"{tested} segments tested together (10% false discoveries). Related, not causing; of {unknown} more it is not "
        f"known: they count neither way; ○ too few, {HIDDEN_MARK} too few people, hidden; click a field",
    )


def _why_empty(found: Loyalty) -> str:
    if found.known_elsewhere:
        return say(
            "所选范围里没有已知是否复购的答卷：复购要过些时候才知道，请选较早的周、拉长周期或放宽筛选。",
            "No answer of this slice says whether its customer bought again: that takes time to be known. Choose an "
            "earlier week, a longer period or a wider filter.",
        )
    return say(
        "NPS 只是嘴上说的。要看谁真的又买了：在问卷导出里加一列“是否复购”或“180天内复购”（是 / 否，还不知道的留空），"
        "或在映射里把 repurchased 指向你们自己的列（docs/maps.md）。"
        "之后这里按客群比较愿意推荐的与不愿推荐的各有多少又买了。",
        "A recommendation is only words. To see who really came back, add a column “Repurchased” to the survey export "
        "(yes / no, empty where it is not known yet), or map repurchased to a column of your own (docs/maps.md). Then "
        "this part compares, by segment, how many promoters and detractors bought again.",
    )


def _finding(found: Loyalty) -> str:
    against, agree = told(found.segments, Verdict.WORSE), told(found.segments, Verdict.BETTER)
    if against:
        return _against(against)
    if not found.tested:
        return say("意愿与行为：样本不足，暂无定论", "Intention and behaviour: too few answers to judge")
    if not agree:
        return say(
            f"意愿与行为：证据不足，{found.tested} 个客群都分不出推荐者是否更常再买",
            f"Intention and behaviour: not enough evidence, promoters and detractors differ in none of {found.tested} "
            "segments",
        )
    names, rest = joined_words(shown(one.name) for one in agree), found.tested - len(agree)
    others = say(f"；其余 {rest} 个客群分不出", f"; no significant difference in {rest} more") if rest else ""
    return say(
        f"意愿与行为一致：{names}的推荐者更常再买{others}",
        f"Intention matches behaviour: promoters return more in {names}{others}",
    )


def _against(groups: list[Group]) -> str:
    first = groups[0]
    (up, n_up), (down, n_down) = (_rate(first.readings[rate]) for rate in (PROMOTERS, DETRACTORS))
    more = len(groups) - 1
    others = say(f"；另有 {more} 个客群如此", f"; and {more} more segments") if more else ""
    return say(
        f"{shown(first.name)}愿意推荐，却少有再买：推荐者 {up} 复购，不推荐者 {down}（n = {n_up} / {n_down}）{others}",
        f"{shown(first.name)} would recommend and seldom return: {up} of promoters bought again, {down} of detractors "
        f"(n = {n_up} / {n_down}){others}",
    )


def _rate(reading: Reading) -> tuple[str, str]:
    return value_text(get_metric(PROMOTERS), reading), f"{reading.n:,}"


@kept_per_view
def _found(view: View) -> Loyalty:
    return loyalty(view.snapshot, view.period)


@kept_per_view
def _listed(view: View) -> Markup:
    found = _found(view)
    lines = [one for one in (found.whole, *found.segments[:MOST_ROWS]) if _is_drawn(one)]
    return piece('<ul class="sq sq-list">{rows}</ul>', rows=joined(map(_line, lines)))


def _is_drawn(group: Group) -> bool:
    return all(group.readings[rate].state in (State.JUDGEABLE, State.INDICATIVE) for rate in (PROMOTERS, DETRACTORS))


def _line(group: Group) -> Markup:
    change, (word, kind) = group.change, _WORDS[group.change.verdict]
    up, down = (group.readings[rate] for rate in (PROMOTERS, DETRACTORS))
    low, high = (format_change(end, "percent", language()) for end in (change.low, change.high))
    return piece(
        '<li><span class="mark"><span class="sq-chip {kind}">{word}</span></span>'
        "<span><b>{who}</b> {rates}<b>{sign}{by}</b> <small>({low} – {high}, n = {n})</small></span></li>",
        kind=kind, word=name_of(word), who=_who(group), rates=_both(up, down),
        sign="+" if (change.delta or 0) > 0 else "", by=format_difference(change.delta or 0.0, "percent", language()),
        low=low, high=high, n=f"{up.n:,} / {down.n:,}",
    )  # fmt: skip


def _both(up: Reading, down: Reading) -> str:
    first, second = _rate(up)[0], _rate(down)[0]
    return say(f"推荐者 {first}，不推荐者 {second}，差 ", f"promoters {first}, detractors {second}: ")


def _who(group: Group) -> str:
    return shown(group.name) if group.name else say("全部", "All")


@kept_per_view
def _board(view: View) -> canvas.Chart:
    found = _found(view)
    groups = [found.whole, *found.segments[:MOST_ROWS]]
    fields = [_field(group, figure) for group in groups for figure in COLUMNS if _there(group.readings[figure])]
    return board(fields, [_who(group) for group in groups], [name_of(COLUMNS[figure]) for figure in COLUMNS])


def _there(reading: Reading) -> bool:
    """Whether anybody of that band is known at all: nobody is an empty field, and no 0."""
    return bool(reading.n if reading.base is None else reading.base)


def _field(group: Group, figure: str) -> Field:
    reading, metric = group.readings[figure], get_metric(figure)
    counted = figure in CONTRARY
    below = f"n={reading.n:,}" if reading.base is None else f"/ {reading.base:,}"
    if reading.value is None or (not counted and reading.state == State.TOO_FEW):
        mark = HIDDEN_MARK if reading.state == State.HIDDEN else "○"
        value, lines = f"<span style='color:{GREY}'>{mark}</span>", [why_nothing(reading)]
    else:
        said = value_text(metric, reading)
        value = f"<b>{said}</b>" if reading.state == State.JUDGEABLE else f"<span style='color:{GREY}'>{said}</span>"
        lines = [f"<b>{said}</b>" + ("" if counted else f" ({interval_text(metric, reading)})")]
    lines = [f"{plain(_who(group))} · {name_of(metric.label)}", *lines, n_text(reading)]
    tint = _TINTS.get(group.change.verdict, Tint.PLAIN) if figure == PROMOTERS else Tint.PLAIN
    text = f"{value}<br><span style='font-size:11px;color:{GREY}'>{below}</span>"
    opens = metric.out_of if reading.state == State.HIDDEN and counted else figure  # a hidden count tells a share
    return Field(_who(group), name_of(COLUMNS[figure]), text, "<br>".join(lines), tint, (opens, group.slice_))
