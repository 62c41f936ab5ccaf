"""Which texts have been scored: each distinct text once, with the model that scored it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import Any

from sqlalchemy import Connection, insert, select

from servq.warehouse.schema import some_at_a_time, text_score


def text_hash(text: str) -> str:
    """The name under which a text's score is kept (BLAKE2b, 128 bit, hex)."""
    return blake2b(text.encode(), digest_size=16).hexdigest()


def unscored(connection: Connection, hashes: Iterable[str]) -> set[str]:
    """Of these text hashes, the ones that have no score yet."""
    wanted = list(hashes)
    found: set[str] = set()
    for some in some_at_a_time(wanted):
        found.update(connection.scalars(select(text_score.c.text_hash).where(text_score.c.text_hash.in_(some))))
    return set(wanted) - found


def keep_scores(connection: Connection, scores: Sequence[dict[str, Any]]) -> None:
    """Store scores: text_hash, polarity (None without words), label, language, model, version."""
    if scores:
        connection.execute(insert(text_score), list(scores))
