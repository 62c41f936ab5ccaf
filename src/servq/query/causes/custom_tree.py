"""The cause tree of a warehouse with its custom causes, and a preview of the complaints that one more would find.

Owns the preview: which complaints would name a new cause. Causes are accepted in `ingest/edits/custom_causes.py`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from servq.query.snapshot import Snapshot
from servq.records import NOT_GIVEN, UNATTRIBUTED
from servq.records.custom_cause import OwnLeaf
from servq.text.causes.custom import alone, own_leaf, tree_with
from servq.text.causes.finder import find_causes
from servq.text.causes.tree import Tree
from servq.text.quotes.representative import typical_sentences
from servq.warehouse.books import custom_causes
from servq.warehouse.reads import complaint_texts

SENTENCES = 2


@dataclass(frozen=True)
class Moved:
    """The complaints that a new cause would find, among all that the warehouse holds.

    Attributes:
        ids: newest first.
        silent: those of them that name no cause of the tree as it is.
        sentences: (complaint, sentence) that name it.
        looked_at: complaints with words.
    """

    ids: tuple[str, ...]
    silent: tuple[str, ...]
    sentences: tuple[tuple[str, str], ...]
    looked_at: int


def own_leaves(snapshot: Snapshot) -> list[OwnLeaf]:
    """Every cause that was ever accepted, the newest first."""
    with snapshot.warehouse.read() as connection:
        return custom_causes.every(connection)


def tree_of(snapshot: Snapshot) -> Tree:
    """The tree in force: the one that ships, and the causes accepted into it."""
    with snapshot.warehouse.read() as connection:
        return tree_with(custom_causes.in_force(connection))


def would_move(snapshot: Snapshot, category: str, name: str, words: tuple[str, ...]) -> Moved:
    """The complaints that a new cause would find.

    Raises:
        UsageError: name or words cannot become a cause.
    """
    leaf = own_leaf(tree_of(snapshot), category, name, words)
    with snapshot.warehouse.read() as connection:
        texts = complaint_texts.complaint_texts(connection)
    newest = snapshot.complaints.sort_values("opened_at", ascending=False)["complaint_id"]
    said = [(one, texts[one]) for one in newest if one in texts]
    mentions = find_causes([text for _, text in said], alone(leaf))
    found = {one: text for (one, text), named in zip(said, mentions, strict=True) if named}
    silent = complaints_naming(snapshot, UNATTRIBUTED)
    ids, tried = tuple(found), alone(leaf)
    sentences = typical_sentences(list(found.values()), SENTENCES, lambda one: bool(find_causes([one], tried)[0]))
    return Moved(
        ids,
        tuple(one for one in ids if one in silent),
        tuple((ids[place], sentence) for place, sentence in sentences),
        len(said),
    )


def likely_category(snapshot: Snapshot, ids: tuple[str, ...]) -> str:
    """The category that complaints name most; the tree's first where they name none."""
    places = snapshot.complaints.index[snapshot.complaints["complaint_id"].isin(ids)]
    named = snapshot.causes[snapshot.causes.index.isin(places)]["cause_category"].astype(str)
    known = [category.code for category in tree_of(snapshot).categories]
    counts = Counter(code for code in named if code not in (UNATTRIBUTED, NOT_GIVEN) and code in known)
    return counts.most_common(1)[0][0] if counts else known[0]


def named_by_most(snapshot: Snapshot, ids: tuple[str, ...]) -> str:
    """The cause that at least half of these complaints name, most of them first; "" where there is none."""
    places = snapshot.complaints.index[snapshot.complaints["complaint_id"].isin(ids)]
    named = snapshot.causes[snapshot.causes.index.isin(places)]["cause"].astype(str)
    counts = Counter(code for code in named if code not in (UNATTRIBUTED, NOT_GIVEN)).most_common(1)
    return counts[0][0] if counts and 2 * counts[0][1] >= len(ids) else ""


def complaints_naming(snapshot: Snapshot, cause: str) -> set[str]:
    """The ids of all complaints that name a cause."""
    places = snapshot.causes.index[snapshot.causes["cause"] == cause]
    return set(snapshot.complaints.loc[places, "complaint_id"])
