"""Ids that merely number the rows of one questionnaire, and rows without any id: the right answers are updated."""

from __future__ import annotations

from pathlib import Path

import pytest

from servq.errors import FileRefused
from servq.ingest import load_file
from servq.loaders.maps.map import map_from_table
from servq.warehouse.store.engine import Warehouse
from tests.ingest.conftest import Ask, Load
from tests.loaders.exports import survey, write_csv


def answers(*scores: int, team: str = "一组") -> list[dict[str, str]]:
    """An export that numbers its rows from 1."""
    made = [survey(likelihood=str(score), team=team) for score in scores]
    return [
        {"序号": str(number)} | {k: v for k, v in row.items() if k != "response_id"}
        for number, row in enumerate(made, 1)
    ]


class TestRunningNumbers:
    def test_a_second_questionnaire_is_asked_about_and_nothing_of_it_is_loaded(self, load: Load, ask: Ask) -> None:
        load(*answers(9, 9, 9))
        with pytest.raises(FileRefused, match="另一份问卷") as refused:
            load(*answers(1, 2, 3, 4), name="b.csv")
        assert "--replace" not in refused.value.message
        assert "questionnaire" in refused.value.hint_en
        assert ask("SELECT likelihood FROM response ORDER BY response_id") == [(9,), (9,), (9,)]

    def test_named_it_is_kept_apart_and_counts_once(self, load: Load, ask: Ask) -> None:
        load(*answers(9, 9, 9))
        named = load(*answers(1, 2, 3, 4), name="b.csv", questionnaire="乙")
        assert (named.loaded, named.conflicts) == (4, 0)
        again = load(*answers(1, 2, 3, 4, 5), name="c.csv", questionnaire="乙")
        assert (again.loaded, again.duplicates, again.conflicts) == (1, 4, 0)
        assert ask("SELECT count(*) FROM response WHERE substr(response_id, 1, 2) = '乙-'") == [(5,)]

    def test_an_export_that_has_grown_is_the_same_questionnaire(self, load: Load) -> None:
        load(*answers(9, 8, 7))
        grown = load(*answers(9, 8, 7, 6), name="b.csv")
        assert (grown.loaded, grown.duplicates) == (1, 3)

    def test_a_map_names_it_too(self, load: Load, ask: Ask, warehouse: Warehouse) -> None:
        columns = {name: name for name in survey()} | {"response_id": "序号"}
        map_ = map_from_table({"source": "surveys", "questionnaire": "甲", "columns": columns}, "m")
        load(*answers(9), map_=map_)
        assert ask("SELECT response_id FROM response") == [("甲-1",)]

    def test_ids_that_are_real_conflict_as_before_and_are_asked_about(self, load: Load) -> None:
        rows = [survey(response_id=f"R{number}", likelihood="9") for number in range(1, 6)]
        load(*rows)
        report = load(*(row | {"team": "二组"} for row in rows), name="b.csv")
        assert (report.conflicts, report.another) == (5, True)
        one = load(*rows[:4], rows[4] | {"team": "三组"}, name="c.csv")
        assert (one.conflicts, one.duplicates, one.another) == (1, 4, False)


