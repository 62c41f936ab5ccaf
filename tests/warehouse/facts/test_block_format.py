"""Week blocks as bytes: what goes in comes out, in the narrowest types, and what is not whole is noticed."""

from __future__ import annotations

import json
import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from servq.warehouse.facts.block_format import block_of, narrow, pack, unpack, version_of

DIMENSIONS, MEASURES = ("channel", "team"), ("responses", "csat_sum", "gap_sum", "unanswered")
ROWS = [("官网", "乙", 3, 12.7, -2.0, 0), ("OTA", "甲", 70_000, 4.0, 0.0, 0), ("OTA", "", 1, 0.5, 5.0, 0)]

values = st.one_of(
    st.integers(0, 2**40).map(float),
    st.integers(-300, 300).map(float),
    st.floats(-1e9, 1e9, allow_nan=False),
)


def test_rows_are_sorted_by_their_dimensions_and_take_the_narrowest_types() -> None:
    block = unpack(pack(block_of(DIMENSIONS, MEASURES, ROWS)))
    assert block.names == {"channel": ["OTA", "官网"], "team": ["", "乙", "甲"]}
    assert block.codes["channel"].tolist() == [0, 0, 1]
    assert block.codes["team"].tolist() == [0, 2, 1]
    assert block.columns["responses"].tolist() == [1, 70_000, 3]
    assert block.columns["csat_sum"].tolist() == [0.5, 4.0, 12.7]
    assert {name: values.dtype.str for name, values in block.columns.items()} == {
        "responses": "<u4",
        "csat_sum": "<f8",
        "gap_sum": "|i1",
    }, "a measure that is 0 in all cells takes no place"


def test_equal_cells_are_equal_bytes_in_whatever_order_a_database_gives_them() -> None:
    bodies = {pack(block_of(DIMENSIONS, MEASURES, rows)) for rows in (ROWS, ROWS[::-1])}
    assert len(bodies) == 1
    other = pack(block_of(DIMENSIONS, MEASURES, [*ROWS[:2], ("OTA", "", 2, 0.5, 5.0, 0)]))
    assert version_of(other) != version_of(bodies.pop())


@given(st.lists(values, min_size=1, max_size=40))
def test_any_numbers_come_out_as_they_went_in(numbers: list[float]) -> None:
    rows: list[tuple[object, ...]] = [(f"{place:03d}", number) for place, number in enumerate(numbers)]
    block = unpack(pack(block_of(("team",), ("csat_sum",), rows)))
    found = block.columns.get("csat_sum", np.zeros(len(numbers)))
    assert found.tolist() == numbers


@pytest.mark.parametrize(
    ("numbers", "kind"),
    [([0, 255], "u1"), ([0, 256], "u2"), ([0, 65_536], "u4"), ([-1, 127], "i1"), ([-129, 0], "i2"), ([0.5], "f8")],
)
def test_the_narrowest_type_that_holds_all(numbers: list[float], kind: str) -> None:
    assert narrow(np.array(numbers, dtype=float)).dtype == np.dtype(kind)


def test_arrays_that_were_read_cannot_be_written_into() -> None:
    block = unpack(pack(block_of(DIMENSIONS, MEASURES, ROWS)))
    with pytest.raises(ValueError, match="read-only"):
        block.columns["responses"][0] = 9


@pytest.mark.parametrize("cut", [0, 2, 10, -1])
def test_a_block_that_is_not_whole_is_not_read(cut: int) -> None:
    body = pack(block_of(DIMENSIONS, MEASURES, ROWS))
    with pytest.raises(ValueError, match=r"."):
        unpack(body[:cut])


def test_a_block_of_a_later_format_is_not_read() -> None:
    head = json.dumps({"format": 2, "rows": 0, "names": {}, "columns": []}).encode()
    with pytest.raises(ValueError, match="format 2"):
        unpack(zlib.compress(len(head).to_bytes(4, "little") + head))
