"""Header matching: the canonical column of each column of a file.

Owns matching by name, alias or map, and the error for a column that cannot be found.
"""

from __future__ import annotations

from dataclasses import replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from servq.errors import FileRefused, suggest
from servq.loaders.headers.header_words import forms
from servq.loaders.headers.header_words import named as named
from servq.loaders.headers.header_words import plain as plain
from servq.loaders.headers.matrix import RATED, parts
from servq.loaders.maps.column_mapping import Pick
from servq.loaders.sources.catalog import SOURCES
from servq.measures import EXPECTED, ITEMS
from servq.records import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servq.loaders.maps.map import Map
    from servq.loaders.maps.row_rules import RowRule
    from servq.loaders.sources.source import Column, Source

ALIKE = 0.7
"""The least likeness to one of a column's headers for a question: first_response_at is 0.64 of response_id."""


def match(headers: Sequence[str], source: Source, map_: Map | None, where: str) -> dict[str, Pick]:
    """Canonical column -> where it comes from, in the source's order; `Pick.header` is a header of the file.

    Raises:
        FileRefused: a required column is not there, two headers claim one column, or nothing is answered at all.
    """
    picks = _by_map(headers, map_, where) if map_ else _by_alias(headers, source, where)
    absent = [column for column in source.columns if column.required and column.name not in picks]
    wanted = [source.column(name) for name in source.at_least_one]
    if absent:
        raise _column_absent("缺少必需列", "required columns are missing", absent, headers, picks, source, where)
    if wanted and not set(source.at_least_one) & set(picks):
        raise _column_absent(
            "以下列至少要有一列", "at least one of these is needed", wanted, headers, picks, source, where
        )
    return picks


def match_rules(headers: Sequence[str], map_: Map | None, where: str) -> tuple[RowRule, ...]:
    """The row rules of a map, each with the header of the file that it names.

    Raises:
        FileRefused: the file has no such header, or several.
    """
    rules = map_.rows if map_ is not None else ()
    return tuple(replace(rule, header=the_header(rule.header, "[[rows]]", headers, map_, where)) for rule in rules)


def check_unclear(headers: Sequence[str], source: Source, where: str) -> None:
    """Ask about a header that does not tell which end of its scale is the good one.

    Raises:
        FileRefused: there is such a header; `effort` itself is no such, it is what servq calls the column.
    """
    for column in source.columns:
        for header in headers:
            if plain(header) in map(plain, column.unclear) and header.strip() != column.name:
                raise FileRefused(
                    f"“{header}”的高分是轻松还是费力？未载入任何内容",
                    f"is a high answer of '{header}' easy or hard? Nothing was loaded",
                    where=where,
                    hint_zh=f'高分为轻松：用映射写 {column.name} = "{header}"（{column.low:g}–{column.high:g} 分）；'
                    f'高分为费力：逐个写明 words = {{ "1" = {column.high:g}, … }}；不需要就不写这一列',
                    hint_en=f'If high is easy, a map says {column.name} = "{header}" ({column.low:g}–{column.high:g}); '
                    f'if it is hard, words = {{ "1" = {column.high:g}, … }} turn it round; or leave the column out',
                )


def suffices(cells: Sequence[str], source: Source, map_: Map | None) -> bool:
    """Whether these headers have all columns that the source needs."""
    if map_ is not None and map_.long is not None:
        there = {plain(cell) for cell in cells}
        return there.issuperset(map(plain, (map_.long.id, map_.long.question, map_.long.answer)))
    try:
        match(named(cells), source, map_, "")
    except FileRefused:
        return map_ is None and _would_with_unclear(named(cells), source)
    return True


def _would_with_unclear(headers: Sequence[str], source: Source) -> bool:
    """Whether a header that does not tell its good end (费力度) is all that is missing: then that is asked about."""
    unclear = {plain(one): column.name for column in source.columns for one in column.unclear}
    said = [unclear.get(plain(header), header) for header in headers]
    return said != list(headers) and suffices(said, source, None)


def explain(picks: dict[str, Pick], source: Source, mapped: bool) -> dict[str, Label]:
    """The rule by which each canonical column was matched. None is ever matched by likeness."""
    return {name: _rule(pick, source.column(name), mapped) for name, pick in picks.items()}


def _rule(pick: Pick, column: Column, mapped: bool) -> Label:
    if pick.row_number:
        return Label("由整行内容生成", "made of what the row says")
    if pick.constant is not None:
        return Label("映射中的常量", "a constant of the map")
    if mapped:
        return Label("按映射", "by the map")
    if plain(pick.header) == plain(column.name):
        return Label("规范列名", "the canonical name")
    return Label("按别名", "by an alias")


def hits(cells: Sequence[str], source: Source, map_: Map | None) -> int:
    """The number of known headers among these; a good delimiter gives more than a bad one."""
    found = {plain(cell) for cell in cells}
    items = {plain(part.item) for part in parts(cells).values()}
    if map_:
        wanted = [header for pick in map_.columns.values() for header in pick.headers]
        wanted += [] if map_.long is None else [map_.long.id, map_.long.question, map_.long.answer]
        wanted += [] if map_.items is None else map_.items.columns
        return sum(plain(header) in found | items for header in wanted)
    return sum(bool(called(column, cells)) for column in source.columns)


