"""Representative sentences for one finding about a team, with the words marked that name it.

Of a long list only the newest are read. A sentence about one person is never taken: the talk is about the team. An
answer's sentence is taken only when its score agrees. Nothing is taken from fewer answers than may be shown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from servq.measures import NPS_BANDS
from servq.metrics.readings import NO_RESPONSES, share_reading
from servq.query.drill import Behind, places_behind, rows_behind
from servq.records import Label, Picked
from servq.text.causes.praise import praised
from servq.text.quotes.person_references import points_at_somebody
from servq.text.quotes.representative import sentences_naming, typical_sentences

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from servq.query.snapshot import Snapshot
    from servq.records import Reading, Slice

LOOKED_AT = 500
"""Newest rows among which sentences are looked for."""

_WORST, _MIDDLING, _BEST = (NPS_BANDS[band] for band in ("detractor", "passive", "promoter"))
DISLIKED, LIKED = range(_WORST[0], _WORST[1] + 1), range(_MIDDLING[0], _BEST[1] + 1)
"""Likelihoods beside which a complaining, and a praising, sentence may be quoted; answers without one may be too."""

Places = tuple[tuple[int, int], ...]

_BUT = re.compile("但|可是|不过|就是|只是|却|要是")
"""Praise that goes on with a but is not quoted as praise."""


@dataclass(frozen=True)
class Quote:
    """A text, or one sentence of it, as it was written.

    Attributes:
        places: from where to where in it the words stand that say it.
        at: when it was written (UTC seconds).
    """

    text: str
    places: Places
    kind: str
    at: int
    channel: str


@dataclass(frozen=True)
class Praise:
    """An item that satisfied customers praise.

    Attributes:
        share: of the positive comments looked at.
        rows: the answers behind it.
    """

    item: str
    share: Reading
    rows: Picked
    quotes: tuple[Quote, ...]


def complaining(snapshot: Snapshot, slice_: Slice, count: int) -> tuple[Quote, ...]:
    """The most representative sentences that name the causes of a slice: from complaints, and from negative
    comments."""
    read = [
        rows_behind(snapshot, "complaints", slice_, LOOKED_AT),
        rows_behind(snapshot, "negative_share", slice_.and_(sentiment="negative"), LOOKED_AT),
    ]
    told = [one for behind in read for one in _told(behind, places_behind(snapshot, behind, slice_), DISLIKED)]
    return _typical(told, count)


def praising(snapshot: Snapshot, own: Slice, count: int) -> list[Praise]:
    """The items that positive comments of a slice praise, the most frequent first, each with representative
    sentences."""
    behind = rows_behind(snapshot, "negative_share", own.and_(sentiment="positive"), LOOKED_AT)
    if behind.frame.empty:
        return []
    ids = behind.frame["response_id"].map(str).tolist()
    places = dict(zip(ids, praised(behind.frame["comment"].map(str).tolist()), strict=True))
    found = []
    for item in dict.fromkeys(item for by_item in places.values() for item in by_item):
        praising_it = {row: by_item[item] for row, by_item in places.items() if item in by_item}
        rows = Picked(Label("客户的表扬", "customers' praise"), tuple(praising_it), "responses")
        if rows_behind(snapshot, rows, own, 0).withheld:
            continue
        share = share_reading(len(praising_it), len(ids), {}, NO_RESPONSES)
        quotes = _typical(_told(behind, praising_it, LIKED), count, _BUT)
        found.append(Praise(item, share, rows, quotes))
    return sorted(found, key=lambda one: (-len(one.rows.ids), one.item))


def _told(behind: Behind, places: Mapping[str, Sequence[tuple[int, int]]], scores: range) -> list[Quote]:
    """The whole text of every row that may be quoted and has a place in its text."""
    if behind.frame.empty:
        return []
    of_complaints = behind.kind == "complaints"
    name, words, moment = (
        ("complaint_id", "text", "opened_at") if of_complaints else ("response_id", "comment", "answered_at")
    )
    used = [name, words, moment, "channel", *([] if of_complaints else ["likelihood"])]
    return [
        Quote(str(row[words]), tuple(sorted(places[row[name]])), behind.kind, int(row[moment]), str(row["channel"]))
        for row in behind.frame[used].to_dict("records")
        if places.get(row[name]) and (of_complaints or pd.isna(row["likelihood"]) or row["likelihood"] in scores)
    ]


def _typical(told: list[Quote], count: int, unwanted: re.Pattern[str] | None = None) -> tuple[Quote, ...]:
    sentences = [dict(sentences_naming(one.text, one.places)) for one in told]
    chosen = typical_sentences(
        ["\n".join(found) for found in sentences],
        count,
        lambda sentence: not (points_at_somebody(sentence) or (unwanted and unwanted.search(sentence))),
    )
    return tuple(replace(told[at], text=sentence, places=sentences[at][sentence]) for at, sentence in chosen)
