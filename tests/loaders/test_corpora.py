"""Real exports from other publishers, read through the shipped maps; figures by hand or as their publishers state."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

from servq.loaders.maps.map import read_map
from servq.settings import read_settings
from tests.loaders.exports import Loaded, load

pytestmark = pytest.mark.corpora

CORPORA = Path(os.environ.get("SERVQ_CORPORA") or Path(__file__).parents[3] / "shared" / "corpora")

NOBODY = ("", "not_answered")

FILES = {
    # map: (file, rows in the file, rows set aside by (column, reason))
    "zh_homestay_ctrip": ("zh_homestay_ctrip/xiecheng_ugc.csv", 5_677, {}),
    "en_sfo_survey_2017": ("en_sfo_survey_2017/2017_SFO_Customer_Survey_20250817.csv", 2_831, {NOBODY: 22}),
    "fr_nps_retail": ("fr_nps_retail/nps.csv", 13_954, {NOBODY: 305}),
    "log_nyc311": ("log_nyc311/nyc311_2024a.csv", 1_000, {}),
    "audit_austin_food": ("audit_austin_food/ins.csv", 20_964, {("score", "missing_value"): 53}),
}


def through(name: str) -> Loaded:
    """The real file behind a map that ships."""
    path = CORPORA / FILES[name][0]
    if not path.is_file():
        pytest.skip(f"{path} is not here; set SERVQ_CORPORA to the folder of the real files")
    return load(path, None, read_map(read_settings().data / "maps" / f"{name}.toml"))


def nps(loaded: Loaded) -> tuple[float, int]:
    """Promoters minus detractors in points, and the number of answers; computed independently of servq.metrics."""
    answers = loaded.frame["likelihood"].dropna().tolist()
    promoters = sum(answer >= 9 for answer in answers)
    detractors = sum(answer <= 6 for answer in answers)
    return 100 * (promoters - detractors) / len(answers), len(answers)


@pytest.mark.parametrize("name", FILES)
def test_every_row_of_a_real_file_is_trusted_or_set_aside_for_a_known_reason(name: str) -> None:
    loaded = through(name)
    _, rows, reasons = FILES[name]
    assert loaded.rows_read == rows
    silent = Counter({NOBODY: len(loaded.unanswered)}) if len(loaded.unanswered) else Counter()
    assert Counter((one.column, one.reason) for one in loaded.rejected) + silent == reasons
    assert len(loaded.frame) == rows - sum(reasons.values())


def test_the_airport_survey_gives_its_published_nps() -> None:
    points, answered = nps(through("en_sfo_survey_2017"))
    assert (round(points, 2), answered) == (39.84, 2_746)


def test_the_french_retailer_gives_its_published_nps() -> None:
    points, answered = nps(through("fr_nps_retail"))
    assert (round(points, 3), answered) == (53.416, 13_612)


def test_french_words_come_through_latin_1_unharmed() -> None:
    loaded = through("fr_nps_retail")
    assert loaded.frame["comment"].iloc[1].startswith("Il y a très peu de caisse ouverte")
    assert loaded.frame["comment"].isna().sum() == 10_115 - 305


def test_homestay_scores_keep_their_decimals_and_unknown_ones_are_missing() -> None:
    scores = through("zh_homestay_ctrip").frame["csat"]
    assert scores.isna().sum() == 2_325
    assert (scores == 4.8).sum() == 247
    assert (scores.dropna() >= 4).sum() == 1_599 + 341 + 307 + 247 + 243


def test_requests_of_new_york_are_timed_by_its_own_clock() -> None:
    frame = through("log_nyc311").frame
    # 2024-05-27T02:08:51.000, four hours behind UTC in summer
    assert frame["opened_at"].iloc[0] == 1_716_790_131
    assert frame["resolved_at"].isna().sum() == 323


def test_inspections_without_points_are_set_aside_and_the_others_are_out_of_100() -> None:
    frame = through("audit_austin_food").frame
    assert set(frame["points_possible"]) == {100.0}
    assert (frame["points"] == 100).sum() == 2_124