def called(column: Column, headers: Sequence[str]) -> list[str]:
    """The headers that are called like a column; an item of a matrix question only where no other header is.

    >>> attitude = SOURCES["surveys"].column("attitude")
    >>> called(attitude, ["7、请评价满意度：—服务态度", "7、响应时间", "8、请评价重要程度：—服务态度", "8、响应时间"])
    ['7、请评价满意度：—服务态度']
    """
    if column.mapped:
        return []
    wanted, items = forms(column), parts(headers) if column.name in RATED else {}
    named_so = [header for header in headers if plain(header) in wanted]
    found = [one for one in named_so if one not in items or plain(items[one].item) != plain(one)]
    if found or column.name not in RATED:
        return found
    if column.name in EXPECTED:  # 您的期望：—服务态度
        wanted = wanted | forms(SOURCES["surveys"].column(ITEMS[EXPECTED.index(column.name)]))
    rated = [header for header, part in items.items() if plain(part.item) in wanted and part.may_be(column.name)]
    return rated if len(rated) == 1 else []


def _by_alias(headers: Sequence[str], source: Source, where: str) -> dict[str, Pick]:
    picks = {}
    for column in source.columns:
        found = called(column, headers)
        if len(found) > 1:
            listed = ", ".join(found)
            raise FileRefused(
                f"有多列都像是 {column.label.zh}：{listed}",
                f"several headers claim {column.name}: {listed}",
                where=where,
                hint_zh="请删除或改名多余的列，或用 --map 指明",
                hint_en="Remove or rename all but one, or say which in a map",
            )
        if found:
            picks[column.name] = Pick(header=found[0])
    return picks


def _by_map(headers: Sequence[str], map_: Map, where: str) -> dict[str, Pick]:
    picks = {}
    for name, pick in map_.columns.items():
        there = {one: the_header(one, name, headers, map_, where) for one in pick.headers}
        first, join = (tuple(there[one] for one in several) for several in (pick.first, pick.join))
        options = tuple((there[one], group) for one, group in pick.options)
        picks[name] = replace(pick, header=there.get(pick.header, ""), first=first, join=join, options=options)
    return picks


def the_header(header: str, name: str, headers: Sequence[str], map_: Map | None, where: str) -> str:
    """The one header of the file that a map means by this one.

    Raises:
        FileRefused: there is none, or there are several.
    """
    found = [one for one in headers if one == header.strip()]
    found = found or [one for one in headers if plain(one) == plain(header)]
    found = found or [one for one, part in parts(headers).items() if plain(part.item) == plain(header)]
    if len(found) != 1:
        called = map_.name if map_ is not None else ""
        near, listed = suggest(header, headers), ", ".join(headers)
        raise FileRefused(
            f"映射 {called} 要找的列“{header}”（{name}）不在文件中，或不止一列",
            f"the map {called} takes {name} from '{header}', which is not one header of the file",
            where=where,
            hint_zh=f"是否想用“{near}”？文件中有：{listed}" if near else f"文件中有：{listed}",
            hint_en=f"Did you mean '{near}'? The file has: {listed}" if near else f"The file has: {listed}",
        )
    return found[0]


def _column_absent(
    zh: str,
    en: str,
    columns: Sequence[Column],
    headers: Sequence[str],
    picks: dict[str, Pick],
    source: Source,
    where: str,
) -> FileRefused:
    """The refusal that names what is missing, what was found and what may be meant."""
    meant_zh, meant_en = _other_source(headers, source) or _may_be_meant(columns, headers, picks)
    listed = ", ".join(headers)
    return FileRefused(
        f"{zh}：{'、'.join(f'{column.label.zh}({column.name})' for column in columns)}",
        f"{en}: {', '.join(column.name for column in columns)}",
        where=where,
        hint_zh=f"{meant_zh}文件中有：{listed}。列名不同时可逐列指定（命令行 --map）",
        hint_en=f"{meant_en}The file has: {listed}. For other headers say which column is which (--map)",
    )


def _other_source(headers: Sequence[str], source: Source) -> tuple[str, str] | None:
    """The sentence for a file that has more of the required columns of another source than of the one asked for."""
    found = {plain(header) for header in headers}

    def matched(one: Source) -> int:
        return sum(column.required and bool(forms(column) & found) for column in one.columns)

    best = max(SOURCES.values(), key=matched)
    if matched(best) <= matched(source):
        return None
    (zh, en), command = best.label, f"servq load {best.name}"
    return (
        f"这份文件更像{zh}：换成这个来源（命令行 {command}）。",
        f"It looks more like {en}: choose that source ({command}). ",
    )


def _may_be_meant(columns: Sequence[Column], headers: Sequence[str], picks: dict[str, Pick]) -> tuple[str, str]:
    """For each missing column the unused header that may be it, as questions."""
    taken = {header for pick in picks.values() for header in pick.headers}
    near = {column: _nearest(column, [header for header in headers if header not in taken]) for column in columns}
    return (
        "".join(f"“{header}”是不是{column.label.zh}？" for column, header in near.items() if header),
        "".join(f"Is '{header}' {column.name}? " for column, header in near.items() if header),
    )


def _nearest(column: Column, headers: Sequence[str]) -> str:
    """The unused header that looks most like one of the column's, or nothing."""
    pairs = [(likeness(form, plain(header)), header) for form in forms(column) for header in headers]
    score, header = max(pairs, default=(0.0, ""))
    return header if score >= ALIKE else ""


def likeness(one: str, other: str) -> float:
    """The similarity of two normalised headers, from 0 to 1.

    >>> likeness("提交时间", "提交日期")
    0.5
    """
    return SequenceMatcher(None, one, other).ratio()
