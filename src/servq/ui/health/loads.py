"""The load log with its sums, and the matched headers of the last file of each source."""

from __future__ import annotations

from pathlib import PurePath

from markupsafe import Markup

from servq.loaders.sources.catalog import SOURCES
from servq.query.data.inventory import Load, loads
from servq.records import OUTCOMES, RARE, Label
from servq.ui.components import matched
from servq.ui.components.verbatims import moment
from servq.ui.shell import shell
from servq.ui.shell.language import name_of, say
from servq.ui.shell.markup import draw, joined, piece
from servq.ui.shell.url_state import choice
from servq.ui.shell.view import View, kept_per_view

LOADS_SHOWN = 30

HEADS = {"rows_read": Label("读取", "read"), **OUTCOMES, "quarantined": Label("隔离", "set aside")}


@kept_per_view
def newest_loads(view: View) -> list[Load]:
    """The newest lines of the load log."""
    return loads(view.snapshot, LOADS_SHOWN)


def log(view: View) -> None:
    """Every load as a sum: the rows read and their outcomes."""
    listed = newest_loads(view)
    if not listed:
        return
    told = _told(listed)
    shell.section(
        say("每一行都有下落", "Every row is accounted for"),
        say(
            f"读取 = {' + '.join(HEADS[name].zh for name in told)}；最近 {len(listed)} 次载入，新的在前",
            f"read = {' + '.join(HEADS[name].en for name in told)}; the last {len(listed)} loads, newest first",
        ),
    )
    draw(_log(view))


@kept_per_view
def _log(view: View) -> Markup:
    told = _told(newest_loads(view))
    heads = [piece("<th>{head}</th>", head=name_of(HEADS["rows_read"]))]
    for place, name in enumerate(told):
        heads.append(piece("<th>{sign}</th><th>{head}</th>", sign="+" if place else "=", head=name_of(HEADS[name])))
    return piece(
        '<div class="sq sq-scroll"><table class="sq-table sq-sum"><tr><th>{file}</th>{heads}<th></th>'
        '<th class="left">{when}</th></tr>{rows}</table></div>',
        file=say("文件 → 来源", "File → source"),
        heads=joined(heads),
        when=say("时间 · 操作人", "When · by whom"),
        rows=joined(_line(load, told) for load in newest_loads(view)),
    )


def _told(listed: list[Load]) -> list[str]:
    """What may have become of a row: outcomes that are rare only where one of these loads has any."""
    return [name for name in OUTCOMES if name not in RARE or any(load.line[name] for load in listed)]


def _line(load: Load, told: list[str]) -> Markup:
    line = load.line
    cells = [piece("<td><b>{n}</b></td>", n=f"{line['rows_read']:,}")]
    for place, name in enumerate(told):
        zero = "" if line[name] else "zero"
        sign = "+" if place else "="
        cells.append(
            piece('<td class="op">{sign}</td><td class="{zero}">{n}</td>', sign=sign, zero=zero, n=f"{line[name]:,}")
        )
    kind, word = _state(load)
    return piece(
        "<tr><td>{file}<br><small>#{id} → {source}</small></td>{cells}"
        '<td><span class="sq-chip {kind}">{word}</span></td>'
        '<td class="left">{when}<br><small>{who}</small></td></tr>',
        file=PurePath(line["file_name"]).name,
        id=line["load_id"],
        source=_source(line["source"]),
        cells=joined(cells),
        kind=kind,
        word=word,
        when=moment(line["finished_at"] or line["started_at"]),
        who=line["loaded_by"],
    )


def _state(load: Load) -> tuple[str, str]:
    """The chip behind a load's sum: its kind and its word."""
    if load.line["undone_at"] is not None:
        when, who = moment(load.line["undone_at"]), load.line["undone_by"]
        return "", say(f"已撤销 {when} {who}", f"undone {when} {who}")
    if load.adds_up:
        return "better", say("核对一致 ✓", "reconciled ✓")
    return "worse", say("核对不一致 ✕", "not reconciled ✕")


def _source(name: str) -> str:
    return name_of(SOURCES[name].label) if name in SOURCES else name


def matching(view: View) -> None:
    """The detected format of a source's last file: encoding, sheet, and the column of each header."""
    last = _last(view)
    if not last:
        return
    shell.section(
        say("文件是怎样读懂的", "How the file was understood"),
        say("最近一次载入：文件中的列 → servq 的列", "The last load: header in the file → column of servq"),
    )
    labels = {name: SOURCES[name].label for name in SOURCES if name in last}
    chosen = choice("source", say("来源", "Source"), labels, 220)
    draw(_matched(view, chosen))


@kept_per_view
def _last(view: View) -> dict[str, Load]:
    """The newest load of each source."""
    there = [load for load in newest_loads(view) if load.line["undone_at"] is None]
    return {load.line["source"]: load for load in reversed(there)}


@kept_per_view
def _matched(view: View, source: str) -> Markup:
    line, known = _last(view)[source].line, SOURCES[source]
    name = PurePath(line["file_name"]).name
    about = matched.detected(name, line["encoding"], line["delimiter"], line["sheet"], line["header_row"])
    return piece(
        '<div class="sq"><p class="sq-sub">{about}</p>{pairs}<p class="sq-sub">{missing}</p></div>',
        about=" · ".join(about),
        pairs=matched.pairs(line["columns"], known),
        missing=matched.not_in_file(line["columns"], known),
    )
