"""Hidden strata: judged on all answers, shown without the few; three answers by phone exclude no channel."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from servq.metrics.judgement.equivalence import Agreement
from servq.metrics.verdicts import Verdict
from servq.query import Snapshot, take_snapshot
from servq.query.channels.agreement import ChannelLine, channels_together
from servq.query.channels.lenses import SURVEY, through_lenses
from servq.records import Slice, State
from servq.standards import Margin, Standards
from servq.warehouse.store.engine import Warehouse
from tests.warehouse.rows import WEEK_18, Row, answer, store

STANDARDS = Standards(margins=(Margin("nps", 10.0, WEEK_18),))
MODES = ("网页", "电话")


def scored(channel: str, mode: str, promoters: int, detractors: int) -> list[Row]:
    """Answers of one channel in one survey mode."""
    return [
        answer(
            f"{channel}{mode}{place}", channel=channel, survey_mode=mode, likelihood=10.0 if place < promoters else 3.0
        )
        for place in range(promoters + detractors)
    ]


@pytest.fixture
def few_by_phone(warehouse: Warehouse) -> Snapshot:
    """A has 300 answers by web (60 of 10, 240 of 3: −60) and three by phone; B and C +40 in both modes."""
    rows = scored("A", "网页", 60, 240) + scored("A", "电话", 0, 3)
    for channel in ("B", "C"):
        rows += scored(channel, "网页", 840, 360) + scored(channel, "电话", 210, 90)
    store(warehouse, *rows)
    return take_snapshot(warehouse, STANDARDS)


def beside(snapshot: Snapshot, channel: str) -> ChannelLine:
    cells = channels_together(snapshot, Slice(), WEEK_18).cells
    return next(cell for cell in cells if (cell.metric, cell.channel) == ("nps", channel))


def test_three_answers_by_phone_leave_the_channel_comparable(few_by_phone: Snapshot) -> None:
    # within the web −60 − 40 = −100; by phone −100 − 40 = −140, on a hundredth of the weight
    a, b = beside(few_by_phone, "A"), beside(few_by_phone, "B")
    assert a.judged.agreement == Agreement.WORSE
    assert a.judged.difference is not None
    assert a.judged.difference.value == pytest.approx(-100.4, abs=0.1)
    assert set(a.judged.difference.weights) == set(MODES)
    assert b.judged.agreement in (Agreement.BETTER, Agreement.UNDECIDED), "compared with A and C together"
    assert b.judged.difference is not None


def test_a_difference_that_would_tell_the_three_answers_is_judged_and_not_shown(few_by_phone: Snapshot) -> None:
    a = beside(few_by_phone, "A")
    assert {one.own.state for one in a.strata} == {State.HIDDEN}, "the three, and the web answers that would tell them"
    assert a.withheld
    assert a.shown_difference is None
    assert a.judged.more is None, "how many more answers are needed is computed from what the three say"


def test_the_lens_of_the_survey_says_worse_and_not_too_few(few_by_phone: Snapshot) -> None:
    (a,) = [unit for unit in through_lenses(few_by_phone, Slice()).of("channel") if unit.name == "A"]
    seen = next(one for one in a.seen if one.metric == SURVEY)
    assert seen.change.verdict == Verdict.WORSE
    assert seen.change.delta == pytest.approx(-100.4, abs=0.1)


def test_nothing_is_withheld_where_nothing_is_hidden(warehouse: Warehouse) -> None:
    store(warehouse, *(row for channel in "AB" for mode in MODES for row in scored(channel, mode, 40, 20)))
    a = beside(take_snapshot(warehouse, STANDARDS), "A")
    assert not a.withheld
    assert a.shown_difference == a.judged.difference is not None


@pytest.mark.parametrize("seed", range(6))
def test_no_shown_figure_and_difference_together_tell_a_hidden_stratum(warehouse: Warehouse, seed: int) -> None:
    """Every shown figure, total and difference is an equation in the cells' scores: no hidden small cell is solved."""
    random = np.random.default_rng(seed)
    table = {(channel, mode): int(random.integers(1, 60)) for channel in "ABC" for mode in MODES}
    table["A", "电话"] = 3
    rows = [row for (channel, mode), n in table.items() for row in scored(channel, mode, n // 2, n - n // 2)]
    store(warehouse, *rows)
    cells = channels_together(take_snapshot(warehouse, STANDARDS), Slice(), WEEK_18).cells
    places = {key: place for place, key in enumerate(table)}
    nps = [cell for cell in cells if cell.metric == "nps"]
    known = [_sum(places, table, table), *(one for cell in nps for one in _equations(places, table, cell))]
    equations = np.array(known)
    for key, n in table.items():
        if n < 5:
            wanted = _mean(places, table, [key])
            rank = np.linalg.matrix_rank(equations)
            assert np.linalg.matrix_rank(np.vstack([equations, wanted])) > rank, f"the {n} answers of {key} are told"


def _equations(places: dict, table: dict, cell: ChannelLine) -> Iterator[np.ndarray]:
    """What one field of the matrix and its evidence show."""
    others = sorted({channel for channel, _ in table} - {cell.channel})
    if cell.own.value is not None:
        yield _mean(places, table, [(cell.channel, mode) for mode in MODES])
    if cell.reference is not None and cell.reference.value is not None:
        yield _mean(places, table, [(name, mode) for name in others for mode in MODES])
    for one in cell.strata:
        if one.own.value is not None:
            yield _mean(places, table, [(cell.channel, one.name)])
        if one.reference.value is not None:
            yield _mean(places, table, [(name, one.name) for name in others])
    if cell.shown_difference is not None:
        told = np.zeros(len(table))
        for mode, weight in cell.shown_difference.weights.items():
            told += weight * _mean(places, table, [(cell.channel, mode)])
            told -= weight * _mean(places, table, [(name, mode) for name in others])
        yield told


def _sum(places: dict, table: dict, keys: list | dict) -> np.ndarray:
    return _mean(places, table, list(keys)) * sum(table[key] for key in keys)


def _mean(places: dict, table: dict, keys: list) -> np.ndarray:
    """The equation of the mean of some cells, in the cells' own means."""
    found, n = np.zeros(len(table)), sum(table[key] for key in keys)
    for key in keys:
        found[places[key]] = table[key] / n
    return found


def test_pages_show_only_differences_that_may_be_shown() -> None:
    """`judged.difference` holds what the few said; pages, command line and exports read `shown_difference`."""
    root = Path(__file__).parents[2] / "src" / "servq"
    files = [file for room in ("ui", "cli") for file in (root / room).rglob("*.py")]
    assert not [file.name for file in files if re.search(r"judged\.difference\b", file.read_text(encoding="utf-8"))]
    lenses = [file for file in files if re.search(r"query\.\S*lenses import", file.read_text("utf-8"))]
    assert lenses, "the pages of the lenses are looked at"
    assert not [file.name for file in lenses if re.search(r"change\.(delta|low|high|p)\b", file.read_text("utf-8"))]
