"""The promise register 承诺台账: promises kept, broken and unverified, with the rows behind each verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from servq.formatting import format_interval, format_value
from servq.metrics.verdicts import Standing
from servq.query.promises.promise_evidence import ContraryRows, words_against
from servq.query.promises.promise_verdicts import Tested, judged_promises, promise_counts
from servq.records import Slice, State
from servq.ui.charts import canvas
from servq.ui.charts.canvas import plain
from servq.ui.charts.grids.board import Field, Tint, board
from servq.ui.charts.lines import cut
from servq.ui.components import drill
from servq.ui.components.figures import get_metric
from servq.ui.consistency.promise_words import published
from servq.ui.consistency.promises import named
from servq.ui.shell import shell
from servq.ui.shell.language import language, name_of, say, shown
from servq.ui.shell.markup import draw, piece
from servq.ui.shell.theme import GREY, in_channel_order
from servq.ui.shell.url_state import address
from servq.ui.shell.view import View, kept_per_view

_UNTESTED = (Standing.UNDECIDED, Standing.TOO_FEW)
_ROOM = 34
"""Columns that a line's label may take."""
_FIRST = 4
"""Broken promises that the executive's page names; the register names all."""
_LOOKS = {Standing.MET: ("✓", Tint.SAME), Standing.MISSED: ("✕", Tint.WORSE)}


@kept_per_view
def tested(view: View) -> list[Tested]:
    """Every promise in every channel."""
    return judged_promises(view.snapshot, view.period, view.week)


def online_and_offline(view: View) -> None:
    """The register's headline, and the broken promises with their evidence, on the executive's page."""
    shell.section(
        say("线上承诺 vs 线下交付：", "Promised online, delivered offline: ") + _counts(view),
        say(
            "每条承诺在每个渠道各算一格；暂无定论与未检验不算兑现",
            "every promise counts once in each channel; inconclusive and not tested do not count as kept",
        ),
    )
    _broken(view, most=_FIRST)
    label = say("打开承诺台账 ›", "Open the promise register ›")
    to = address("promises", view)
    draw(piece('<a class="sq-link" href="{to}" target="_self">{label}</a>', to=to, label=label))


def headline(view: View) -> None:
    """The same counts as the first sentence of the register's own tab."""
    shell.title(say("承诺台账：", "Promise register: ") + _counts(view), drill.describe(view.period))
    _broken(view)


def _counts(view: View) -> str:
    found = tested(view)
    if not found:
        if view.snapshot.standards.register:
            return say("所看的周与筛选里没有在守的承诺", "none is in force in the week and filter looked at")
        return say("没有登记承诺", "no promise is registered")
    return name_of(promise_counts(found))


def _broken(view: View, most: int | None = None) -> None:
    """Each broken promise in a sentence, with the ways to its rows; at most so many."""
    broken = [one for one in tested(view) if one.standing == Standing.MISSED]
    for one in broken[:most]:
        key = f"broken-{one.promise.name}-{one.channel}"
        with st.container(key=key, gap=None):
            draw(piece('<div class="sq sq-news"><span>{said}</span></div>', said=_said(one)))
            with st.container(horizontal=True, gap="small"):
                drill.button(one.metric, one.slice_, one.reading.n, key, who=named(one.channel))
                words = _words(view, one)
                if words is not None:
                    who = named(one.channel, name_of(words.what))
                    drill.button(words.asked, words.slice_, words.n, f"{key}-words", who=who)
    if most is not None and len(broken) > most:
        more = len(broken) - most
        shell.note(say(f"另有 {more} 格未兑现，见承诺台账", f"{more} more are broken: see the promise register"))


@kept_per_view
def _words(view: View, one: Tested) -> ContraryRows | None:
    return words_against(view.snapshot, one)


def _said(one: Tested) -> str:
    """A broken promise in a sentence: who, the published words, what was found."""
    where = one.promise.published_where
    return say(
        f"✕ {shown(one.channel)}：“{one.text[0]}”（{where}）—— {figure(one)}",
        f"✕ {shown(one.channel)}: “{one.text[1]}” ({where}): {figure(one)}",
    )


