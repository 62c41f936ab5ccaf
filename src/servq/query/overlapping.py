"""Overlapping groups in arrays of coded values: a filter keeps what is in one of its groups, a cut counts it in each.

    stored      filter 亲子      cut
    商务        –                商务
    商务┋亲子   亲子             商务, 亲子
    亲子        亲子             亲子

Owns `names` and `codes` (place of each row's value in names) and both operations on them. Elsewhere a row has one
value.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from servq.records import BETWEEN, NOT_GIVEN, OVERLAPPING, groups_of

if TYPE_CHECKING:
    from numpy.typing import NDArray


def coded(values: pd.Series[Any]) -> tuple[list[str], NDArray[np.intp]]:
    """The names, sorted, and the code of each row; a missing or empty value is `NOT_GIVEN`.

    Each distinct value is read once, and not each row: a snapshot has some hundred thousand of them.

    >>> names, codes = coded(pd.Series(["OTA", "", "APP", None, "OTA"]))
    >>> names, codes.tolist()
    (['APP', 'OTA', '未注明'], [1, 2, 0, 2, 1])
    """
    places, found = pd.factorize(values)
    said = [str(value) or NOT_GIVEN for value in found]
    if (places < 0).any():
        said.append(NOT_GIVEN)  # the place −1 of a missing value is the last one
    names, codes = np.unique(np.array(said, dtype=str), return_inverse=True)
    return names.tolist(), codes.astype(np.intp)[places]


def kept(
    dimension: str, names: Sequence[str], codes: NDArray[Any], values: Sequence[str]
) -> tuple[NDArray[np.bool_], Sequence[str], NDArray[Any]]:
    """Which rows have one of these values, and names and codes (of all rows) in which only these are left of a row."""
    wanted = set(values)
    if dimension not in OVERLAPPING or not _several(names):
        return np.array([name in wanted for name in names], dtype=bool)[codes], names, codes
    left = [name if name in wanted else [one for one in groups_of(name) if one in wanted] for name in names]
    keep = np.array([bool(one) for one in left], dtype=bool)
    said = [one if isinstance(one, str) else BETWEEN.join(one) for one in left]
    known, places = np.unique(np.array(said, dtype=object).astype(str), return_inverse=True)
    return keep[codes], known.tolist(), places[codes].astype(np.intp)


def split(
    by: Sequence[str], names: Mapping[str, Sequence[str]], codes: Mapping[str, NDArray[Any]]
) -> tuple[NDArray[np.intp] | None, dict[str, Sequence[str]], dict[str, NDArray[Any]]]:
    """The rows once for each of their values in the dimensions of a cut.

    Returns:
        The place of the row that each is (None: they are the rows as they were), names, and codes.
    """
    named, coded, rows = dict(names), dict(codes), None
    for dimension in by:
        if dimension not in OVERLAPPING or not _several(named[dimension]):
            continue
        groups = [groups_of(name) for name in named[dimension]]
        known = sorted({one for several in groups for one in several})
        place = {name: at for at, name in enumerate(known)}
        old = coded[dimension]
        counts = np.array([len(several) for several in groups], dtype=np.intp)
        flat = np.array([place[one] for several in groups for one in several], dtype=np.intp)
        starts = np.r_[0, np.cumsum(counts)[:-1]]
        again = np.repeat(np.arange(len(old)), counts[old])
        within = np.arange(len(again)) - np.repeat(np.r_[0, np.cumsum(counts[old])[:-1]], counts[old])
        coded = {name: values[again] for name, values in coded.items()}
        coded[dimension] = flat[starts[old[again]] + within]
        named[dimension] = known
        rows = again if rows is None else rows[again]
    return rows, named, coded


def _several(names: Sequence[str]) -> bool:
    return any(len(groups_of(name)) > 1 for name in names)
