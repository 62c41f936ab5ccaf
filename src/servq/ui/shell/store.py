"""The warehouse behind the pages: opened once per process, its snapshot read once per load."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from servq.configuration import read_configuration
from servq.errors import ServqError
from servq.ingest.uploads import clear_away
from servq.query import Snapshot, state_of, take_snapshot
from servq.settings import read_settings
from servq.standards import read_standards
from servq.text.quotes.own_words import OwnWords, configured_words
from servq.visit_plan import VisitPlan, read_visit_plan
from servq.warehouse.store.engine import Warehouse


def snapshot() -> Snapshot:
    """The state of the warehouse as of its newest load.

    Raises:
        WarehouseUnavailable: it cannot be reached, or `servq init` was never run.
        UsageError: the standards file or the file of own words is faulty.
    """
    settings = read_settings()
    chosen = read_configuration(settings.home)
    warehouse = _warehouse(settings.database_url, chosen.loading.lock_seconds, settings.home)
    standards = settings.data / "standards.toml"
    files = (standards, standards.with_name("promises.toml"))
    changed = sum(file.stat().st_mtime_ns for file in files if file.exists())
    words = configured_words(chosen, settings.data)
    state, minimum = state_of(warehouse), chosen.viewing.minimum
    return _snapshot(warehouse.place, state, str(standards), changed, minimum, hash(words), warehouse, words)


def visit_plan() -> VisitPlan:
    """The plan of mystery-shopping visits, as its file is now.

    Raises:
        UsageError: the file is faulty.
    """
    path = read_settings().data / "visit_plan.toml"
    return _visit_plan(str(path), path.stat().st_mtime_ns if path.exists() else 0)


def answers() -> bool:
    """Whether the warehouse can be read."""
    try:
        snapshot()
    except ServqError:
        return False
    return True


@st.cache_resource(max_entries=4, show_spinner=False)
def _warehouse(url: str, lock_seconds: int, home: Path) -> Warehouse:
    clear_away(home)
    return Warehouse(url, lock_seconds)


# the spinner of the cache appears only when there is something to wait for; it knows no reader's language
@st.cache_resource(max_entries=2, show_spinner="正在读取数据… / Reading the data …", show_time=True)
def _snapshot(
    place: str,
    state: tuple[int, int, int, int],
    standards: str,
    changed: int,
    minimum: int,
    words: int,
    _warehouse: Warehouse,
    _words: OwnWords,
) -> Snapshot:
    """Kept under the newest load, erasure, rework and change of a promise, the standards' date, minimum and words."""
    return take_snapshot(_warehouse, read_standards(Path(standards)), minimum, _words)


@st.cache_resource(max_entries=2, show_spinner=False)
def _visit_plan(path: str, changed: int) -> VisitPlan:
    return read_visit_plan(Path(path))
