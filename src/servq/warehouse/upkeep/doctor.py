"""Doctor: checks of a warehouse, each of which asks the tables and reports its result.

Changes nothing. A warehouse that cannot even be read raises WarehouseUnavailable instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, func, or_, select, text

from servq.records import OUTCOMES, Label
from servq.warehouse.store.engine import Warehouse
from servq.warehouse.tables.fact_tables import FACTS, SCHEMA_VERSION
from servq.warehouse.tables.ops_tables import erasure, load_log
from servq.warehouse.texts import mentions
from servq.warehouse.upkeep.recount import weeks_that_differ

_SHOWN = 5


@dataclass(frozen=True)
class Check:
    """One check and its result.

    Attributes:
        name: integrity, schema, loads, facts, causes or cells.
        found: what is wrong, or, when nothing is, what was looked at.
        damaged: the file itself is broken, not only what stands in it.
    """

    name: str
    label: Label
    ok: bool
    found: Label
    damaged: bool = False


def examine(warehouse: Warehouse) -> Iterator[Check]:
    """Every check, one after the other; the last one counts all facts again and may take a while.

    Raises:
        WarehouseUnavailable: not initialised, of another schema, or not readable at all.
    """
    warehouse.check()
    yield Check("schema", Label("结构版本", "schema version"), True, Label(SCHEMA_VERSION, SCHEMA_VERSION))
    for check in (integrity, loads_add_up, facts_are_all_there, texts_are_searched, cells_equal_facts):
        with warehouse.read() as connection:
            yield check(connection)


def integrity(connection: Connection) -> Check:
    """Whether the file is whole and every reference has its target. Only SQLite needs to be asked."""
    label = Label("文件完整性", "integrity of the file")
    if connection.dialect.name != "sqlite":
        return Check("integrity", label, True, Label("由数据库自身保证", "kept by the database itself"))
    said = connection.scalars(text(f"PRAGMA integrity_check({_SHOWN})")).all()
    if list(said) != ["ok"]:
        shown = "; ".join(said)
        return Check("integrity", label, False, Label(f"文件已损坏：{shown}", f"damaged: {shown}"), damaged=True)
    orphans = connection.execute(text("PRAGMA foreign_key_check")).all()
    if orphans:
        tables = ", ".join(sorted({str(row[0]) for row in orphans}))
        found = Label(f"{len(orphans)} 行引用了不存在的行：{tables}", f"{len(orphans)} rows refer to nothing: {tables}")
        return Check("integrity", label, False, found)
    return Check("integrity", label, True, Label("完好", "whole"))


def loads_add_up(connection: Connection) -> Check:
    """Whether every load accounts for every row that it read, and was ended."""
    label = Label("载入行数", "rows of every load")
    log = load_log.c
    wrong = or_(log.rows_read != sum(log[name] for name in OUTCOMES), log.finished_at.is_(None))
    ids = connection.scalars(select(log.load_id).where(wrong).order_by(log.load_id)).all()
    count = connection.execute(select(func.count()).select_from(load_log)).scalar_one()
    if ids:
        return Check("loads", label, False, _listed("对不上的载入", "loads that do not add up", [str(i) for i in ids]))
    return Check("loads", label, True, Label(f"{count} 次载入都对得上", f"{count} loads add up"))


def facts_are_all_there(connection: Connection) -> Check:
    """Whether each source has as many rows as its loads have brought, less what was erased."""
    label = Label("明细行数", "rows of every source")
    wrong: list[str] = []
    right: list[str] = []
    for source, table in FACTS.items():
        there = connection.execute(select(func.count()).select_from(table)).scalar_one()
        brought = select(func.coalesce(func.sum(load_log.c.loaded), 0)).where(load_log.c.source == source)
        erased = select(func.coalesce(func.sum(erasure.c.rows), 0)).where(erasure.c.source == source)
        expected = int(connection.execute(brought).scalar_one()) - int(connection.execute(erased).scalar_one())
        (right if there == expected else wrong).append(f"{source} {there:,}")
        if there != expected:
            wrong[-1] += f" ≠ {expected:,}"
    if wrong:
        return Check("facts", label, False, _listed("与载入记录不符", "not what the loads brought", wrong))
    return Check("facts", label, True, Label(", ".join(right), ", ".join(right)))


def texts_are_searched(connection: Connection) -> Check:
    """Whether every text was searched for causes. Unsearched ones are pending, which is no damage."""
    label = Label("文字的原因", "causes of texts")
    texts, waiting = mentions.count_unsearched(connection)
    zh, en = f"{texts:,} 段文字都已查找", f"{texts:,} texts were searched"
    if waiting:
        zh = f"{texts:,} 段文字，其中 {waiting:,} 段尚未查找，请运行 servq rescore"
        en = f"{texts:,} texts, {waiting:,} of them not searched yet: run servq rescore"
    return Check("causes", label, True, Label(zh, en))


def cells_equal_facts(connection: Connection) -> Check:
    """Whether the week cells, and the blocks that figures are read from, equal the facts counted again."""
    label = Label("周汇总单元", "week cells")
    count, wrong = weeks_that_differ(connection)
    if wrong:
        names = [week.isoformat() for week in wrong]
        return Check("cells", label, False, _listed("与明细重算不符的周", "weeks that differ from their facts", names))
    return Check("cells", label, True, Label(f"{count:,} 个单元与明细一致", f"{count:,} cells equal their facts"))


def _listed(zh: str, en: str, names: list[str]) -> Label:
    shown = ", ".join(names[:_SHOWN]) + (" …" if len(names) > _SHOWN else "")
    return Label(f"{len(names)} 处{zh}：{shown}", f"{len(names)} {en}: {shown}")
