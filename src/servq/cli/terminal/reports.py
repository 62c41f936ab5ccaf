"""The printed report of a load: the detected file, the outcome of its rows, and the ways to treat the rest.

Owns the words for people and the keys for programs. Counts nothing itself.
"""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

from servq.cli.terminal.output import both, note, printable, write, write_json
from servq.records import NOTES, OUTCOMES, RARE, REASONS, Label

if TYPE_CHECKING:
    from collections.abc import Mapping

    from servq.records import FileFacts, LoadReport

STATUSES = {
    "loaded": Label("已载入", "loaded"),
    "unchanged": Label("没有变化", "unchanged"),
    "refused": Label("已拒绝", "refused"),
    "tried": Label("试读，未载入", "dry run, nothing loaded"),
}

IN_JSON = (
    "file", "source", "status", "encoding", "delimiter", "rows_read", "loaded", "updated", "duplicates", "conflicts",
    "quarantined", "not_answered", "left_out", "reasons", "noted", "rules", "load_id", "seconds", "message",
)  # fmt: skip
"""The keys of a file in `load --json`; other programs read it."""

_DELIMITERS = {"\t": "Tab"}


def write_report(report: LoadReport) -> None:
    """One file as one JSON object on one line."""
    told = asdict(replace(report, seconds=round(report.seconds, 3), facts=None, conflicting=()))
    write_json({name: told[name] for name in IN_JSON})


def tell_facts(facts: FileFacts) -> None:
    """Print what was detected about a file before its rows are loaded: its format, and the column of each header."""
    delimiter = _DELIMITERS.get(facts.delimiter, facts.delimiter)
    told = {"编码 encoding": facts.encoding, "分隔符 delimiter": delimiter, "工作表 sheet": facts.sheet}
    about = [f"{label} {printable(text)}" for label, text in told.items() if text]
    write(f"{printable(facts.name)}  {' · '.join([*about, f'表头 header row {facts.header_row}'])}\n")
    if facts.turned is not None:
        write(f"    {both(facts.turned.told)}\n")
    matched = [f"{printable(header)} → {name}" for name, header in facts.columns.items()]
    write(f"    {' · '.join(matched)}\n")
    if facts.unused:
        write(f"    未使用 unused: {'、'.join(map(printable, facts.unused))}\n")
    if facts.unread_sheets:
        write(f"    未读取的工作表 sheets not read: {'、'.join(map(printable, facts.unread_sheets))}\n")


def tell(report: LoadReport) -> None:
    """Print the outcome of a file's rows, the quarantined ones with reasons; the reason of a refusal goes to stderr."""
    name, status = printable(Path(report.file).name or report.file), both(STATUSES[report.status])
    if report.status == "refused":
        write(f"✗ {name} → {report.source}  {status}\n")
        note(report.message)
        return
    if report.status == "unchanged" and not (report.reasons or report.noted or report.rules):
        write(f"✓ {name} → {report.source}  {status}  {report.rows_read:,} 行 rows\n")
        return
    counts = f"{report.rows_read:,} 行 rows = {summed({name: getattr(report, name) for name in OUTCOMES})}"
    write(f"✓ {name} → {report.source}  {status}  {counts}  ({report.seconds:.1f} s)\n")
    for code, count in sorted(report.reasons.items(), key=lambda item: -item[1]):
        write(f"    {count:,} × {both(REASONS.get(code, Label(code, '')))}\n")
    for code, count in report.noted.items():
        write(f"    {count:,} {both(NOTES[code])}\n")
    for rule, count in report.rules.items():
        write(f"    {count:,} {both(OUTCOMES['left_out'])}: {printable(rule)}\n")
    _tell_conflicts(report)


def summed(counts: Mapping[str, int]) -> str:
    """The outcomes of rows as a sum: `新增 new 3 + 更新 updated 0 + …`; rare ones that are 0 are left out.

    >>> summed(dict.fromkeys(OUTCOMES, 0) | {"loaded": 3})
    '新增 new 3 + 更新 updated 0 + 重复 duplicate 0 + 冲突 conflict 0 + 隔离 quarantined 0'
    """
    told = [name for name in OUTCOMES if counts[name] or name not in RARE]
    return " + ".join(f"{OUTCOMES[name].zh} {OUTCOMES[name].en} {counts[name]:,}" for name in told)


def _tell_conflicts(report: LoadReport) -> None:
    """The first conflicts with both sides, and how to decide them."""
    shown, count, load_id = report.conflicting, report.conflicts, report.load_id
    if not shown:
        return
    for one in shown:
        known = "本文件 this file" if one.load_id == (load_id or 0) else f"载入 load {one.load_id}"
        write(f"      第 {one.row} 行 row {one.row}，已有 known from {known}: {printable(one.told)}\n")
    if count > len(shown):
        write(f"      … {count - len(shown):,}\n")
    if report.another:
        write(
            "    已有编号的行几乎都不同：是不是另一份问卷？若是，给它一个名称：servq load … --questionnaire 名称\n"
            "    Nearly all rows with known ids differ: another questionnaire? Then name it: --questionnaire NAME\n"
        )
        return
    write(
        '    已有内容未变。确认新文件更新：servq load … --replace，或映射里写 on_change = "replace"；'
        "单行：servq quarantine retry --id N --replace\n"
        '    What is known stays. If this file is newer: servq load … --replace, or on_change = "replace" in its map;'
        " for single rows: servq quarantine retry --id N --replace\n"
    )
