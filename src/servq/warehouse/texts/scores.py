"""Text scores: one score per distinct text, with the model and version that gave it.

Owns the comparison with the present scorer. The caller rebuilds the cells that count a replaced score.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from hashlib import blake2b
from typing import Any

from sqlalchemy import Connection, and_, bindparam, func, insert, or_, select, update

from servq.warehouse.tables.fact_tables import complaint, response, some_at_a_time, text_score

Present = Callable[[str], tuple[str, str]]
"""Language -> the model and the version that score its texts now."""


def text_hash(text: str) -> str:
    """The key under which a text's score is stored (BLAKE2b, 128 bit, hex)."""
    return blake2b(text.encode(), digest_size=16).hexdigest()


def unscored(connection: Connection, hashes: Iterable[str], present: Present) -> set[str]:
    """Of these text hashes, the ones without a score of the present model and version.

    Args:
        present: asked once for each language that is found.
    """
    wanted = list(hashes)
    kept = text_score.c
    scored: set[str] = set()
    now: dict[str, tuple[str, str]] = {}
    for some in some_at_a_time(wanted):
        query = select(kept.text_hash, kept.language, kept.model, kept.version).where(kept.text_hash.in_(some))
        for name, language, model, version in connection.execute(query):
            if language not in now:
                now[language] = present(language)
            if now[language] == (model, version):
                scored.add(name)
    return set(wanted) - scored


def versions(connection: Connection) -> list[tuple[str, str, str, int]]:
    """Language, model and version that scored, and how many texts; most first."""
    kept = text_score.c
    key = (kept.language, kept.model, kept.version)
    query = select(*key, func.count().label("texts")).group_by(*key).order_by(func.count().desc(), *key)
    return [(str(a), str(b), str(c), int(texts)) for a, b, c, texts in connection.execute(query)]


def texts_scored_by(
    connection: Connection, by: Sequence[tuple[str, str, str]], after: str, limit: int
) -> list[tuple[str, str]]:
    """The next texts that one of these (language, model, version) scored, in the order of their hashes.

    Args:
        after: the hash behind which to go on; "" at the beginning.

    Returns:
        (hash, text): as an answer or a complaint says it.
    """
    kept = text_score.c
    wanted = or_(*(and_(kept.language == a, kept.model == b, kept.version == c) for a, b, c in by))
    said = [
        select(func.min(words)).where(words.table.c.text_hash == kept.text_hash).scalar_subquery()
        for words in (response.c.comment, complaint.c.text)
    ]
    text = func.coalesce(*said)
    query = select(kept.text_hash, text).where(wanted, kept.text_hash > after).order_by(kept.text_hash).limit(limit)
    return [(str(name), str(words)) for name, words in connection.execute(query) if words is not None]


def keep_scores(connection: Connection, scores: Sequence[dict[str, Any]]) -> set[str]:
    """Store scores: text_hash, polarity (None without words), label, language, model, version.

    Returns:
        The hashes of which an earlier score was replaced.
    """
    known: set[str] = set()
    for some in some_at_a_time([line["text_hash"] for line in scores]):
        known.update(connection.scalars(select(text_score.c.text_hash).where(text_score.c.text_hash.in_(some))))
    fresh = [line for line in scores if line["text_hash"] not in known]
    if fresh:
        connection.execute(insert(text_score), fresh)
    if known:
        # facts refer to the line, so it is overwritten where it stands
        again = [line | {"hash_of": line["text_hash"]} for line in scores if line["text_hash"] in known]
        values: dict[str, Any] = {
            column.name: bindparam(column.name) for column in text_score.c if not column.primary_key
        }
        connection.execute(
            update(text_score).where(text_score.c.text_hash == bindparam("hash_of")).values(values), again
        )
    return known


def labels_differ(connection: Connection, lines: Sequence[dict[str, Any]]) -> int:
    """Of how many of these texts the kept label is another one than the new."""
    now = {line["text_hash"]: line["label"] for line in lines}
    differing = 0
    for some in some_at_a_time(list(now)):
        query = select(text_score.c.text_hash, text_score.c.label).where(text_score.c.text_hash.in_(some))
        differing += sum(now[name] != label for name, label in connection.execute(query))
    return differing


def weeks_of(connection: Connection, hashes: Iterable[str]) -> set[date]:
    """The weeks in which an answer says one of these texts: the cells that count its score."""
    found: set[date] = set()
    for some in some_at_a_time(list(hashes)):
        found.update(connection.scalars(select(response.c.week).where(response.c.text_hash.in_(some)).distinct()))
    return found
