"""Retry of quarantined rows: those that are trusted now are loaded, the rest waits with its corrections.

Owns the outcome of a retried row. A retry is a load like any other: it is logged, its rows add up, and rows that are
known change nothing.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from servq.configuration import read_configuration
from servq.errors import UsageError, suggest
from servq.ingest.load import Progress, load_into, undone
from servq.ingest.load_run import Terms
from servq.ingest.reread import Corrections, Line, Reread, headers_of, reread, said_now
from servq.ingest.rows.row_masking import hide_in_row
from servq.records import LoadReport, Rejected
from servq.text.masking.masking import read_key
from servq.warehouse.books import quarantine
from servq.warehouse.store.engine import Warehouse


def retry(
    warehouse: Warehouse,
    home: Path,
    corrections: Corrections,
    *,
    replace: bool = False,
    progress: Progress | None = None,
) -> list[LoadReport]:
    """Try rows of the quarantine again, all in one transaction.

    Args:
        home: the folder with the key that hides customer ids.
        corrections: id in quarantine -> {header: corrected text}; empty to try a row as it is. Ids of rows that were
            let in before are passed over.
        replace: what the rows say counts where it is not known which of the two is newer.
        progress: called with the rows tried so far of the present file.

    Returns:
        One report per file that the rows came in; `unchanged`, without a load, where none was let in.

    Raises:
        UsageError: an id is not in quarantine, or a header is none of its file's; nothing was changed.
    """
    key = read_key(home)
    with warehouse.write() as connection:
        lines = quarantine.lines(connection, corrections)
        _check(lines, corrections)
        waits = [line for line in lines if line["state"] == quarantine.WAITING]
        demanded = read_configuration(home).loading.demanded
        terms = Terms("", key, "retry", replace, progress=progress, demanded=demanded)
        return [_try(connection, again, corrections, terms) for again in reread(waits, corrections)]


def _try(connection: Connection, again: Reread, corrections: Corrections, terms: Terms) -> LoadReport:
    """Try the rows of one file; without a single one let in, no load has happened."""
    still: dict[int, Rejected] = {}

    def wait_on(_connection: Connection, _load_id: int, _source: str, rejected: Iterable[Rejected]) -> None:
        still.update((bad.row, bad) for bad in rejected)

    newer = terms.replace or (again.map_ is not None and again.map_.on_change == "replace")
    terms = dataclasses.replace(terms, file=again.batch.facts.name, replace=newer, aside=wait_on)
    attempt = connection.begin_nested()
    report = load_into(connection, again.batch, again.map_, terms)
    taken = [line["quarantine_id"] for line in again.lines if line["quarantine_id"] not in still]
    if taken:
        attempt.commit()
        quarantine.release(connection, taken, report.load_id or 0)
    else:
        attempt.rollback()
        report = undone(report, "unchanged")
    quarantine.keep_corrections(connection, _hidden(again, corrections, still, terms.key))
    quarantine.judge_again(connection, still.values())
    return report


def _hidden(
    again: Reread, corrections: Corrections, still: Mapping[int, Rejected], key: bytes
) -> dict[int, dict[str, str]]:
    """The corrections of each row without personal data; nothing of a person who was erased."""
    found = {}
    for line in again.lines:
        number = line["quarantine_id"]
        said = {**(line["corrected"] or {}), **corrections.get(number, {})}
        if said and not (number in still and still[number].reason == "forgotten_person"):
            whole = Rejected(number, "", "", "", said_now(line, said))
            raw = hide_in_row(whole, again.batch.facts, key).raw
            found[number] = {header: raw[header] for header in said}
    return found


def _check(lines: Iterable[Line], corrections: Corrections) -> None:
    """Refuse ids that are not in quarantine and headers that a row cannot have."""
    known = {line["quarantine_id"]: line for line in lines}
    for number, said in corrections.items():
        if number not in known:
            raise UsageError(
                f"隔离区里没有编号 {number}",
                f"there is no {number} in quarantine",
                hint_zh="用 servq quarantine list 查看编号",
                hint_en="servq quarantine list shows the ids",
            )
        headers = headers_of(known[number])
        for header in said:
            if header not in headers:
                raise _no_such_header(number, header, headers)


def _no_such_header(number: int, header: str, headers: list[Any]) -> UsageError:
    near = suggest(header, headers)
    shown = near or "、".join(headers)
    return UsageError(
        f"编号 {number} 的行没有“{header}”这一列",
        f"row {number} has no column '{header}'",
        hint_zh=f"是否想用“{shown}”？" if near else f"可用：{shown}",
        hint_en=f"Did you mean '{shown}'?" if near else f"Known: {shown}",
    )
