"""The dashboard's imports: it computes nothing, names and draws verdicts, and asks `query` and `ingest` for them.

of metrics      the catalog, the form of a metric, the words of judgements and readings
of loaders      what a source is, and maps
of warehouse    nothing, but the one module that opens it
by any way      no function of metrics, save the look-up of a metric
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from importlib import import_module
from inspect import isfunction
from pathlib import Path

import pytest

SRC = Path(__file__).resolve().parents[2] / "src"
UI = sorted((SRC / "servq" / "ui").rglob("*.py"))

ALLOWED = {
    "metrics": {"catalog", "metric", "metric_search", "verdicts", "readings"},
    "loaders": {"catalog", "columns", "source", "maps", "map", "column_mapping", "map_writer"},
    "warehouse": set[str](),
}
"""Room -> the modules that the dashboard may name, by their last name: rooms have folders."""

OPENS_THE_WAREHOUSE = "store.py"
LOOK_UPS = {"get_metric", "find_metrics"}
STATISTICS = {"scipy", "statsmodels", "sklearn"}


def imported(tree: ast.Module) -> Iterator[tuple[int, str, str]]:
    """Line, module and name of every import anywhere in a file, for types too; the name is "" for a whole module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, one.name, "") for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.lineno, node.module, one.name) for one in node.names)


def not_allowed(tree: ast.Module, file: str) -> list[str]:
    """Every import that the dashboard may not have: `line: module.name`."""
    found = []
    for line, module, name in imported(tree):
        parts = module.split(".")
        room = parts[1] if parts[0] == "servq" and len(parts) > 1 else ""
        whole = parts == ["servq", room] and name not in ALLOWED.get(room, set())
        stranger = parts[-1] not in ALLOWED.get(room, set()) and (len(parts) > 2 or whole)
        opens = room == "warehouse" and file == OPENS_THE_WAREHOUSE
        if (room in ALLOWED and stranger and not opens) or parts[0] in STATISTICS or _computes(module, name):
            found.append(f"{line}: {module}.{name}")
    return found


def _computes(module: str, name: str) -> bool:
    """Whether a name is a function of metrics, whatever module it was taken from."""
    if not name or not module.startswith("servq."):
        return False
    found = getattr(import_module(module), name, None)
    return isfunction(found) and found.__module__.startswith("servq.metrics") and name not in LOOK_UPS


def test_the_dashboard_computes_nothing() -> None:
    strangers = [
        f"{path.relative_to(SRC).as_posix()}:{found}"
        for path in UI
        for found in not_allowed(ast.parse(path.read_text(encoding="utf-8")), path.name)
    ]
    assert strangers == []


@pytest.mark.parametrize(
    "code",
    [
        "from servq.metrics.judgement.comparison import compare_many",
        "from servq.metrics.statistics.intervals import Z",
        "from servq.metrics.judgement import funnel",
        "import servq.metrics.statistics.xmr",
        "if TYPE_CHECKING:\n    from servq.metrics.statistics.strata import Stratum",
        "def late():\n    from servq.metrics.judgement.equivalence import judge",
        "from servq.metrics.readings import share_reading",
        "from servq.query.channels.agreement import against_target",
        "from servq.loaders.read import open_file",
        "from servq.loaders.headers.headers import plain",
        "from servq.warehouse.reads.search import Search",
        "from scipy import stats",
    ],
)
def test_what_computes_is_found(code: str) -> None:
    assert not_allowed(ast.parse(code), "page.py") != []


@pytest.mark.parametrize(
    "code",
    [
        "from servq.metrics.catalog import METRICS, get_metric",
        "from servq.metrics.verdicts import Change",
        "from servq.metrics.readings import EXCLUSIONS",
        "from servq.metrics import catalog",
        "from servq.loaders.maps.map import Map",
        "from servq.query.teams.funnels import Funnel, teams_on_funnel",
    ],
)
def test_what_names_is_left_alone(code: str) -> None:
    assert not_allowed(ast.parse(code), "page.py") == []


def test_only_the_store_opens_the_warehouse() -> None:
    code = ast.parse("from servq.warehouse.store.engine import Warehouse")
    assert not_allowed(code, OPENS_THE_WAREHOUSE) == []
    assert not_allowed(code, "page.py") != []
