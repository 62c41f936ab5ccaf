"""Undo of a load: the rows that it brought, its quarantine, and scores of texts that no row has any more.

Owns which loads can be undone, and what is removed with one. The warehouse keeps no former content of a row, so that a
load that changed rows, or whose rows were changed since, is refused (docs/adr/0027-undo-of-a-load.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, func, select, update

from servq.errors import UsageError
from servq.warehouse.books.load_log import UNDO, UNDONE
from servq.warehouse.books.quarantine import RELEASED, WAITING
from servq.warehouse.facts import unanswered
from servq.warehouse.tables import fact_tables
from servq.warehouse.tables.fact_tables import FACTS
from servq.warehouse.tables.ops_tables import erasure, load_log, quarantine
from servq.warehouse.upkeep import erase


@dataclass(frozen=True)
class Undone:
    """A load that was, or can be, taken out.

    Attributes:
        rows: facts that it brought; `unanswered` questionnaires that it listed.
        quarantined: rows of it in quarantine; `waiting_again`: rows of other loads that it had taken from there.
        texts: scores of texts that no row has any more.
        repeated: other loads of the source whose files may have said some of the same rows; loaded again, they bring
            those back.
    """

    load_id: int
    source: str
    file: str
    rows: int
    unanswered: int
    quarantined: int
    waiting_again: int
    texts: int = 0
    repeated: tuple[int, ...] = ()


def undoable(connection: Connection, load_id: int) -> Undone:
    """What the undo of a load would take out; nothing is changed.

    Raises:
        UsageError: there is no such load, or it cannot be undone.
    """
    line = _line(connection, load_id)
    table = FACTS[line["source"]]
    rows = _count(connection, table, table.c.load_id == load_id)
    _refuse_if_changed(connection, line, rows)
    _refuse_if_released(connection, load_id)
    silent = fact_tables.unanswered
    return Undone(
        load_id,
        line["source"],
        line["file_name"],
        rows,
        _count(connection, silent, silent.c.load_id == load_id),
        _count(connection, quarantine, quarantine.c.load_id == load_id),
        _count(connection, quarantine, quarantine.c.released_by == load_id),
        repeated=_repeated(connection, line),
    )


def undo(connection: Connection, load_id: int, who: str) -> Undone:
    """Take a load out inside the caller's transaction, and keep its line in the load log as undone.

    Args:
        who: the name of the person who does it, for the log.

    Raises:
        UsageError: as `undoable`.
    """
    found = undoable(connection, load_id)
    erase.secure(connection)
    taken = quarantine.c.released_by == load_id
    connection.execute(update(quarantine).where(taken).values(state=WAITING, released_by=None))
    connection.execute(delete(quarantine).where(quarantine.c.load_id == load_id))
    connection.execute(update(load_log).where(load_log.c.load_id == load_id).values(status=UNDONE))
    weeks = unanswered.taken_out(connection, fact_tables.unanswered.c.load_id == load_id)
    facts = FACTS[found.source]
    gone = erase.delete_facts(connection, {found.source: facts.c.load_id == load_id}, weeks)
    erase.tidy(connection, gone)
    # the line is written with 0 rows too: it says when and by whom
    erase.enter(connection, UNDO, {found.source: gone[found.source]}, {found.source: str(load_id)}, who, always=True)
    return Undone(**vars(found) | {"texts": gone[erase.TEXTS]})


def _line(connection: Connection, load_id: int) -> Any:
    line = connection.execute(select(load_log).where(load_log.c.load_id == load_id)).mappings().first()
    if line is None:
        raise UsageError(f"没有第 {load_id} 次载入", f"there is no load {load_id}", hint_zh="请看 servq loads")
    if line["status"] == UNDONE:
        raise UsageError(f"第 {load_id} 次载入已经撤销", f"load {load_id} is undone already")
    return line


def _refuse_if_changed(connection: Connection, line: Any, rows: int) -> None:
    """Refuse a load that changed rows of other loads, or whose rows a later load changed.

    | rows under its number | its updates were | other changes since | then                                   |
    |-----------------------|------------------|---------------------|----------------------------------------|
    | as many as it brought | of its own rows  | none                | it can be undone                       |
    | more                  | of other loads'  |                     | refused: what they said before is gone |
    | fewer                 | none             | a later update      | refused: both loads say those rows     |
    | fewer                 | none             | erasures alone      | it can be undone                       |
    """
    log, load_id = load_log.c, line["load_id"]
    later = (log.source == line["source"], log.load_id > load_id, log.updated > 0, log.status != UNDONE)
    changed = connection.scalars(select(log.load_id).where(*later).order_by(log.load_id)).all()
    erased = (erasure.c.source == line["source"], erasure.c.kind != UNDO, erasure.c.done_at >= line["started_at"])
    if line["updated"] and (rows > line["loaded"] or changed or _count(connection, erasure, *erased)):
        raise _refused(
            load_id,
            f"它更新了 {line['updated']:,} 行已有的数据，更新前的内容没有保留",
            f"it updated {line['updated']:,} rows that were known, and what they said before is not kept",
        )
    if rows < line["loaded"] and changed:
        listed = _listed(changed)
        raise _refused(
            load_id,
            f"它带来的行中有 {line['loaded'] - rows:,} 行后来被更新或删除（更新过数据的载入：{listed}）",
            f"{line['loaded'] - rows:,} of its rows were updated or erased since (loads that updated rows: {listed})",
        )


def _refuse_if_released(connection: Connection, load_id: int) -> None:
    """Refuse while rows of its quarantine are in by a later load: that one must go first."""
    column = quarantine.c.released_by
    here = (quarantine.c.load_id == load_id, quarantine.c.state == RELEASED, column.is_not(None))
    by = connection.scalars(select(column).where(*here).distinct().order_by(column.desc())).all()
    if by:
        listed = _listed([number for number in by if number is not None])
        raise UsageError(
            f"第 {load_id} 次载入的行更正后由以下载入放行：{listed}",
            f"rows of load {load_id} were corrected and let in by load {listed}",
            hint_zh=f"请先撤销 {listed}",
            hint_en=f"Undo {listed} first",
        )


def _refused(load_id: int, zh: str, en: str) -> UsageError:
    return UsageError(
        f"第 {load_id} 次载入无法撤销：{zh}；未作任何改动",
        f"load {load_id} cannot be undone: {en}; nothing was changed",
        hint_zh="可用 servq restore 恢复载入前的备份，或用 --replace 载入正确的文件",
        hint_en="Restore a backup from before it (servq restore), or load the right file with --replace",
    )


def _repeated(connection: Connection, line: Any) -> tuple[int, ...]:
    """Later loads that repeated known rows, and earlier ones that listed questionnaires without an answer."""
    log = load_log.c
    after = (log.load_id > line["load_id"]) & (log.duplicates + log.conflicts + log.quarantined > 0)
    before = (log.load_id < line["load_id"]) & (log.not_answered > 0)
    query = select(log.load_id).where(log.source == line["source"], log.status != UNDONE, after | before)
    return tuple(connection.scalars(query.order_by(log.load_id)))


def _count(connection: Connection, table: Any, *where: Any) -> int:
    return int(connection.execute(select(func.count()).select_from(table).where(*where)).scalar_one())


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers[:5])) + (" …" if len(numbers) > 5 else "")
