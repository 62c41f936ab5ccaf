"""The guide docs/causes.md against the program: every figure is computed again, and the planted causes come first."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from servq.text.causes.finder import find_causes, shipped_tree, version
from servq.text.causes.measured import MentionScore, cause_figures
from studies.causes.figures import by_group, by_leaf, total
from studies.causes.labelled import DRAWS, Quad, Sentence, is_choice_half, own_sentences
from studies.causes.page import own_lines, page, sample_rows, sets

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs" / "causes.md").read_text("utf-8")
HOW = "run: python -m studies.causes > docs/causes.md"


class TestThePage:
    def test_it_names_the_tree_and_the_figures_of_the_own_sentences(self) -> None:
        assert f"`{version()}`" in PAGE, HOW
        assert [line for line in own_lines() if line not in PAGE] == [], HOW

    def test_the_figures_kept_for_the_page_are_those_of_the_guide(self) -> None:
        measured, sets_ = cause_figures()
        assert measured == version(), HOW
        for one in sets_:
            figures = (
                f"{figure:.3f}".removeprefix("0") for figure in (one.score.precision, one.score.recall, one.score.f1)
            )
            assert f"| {one.name} | {one.part} | {one.score.n} | {' | '.join(figures)} |" in PAGE, HOW

    @pytest.mark.corpora
    def test_it_is_what_the_program_measures(self, corpora: Path) -> None:
        assert page(corpora) == PAGE, HOW

    @pytest.mark.corpora
    def test_reviews_that_nobody_looked_at_reach_the_floor(self, corpora: Path) -> None:
        score = total(sets(corpora)[f"real, {DRAWS[-1]} draw", "report"].values()).f1
        assert score is not None
        assert score >= 0.74


class TestTheLabels:
    def test_they_name_leaves_of_the_tree_and_each_leaf_has_own_sentences(self) -> None:
        counts = Counter(leaf for sentence in own_sentences() for leaf in sentence.leaves)
        assert set(counts) == set(shipped_tree().leaves)
        assert min(counts.values()) >= 3

    def test_no_sentence_stands_twice_and_some_name_nothing(self) -> None:
        texts = [sentence.text for sentence in own_sentences()]
        assert len(set(texts)) == len(texts) >= 370
        assert sum(not sentence.leaves for sentence in own_sentences()) >= 30

    def test_the_own_report_half_is_found(self) -> None:
        score = total(by_leaf([row for row in own_sentences() if not is_choice_half(row.text)]).values())
        assert score.f1 is not None
        assert score.f1 >= 0.85


class TestTheYardstick:
    def test_counts_and_their_figures_by_hand(self) -> None:
        # labelled: dirt and noise; found in the text: dirt and food
        scores = by_leaf([Sentence("own", "床单脏，饭菜难吃", frozenset({"product.cleanliness", "product.noise"}))])
        assert total(scores.values()) == MentionScore(right=1, wrong=1, missed=1)
        assert MentionScore(3, 1, 2).precision == 0.75
        assert MentionScore(3, 1, 2).recall == 0.6
        assert MentionScore(3, 1, 2).f1 == pytest.approx(6 / 9)
        assert (MentionScore(0, 0, 0).precision, MentionScore(0, 0, 0).recall, MentionScore(0, 0, 0).f1) == (
            None,
            None,
            None,
        )

    def test_marked_spans_count_where_a_mention_overlaps_them(self) -> None:
        text = "价格太贵，服务态度差，服务好"
        marks = [Quad("价格", 0, 4, "NEG"), Quad("服务", 12, 14, "NEG"), Quad("服务态度", 5, 10, "POS")]
        scores = by_group([(text, marks)])
        assert scores["价格 price"] == (MentionScore(1, 0, 0), MentionScore(1, 0, 0))
        assert scores["服务 service"] == (MentionScore(0, 0, 1), MentionScore(0, 1, 0))


class TestTheSample:
    def test_the_cause_planted_for_ota_comes_first_there_and_nowhere_else(self) -> None:
        rows = sample_rows()
        found = [{mention.leaf for mention in mentions} for mentions in find_causes([row[3] for row in rows])]
        for channel in {row[0] for row in rows}:
            counts = Counter(
                leaf for row, leaves in zip(rows, found, strict=True) if row[0] == channel for leaf in leaves
            )
            (first, most), (_, second) = counts.most_common(2)
            assert (first == "money.rules") is (channel == "OTA")
            if channel == "OTA":
                assert most > 2 * second

    def test_three_of_four_of_its_planted_complaints_are_found(self) -> None:
        planted = [text for _, _, subcategory, text in sample_rows() if subcategory == "退改规则与官网不一致"]
        right = sum("money.rules" in {m.leaf for m in mentions} for mentions in find_causes(planted))
        assert right / len(planted) >= 0.75
