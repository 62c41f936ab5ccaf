"""README, "Add a metric, a source, a page": its steps, followed in a copy of the project, are enough."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from servq.warehouse.tables.fact_tables import SCHEMA_VERSION
from tests.architecture import additions

ROOT = Path(__file__).resolve().parents[2]
COPIED = ("src", "pages", "data", "docs", "app.py", "pyproject.toml")
NEW_SCHEMA = f"{int(SCHEMA_VERSION) + 1:04d}"


class Copy:
    """A copy of the project, its own warehouse, and what has to be done to both."""

    def __init__(self, folder: Path) -> None:
        self.root, self.src = folder / "project", folder / "project" / "src" / "servq"
        self.home = folder / "home"
        self.touched: list[str] = []
        self.root.mkdir()
        for name in COPIED:
            left_out = shutil.ignore_patterns("__pycache__", "*.egg-info", "pictures")
            here = ROOT / name
            (
                shutil.copytree(here, self.root / name, ignore=left_out)
                if here.is_dir()
                else shutil.copy(here, self.root)
            )

    def run(self, *words: str, root: Path | None = None) -> str:
        """The output of a Python program of the copy (or of the project as it was before)."""
        src, kept_clean = (root or self.root) / "src", "1" if root else ""
        own = {"PYTHONPATH": str(src), "SERVQ_HOME": str(self.home), "PYTHONDONTWRITEBYTECODE": kept_clean}
        done = subprocess.run(
            [sys.executable, *words], cwd=root or self.root, env=os.environ | own, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def servq(self, *words: str, root: Path | None = None) -> str:
        return self.run("-m", "servq", *words, root=root)

    def write(self, path: str, text: str) -> None:
        """A new file."""
        self.touched.append(path)
        assert not (self.root / path).exists()
        (self.root / path).parent.mkdir(exist_ok=True)
        (self.root / path).write_text(text, encoding="utf-8")

    def put(self, path: str, before: str, text: str) -> None:
        """A text put into a file, in front of the first place where another one stands."""
        self.touched.append(path)
        file = self.root / path
        said = file.read_text(encoding="utf-8")
        assert before in said, f"{path} has no {before!r}"
        file.write_text(said.replace(before, text + before, 1), encoding="utf-8")


def add_a_metric(copy: Copy) -> None:
    """1 its form in a file of metrics/definitions · 2 its import and its line in the catalog · 3 docs/metrics.md."""
    catalog = "src/servq/metrics/catalog.py"
    copy.write("src/servq/metrics/definitions/detractors.py", additions.METRIC)
    line = "from servq.metrics.definitions.detractors import DETRACTOR_SHARE\n"
    copy.put(catalog, "from servq.metrics.definitions.items", line)
    copy.put(catalog, "    CSAT,\n", "    DETRACTOR_SHARE,\n")
    (copy.root / "docs" / "metrics.md").write_text(copy.run("-m", "servq.metrics.documentation"), encoding="utf-8")


def add_a_source(copy: Copy) -> None:
    """1 form · 2 line in the catalog · 3 sample · 4 table · 5 migration, retention · 6 docs/sources.md."""
    catalog, tables = "src/servq/loaders/sources/catalog.py", "src/servq/warehouse/tables/fact_tables.py"
    copy.write("src/servq/loaders/sources/calls.py", additions.SOURCE)
    copy.put(catalog, "from servq.loaders.sources.complaints", "from servq.loaders.sources.calls import CALLS\n")
    copy.put(catalog, "}\n", '    "calls": CALLS,\n')
    copy.write("data/sample/calls.csv", additions.SAMPLE)
    copy.put(tables, "unanswered = Table(", additions.TABLE)
    copy.put(tables, ', "visits": visit_item}', ', "calls": call')
    text = (copy.root / tables).read_text(encoding="utf-8")
    text = text.replace(f'SCHEMA_VERSION = "{SCHEMA_VERSION}"', f'SCHEMA_VERSION = "{NEW_SCHEMA}"')
    (copy.root / tables).write_text(text, encoding="utf-8")
    copy.put("src/servq/configuration.py", "    quarantine: int = 0\n", "    calls: int = 0\n")
    step = additions.MIGRATION.format(new=NEW_SCHEMA, newest=SCHEMA_VERSION)
    copy.write(f"src/servq/warehouse/migrations/versions/{NEW_SCHEMA}_calls.py", step)
    guide = copy.run("-m", "servq.loaders.sources.documentation")
    (copy.root / "docs" / "sources.md").write_text(guide, encoding="utf-8")


def add_a_page(copy: Copy) -> None:
    """1 pages/<page>.py · 2 ui/<page>/ · 3 name, question and reader in the menu · 4 its roles · 5 its layer."""
    menu = "src/servq/ui/shell/menu.py"
    copy.write("pages/unhappy.py", additions.PAGE)
    copy.write("src/servq/ui/unhappy/__init__.py", '"""The page 不愿推荐."""\n')
    copy.write("src/servq/ui/unhappy/unhappy.py", additions.SHOWN)
    copy.put(menu, '    "mystery": Label("神秘访客"', '    "unhappy": Label("不愿推荐", "Unhappy customers"),\n')
    question = '"多少客户不愿推荐？", "How many customers would not recommend?"'
    copy.put(menu, '    "voices": Label("客户自己', f'    "unhappy": Label({question}),\n')
    copy.put(menu, '"voices"),\n    Label("班组长', '"unhappy", ')
    copy.put("src/servq/access/roles.py", '    "page:health"', '    "page:unhappy": _EVERYBODY,\n')
    copy.put("pyproject.toml", ' | voices | weekly",', " | unhappy")


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """A copy with one of each, and a warehouse that the project made before and the copy migrated."""
    copy = Copy(tmp_path_factory.mktemp("additions"))
    surveys = copy.root / "surveys.csv"
    surveys.write_text(additions.SURVEYS, encoding="utf-8")
    copy.servq("init", root=ROOT)
    copy.servq("load", "surveys", str(surveys), root=ROOT)
    add_a_metric(copy)
    add_a_source(copy)
    add_a_page(copy)
    copy.servq("init")
    return copy


def test_the_readme_names_every_file_or_folder_that_a_step_touches(grown: Copy) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Add a metric, a source, a page")[2]
    steps = text.partition("\n## ")[0]
    assert "src/servq/metrics/catalog.py" in grown.touched
    for path in grown.touched:
        folder = re.sub(r"^src/servq/ui/unhappy/", "src/servq/ui/<page>/", f"{Path(path).parent}/")
        assert f"`{path}`" in steps or f"`{folder}`" in steps, path


def test_a_metric_is_listed_and_measured_and_has_its_form_in_the_guide(grown: Copy) -> None:
    """Four detractors of twenty answers are 20 %."""
    assert "detractor_share" in {one["name"] for one in json.loads(grown.servq("metrics", "--format", "json"))}
    (row,) = json.loads(grown.servq("measure", "detractor_share", "--by", "team", "--format", "json"))["rows"]
    assert (row["team"], row["value"], row["n"]) == ("热线一组", 20.0, 20)
    assert "### `detractor_share` 贬损者占比" in (grown.root / "docs" / "metrics.md").read_text(encoding="utf-8")


def test_a_source_s_sample_loads_and_loading_it_again_changes_nothing(grown: Copy) -> None:
    told = [
        json.loads(grown.servq("load", "calls", "data/sample/calls.csv", "--json").splitlines()[-1]) for _ in range(2)
    ]
    assert [(one["rows_read"], one["loaded"], one["duplicates"], one["quarantined"]) for one in told] == [
        (3, 3, 0, 0),
        (3, 0, 3, 0),
    ]
    listed = {one["name"]: one for one in json.loads(grown.servq("sources", "--format", "json"))}
    assert listed["calls"]["loads"] == 1
    grown.servq("doctor")


def test_a_source_s_personal_data_is_masked_and_its_customers_can_be_erased(grown: Copy) -> None:
    grown.servq("load", "calls", "data/sample/calls.csv")
    with sqlite3.connect(grown.home / "servq.sqlite") as connection:
        calls = connection.execute("SELECT call_id, customer_id, agent_note FROM call ORDER BY call_id").fetchall()
    connection.close()
    assert [note for _, _, note in calls] == ["客户要求回电[手机]", None, "已解决"]
    assert [bool(re.fullmatch(r"c_[0-9a-f]{24}", person or "")) for _, person, _ in calls] == [True, True, False]
    assert "来电记录 Calls 1" in grown.servq("forget", "M002", "--yes")


def test_a_page_opens_and_stands_in_the_menu(grown: Copy) -> None:
    found = json.loads(grown.run("-c", additions.OPENED))
    assert found["menu"].index("unhappy") == 2
    assert any(re.search(r"贬损者占比 20\.0\s?%", said) for said in found["said"])


def test_a_source_stands_among_the_others_on_the_page_about_the_data(grown: Copy) -> None:
    grown.servq("load", "calls", "data/sample/calls.csv")
    said = json.loads(grown.run("-c", additions.OPENED.replace("unhappy", "health")))["said"]
    assert any("来电记录" in one and re.search(r"[123] <small>通来电", one) for one in said)


def test_what_was_added_keeps_to_the_layers(grown: Copy) -> None:
    program = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    assert "0 broken" in grown.run("-c", program)
