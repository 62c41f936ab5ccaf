"""Coder agreement: the clerk's category of each complaint against the category that its words name most.

Owns which complaints can be compared. Both are kept and neither is corrected by the other.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from servq.query.slices import rows_of
from servq.query.snapshot import Snapshot
from servq.records import NOT_GIVEN, UNATTRIBUTED, Slice
from servq.text.causes.coder_agreement import CoderAgreement, agreement, main_category
from servq.text.causes.finder import Mention, shipped_tree
from servq.warehouse.reads import complaint_texts
from servq.warehouse.texts.mentions import Spans


@dataclass(frozen=True)
class Filed:
    """Complaints by the clerk's category and by the category of their words.

    Attributes:
        cells: (clerk's category as it came, code of the words' category) -> the complaints, newest first;
            UNATTRIBUTED where the words name no cause.
        same: clerk's category -> the code that it means in the tree; those that the tree does not know are left out.
        agreed: over the complaints of which both are known.
        n: complaints in the cells.
        without: complaints of the slice that have no category, or no words.
    """

    cells: dict[tuple[str, str], tuple[str, ...]]
    same: dict[str, str]
    agreed: CoderAgreement
    n: int
    without: int


def filed_twice(snapshot: Snapshot, slice_: Slice) -> Filed:
    """The clerks' categories of a slice's complaints, crossed with the categories of their words."""
    frame = rows_of(snapshot, "complaints", slice_).sort_values("opened_at", ascending=False)
    with snapshot.warehouse.read() as connection:
        causes = complaint_texts.complaint_causes(connection, slice_.start, slice_.end)
    cells: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name, clerk in zip(frame["complaint_id"], frame["category"].astype(str), strict=True):
        if clerk != NOT_GIVEN and name in causes:
            cells[clerk, _spoken(causes[name])].append(name)
    named = {clerk: shipped_tree().category_named(clerk) for clerk, _ in cells}
    same = {clerk: category.code for clerk, category in named.items() if category is not None}
    both = [
        (same[clerk], words)
        for (clerk, words), ids in cells.items()
        if clerk in same and words != UNATTRIBUTED
        for _ in ids
    ]
    n = sum(map(len, cells.values()))
    agreed = agreement([clerk for clerk, _ in both], [words for _, words in both])
    return Filed({key: tuple(ids) for key, ids in cells.items()}, same, agreed, n, len(frame) - n)


def _spoken(causes: list[tuple[str, Spans]]) -> str:
    found = [Mention(cause, start, end) for cause, spans in causes if cause != UNATTRIBUTED for start, end in spans]
    return main_category(sorted(found, key=lambda mention: mention[1:] + mention[:1]))  # as the text names them