class TestMadeIds:
    ROWS = ({"day": "2026-03-05", "NPS": "9"}, {"day": "2026-03-05", "NPS": "9"}, {"day": "2026-03-05", "NPS": "1"})

    def shop(self, team: str, **more: str) -> object:
        columns = {"response_id": {"row_number": True}, "answered_at": "day", "likelihood": "NPS"}
        constants = {"channel": {"constant": "门店"}, "team": {"constant": team}}
        return map_from_table({"source": "surveys", "columns": columns | constants} | more, team)

    def test_equal_rows_of_two_shops_are_two_answers(self, load: Load, ask: Ask) -> None:
        assert load(*self.ROWS, map_=self.shop("一店")).loaded == 3
        other = load(*self.ROWS, map_=self.shop("二店"), name="b.csv")
        assert (other.loaded, other.duplicates, other.conflicts) == (3, 0, 0)
        again = load(*reversed(self.ROWS), map_=self.shop("二店"), name="c.csv")
        assert (again.loaded, again.duplicates) == (0, 3)

    def test_two_questionnaires_of_one_shop_too(self, load: Load) -> None:
        load(*self.ROWS, map_=self.shop("一店"))
        assert load(*self.ROWS, map_=self.shop("一店", questionnaire="秋"), name="b.csv").loaded == 3

    def test_rows_that_an_earlier_servq_took_are_known_by_the_id_that_they_have(
        self, warehouse: Warehouse, home: Path, tmp_path: Path, ask: Ask
    ) -> None:
        plain = map_from_table(
            {
                "source": "surveys",
                "columns": {"response_id": {"row_number": True}, "answered_at": "day", "likelihood": "NPS"}
                | {"channel": "channel", "team": "team"},
            },
            "plain",
        )
        from servq.loaders.cells.row_ids import RowIds

        ids = RowIds(["day", "NPS"])
        made = [ids.of([row["day"], row["NPS"]]) for row in self.ROWS]
        old = [survey(response_id=one, answered_at=row["day"], likelihood=row["NPS"], channel="门店", team="一店")
               for one, row in zip(made, self.ROWS, strict=True)]  # fmt: skip
        load_file(warehouse, home, write_csv(tmp_path / "old.csv", old), "surveys")
        assert plain.questionnaire == ""
        path = write_csv(tmp_path / "a.csv", [*self.ROWS, {"day": "2026-03-06", "NPS": "7"}])
        report = load_file(warehouse, home, path, None, self.shop("一店"))  # type: ignore[arg-type]
        assert (report.loaded, report.duplicates, report.conflicts) == (1, 3, 0)
        assert load_file(warehouse, home, path, None, self.shop("二店")).loaded == 4  # type: ignore[arg-type]


class TestAnotherScale:
    def five(self, count: int = 30, **more: str) -> list[dict[str, str]]:
        return [survey(response_id=f"R{n}", likelihood=str(1 + n % 5), **more) for n in range(count)]

    def test_a_likelihood_that_only_takes_1_to_5_is_asked_about(self, load: Load, ask: Ask) -> None:
        with pytest.raises(FileRefused, match="五分制") as refused:
            load(*self.five())
        assert "scale = [0, 10]" in refused.value.hint_en
        assert ask("SELECT count(*) FROM response") == [(0,)]

    def test_a_map_that_tells_the_scale_answers(self, load: Load) -> None:
        told = {name: name for name in survey()} | {"likelihood": {"from": "likelihood", "scale": [0, 10]}}
        map_ = map_from_table({"source": "surveys", "columns": told}, "m")
        assert load(*self.five(), map_=map_).loaded == 30

    def test_one_answer_beyond_or_too_few_are_not_asked_about(self, load: Load) -> None:
        assert load(*self.five(29)).loaded == 29
        assert load(*self.five(40), survey(response_id="z", likelihood="0"), name="b.csv").loaded == 12


class TestASatisfactionBeyondFive:
    """Answers of ten or a hundred points are never counted as answers of five."""

    def rows(self, *scores: str) -> list[dict[str, str]]:
        return [survey(response_id=str(place), csat=score) for place, score in enumerate(scores, start=1)]

    @pytest.mark.parametrize("high", [["8", "9", "10"] * 4, ["60", "85分", "100"] * 4, ["7"] * 40])
    def test_is_asked_about_and_nothing_is_loaded(self, high: list[str], load: Load, ask: Ask) -> None:
        with pytest.raises(FileRefused, match="0–100") as refused:
            load(*self.rows(*["4", "5"] * 10, *high))
        assert f"有 {len(high)} 个答案大于 5（另有 20 个在 1–5 之间）" in refused.value.zh
        assert ask("SELECT count(*) FROM response") == [(0,)]

    def test_a_few_slips_of_the_pen_are_quarantined_as_before(self, load: Load) -> None:
        report = load(*self.rows(*["4", "5"] * 10, *["44"] * 9))
        assert (report.loaded, report.quarantined) == (20, 9)

    def test_a_map_that_says_five_points_is_believed(self, load: Load) -> None:
        columns: dict[str, object] = {name: name for name in survey()}
        said = {"source": "surveys", "columns": columns | {"csat": {"from": "csat", "scale": [1, 5]}}}
        report = load(*self.rows(*["4", "5"] * 10, *["44"] * 10), map_=map_from_table(said, "m"))
        assert (report.loaded, report.quarantined) == (20, 10)
