"""Suppression of small groups: worked by hand, and by solving for the hidden figures."""

from __future__ import annotations

import numpy as np
import pytest

from servq.metrics.suppression import hidden_groups

OWN, OTHER = True, False


def test_a_group_below_the_minimum_is_hidden_and_one_at_it_is_shown() -> None:
    assert hidden_groups({("甲",): 4, ("乙",): 5, ("丙",): 3}, 5) == {("甲",): OWN, ("丙",): OWN}


def test_a_single_hidden_group_takes_the_smallest_other_with_it() -> None:
    # 104 in all, less 60 and 40, would leave the 4 of 甲
    assert hidden_groups({("甲",): 4, ("乙",): 60, ("丙",): 40}, 5) == {("甲",): OWN, ("丙",): OTHER}


def test_two_hidden_groups_that_are_too_few_together_take_a_third() -> None:
    # 1 + 2 = 3 answers would be left over as one figure
    assert hidden_groups({("甲",): 1, ("乙",): 2, ("丙",): 30, ("丁",): 50}, 5) == {
        ("甲",): OWN,
        ("乙",): OWN,
        ("丙",): OTHER,
    }


def test_an_empty_group_is_empty_and_not_hidden() -> None:
    assert hidden_groups({("甲",): 0, ("乙",): 9}, 5) == {}


def test_a_minimum_of_nought_hides_nothing() -> None:
    assert hidden_groups({("甲",): 1, ("乙",): 9}, 0) == {}


def test_in_a_table_rows_and_columns_are_guarded() -> None:
    """
    |    | OTA | APP | 官网 |
    | 甲 |   3 |  20 |  30 |   3 is too small; 20 is the smallest beside it, 12 the smallest below it, and
    | 乙 |  12 |  40 |  50 |   then 40 keeps row 乙 and column APP from telling 12 and 20
    | 丙 |  60 |  70 |  80 |
    """
    counts = {
        (team, channel): n
        for team, row in {"甲": (3, 20, 30), "乙": (12, 40, 50), "丙": (60, 70, 80)}.items()
        for channel, n in zip(("OTA", "APP", "官网"), row, strict=True)
    }
    assert hidden_groups(counts, 5) == {
        ("甲", "OTA"): OWN,
        ("甲", "APP"): OTHER,
        ("乙", "OTA"): OTHER,
        ("乙", "APP"): OTHER,
    }


def test_a_hidden_total_is_not_told_by_its_parts() -> None:
    # 甲 has 4 in all and is hidden; beside it 乙 is hidden as the smallest other total: not all of 乙's parts may show
    counts = {("甲", "OTA"): 4, ("乙", "OTA"): 6, ("乙", "APP"): 7, ("丙", "OTA"): 30, ("丙", "APP"): 40}
    teams = hidden_groups({("甲",): 4, ("乙",): 13, ("丙",): 70}, 5)
    assert teams == {("甲",): OWN, ("乙",): OTHER}
    assert {("甲", "OTA"), ("乙", "OTA")} <= hidden_groups(counts, 5).keys()


def test_the_order_of_the_groups_does_not_matter() -> None:
    counts = {
        (team, channel): n for n, (team, channel) in enumerate(zip("甲甲乙乙丙丙", "ABABAB", strict=True), start=3)
    }
    backwards = dict(reversed(list(counts.items())))
    assert hidden_groups(counts, 5) == hidden_groups(backwards, 5)


@pytest.mark.parametrize("seed", range(8))
def test_no_total_minus_its_parts_tells_a_hidden_group(seed: int) -> None:
    """Whoever knows every shown cell and every shown total solves for the rest: no small cell may come out."""
    random = np.random.default_rng(seed)
    table = random.poisson(9, (5, 4))
    counts = {(str(i), str(j)): int(n) for (i, j), n in np.ndenumerate(table)}
    out = hidden_groups(counts, 5)
    rows = hidden_groups({(str(i),): int(n) for i, n in enumerate(table.sum(1))}, 5)
    columns = hidden_groups({(str(j),): int(n) for j, n in enumerate(table.sum(0))}, 5)
    known = [np.ones(table.size)]
    for (i, j), n in np.ndenumerate(table):
        if (str(i), str(j)) not in out or n == 0:
            known.append(_only(table.shape, i, j))
    known += [_line(table.shape, i, 0) for i in range(table.shape[0]) if (str(i),) not in rows]
    known += [_line(table.shape, j, 1) for j in range(table.shape[1]) if (str(j),) not in columns]
    equations = np.array(known)
    for (i, j), n in np.ndenumerate(table):
        if 0 < n < 5:
            wanted = _only(table.shape, i, j)
            told = np.linalg.matrix_rank(np.vstack([equations, wanted])) == np.linalg.matrix_rank(equations)
            assert not told, f"the {n} answers of row {i}, column {j} can be worked out"


def _only(shape: tuple[int, int], i: int, j: int) -> np.ndarray:
    cells = np.zeros(shape)
    cells[i, j] = 1
    return cells.ravel()


def _line(shape: tuple[int, int], place: int, axis: int) -> np.ndarray:
    cells = np.zeros(shape)
    cells[(place, slice(None)) if axis == 0 else (slice(None), place)] = 1
    return cells.ravel()
