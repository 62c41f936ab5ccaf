"""Answers on scales of their own: a satisfaction of ten or a hundred points, ease (CES), and bands of the NPS."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from servq.errors import FileRefused
from servq.loaders.maps.map import Map, map_from_table
from servq.query import measure, take_snapshot
from servq.query.drill import rows_behind
from servq.records import Reading, Slice
from servq.standards import Standards
from servq.warehouse.store.engine import Warehouse
from tests.ingest.conftest import Ask, Load
from tests.loaders.exports import survey

Read = Callable[[str], Reading]
TEN = {"from": "score", "scale": [0, 10], "satisfied_from": 8}


def mapped(**columns: object) -> Map:
    """A map of the usual columns without the likelihood, and these."""
    usual = {name: name for name in survey() if name != "likelihood"}
    return map_from_table({"source": "surveys", "columns": usual | columns}, "m")


def answers(header: str, *cells: object, first: int = 0) -> list[dict[str, str]]:
    """Answers whose one question has this header."""
    rest = {name: cell for name, cell in survey().items() if name != "likelihood"}
    return [rest | {"response_id": f"r{first + place}", header: str(cell)} for place, cell in enumerate(cells)]


@pytest.fixture
def read(warehouse: Warehouse) -> Read:
    """A metric over all that is loaded; one answer may be seen."""

    def call(name: str) -> Reading:
        return measure(take_snapshot(warehouse, Standards(), 1), name, (), Slice())[0].reading

    return call


class TestASatisfactionOfAnotherScale:
    def test_is_judged_by_the_threshold_that_its_map_says_and_never_mixed_with_five_points(
        self, load: Load, read: Read, ask: Ask
    ) -> None:
        # 0–10 from 8: 7 no, 8, 9, 10 yes; 0–100 from 90: 80 no, 90 yes: 4 of 6 = 66.67 %; five points: 4 yes, 2 no
        load(*answers("score", 7, 8, 9, 10), map_=mapped(csat_other=TEN))
        hundred = {"from": "score", "scale": [0, 100], "satisfied_from": 90}
        load(*answers("score", 80, 90, first=10), name="b.csv", map_=mapped(csat_other=hundred))
        load(*answers("csat", 4, 2, first=20), name="c.csv")
        found = read("csat_other")
        assert (found.value, found.n, found.excluded) == (pytest.approx(400 / 6), 6, {"no_answer": 2})
        assert (read("csat").value, read("csat").n) == (50.0, 2)
        assert ask("SELECT csat_other, csat_scale, csat_satisfied_from FROM response WHERE response_id = 'r11'") == [
            (90.0, "0–100", 90.0)
        ]
        assert ask("SELECT sum(csat_n), sum(csat_sum) FROM survey_cell") == [(2, 6.0)]

    def test_outside_its_scale_it_waits_and_a_missing_one_has_no_scale(self, load: Load, ask: Ask) -> None:
        report = load(*answers("score", 11, "", 9), map_=mapped(csat_other=TEN, comment={"constant": "好"}))
        assert (report.loaded, report.quarantined) == (2, 1)
        told = ask("SELECT csat_other, csat_scale, csat_satisfied_from FROM response ORDER BY response_id")
        assert told == [(None, None, None), (9.0, "0–10", 8.0)]

    def test_another_threshold_is_another_content(self, load: Load) -> None:
        load(*answers("score", 9), map_=mapped(csat_other=TEN))
        assert load(*answers("score", 9), name="b.csv", map_=mapped(csat_other=TEN)).duplicates == 1
        higher = mapped(csat_other=TEN | {"satisfied_from": 9})
        assert load(*answers("score", 9), name="c.csv", map_=higher).conflicts == 1

    def test_good_and_bad_are_a_scale_of_two(self, load: Load, read: Read) -> None:
        words = {"from": "score", "scale": [0, 1], "satisfied_from": 1, "words": {"Good": 1, "Bad": 0}}
        load(*answers("score", "Good", "good", "Bad"), map_=mapped(csat_other=words))
        assert (read("csat_other").value, read("csat_other").n) == (pytest.approx(200 / 3), 3)

    def test_nobody_is_guessed_to_be_asked_so(self, load: Load) -> None:
        with pytest.raises(FileRefused) as refused:
            load(*answers("csat", *range(11)), *answers("csat", *[9] * 10, first=20))
        assert "csat_other" in refused.value.hint_zh
        assert "satisfied_from = 8" in refused.value.hint_en

    def test_its_rows_are_listed(self, load: Load, warehouse: Warehouse) -> None:
        load(*answers("score", 7, 9, ""), map_=mapped(csat_other=TEN, comment={"constant": "好"}))
        behind = rows_behind(take_snapshot(warehouse, Standards(), 1), "csat_other", Slice())
        assert sorted(behind.frame["csat_other"]) == [7.0, 9.0]


class TestEase:
    def test_of_seven_points_has_a_mean_and_a_share_of_5_to_7(self, load: Load, read: Read) -> None:
        # 7 + 5 + 4 + 2 = 18, of 4: 4.5; easy are 7 and 5: 50 %
        load(*answers("CES", 7, 5, 4, 2))
        assert (read("ces").value, read("ces").n) == (4.5, 4)
        assert (read("ces_easy").value, read("ces_easy").n) == (50.0, 4)
        assert (read("ces_5").value, read("ces_5").n) == (None, 0)

    def test_of_five_points_is_a_mean_of_its_own_and_easy_from_4(self, load: Load, read: Read) -> None:
        # five points 5, 4, 3: mean 4, easy 2 of 3; with seven points 7 and 4 (easy 1 of 2): 3 of 5
        load(*answers("好办吗", 5, 4, 3), map_=mapped(effort_5="好办吗"))
        load(*answers("办理轻松程度(1-7)", 7, 4, first=10), name="b.csv")
        assert (read("ces_5").value, read("ces_5").n) == (4.0, 3)
        assert (read("ces").value, read("ces").n) == (5.5, 2)
        assert (read("ces_easy").value, read("ces_easy").n) == (60.0, 5)

    def test_that_nobody_asked_is_no_value(self, load: Load, read: Read) -> None:
        load(*answers("csat", 5))
        for name in ("ces", "ces_5", "ces_easy", "csat_other"):
            found = read(name)
            assert (found.value, found.n) == (None, 0)
            assert found.reason is not None
            assert found.reason.zh == "有答卷，但无人回答此项"

    @pytest.mark.parametrize("header", ["费力度", "Effort", "客户费力程度", "customer_effort"])
    def test_a_header_that_does_not_tell_which_end_is_good_is_asked_about(self, load: Load, header: str) -> None:
        with pytest.raises(FileRefused) as refused:
            load(*answers(header, 7, 1))
        assert f"“{header}”的高分是轻松还是费力" in refused.value.zh

    def test_a_question_of_effort_is_turned_round_by_a_map_word_by_word(self, load: Load, read: Read) -> None:
        # 1 (very low effort) is 5 of ease, 2 is 4, 5 is 1: mean 10 / 3
        turned = {str(told): 6 - told for told in range(1, 6)}
        load(*answers("费力度", 1, 2, 5), map_=mapped(effort_5={"from": "费力度", "words": turned}))
        assert read("ces_5").value == pytest.approx(10 / 3)
        assert read("ces_easy").value == pytest.approx(200 / 3)

    def test_thirty_answers_of_1_to_5_are_asked_about_and_a_map_answers(self, load: Load) -> None:
        with pytest.raises(FileRefused, match="is it a scale of five and not 1 to 7") as refused:
            load(*answers("CES", *[3, 4, 5] * 10))
        assert "effort_5" in refused.value.hint_zh
        assert load(*answers("CES", *[3, 4, 5] * 10), map_=mapped(effort={"from": "CES", "scale": [1, 7]})).loaded == 30


class TestTheNpsInWords:
    def test_counts_by_the_numbers_that_a_map_says(self, load: Load, read: Read) -> None:
        # 9, 7, 3: one of each band
        words = {"非常愿意": 9, "愿意": 7, "不愿意": 3}
        load(*answers("愿意推荐吗", *words), map_=mapped(likelihood={"from": "愿意推荐吗", "words": words}))
        assert (read("nps").value, read("nps").n) == (0.0, 3)

    def test_without_such_a_map_no_word_is_a_number(self, load: Load) -> None:
        report = load(*answers("推荐意愿", "非常愿意", 9, 8))
        assert (report.loaded, report.quarantined) == (2, 1)

    def test_a_band_counts_as_one_and_no_number_is_made_of_it(self, load: Load, read: Read, ask: Ask) -> None:
        # 3 promoters, 1 passive, 2 detractors of 6: 100 · (3 − 2) / 6; with 10 and 7 beside them (4 − 2) / 8 = 25
        said = ["推荐者", "推荐者", "Promoter", "中立者", "贬损者", "detractors"]
        load(*answers("NPS类别", *said))
        assert (read("nps").value, read("nps").n) == (pytest.approx(100 / 6), 6)
        load(*answers("推荐意愿", 10, 7, first=20), name="b.csv")
        assert (read("nps").value, read("nps").n) == (25.0, 8)
        assert ask("SELECT count(likelihood) FROM response") == [(2,)]

    def test_a_word_that_is_no_whole_band_waits(self, load: Load, ask: Ask) -> None:
        report = load(*answers("NPS类别", "推荐者", "中立者", "比较推荐", "9-10"))
        assert (report.loaded, report.quarantined) == (2, 2)
        assert ask("SELECT DISTINCT reason FROM quarantine") == [("not_a_band",)]

    def test_a_band_that_is_not_that_of_its_number_waits(self, load: Load, read: Read, ask: Ask) -> None:
        # a tool that calls 8 a promoter does not count as ours does
        rows = [
            row | {"likelihood": number}
            for row, number in zip(answers("NPS category", *["Promoter"] * 3), ("10", "8", ""), strict=True)
        ]
        report = load(*rows)
        assert (report.loaded, report.quarantined) == (2, 1)
        assert ask("SELECT reason FROM quarantine") == [("band_contradicts",)]
        assert (read("nps").value, read("nps").n) == (100.0, 2)

    def test_the_rows_of_bands_are_listed_behind_the_nps(self, load: Load, warehouse: Warehouse) -> None:
        load(*answers("NPS类别", "推荐者", "贬损者"))
        assert rows_behind(take_snapshot(warehouse, Standards(), 1), "nps", Slice()).total == 2
