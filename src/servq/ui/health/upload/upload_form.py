"""The form of a map: the required columns first, the result saved or downloaded."""

from __future__ import annotations

from zoneinfo import available_timezones

import streamlit as st
from markupsafe import Markup

from servq.errors import ServqError
from servq.ingest.preview import FilePreview, header_alike
from servq.loaders.maps.map import Map
from servq.loaders.maps.map_writer import as_toml, keep_map
from servq.loaders.sources.catalog import get_source
from servq.loaders.sources.source import Column, Source
from servq.measures import OTHER_SCALE
from servq.records import OVERLAPPING, Label
from servq.settings import BUSINESS_ZONE, read_settings
from servq.text.masking.masking import mask
from servq.text.visible import visible
from servq.ui.health.upload import upload_map, upload_rows, upload_shape
from servq.ui.health.upload.upload_map import CONSTANT, FROM, NOT_THERE, ROW, key
from servq.ui.health.upload.upload_shown import chips
from servq.ui.shell import shell
from servq.ui.shell.language import name_of, say
from servq.ui.shell.markup import draw, piece

_ENCODINGS = ("", "utf-8", "gb18030", "utf-16", "big5", "latin-1")
_DELIMITERS = ("", ",", ";", "\t", "|")
_OPTIONS: dict[str, tuple[Label, str]] = {
    "format": (Label("时间写法", "How times are written"), "%Y-%m-%d %H:%M"),
    "scale": (Label("量表（最低-最高）", "Scale (lowest-highest)"), "1-5"),
    "satisfied_from": (Label("从几分起算满意", "Satisfied from"), "8"),
    "words": (Label("用文字作答时", "Answers in words"), "非常满意=5、满意=4"),
    "names": (Label("代码的含义", "What codes mean"), "1=官网、2=门店"),
    "several": (Label("一格里有几个答案，用什么隔开", "What stands between several answers"), "、"),
    "options": (Label("一列一个选项：所有这些列", "One column per option: all of them"), "3(商务)=商务；3(亲子)=亲子"),
    "join": (Label("再接上这些列", "Joined with these columns"), "时间"),
    "first": (Label("为空时用这些列", "Where it is empty, these columns"), "提交时间"),
    "since": (Label("这是时长，从哪个时间算起", "A duration since which time"), "opened_at"),
    "unit": (Label("时长的单位", "Unit of the duration"), "分钟"),
    "missing": (Label("表示“没有值”的写法", "What means “no value”"), "暂无、99"),
    "strip": (Label("前后要去掉的字", "Words to take off"), "分"),
    "prefix": (Label("前面要加上的字", "Words to put in front"), "site-"),
}
_ONLY_FOR = {
    "format": ("time",),
    "scale": ("score", "number"),
    "words": ("score", "number", "flag", "band"),
    "names": ("name",),
} | dict.fromkeys(("since", "unit"), ("time",))
"""Options that make sense for some kinds of column only."""
_GROUPS = ("several", "options")
"""Options of dimensions of which an answer may have several values."""


def form(source: str, look: FilePreview, map_: Map | None) -> None:
    """The header of each column; ends with the map, once there is one."""
    known = get_source(source)
    shell.section(
        say("逐列指定", "Column by column"),
        say(
            "左边是 servq 的列，右边是它在文件里的来处；* 必填，文件里没有的可填一个固定值",
            "Left the column of servq, right where the file has it; * is needed, and a fixed value will do",
        ),
    )
    if look.facts is None:
        shell.note(say("这份文件读不成表格，无法对应列。", "This file cannot be read as a table."))
        return
    draw(piece('<div class="sq">{chips}</div>', chips=chips(look.facts)))
    with st.expander(say("文件怎么读（通常不用改）", "How the file is read (usually right)")):
        _reading(source)
    with st.expander(say("要哪些行（通常是全部）", "Which rows (usually all)")):
        upload_rows.form(source, look.facts.headers)
    if source != "complaints":
        with st.expander(say("表的形状（通常一行一份）", "Shape of the table (usually one row each)")):
            upload_shape.form(source, look.facts.headers)
    first = [*known.required, *known.at_least_one]
    for name in first:
        _row(known, known.column(name), look)
    with st.expander(say("其他列", "Other columns")):
        for name in known.names:
            if name not in first:
                _row(known, known.column(name), look)
    applied = upload_map.is_applied(known)
    if map_ is not None and not applied:
        shell.note(say("选择有改动，还没有用于预览和载入。", "The choices have changed: look again before you load."))
    st.button(
        say("用这个映射预览", "Look again with this map"),
        type="secondary" if applied else "primary",
        key=key(source, "apply"),
        on_click=upload_map.apply,
        args=(known,),
    )
    if map_ is not None and applied:
        _keep(source, map_)


