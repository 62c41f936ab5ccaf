"""The error rates in docs/statistics.md, with a small part of each section measured again."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from servq.metrics.documentation import as_markdown
from servq.metrics.simulation import coverage_table
from studies.statistics import agreement, coverage, funnels, rates
from studies.statistics.page import HEAD, PAGE, SECTIONS, printed
from studies.statistics.section import Section, cells

METRICS = (Path(__file__).parents[2] / "docs" / "metrics.md").read_text(encoding="utf-8")
AT_THE_EDGE = {"nps +88", "csat 95 %", "item 4.70"}


def false_alarms() -> dict[tuple[str, str], float]:
    """The false alarms of single comparisons as printed: (truth, `n = …`) -> percent."""
    found = cells(printed(rates.SECTION))
    return {key: float(percent) for key, percent in found.items() if not re.match(r"[-+]\d", key[0])}


def test_the_page_of_metrics_is_in_step_with_the_catalog() -> None:
    assert as_markdown() == METRICS, "run: python -m servq.metrics.documentation > docs/metrics.md"


def test_the_page_of_statistics_has_every_section_once_and_in_order() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page.startswith(HEAD)
    assert re.findall("^## (.+)$", page, re.M) == [section.heading for section in SECTIONS]
    assert all(printed(section) for section in SECTIONS)


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.name)
def test_each_section_is_what_the_methods_do_today(section: Section) -> None:
    assert section.out_of_step(printed(section)) == [], f"run: python -m studies.statistics {section.name}"


def test_the_nps_interval_holds_the_truth_in_93_to_97_percent() -> None:
    exact = coverage_table(sizes=(10, 30, 100))
    assert all(93 <= rate.percent <= 97 for rate in exact if (rate.truth, rate.n) != ("+88", 10))
    assert min(rate.percent for rate in exact) == pytest.approx(92.98, abs=0.01)  # +88, n = 10: plain Wald has 65


def test_every_other_interval_holds_the_truth_in_93_percent_or_more_but_for_two_that_are_named() -> None:
    found = {key: float(percent) for key, percent in cells(printed(coverage.SECTION)).items() if key[0] != "coverage"}
    assert len(found) == 70
    short = {key for key, percent in found.items() if percent < 93}
    assert short == {("share 70 %", "n = 10"), ("share 95 %", "n = 10")}
    assert min(found.values()) > 90
    assert max(percent for (_, n), percent in found.items() if n in {"n = 300", "n = 1,000"}) <= 97


def test_noise_is_called_a_change_in_three_to_seven_percent() -> None:
    usual = {key: percent for key, percent in false_alarms().items() if key[0].split()[0] in {"nps", "csat", "item"}}
    usual = {key: percent for key, percent in usual.items() if key[0] not in AT_THE_EDGE}
    assert len(usual) == 24
    assert all(3 <= percent <= 7 for percent in usual.values())


def test_a_fair_team_is_beyond_the_95_percent_limits_in_three_to_seven_percent_once_adjusted() -> None:
    found = cells(printed(funnels.SECTION))
    rates = [cell.split(" / ")[1] for (row, _), cell in found.items() if row.endswith("beyond 95 %") and " / " in cell]
    assert len(rates) == 14
    assert all(3 <= float(rate) <= 7 for rate in rates)


def test_a_fair_team_is_told_about_as_often_however_many_of_its_cases_have_no_like_in_its_channel() -> None:
    found = [float(cell) for (_, column), cell in cells(printed(funnels.SECTION)).items() if column.startswith("false")]
    assert len(found) == 24
    assert max(found) <= 9  # of 200 rounds a rate of 5 % has a standard error of 1.5 points
    assert sum(found) / len(found) <= 6


def test_shoppers_whose_agreement_is_not_enough_are_trusted_in_2_5_percent_at_most() -> None:
    found = cells(printed(agreement.SECTION))
    wrong = [
        float(found[f"α = {alpha}, ranked", f"{n} occasions"].split(" / ")[0])
        for alpha in (0.4, 0.55, 0.65)
        for n in (10, 20, 50)
    ]
    assert max(wrong) <= 2.5


def test_at_the_edge_of_a_scale_and_for_clocks_it_is_called_a_change_less_often() -> None:
    edge = [percent for (truth, _), percent in false_alarms().items() if truth in AT_THE_EDGE or "running" in truth]
    assert len(edge) == 17
    assert max(edge) <= 5.5
