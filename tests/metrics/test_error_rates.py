"""How often the methods are right: printed in docs/metrics.md, measured again here with fewer rounds."""

from pathlib import Path

import pytest

from servq.metrics.documentation import as_markdown
from servq.metrics.simulation import Rate, clock_table, coverage_table, false_alarm_table

PAGE = (Path(__file__).parents[2] / "docs" / "metrics.md").read_text(encoding="utf-8")
BUILD = "run: python -m servq.metrics.documentation > docs/metrics.md"
AT_THE_EDGE = {"nps +88", "csat 95 %"}


def printed() -> dict[tuple[str, int], float]:
    """The rates on the page, (truth, n) -> percent: `| nps +30 | 5.2 |` under `| truth | n = 30 |` is 5.2."""
    rates: dict[tuple[str, int], float] = {}
    sizes: list[int] = []
    for line in PAGE.partition("## Error rates, measured")[2].splitlines():
        first, *cells = [cell.strip() for cell in line.strip("|").split("|")]
        if cells and cells[0].startswith("n = "):
            sizes = [int(cell[4:].replace(",", "")) for cell in cells]
        elif cells and cells[0] != "---":
            rates |= {(first, n): float(cell) for n, cell in zip(sizes, cells, strict=True)}
    return rates


def differ(measured: list[Rate], by: float) -> list[Rate]:
    """The measured rates that the page prints otherwise."""
    page = printed()
    return [rate for rate in measured if abs(rate.percent - page[rate.truth, rate.n]) > by]


def test_the_page_is_in_step_with_the_catalog() -> None:
    assert PAGE.startswith(as_markdown()), BUILD


def test_the_nps_interval_holds_the_truth_as_often_as_it_says() -> None:
    exact = coverage_table(sizes=(10, 30, 100))
    assert not differ(exact, by=0.06), BUILD
    assert all(93 <= rate.percent <= 97 for rate in exact if (rate.truth, rate.n) != ("+88", 10))
    assert min(rate.percent for rate in exact) == pytest.approx(92.98, abs=0.01)  # +88, n = 10: plain Wald has 65


def test_noise_is_called_a_change_in_three_to_seven_percent() -> None:
    usual = {key: percent for key, percent in printed().items() if key[0].split()[0] in {"nps", "csat", "item"}}
    usual = {key: percent for key, percent in usual.items() if key[0] not in AT_THE_EDGE}
    assert len(usual) == 27
    assert all(3 <= percent <= 7 for percent in usual.values())


def test_at_the_edge_of_a_scale_and_for_clocks_it_is_called_a_change_less_often() -> None:
    edge = [percent for (truth, _), percent in printed().items() if truth in AT_THE_EDGE or "running" in truth]
    assert len(edge) == 14
    assert max(edge) <= 5.5


def test_the_printed_false_alarms_are_those_of_today() -> None:
    # of 1,000 rounds a rate of 5 % has a standard error of 0.7 points, of 200 one of 1.5
    assert not differ(false_alarm_table(rounds=1_000), by=2.1), BUILD
    assert not differ(clock_table(rounds=200), by=4.5), BUILD
