"""Text scores: one per text, replaced by rescoring, with the weeks that count it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from servq.warehouse.store.engine import Warehouse
from servq.warehouse.tables.fact_tables import text_score
from servq.warehouse.texts import scores
from tests.warehouse.rows import WEEK_18, WEEK_19, answer, store


def score(name: str, language: str = "zh", model: str = "m", version: str = "1", label: str = "negative") -> Any:
    about = {"text_hash": name, "polarity": 0.1, "label": label, "language": language}
    return about | {"model": model, "version": version}


def test_a_text_counts_as_scored_when_model_and_version_are_its_languages_present_ones(warehouse: Warehouse) -> None:
    asked: list[str] = []

    def present(language: str) -> tuple[str, str]:
        asked.append(language)
        return {"zh": ("m", "2"), "en": ("n", "1")}[language]

    kept = [score("right", version="2"), score("older"), score("another", model="n", version="2")]
    kept += [score("english", "en", "n"), score("as zh", "en", "m", "2")]
    with warehouse.write() as connection:
        scores.keep_scores(connection, kept)
        names = ["right", "older", "another", "english", "as zh", "never seen"]
        assert scores.unscored(connection, names, present) == {"older", "another", "as zh", "never seen"}
    assert sorted(asked) == ["en", "zh"], "each language is asked for once"


def test_a_second_score_replaces_the_first_and_says_so(warehouse: Warehouse) -> None:
    with warehouse.write() as connection:
        assert scores.keep_scores(connection, []) == set()
        assert scores.keep_scores(connection, [score("a"), score("b")]) == set()
        assert scores.keep_scores(connection, [score("b", version="2", label="positive"), score("c")]) == {"b"}
        query = select(text_score.c.text_hash, text_score.c.label, text_score.c.version).order_by("text_hash")
        found = [tuple(line) for line in connection.execute(query)]
    assert found == [("a", "negative", "1"), ("b", "positive", "2"), ("c", "negative", "1")]


def test_the_weeks_of_a_text_are_those_of_the_answers_that_say_it(warehouse: Warehouse) -> None:
    store(
        warehouse,
        answer("r1", heard="negative"),
        answer("r2", day="2026-05-06", heard="negative"),
        answer("r3", day="2026-05-13", heard="positive"),
        answer("r4", day="2026-05-20"),
    )
    with warehouse.read() as connection:
        assert scores.weeks_of(connection, {scores.text_hash("negative")}) == {WEEK_18, WEEK_19}
        assert scores.weeks_of(connection, {"unknown"}) == scores.weeks_of(connection, ()) == set()
