"""Fixtures of pages opened without a browser, on real warehouses: empty, with a single team, with the whole sample.

`page("team", focus="一组")` runs a page, or a part of one, as a link would open it; `said(app)` is every text drawn.
"""

from __future__ import annotations

import html
import inspect
import re
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.app_test import TMP_DIR

from servq.ingest import load_file
from servq.query import Snapshot, take_snapshot
from servq.standards import read_standards
from servq.ui.shell.menu import PART, PARTS, page_of
from servq.warehouse.store.engine import Warehouse
from tests.stores import copied

ROOT = Path(__file__).resolve().parents[2]

PATIENCE_SECONDS = 300
"""A loaded machine is no failure."""

HOSTILE = '<script>alert(1)</script> ![x](http://example.invalid/x.png) **bold** $x$ {0} 100%_ "q" 🙂'
"""What a customer might write to see whether we take it for more than text."""

TEAM, CHANNEL = "西湖<b>组</b>", "门店"

_SURVEYS = "答卷编号,提交时间,渠道,服务班组,推荐意愿,总体满意度,服务态度,您的意见和建议,订单号,会员编号"
_COMPLAINTS = (
    "投诉单号,受理时间,首次响应时间,办结时间,重开时间,渠道,责任班组,"
    "投诉类别,投诉子类,状态,订单号,会员编号,投诉内容,处理结果"
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the tests of a file that share the sample run first, one after the other, so that they share what is kept."""
    here = [place for place, item in enumerate(items) if ROOT / "tests" / "pages" in item.path.parents]
    files = list(dict.fromkeys(items[place].path for place in here))
    ordered = sorted(
        (items[place] for place in here),
        key=lambda item: (files.index(item.path), "full" not in getattr(item, "fixturenames", ())),
    )
    for place, item in zip(here, ordered, strict=True):
        items[place] = item


@pytest.fixture(scope="session", autouse=True)
def _no_folder_is_left_to_the_collector() -> Iterator[None]:
    """Streamlit's own folder for test scripts would be tidied at exit, with a warning."""
    yield
    TMP_DIR.cleanup()


@pytest.fixture(scope="session", autouse=True)
def _installed_components_are_looked_up_once() -> Iterator[None]:
    """Streamlit reads about every installed package before each run of a page: a fifth of what these tests took."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


def _clear_caches() -> None:
    st.cache_data.clear()
    st.cache_resource.clear()


@pytest.fixture(autouse=True)
def _fresh_caches(request: pytest.FixtureRequest) -> Iterator[None]:
    """Streamlit's caches live as long as the process: no test may see what another left there.

    Tests that read the shared sample keep what was computed of it, as readers of one server do; a test that patches
    the program does not.
    """
    if "shared_full" in request.fixturenames and "monkeypatch" not in inspect.signature(request.function).parameters:
        yield
        return
    _clear_caches()
    yield
    _clear_caches()


@pytest.fixture
def page() -> Callable[..., AppTest]:
    """Open a page, or a part of one, by its name; keywords are what else stands in its link."""

    def open_(part: str, /, **link: str) -> AppTest:
        name = page_of(part)
        app = AppTest.from_file(str(ROOT / "pages" / f"{name}.py"), default_timeout=PATIENCE_SECONDS)
        for key, value in (({} if part == PARTS[name][0] else {PART: part}) | link).items():
            app.query_params[key] = value
        app.run()
        assert not app.exception, app.exception
        return app

    return open_


@pytest.fixture
def said() -> Callable[[AppTest], str]:
    """The text of a page as a reader sees it: without tags and what a button would open, entities resolved."""

    def read(app: AppTest) -> str:
        bodies = _bodies(app)
        return html.unescape(
            re.sub(
                r"<style>.*?</style>|<div popover.*?</div>|<[^>]*>",
                " ",
                "\n".join(bodies),
                flags=re.DOTALL,
            )
        )

    return read


@pytest.fixture
def drawn() -> Callable[[AppTest], str]:
    """The HTML of a page, as it is sent."""
    return lambda app: "\n".join(_bodies(app))


def _bodies(app: AppTest) -> list[str]:
    """The page's pieces of HTML, without the one script of ours, which tells the browser the language."""
    scripts = {f"<script data-ours>document.documentElement.lang = '{code}'</script>" for code in ("zh-CN", "en")}
    return [element.proto.body for element in app.get("html") if element.proto.body not in scripts]


def _open(home: Path) -> SimpleNamespace:
    """A warehouse in a folder, and how to look into it besides the pages."""
    warehouse = Warehouse(f"sqlite:///{home / 'servq.sqlite'}")

    def snapshot() -> Snapshot:
        return take_snapshot(warehouse, read_standards(ROOT / "data" / "standards.toml"))

    def count(statement: str) -> int:
        with warehouse.read() as connection:
            return int(connection.exec_driver_sql(statement).scalar_one())

    return SimpleNamespace(home=home, warehouse=warehouse, snapshot=snapshot, count=count)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own for the warehouse that the pages read."""
    monkeypatch.setenv("SERVQ_HOME", str(tmp_path))
    monkeypatch.delenv("SERVQ_DATABASE_URL", raising=False)
    return tmp_path


@pytest.fixture
def empty(home: Path, sqlite_template: Path) -> SimpleNamespace:
    """A warehouse that was initialised and never loaded."""
    copied(sqlite_template, home)
    return _open(home)


@pytest.fixture(scope="session")
def loaded_team(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Path:
    """One team: 40 answers of one week (24 promoters, 8 passives, 8 detractors), four complaints, one row set aside."""
    answers = [
        f"R{i:03d},2025-03-0{3 + i % 5} 10:00,{CHANNEL},{TEAM},{_likelihood(i)},4,5,{_comment(i)},O{i},C{i}"
        for i in range(40)
    ]
    answers.append(f"R900,2025-03-04 10:00,{CHANNEL},{TEAM},11,4,5,,,")
    here = f"{CHANNEL},{TEAM}"
    complaints = [
        "T1,2025-03-03 10:00,2025-03-03 12:00,2025-03-05 10:00,2025-03-04 10:00,"
        f"{here},退改,退款慢,已办结,O1,C1,退款 100% 没到,已退",
        f"T2,2025-03-03 11:00,2025-03-04 13:00,,,{here},退改,退款慢,处理中,,C1,退款还没到,",
        f"T3,2025-03-04 11:00,,,,{here},态度,语气生硬,待响应,,,{_quoted(HOSTILE)},",
        f"T4,2025-03-06 09:00,2025-03-06 09:30,2025-03-06 10:00,,{here},态度,语气生硬,已办结,,,REFUND please,done",
    ]
    home = tmp_path_factory.mktemp("team")
    copied(sqlite_template, home)
    found = _open(home)
    _load(found, "surveys", [_SURVEYS, *answers])
    _load(found, "complaints", [_COMPLAINTS, *complaints])
    found.warehouse.close()
    return home


@pytest.fixture
def one_team(home: Path, loaded_team: Path) -> SimpleNamespace:
    """The team of `loaded_team`, loaded once per run and copied for each test."""
    return _copy_of(loaded_team, home)


def _likelihood(place: int) -> int:
    return 10 if place < 24 else 8 if place < 32 else 3


def _comment(place: int) -> str:
    """Every fourth customer writes; the first writes something hostile."""
    if place == 0:
        return _quoted(HOSTILE)
    return f"第 {place} 位客人：服务很好 App" if place % 4 == 0 else ""


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _load(found: SimpleNamespace, source: str, lines: list[str]) -> None:
    path = found.home / f"{source}.csv"
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    report = load_file(found.warehouse, found.home, path, source)
    assert report.adds_up


class Shared:
    """A copy of a loaded home for all tests that only read it; replaced, with all that was cached, when one wrote."""

    def __init__(self, loaded: Path, new_folder: Callable[[str], Path]) -> None:
        self._loaded, self._new_folder = loaded, new_folder
        self._found: SimpleNamespace | None = None
        self._copied: dict[str, tuple[int, int]] = {}

    def open(self) -> SimpleNamespace:
        """The copy as it was loaded; its snapshot is taken once."""
        if self._found is None or self._state(self._found.home) != self._copied:
            _clear_caches()
            self._found = _copy_of(self._loaded, self._new_folder("full"))
            self._found.snapshot = cache(self._found.snapshot)
            self._copied = self._state(self._found.home)
        return self._found

    @staticmethod
    def _state(home: Path) -> dict[str, tuple[int, int]]:
        """Size and time of every file but those that SQLite makes to read: its index, and a log of nothing."""
        found = {file.name: file.stat() for file in home.rglob("*") if not file.name.endswith("-shm")}
        return {n: (s.st_size, s.st_mtime_ns) for n, s in found.items() if s.st_size or not n.endswith("-wal")}


@pytest.fixture(scope="session")
def shared_full(loaded_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Shared:
    return Shared(loaded_sample, tmp_path_factory.mktemp)


@pytest.fixture
def full(shared_full: Shared, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """The whole sample, the same copy for all tests until one writes to it."""
    found = shared_full.open()
    monkeypatch.setenv("SERVQ_HOME", str(found.home))
    monkeypatch.delenv("SERVQ_DATABASE_URL", raising=False)
    return found


@pytest.fixture
def own_full(home: Path, loaded_sample: Path) -> SimpleNamespace:
    """The whole sample in a copy of the test's own: to be written to past the program."""
    return _copy_of(loaded_sample, home)


def _copy_of(loaded: Path, home: Path) -> SimpleNamespace:
    for file in loaded.iterdir():
        shutil.copy(file, home / file.name)
    return _open(home)
