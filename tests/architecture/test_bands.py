"""The single home of the cut-offs of likelihood and satisfaction, `servq.measures`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from servq.measures import NPS_BANDS, SATISFIED_FROM

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "servq"
HOME = SRC / "measures.py"
STEPS = SRC / "warehouse" / "migrations" / "versions"
"""Migration steps: each is a record of what was done once."""

MODULES = [path for path in sorted(SRC.rglob("*.py")) if STEPS not in path.parents and path != HOME]
PAGES = [*sorted((ROOT / "pages").glob("*.py")), ROOT / "app.py"]

BANDS = {*NPS_BANDS.values()}
ENDS = {6, 7, 8, 9, 10}
"""Where a band ends or begins; a slice or a range ends one further. 0 alone is no sign of a band."""

SCORED = ("likelihood", "nps", "recommend", "promoter", "passive", "detractor", "band")
RATED = ("csat", "satisf")


def second_homes(tree: ast.Module) -> list[str]:
    """Every place where a band of likelihood, or "satisfied from 4", is written as a number: `line: code`."""
    return [f"{node.lineno}: {ast.unparse(node)}" for node in ast.walk(tree) if any(_signs(node))]


def _signs(node: ast.AST) -> Iterator[bool]:
    if isinstance(node, ast.Tuple | ast.List):
        yield tuple(map(_number, node.elts)) in BANDS  # (9, 10)
    elif isinstance(node, ast.Call):
        numbers = tuple(map(_number, node.args))
        yield numbers[-2:] in BANDS  # likelihood.between(9, 10)
        if ast.unparse(node.func) == "range":
            yield numbers in {(7,), (0, 7), (7, 9), (7, 11), (9, 11)}
    elif isinstance(node, ast.Compare):
        yield from (_is_limit(number, ast.unparse(node)) for number in map(_number, [node.left, *node.comparators]))
    elif isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice):
        ends = (node.slice.lower, node.slice.upper)
        yield any(_is_limit(_number(end), ast.unparse(node.value)) for end in ends)  # LIKELIHOODS[:7]
    elif isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        named = " ".join(map(ast.unparse, targets))
        values = node.value.elts if isinstance(node.value, ast.Tuple | ast.List) else [node.value]
        yield any(_is_limit(_number(value), named) for value in values)  # PROMOTER_FROM = 9
    elif isinstance(node, ast.keyword):
        yield _is_limit(_number(node.value), node.arg or "")


def _is_limit(number: float | None, about: str) -> bool:
    """Whether a number beside such names is a cut-off."""
    words = about.lower()
    if any(word in words for word in RATED) and number == SATISFIED_FROM:
        return True
    return number in ENDS and any(word in words for word in (*SCORED, "satisf"))


def _number(node: ast.AST | None) -> float | None:
    """The number that an expression is; None for anything else. `True` is none."""
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return float(node.value)  # type: ignore[arg-type]
    return None


def test_no_module_holds_a_band_of_its_own() -> None:
    found = [
        f"{path.relative_to(ROOT).as_posix()}:{place}"
        for path in [*MODULES, *PAGES]
        for place in second_homes(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert found == [], "read NPS_BANDS or SATISFIED_FROM of servq.measures"


def test_the_home_holds_them() -> None:
    assert second_homes(ast.parse(HOME.read_text(encoding="utf-8"))) != []


@pytest.mark.parametrize(
    "code",
    [
        "BANDS = {'promoter': (9, 10)}",
        "low, high = [0, 6]",
        "high = response.c.likelihood >= 9",
        "bad = row['likelihood'] < 7",
        "bad = 6 >= likelihood",
        "passive = 7 <= likelihood <= 8",
        "found = answers.likelihood.between(0, 6)",
        "found = between(likelihood, 9, 10)",
        "PROMOTERS = LIKELIHOODS[9:]",
        "DETRACTORS = LIKELIHOODS[:7]",
        "DISLIKED = range(7)",
        "LIKED = range(9, 11)",
        "PROMOTER_FROM = 9",
        "SATISFIED_FROM, DISSATISFIED_TO = 9, 6",
        "DETRACTOR_TO: int = 6",
        "find(promoters_from=9)",
        "satisfied = response.c.csat >= 4",
        "satisfied = row['csat'] >= 4.0",
        "SATISFIED = 4",
    ],
)
def test_a_second_home_is_found(code: str) -> None:
    assert second_homes(ast.parse(code)) != []


@pytest.mark.parametrize(
    "code",
    [
        "width = {'likelihood': 10.0, 'csat': 4.0}",  # how far two answers can be apart
        "LIKELIHOODS = tuple(range(11))",
        "likelihood = 0",
        "high = response.c.likelihood.between(*NPS_BANDS['promoter'])",
        "satisfied = response.c.csat >= SATISFIED_FROM",
        "full = len(name) > 4",
    ],
)
def test_other_numbers_are_left_alone(code: str) -> None:
    assert second_homes(ast.parse(code)) == []