def _reading(source: str) -> None:
    detect = say("自动识别", "detected")
    left, middle, right = st.columns(3)
    marks = {"": detect, "\t": "Tab"}
    left.selectbox(
        say("编码", "Encoding"), _ENCODINGS, key=key(source, "encoding"), format_func=lambda one: one or detect
    )
    left.selectbox(
        say("分隔符", "Delimiter"),
        _DELIMITERS,
        key=key(source, "delimiter"),
        format_func=lambda one: marks.get(one, one),
    )
    middle.text_input(say("工作表", "Sheet"), key=key(source, "sheet"), placeholder=detect)
    middle.number_input(
        say("表头在第几行", "Row of the header"),
        min_value=1,
        value=None,
        key=key(source, "header_row"),
        placeholder=detect,
    )
    zones = ["", BUSINESS_ZONE.key, *sorted(available_timezones() - {BUSINESS_ZONE.key})]
    as_told = say(f"文件写明的，否则 {BUSINESS_ZONE.key}", f"as the file tells, else {BUSINESS_ZONE.key}")
    right.selectbox(
        say("时间的时区", "Zone of the times"),
        zones,
        key=key(source, "timezone"),
        format_func=lambda one: one or as_told,
    )


def _row(source: Source, column: Column, look: FilePreview) -> None:
    """One column: what it is, where it comes from, an example of it, how its cells are read."""
    headers = look.facts.headers if look.facts else ()
    choices = [NOT_THERE, *(FROM + header for header in headers), CONSTANT, *([ROW] if column.kind == "id" else [])]
    place = key(source.name, column.name, "from")
    if st.session_state.get(place) not in choices:
        st.session_state[place] = upload_map.usual(column, headers)
    name, where, more, how = st.columns([3, 4, 3, 2], vertical_alignment="center")
    with name:
        draw(_named(source, column))
    chosen: str = where.selectbox(column.name, choices, key=place, format_func=_said, label_visibility="collapsed")
    if chosen == CONSTANT:
        more.text_input(
            f"{column.name} =",
            key=key(source.name, column.name, "constant"),
            label_visibility="collapsed",
            placeholder=say("每一行都是…", "every row is …"),
        )
        return
    with more:
        draw(_example(column, chosen, look))
    if chosen.startswith(FROM):
        with how:
            _reading_cells(source.name, column)


def _named(source: Source, column: Column) -> Markup:
    mark = (
        " *" if column.required else "" if column.name not in source.at_least_one else say("（至少一列）", " (one of)")
    )
    return piece(
        '<div class="sq sq-column"><b>{label}</b>{mark} <code>{name}</code></div>',
        label=name_of(column.label),
        mark=mark,
        name=column.name,
    )


def _said(choice: str) -> str:
    usual = {
        NOT_THERE: say("— 文件里没有", "— not in the file"),
        CONSTANT: say("固定值…", "One value …"),
        ROW: say("由整行内容生成编号", "An id made of the row"),
    }
    return usual.get(choice) or visible(mask(choice.removeprefix(FROM)))  # a file without a header has persons there


def _example(column: Column, chosen: str, look: FilePreview) -> Markup:
    """A value of the chosen header; where none is chosen, the header that may be meant."""
    said = ""
    if chosen.startswith(FROM):
        sample = look.samples.get(chosen.removeprefix(FROM), "")
        said = say(f"例：{sample}", f"e.g. {sample}") if sample else say("（没有值）", "(no value)")
    elif chosen == NOT_THERE and look.facts:
        near = header_alike(column, look.facts.headers)
        if near:
            said = say(f"是不是“{near}”？", f"Is it “{near}”?")
    return piece('<div class="sq sq-sub sq-example" title="{said}">{said}</div>', said=said)


def _reading_cells(source: str, column: Column) -> None:
    """The options of one column, behind a button that says how many are set."""
    count = len(upload_map.options(source, column))
    with st.popover(say("怎么读", "How") + (f" · {count}" if count else ""), key=key(source, column.name, "how")):
        for name, (label, example) in _OPTIONS.items():
            if column.kind in _ONLY_FOR.get(name, (column.kind,)) and _has(column, name):
                place = key(source, column.name, name)
                # said on every run: a closed popover is not drawn, and what was said once would be empty when it opens
                st.session_state[place] = st.session_state.get(place) or ""
                st.text_input(name_of(label), key=place, placeholder=example)


def _has(column: Column, option: str) -> bool:
    """Whether an option makes sense for this very column."""
    if option == "satisfied_from":
        return column.name == OTHER_SCALE
    return option not in _GROUPS or column.name in OVERLAPPING


def _keep(source: str, map_: Map) -> None:
    """The map as a file: kept for the next time, or taken away."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="upload-keep"):
        name = st.text_input(
            say("映射的名字", "The map's name"),
            key=key(source, "name"),
            placeholder=say("如：携程点评", "e.g. booking-site"),
            width=220,
        )
        asked = st.button(say("保存，下次直接选用", "Keep for the next time"), key=key(source, "keep"))
        st.download_button(
            say("下载 TOML", "Download TOML"), as_toml(map_), f"servq-{source}.toml", "application/toml",
            key=key(source, "toml"), on_click="ignore",
        )  # fmt: skip
    if asked:
        try:
            kept = keep_map(map_, read_settings().home, name)
        except ServqError as error:
            draw(shell.error_box(error))
        else:
            shell.note(say(f"已保存为映射“{kept.stem}”", f"Kept as the map “{kept.stem}”"))
