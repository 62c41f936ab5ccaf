"""Channels with another mix of survey modes, below the matrix, with their NPS standardised to the common mix."""

from __future__ import annotations

from servq.formatting import format_value
from servq.query.channels.agreement import ChannelLine
from servq.query.channels.mix import Unlike, unlike_in
from servq.records import DIMENSIONS, Reading
from servq.ui.components.figures import get_metric
from servq.ui.components.tables import table
from servq.ui.consistency.consistency import OTHERS, together
from servq.ui.shell import shell
from servq.ui.shell.language import language, name_of, say, shown
from servq.ui.shell.markup import draw, piece
from servq.ui.shell.numbers import interval_text, value_text
from servq.ui.shell.theme import in_channel_order
from servq.ui.shell.view import View, kept_per_view

STANDARDISED = "nps"
"""The figure that is shown in both ways: likelihood moves most with the way of asking."""


def asked_otherwise(view: View) -> None:
    """The channels whose mix differs, raw beside standardised; a sentence where all have the same mix."""
    if len({cell.channel for cell in together(view, OTHERS).cells if cell.metric == STANDARDISED and cell.own.n}) < 2:
        return  # nobody to be asked otherwise than
    found = _unlike(view)
    heading = say("调查方式不同的渠道", "Channels that were asked otherwise")
    if not found:
        shell.section(
            heading,
            say(
                "没有：各渠道的调查方式构成相近，原始数字可以直接比。",
                "None: all were asked in much the same mix, so raw figures compare.",
            ),
        )
        return
    shell.section(
        heading,
        say(
            "电话里的分通常高于网页：原始 NPS 旁边是按各渠道共同的调查方式构成折算的 NPS",
            "People score higher on the phone than on the web: beside the raw NPS stands the one for the mix of modes "
            "of all channels",
        ),
    )
    heads = [
        name_of(DIMENSIONS["channel"]),
        say("差异最大的调查方式", "Survey mode with the largest difference"),
        say("原始 NPS", "Raw NPS"),
        say("同一构成下", "In the common mix"),
    ]
    draw(table(heads, [_row(cell, pair) for cell, pair in found]))


@kept_per_view
def _unlike(view: View) -> list[tuple[ChannelLine, Unlike]]:
    cells = {cell.channel: cell for cell in together(view, OTHERS).cells if cell.metric == STANDARDISED}
    found = []
    for channel in in_channel_order(cells):
        cell = cells[channel]
        if cell.against is None:
            continue
        pair = unlike_in(view.snapshot, "responses", "survey_mode", cell.slice_, cell.against)
        if pair is not None:
            found.append((cell, pair))
    return found


def _row(cell: ChannelLine, pair: Unlike) -> list[object]:
    own, others = (format_value(one.value, "percent", language()) for one in (pair.own, pair.others))
    against = say(f"其余渠道 {others}", f"the others {others}")
    mode = piece("{mode} {own}<br><small>{against}</small>", mode=shown(pair.value), own=own, against=against)
    return [shown(cell.channel), mode, _figure(cell.own), _figure(_in_common(cell), _partly(cell))]


def _partly(cell: ChannelLine) -> str:
    """The share of the common mix that a channel's own modes cover, where it lacks some."""
    if cell.standard is None or cell.standard.covered > 0.995:  # what rounds to all of it
        return ""
    share = f"{cell.standard.covered:.0%}"
    return say(f"，只含占 {share} 的方式", f", modes that are {share} of it")


def _in_common(cell: ChannelLine) -> Reading | None:
    one = cell.standard
    return None if one is None else Reading(one.value, cell.own.n, cell.own.state, low=one.low, high=one.high)


def _figure(reading: Reading | None, about: str = "") -> object:
    if reading is None:
        return "—"
    metric = get_metric(STANDARDISED)
    return piece(
        "{value}<br><small>{between}{about}</small>",
        value=value_text(metric, reading),
        between=interval_text(metric, reading),
        about=about,
    )
