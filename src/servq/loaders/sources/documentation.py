"""The generator of docs/sources.md: `python -m servq.loaders.sources.documentation > docs/sources.md`.

Owns the form of that page; every word about a column comes from the source itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from servq.loaders.sources.catalog import SOURCES
from servq.records import Label

if TYPE_CHECKING:
    from servq.loaders.sources.source import Column, Kind, Source

KINDS: dict[Kind, Label] = {
    "id": Label("编号", "id"),
    "name": Label("名称", "name"),
    "time": Label("时间", "time"),
    "score": Label("评分", "score"),
    "number": Label("数字", "number"),
    "flag": Label("是否", "yes or no"),
    "band": Label("推荐类别", "band"),
    "text": Label("文字", "text"),
}
"""Every kind of column, as readers see it."""

ONLY_MAPPED = "只由映射 by a map alone"
"""What stands for the headers of a column that none tells."""

_HEAD = """\
# 数据来源与列 Sources and their columns

<!-- built by `python -m servq.loaders.sources.documentation > docs/sources.md`: change the source, not this page -->

下表的“列”是规范列名，映射（[maps.md](maps.md)）里用的就是它。表头写规范列名或任一别名都认得；
大小写、空格、全半角、括号里的话和题号都不算在内。其余表头需要映射。不合规的行进入隔离区并注明原因，其余照常载入。

A header of a file is recognised when it is the canonical column or one of its aliases; case, spaces, widths, brackets
and question numbers do not count. Any other header needs a [map](maps.md). A column that is not required may be absent
or have empty cells; one whose empty cells are 未注明 must be there, and a map's `required = true` has rows without a
value set aside. A row that breaks a rule waits in quarantine with its reason; the others are loaded.

- 编号 id: text, leading zeros stay. `customer_id` is replaced by a keyed hash before it is stored, also in quarantine.
- 名称 name: a value by which figures are cut.
- 时间 time: without an offset it is Shanghai time, or the map's; at most one day in the future.
- 评分 score, 数字 number: inside the range, both ends included. Nothing is rescaled.
- 是否 yes or no: 是/否, Y/N, true/false, 1/0, √/×, 已复购/未复购. Empty, 未知 and 未到期 are not known, which is never
  taken for a no. Any other word needs `words` in a map.
- 推荐类别 band: 推荐者/中立者/贬损者, promoter/passive/detractor, kept as the band that it is.
- 文字 text: as it came, but phone, ID, card and account numbers and e-mail addresses are masked.
"""


def as_markdown() -> str:
    """Every source with its columns as Markdown."""
    return "\n".join([_HEAD, *map(_section, SOURCES.values())])


def _section(source: Source) -> str:
    lines = [
        f"## `{source.name}` {source.label.zh} {source.label.en}",
        "",
        *(f"- {rule}" for rule in _rules(source)),
        "",
        "| 列 column | 含义 label | 类型 kind | 必填 required | 范围 range | 别名 aliases |",
        "|---|---|---|---|---|---|",
        *map(_row, source.columns),
        "",
    ]
    return "\n".join(lines)


def _rules(source: Source) -> list[str]:
    """The conditions that a row must satisfy as a whole."""
    rules = [f"样例 sample: `data/sample/{source.sample}`", f"主键 key: {_named(source.key)}"]
    if source.at_least_one:
        rules.append(f"至少一项 at least one of: {_named(source.at_least_one)}")
    rules += [f"时间先后 in this order: {_named(chain, ' ≤ ')}" for chain in source.time_order]
    rules += [f"上限 never more: {_named(pair, ' ≤ ')}" for pair in source.at_most]
    return rules


def _row(column: Column) -> str:
    kind = KINDS[column.kind]
    cells = [
        f"`{column.name}`",
        f"{column.label.zh} {column.label.en}",
        f"{kind.zh} {kind.en}",
        _needed(column),
        _range(column),
        " · ".join(column.aliases) or ONLY_MAPPED,
    ]
    return f"| {' | '.join(cells)} |"


def _needed(column: Column) -> str:
    if column.filled:
        return f"列 column；空 empty = {column.filled}"
    return "是 yes" if column.required else ""


def _range(column: Column) -> str:
    """The values that a column takes: `0–10 整数 whole`, `> 0`, or nothing where every value is one."""
    if column.low is not None and column.high is not None:
        found = f"{column.low:g}–{column.high:g}"
    else:
        ends = ((">", column.above), ("≥", column.low), ("≤", column.high))
        found = " ".join(f"{sign} {end:g}" for sign, end in ends if end is not None)
    return f"{found} 整数 whole".strip() if column.whole else found


def _named(names: tuple[str, ...], between: str = ", ") -> str:
    return between.join(f"`{name}`" for name in names)


if __name__ == "__main__":
    print(as_markdown(), end="")
