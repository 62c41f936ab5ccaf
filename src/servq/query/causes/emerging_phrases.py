"""Emerging phrases: phrases more frequent in a slice's complaints than in its own past and in the other complaints.

Owns which texts are compared. `text/quotes/emerging.py` decides whether a phrase rises.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pandas as pd

from servq.query.causes.custom_tree import complaints_naming, named_by_most
from servq.query.slices import rows_of
from servq.query.snapshot import Snapshot
from servq.records import UNATTRIBUTED, Slice
from servq.text.quotes.emerging import Rise, rising
from servq.text.quotes.own_words import segmenter_with
from servq.text.quotes.phrases import phrases_of
from servq.text.quotes.representative import typical_sentences
from servq.warehouse.reads import complaint_texts

PAST_WEEKS = 26
"""The weeks of the slice's own past that are compared."""

LEAST = 4
"""Complaints that must say a phrase; more where the viewing minimum is higher."""

MOST = 10_000
"""Texts of each side, the newest: more need memory and make it no surer."""

SENTENCES = 2


@dataclass(frozen=True)
class News:
    """One group of rising phrases.

    Attributes:
        ids: the complaints of the slice that say any of them, newest first.
        sentences: (complaint, sentence) with one of them, as they are stored: masked.
        unexplained: how many of the complaints name no cause of the tree.
        mostly: the cause that at least half of them name; "" where there is none.
    """

    rise: Rise
    ids: tuple[str, ...]
    sentences: tuple[tuple[str, str], ...]
    unexplained: int
    mostly: str


@dataclass(frozen=True)
class Heard:
    """The texts that were compared, and the phrases that rise.

    Attributes:
        now, past, others: texts of the slice, of its own past, and of the same days elsewhere.
    """

    news: tuple[News, ...]
    now: int
    past: int
    others: int


def what_is_new(snapshot: Snapshot, slice_: Slice) -> Heard:
    """The rising phrases of a slice's complaints, the most significant first.

    Args:
        slice_: its days and filter; without a filter there are no others.
    """
    assert slice_.start is not None
    before = slice_.between(slice_.start - timedelta(weeks=PAST_WEEKS), slice_.start - timedelta(days=1))
    with snapshot.warehouse.read() as connection:
        texts = complaint_texts.complaint_texts(connection, before.start, slice_.end)
    now, past = (_said(rows_of(snapshot, "complaints", days), texts) for days in (slice_, before))
    all_now = rows_of(snapshot, "complaints", Slice(slice_.start, slice_.end))
    others = _said(all_now[~all_now["complaint_id"].isin(now)], texts) if slice_.where else {}
    least, cut = max(LEAST, snapshot.viewing_minimum), segmenter_with(snapshot.own_words)
    found = rising(list(now.values()), list(past.values()), list(others.values()), least, cut)
    silent = complaints_naming(snapshot, UNATTRIBUTED)
    return Heard(tuple(_news(snapshot, rise, now, silent) for rise in found), len(now), len(past), len(others))


def _said(frame: pd.DataFrame, texts: dict[str, str]) -> dict[str, str]:
    """The words of complaints, the newest first."""
    ids = frame.sort_values("opened_at", ascending=False)["complaint_id"].iloc[:MOST]
    return {name: texts[name] for name in ids if name in texts}


def _news(snapshot: Snapshot, rise: Rise, now: dict[str, str], silent: set[str]) -> News:
    names = list(now)
    ids = tuple(names[place] for place in rise.places)
    wanted, cut = frozenset(rise.phrases), segmenter_with(snapshot.own_words)
    said = typical_sentences(
        [now[name] for name in ids], SENTENCES, lambda sentence: not wanted.isdisjoint(phrases_of(sentence, cut))
    )
    sentences = tuple((ids[place], sentence) for place, sentence in said)
    return News(rise, ids, sentences, len(silent.intersection(ids)), named_by_most(snapshot, ids))
