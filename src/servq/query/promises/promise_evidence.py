"""Evidence against a promise: complaints, comments and shoppers' notes from where it was not kept."""

from __future__ import annotations

from dataclasses import dataclass

from servq.metrics.definitions.visits import failed
from servq.query.drill import rows_behind
from servq.query.measure import measure
from servq.query.promises.promise_verdicts import Tested
from servq.query.slices import rows_of
from servq.query.snapshot import Snapshot
from servq.records import Label, Picked, Slice

_LATE = Label("晚于时限", "later than promised")
_NEGATIVE = Label("负面评论", "negative comments")
_FAILED = Label("没有做到", "not done")


@dataclass(frozen=True)
class ContraryRows:
    """The rows that speak against a promise in one channel.

    Attributes:
        asked, kept: as they are opened; `n` rows stand behind.
        what: what they have in common; may be a name from the data.
    """

    asked: str | Picked
    slice_: Slice
    n: int
    what: Label


def words_against(snapshot: Snapshot, tested: Tested) -> ContraryRows | None:
    """The rows that speak against a promise.

    None where there are none, where they are too few to be shown, or where nothing tests the promise.
    """
    found = _MADE.get(tested.promise.tested_by, _nothing)(snapshot, tested)
    return found if found is not None and found.n else None


def _nothing(_snapshot: Snapshot, _tested: Tested) -> None:
    return None


def _late(snapshot: Snapshot, tested: Tested) -> ContraryRows:
    """Of a clock: the complaints that were answered later than promised, or not yet and are past it."""
    frame = rows_of(snapshot, "complaints", tested.slice_)
    late = frame[~frame["within_limit"].fillna(True).astype(bool)].sort_values("opened_at", ascending=False)
    picked = Picked(_LATE, tuple(late["complaint_id"]))
    return ContraryRows(picked, tested.slice_, len(late), _LATE)


def _negative(snapshot: Snapshot, tested: Tested) -> ContraryRows | None:
    """Of a survey question: what was written in a bad mood by those who were asked it."""
    reading = measure(snapshot, "negative_share", (), tested.slice_)[0].reading
    if reading.value is None:
        return None
    n = round(reading.value * reading.n / 100)
    kept = tested.slice_.and_(sentiment="negative")
    few = n < snapshot.viewing_minimum or rows_behind(snapshot, "negative_share", kept, 0).withheld
    return None if few else ContraryRows("negative_share", kept, n, _NEGATIVE)


def _named(snapshot: Snapshot, tested: Tested) -> ContraryRows:
    """Of a complaint cause: the complaints that are filed under it."""
    kept = tested.slice_.and_(subcategory=tested.promise.subject)
    n = measure(snapshot, "complaints", (), kept)[0].reading.n
    return ContraryRows("complaints", kept, n, Label(tested.promise.subject, tested.promise.subject))


def _failed(snapshot: Snapshot, tested: Tested) -> ContraryRows:
    """Of a checklist item: the visits in which it failed, each with what the shopper noted about it."""
    frame = rows_of(snapshot, "visits", tested.slice_)
    points, possible = (frame[name].to_numpy(dtype=float) for name in ("points", "points_possible"))
    bad = frame[(possible > 0) & failed(points, possible)]
    ids = tuple(bad.sort_values("visited_at", ascending=False)["visit_id"].drop_duplicates())
    return ContraryRows(Picked(_FAILED, ids, "visits"), tested.slice_, len(ids), _FAILED)


_MADE = {"clock": _late, "question": _negative, "cause": _named, "checklist": _failed}