def figure(one: Tested, subject: bool = True) -> str:
    """The figure that tests a promise, its interval, n, and threshold; with its subject, unless told otherwise."""
    reading, unit = one.reading, _unit(one)
    if reading.value is None or reading.state in (State.TOO_FEW, State.HIDDEN):
        return say(f"样本不足 n={reading.n:,}", f"too few, n={reading.n:,}")
    value = format_value(reading.value, unit, language())
    sign = "≤" if one.promise.better == "lower" else "≥"
    floor = "" if one.threshold is None else format_value(one.threshold, unit, language())
    wanted = say(f"；承诺 {sign} {floor}", f"; promised {sign} {floor}")
    name = {"clock": say("时限内 ", "in time ")}.get(one.promise.tested_by, f"{shown(one.promise.subject)} ")
    if one.promise.tested_by == "question" or not subject:
        name = ""
    return f"{name}{value} ({format_interval(reading, unit, language())}), n={reading.n:,}{wanted}"


def _unit(one: Tested) -> str:
    return "percent" if one.promise.tested_by in ("clock", "cause") else get_metric(one.metric).unit


def above(view: View, metric: str, slice_: Slice) -> None:
    """A promise's figure with its interval, before its rows; and the button to the rows that speak against it."""
    for one in tested(view):
        if (one.metric, one.slice_) == (metric, slice_):
            words = say(*one.text)
            shell.section(f"{shown(one.channel)}{say('：', ': ')}“{words}”", figure(one))
            against = _words(view, one)
            if against is not None:
                key = f"words-{one.promise.name}"
                drill.button(against.asked, against.slice_, against.n, key, who=named(name_of(against.what)))


def every_promise(view: View) -> None:
    """Promise × channel; a click opens the rows that test it."""
    shell.section(
        say("每条承诺，每个渠道", "Every promise in every channel"),
        say(
            "✓ 兑现 ✕ 未兑现 ○ 暂无定论（95% 区间跨过界限或样本不足）或未检验（无数据可检验）；点格看明细",
            "✓ kept ✕ broken ○ inconclusive (the 95% interval holds the limit, or too few rows) or not tested "
            "(no data); click a field for its rows",
        ),
    )
    if not tested(view):
        known = bool(view.snapshot.standards.register)
        shell.note(_nothing_in_force() if known else _how_to_begin())
        return
    canvas.show(_drawn(view), "register", wide=True)
    draw(_published(view))


def _nothing_in_force() -> str:
    return say(
        "没有可以检验的承诺：换一周或清除筛选；全部承诺见下面的历史。",
        "No promise to test: choose another week or clear the filter; all promises stand in the history below.",
    )


def _how_to_begin() -> str:
    return say(
        "登记承诺后，这里逐条检验：在下面新增，或写入 data/promises.toml。",
        "Register promises, below or in data/promises.toml, and each is tested here.",
    )


@kept_per_view
def _drawn(view: View) -> canvas.Chart:
    found = tested(view)
    rows = _rows(found)
    columns = [shown(name) for name in in_channel_order({one.channel for one in found})]
    return board([_field(one, rows[one.promise.name]) for one in found], list(rows.values()), columns)


def _rows(found: Sequence[Tested]) -> dict[str, str]:
    """Promise -> its line's label: its words, cut; two that begin alike keep their names, for they are two lines."""
    labels = {o.promise.name: cut(say(o.promise.text, o.promise.text_en or o.promise.text), _ROOM) for o in found}
    many = Counter(labels.values())
    return {name: label if many[label] == 1 else f"{label} {name}" for name, label in labels.items()}


def _field(one: Tested, row: str) -> Field:
    mark, tint = _LOOKS.get(one.standing, ("○", Tint.PLAIN))
    known = one.reading.value is not None and one.reading.state not in (State.TOO_FEW, State.HIDDEN)
    value = f" {format_value(one.reading.value, _unit(one), language())}" if known else ""
    without = say("未检验", "not tested") if one.untested else f"n={one.reading.n:,}"
    n = f"<span style='font-size:11px;color:{GREY}'>{without}</span>"
    text = f"<b>{mark}{value}</b>"
    if one.standing in _UNTESTED:
        text = f"<span style='color:{GREY}'>{mark}{value}</span>"
    hover = "<br>".join(plain(part) for part in (shown(one.channel), say(*one.text), figure(one)))
    return Field(row, shown(one.channel), f"{text}<br>{n}", hover, tint, (one.metric, one.slice_))


@kept_per_view
def _published(view: View) -> Markup:
    return published(list(dict.fromkeys(one.promise for one in tested(view))))
