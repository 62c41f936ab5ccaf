"""Made ids of an earlier version: known rows without an id of their own keep the id that they have.

Ids were once made of the cells alone; now a map's constants are part of them. A row that is known under its plain id
with the same constants is still that row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from servq.loaders.cells.chunks import PLAIN_ID
from servq.loaders.sources.catalog import get_source
from servq.warehouse.facts.facts import said_under

if TYPE_CHECKING:
    import pandas as pd
    from sqlalchemy import Connection

    from servq.records import FileFacts


def known_as_before(connection: Connection, source: str, frame: pd.DataFrame, facts: FileFacts) -> pd.DataFrame:
    """The rows with their ids; those that are stored under their plain id with the same constants have that one.

    Args:
        frame: hidden rows with the column PLAIN_ID, which the result does not have.
    """
    key = get_source(source).key[0]
    plain, rest = frame[PLAIN_ID], frame.drop(columns=PLAIN_ID)
    if not len(rest) or (plain == rest[key]).all():
        return rest
    constants = [name for name, header in facts.columns.items() if header.startswith("= ") and name != key]
    constants = [name for name in constants if name in rest]
    wanted = rest[constants].astype(object).iloc[0].tolist()
    stored = said_under(connection, source, plain.tolist(), constants)
    kept = plain.map(lambda name: stored.get(name) == wanted)
    return rest.assign(**{key: rest[key].where(~kept, plain)})
