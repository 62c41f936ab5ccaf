"""The page 模型说明: the models of the stored scores, their accuracy and their errors, from the model in force."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from servq.text.causes.measured import cause_figures
from servq.text.sentiment.scorer import default_scorer
from servq.text.training.evaluation import ConfusionMatrix
from servq.text.training.measured import measured
from servq.text.training.pitfalls import PITFALLS
from servq.text.training.scorer_comparison import ScorerFigures, as_json
from servq.warehouse.texts import models

Page, Said = Callable[..., AppTest], Callable[[AppTest], str]


def text_of(app: AppTest, said: Said) -> str:
    return " ".join(said(app).split())


@pytest.mark.parametrize("link", [{}, {"lang": "English"}])
def test_an_empty_warehouse_has_a_model_too(
    link: dict[str, str], empty: SimpleNamespace, page: Page, said: Said
) -> None:
    text = text_of(page("model", **link), said)
    assert default_scorer().version.partition("/")[0] in text
    assert ("还没有带分数的文字" if not link else "No text in the warehouse has a score yet") in text


def test_every_measured_set_stands_there_with_its_n_and_beside_snownlp_and_textblob(
    empty: SimpleNamespace, page: Page, said: Said
) -> None:
    text = text_of(page("model"), said)
    for one in measured().told:
        if one.part == "report":
            counts = one.counts
            line = f"{counts.accuracy:.1%} {counts.macro_f1:.3f} {one.ece:.3f} {counts.n:,} {counts.praise_found:,}"
            assert line in text, (one.name, one.scorer)
    assert "外卖 waimai servq 87.8%" in text
    assert text.count("SnowNLP") > text.count("TextBlob") - 1 >= 4


def test_its_hard_texts_are_told_as_the_page_is_drawn(empty: SimpleNamespace, page: Page, said: Said) -> None:
    text = text_of(page("model"), said)
    labels = {"negative": "负面", "uncertain": "不确定", "positive": "正面"}
    for one, found in zip(PITFALLS, default_scorer().score([one.text for one in PITFALLS]), strict=True):
        people = "正面" if one.satisfied else "负面"
        right = found.label == ("positive" if one.satisfied else "negative")
        mark = "○" if found.label == "uncertain" else "✓" if right else "✗"
        assert f"{mark} {labels[found.label]} {one.text} 人读：{people} 满意概率 {found.polarity:.0%}" in text


@pytest.mark.parametrize("link", [{}, {"lang": "English"}])
def test_how_well_causes_are_found_stands_there_for_every_labelled_part(
    link: dict[str, str], empty: SimpleNamespace, page: Page, said: Said
) -> None:
    text = text_of(page("model", **link), said)
    for one in cause_figures()[1]:
        assert f"{one.score.n:,} {one.score.precision:.3f} {one.score.recall:.3f} {one.score.f1:.3f}" in text


def test_it_must_not_judge_a_single_person(empty: SimpleNamespace, page: Page, said: Said) -> None:
    assert "不可用来评判一个人" in said(page("model"))


def test_all_scores_of_the_sample_are_of_the_version_in_force(full: SimpleNamespace, page: Page, said: Said) -> None:
    distinct = full.count("SELECT count(*) FROM text_score")
    assert f"{distinct:,} 条文字的分数全部来自在用的版本" in said(page("model"))


def test_scores_of_another_version_are_said_to_wait(own_full: SimpleNamespace, page: Page, said: Said) -> None:
    with own_full.warehouse.write() as connection:
        connection.exec_driver_sql("UPDATE text_score SET version = 'older' WHERE language = 'en'")
    english = own_full.count("SELECT count(*) FROM text_score WHERE version = 'older'")
    assert f"有 {english:,} 条的分数来自别的版本：请运行 servq rescore" in said(page("model"))


def test_the_comparison_on_own_comments_stands_there_once_it_was_run(
    one_team: SimpleNamespace, page: Page, said: Said
) -> None:
    assert "自己的评论上：还没有比较过 servq train --compare 用自己的带评分评论" in text_of(page("model"), said)
    with one_team.warehouse.write() as connection:
        figures = [
            ScorerFigures("servq", "v/1", ConfusionMatrix(60, 5, 20, 15), 0.04),
            ScorerFigures("snownlp", "0.12.3+1", ConfusionMatrix(50, 10, 30, 10), 0.21),
        ]
        report = {"outcome": models.COMPARED, "scorers": as_json(figures)}
        models.enter(connection, report, None, None, 1, "li")
    text = text_of(page("model"), said)
    # 75 of 100 and 60 of 100; F1 of praise 120 / 145, of complaints 30 / 55; 100 / 140 and 20 / 60
    assert "自己的评论上：判对 75.0%，SnowNLP 60.0%" in text
    assert "由 li 运行 servq train --compare" in text
    assert "servq 75.0% 0.687 0.040 100 60 20 15 5 v/1" in text
    assert "SnowNLP 60.0% 0.524 0.210 100 50 30 10 10 0.12.3+1" in text
    assert "还没有用自己的评论训练过" in text
