"""SQL statements of a pull: a table or one SELECT, from a watermark on, in its order.

Owns which queries are allowed. Never runs one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Select, TextClause, bindparam, column, func, null, select, table, text
from sqlalchemy.types import NULLTYPE

from servq.errors import UsageError

if TYPE_CHECKING:
    from sqlalchemy import FromClause

    from servq.loaders.feeds.feeds import Database

_STARTS = re.compile(r"\s*(select|with)\b", re.IGNORECASE)
_FORBIDDEN = re.compile(
    r";|/\*|\b(into|outfile|dumpfile|load_file|for\s+(no\s+key\s+)?(update|share|key)|lock\s+in|insert|update|delete|"
    r"merge|drop|alter|create|grant|attach|pragma|load_extension|copy|call|exec(ute)?)\b",
    re.IGNORECASE,
)
"""What one SELECT that only reads does not need. Words within quotes count too: nobody then has to trust a lexer."""


def check_query(query: str, where: str) -> None:
    """Refuse whatever is not one plain SELECT. The account's rights decide which tables can be read.

    Raises:
        UsageError: it begins with another word, or holds a word, a `/*` or a `;` that a reader does not need.
    """
    found = _FORBIDDEN.search(query)
    if found is None and _STARTS.match(query):
        return
    shown = found[0] if found else query.split(maxsplit=1)[0]
    raise UsageError(
        f"query 只能是一条 SELECT，不能有“{shown}”",
        f"a query is one SELECT; '{shown}' cannot stand in it",
        where=where,
        hint_zh="不写分号和 /* */；需要更多时请在数据库里建视图，用 table 指明",
        hint_en="No semicolon and no /* */; for more make a view in the database and name it as table",
    )


class Statements:
    """The statements of one feed, in the words of any of the databases."""

    def __init__(self, database: Database) -> None:
        self._from = _from(database)
        self._watermark: ColumnElement[Any] = column(database.watermark)

    def without_watermark(self) -> Select[Any]:
        """A count of the rows that can never be pulled, because their watermark is missing."""
        return select(func.count()).select_from(self._from).where(self._watermark.is_(null()))

    def rows(self, low: Any = None, high: Any = None, *, beyond: bool = False) -> Select[Any]:
        """All columns of the rows from one watermark to another, both included, lowest first.

        Args:
            low, high: None is open.
            beyond: `low` itself is not included.
        """
        statement = select(text("*")).select_from(self._from).where(self._watermark.is_not(null()))
        if low is not None:
            bound = bindparam("low", low, type_=NULLTYPE)
            statement = statement.where(self._watermark > bound if beyond else self._watermark >= bound)
        if high is not None:
            statement = statement.where(self._watermark <= bindparam("high", high, type_=NULLTYPE))
        return statement.order_by(self._watermark)


def _from(database: Database) -> FromClause | TextClause:
    if database.table:
        *schema, name = database.table.rsplit(".", 1)
        return table(name, schema=schema[0] if schema else None)
    # a colon is a colon here, and not the name of a parameter
    query = database.query.replace(":", r"\:")
    return text(f"(\n{query}\n) pulled")
