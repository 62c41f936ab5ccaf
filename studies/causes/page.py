"""The writer of docs/causes.md: the tree as a table, and its measured accuracy."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from openpyxl import load_workbook

from servq.text.causes.coder_agreement import UNATTRIBUTED, agreement, main_category
from servq.text.causes.finder import find_causes, shipped_tree, version
from servq.text.causes.measured import FILE, MentionScore
from servq.text.causes.tree import Tree
from studies.causes.figures import by_group, by_leaf, total
from studies.causes.labelled import DRAWS, is_choice_half, own_sentences, quads, real_sentences

ROOT = Path(__file__).resolve().parents[2]
MARKED_AT_MOST = 6_000
"""Sentences of one file of the marked reviews; more say no more."""

WORDS = Path(__file__).with_name("page.md")
"""What a person wrote; `{name}` stands where a table goes."""


class HowWell(NamedTuple):
    """The number of slices without any change, and of those in which a phrase was listed.

    Attributes:
        alone: compared with the own past only, as a page without a filter is.
        beside: compared with the others too.
    """

    slices: int
    alone: int
    beside: int


HOW_WELL = HowWell(1_000, 38, 8)
"""As news.py measured it."""


def page(corpora: Path) -> str:
    """The whole page; needs the folder of the real files."""
    parts = sets(corpora)
    last = DRAWS[-1]
    return (
        WORDS.read_text("utf-8")
        .replace("{version}", version())
        .replace("{categories}", str(len(shipped_tree().categories)))
        .replace("{leaves}", str(len(shipped_tree().leaves)))
        .replace("{sets}", "\n".join(_sets_table(parts)))
        .replace("{unseen}", _figure(total(parts[f"real, {last} draw", "report"].values()).f1))
        .replace("{tree}", "\n".join(_tree_table(parts)))
        .replace("{quads}", "\n".join(_quads_table(corpora)))
        .replace("{sample}", "\n".join(_sample_table(shipped_tree())))
        .replace("{clerk}", clerk_line(shipped_tree()))
        .replace("{news}", news_line())
    )


def sets(corpora: Path) -> dict[tuple[str, str], dict[str, MentionScore]]:
    """(set, part) -> score of each leaf."""
    own, first = own_sentences(), real_sentences(corpora, DRAWS[0])
    found = {}
    for name, rows in (("own sentences", own), (f"real, {DRAWS[0]} draw", first)):
        for part, choice in (("choice", True), ("report", False)):
            found[name, part] = by_leaf([row for row in rows if is_choice_half(row.text) == choice])
    for draw in DRAWS[1:]:
        part = "report" if draw == DRAWS[-1] else "choice"
        found[f"real, {draw} draw", part] = by_leaf(real_sentences(corpora, draw))
    return found


def own_lines() -> list[str]:
    """The lines of the table that anybody can check: those of the own sentences."""
    lines = []
    for part, choice in (("choice", True), ("report", False)):
        scores = by_leaf([row for row in own_sentences() if is_choice_half(row.text) == choice])
        lines.append(_sets_line("own sentences", part, scores))
    return lines


def write_figures(parts: Mapping[tuple[str, str], Mapping[str, MentionScore]]) -> None:
    """Store the figures of every set for the tab 模型说明."""
    rows = [
        {"name": name, "part": part, "counts": list(total(scores.values()))} for (name, part), scores in parts.items()
    ]
    lines = ",\n".join(f"    {json.dumps(row)}" for row in rows)
    FILE.write_text(f'{{\n  "version": "{version()}",\n  "sets": [\n{lines}\n  ]\n}}\n', "utf-8")


def _sets_table(parts: Mapping[tuple[str, str], Mapping[str, MentionScore]]) -> Iterator[str]:
    yield "| set | part | mentions | precision | recall | micro-F1 |"
    yield "|---|---|---:|---:|---:|---:|"
    for (name, part), scores in parts.items():
        yield _sets_line(name, part, scores)


def _sets_line(name: str, part: str, scores: Mapping[str, MentionScore]) -> str:
    score = total(scores.values())
    return f"| {name} | {part} | {score.n} | {_figures(score)} | {_figure(score.f1)} |"


def _tree_table(parts: Mapping[tuple[str, str], Mapping[str, MentionScore]]) -> Iterator[str]:
    reported = [scores for (_, part), scores in parts.items() if part == "report"]
    yield "| code | cause | SERVQUAL | touchpoint | n | precision | recall |"
    yield "|---|---|---|---|---:|---:|---:|"
    for category in shipped_tree().categories:
        everything = total(
            total(s for leaf, s in scores.items() if leaf.startswith(f"{category.code}.")) for scores in reported
        )
        yield f"| **{category.code}** | **{category.zh}** {category.en} | | | {everything.n} | {_figures(everything)} |"
        for leaf in category.leaves:
            score = total(scores.get(leaf.code, MentionScore(0, 0, 0)) for scores in reported)
            about = f"{leaf.zh} {leaf.en} | {leaf.servqual} | {leaf.touchpoint}"
            yield f"| `{leaf.code}` | {about} | {score.n} | {_figures(score)} |"


def _quads_table(corpora: Path) -> Iterator[str]:
    yield "| aspect | part | complaints marked | recall | mentions found | precision |"
    yield "|---|---|---:|---:|---:|---:|"
    for part, files in (("choice", ["train.txt"]), ("report", ["dev.txt", "test.txt"])):
        marked = [sentence for file in files for sentence in quads(corpora, file)[:MARKED_AT_MOST]]
        for group, (asked, given) in by_group(marked).items():
            found = given.right + given.wrong
            recall, precision = _figure(asked.recall), _figure(given.precision)
            yield f"| {group} | {part} | {asked.n:,} | {recall} | {found:,} | {precision} |"


def sample_rows() -> list[tuple[str, ...]]:
    """Channel, clerk's category and subcategory, and text of the sample's complaints."""
    sheet = load_workbook(ROOT / "data" / "sample" / "complaints.xlsx").worksheets[0]
    head, *rows = sheet.iter_rows(values_only=True)
    places = [head.index(name) for name in ("渠道", "投诉类别", "投诉子类", "投诉内容")]
    return [tuple(str(row[place] or "") for place in places) for row in dict.fromkeys(map(tuple, rows))]


def _sample_table(tree: Tree) -> Iterator[str]:
    rows = sample_rows()
    found = [{mention.leaf for mention in mentions} for mentions in find_causes([row[3] for row in rows])]
    yield "| channel | complaints | first | second | third | 未归因 |"
    yield "|---|---:|---|---|---|---:|"
    for channel in dict.fromkeys(row[0] for row in sorted(rows)):
        here = [leaves for row, leaves in zip(rows, found, strict=True) if row[0] == channel]
        counts = Counter(leaf for leaves in here for leaf in sorted(leaves)).most_common(3)
        named = " | ".join(f"{tree.leaves[leaf].zh} {count}" for leaf, count in counts)
        yield f"| {channel} | {len(here)} | {named} | {_share(not leaves for leaves in here)} |"


def clerk_line(tree: Tree) -> str:
    """The agreement of the clerks' categories in the sample with the texts, in one sentence."""
    rows = sample_rows()
    mentions = find_causes([row[3] for row in rows])
    known = [tree.category_named(row[1]) for row in rows]
    both = [
        (category.code, main_category(found))
        for category, found in zip(known, mentions, strict=True)
        if category and found
    ]
    table = agreement([clerk for clerk, _ in both], [text for _, text in both])
    silent = sum(main_category(found) == UNATTRIBUTED for found in mentions)
    return (
        f"n = {table.n:,} complaints with both ({silent} more name no cause): the same category in "
        f"{_figure(table.share)} of them, κ = {_figure(table.kappa)}."
    )


def news_line() -> str:
    """The rate of false alarms of emerging phrases, in one sentence."""
    alone, beside = (f"{100 * found / HOW_WELL.slices:.1f} %" for found in (HOW_WELL.alone, HOW_WELL.beside))
    return f"in {alone} of {HOW_WELL.slices:,} slices against the own past alone, in {beside} against others too"


def _share(flags: Iterable[bool]) -> str:
    values = list(flags)
    return f"{100 * sum(values) / len(values):.0f} %"


def _figures(score: MentionScore) -> str:
    return f"{_figure(score.precision)} | {_figure(score.recall)}"


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}".removeprefix("0")
