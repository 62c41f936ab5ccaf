"""The guides in docs/: every metric, source, column, command and page is written down in one of them."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import typer.main

from servq.cli.program import app
from servq.loaders.sources.catalog import SOURCES
from servq.loaders.sources.documentation import ONLY_MAPPED, as_markdown
from servq.loaders.sources.source import Source
from servq.metrics.catalog import METRICS

ROOT = Path(__file__).resolve().parents[2]


def text(name: str) -> str:
    """A guide; it is part of the project, so its absence is a fault and not a reason to skip."""
    path = ROOT / name
    assert path.is_file(), f"{name} is missing"
    return path.read_text(encoding="utf-8")


def commands() -> list[str]:
    """Every command as it is typed, those of a group with their group."""
    found = []
    for name, command in typer.main.get_command(app).commands.items():  # type: ignore[attr-defined]
        inner = getattr(command, "commands", {})
        found += [f"servq {name} {part}" for part in inner] or [f"servq {name}"]
    return found


@pytest.mark.parametrize("metric", METRICS)
def test_every_metric_has_its_form_in_docs_metrics(metric: str) -> None:
    assert f"\n### `{metric}` {METRICS[metric].label.zh}" in text("docs/metrics.md")


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_every_source_and_each_of_its_columns_is_in_a_guide(source: Source) -> None:
    guides = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs").glob("*.md")))
    missing = [name for name in (source.name, *source.names) if not re.search(rf"`[^`]*\b{name}\b", guides)]
    assert not missing, f"no guide in docs/ names {', '.join(missing)}"


def test_docs_sources_is_in_step_with_the_catalog() -> None:
    assert text("docs/sources.md") == as_markdown(), (
        "run: python -m servq.loaders.sources.documentation > docs/sources.md"
    )


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_docs_sources_names_every_header_that_is_recognised(source: Source) -> None:
    section = text("docs/sources.md").partition(f"\n## `{source.name}`")[2].partition("\n## ")[0]
    rows = [line.strip("|").split(" | ") for line in section.splitlines() if line.startswith("| `")]
    listed = {cells[0].strip(" `"): cells[-1].strip().split(" · ") for cells in rows}
    assert listed == {column.name: list(column.aliases) or [ONLY_MAPPED] for column in source.columns}


@pytest.mark.parametrize("command", commands())
def test_every_command_is_in_docs_cli(command: str) -> None:
    assert command in text("docs/cli.md")


GUIDES = sorted(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md"))


@pytest.mark.parametrize("name", ["make run", "make test", *GUIDES])
def test_the_readme_leads_to_the_two_commands_and_to_every_guide(name: str) -> None:
    assert name in text("README.md")


@pytest.mark.parametrize("path", sorted((ROOT / "docs" / "adr").glob("*.md")), ids=lambda path: path.stem)
def test_a_decision_states_context_choice_rejected_and_cost(path: Path) -> None:
    said = path.read_text(encoding="utf-8").lower()
    assert [word for word in ("context", "choice", "rejected", "cost") if word not in said] == []


@pytest.mark.parametrize("path", sorted((ROOT / "data" / "maps").glob("*.toml")), ids=lambda path: path.stem)
def test_every_map_that_ships_says_in_its_first_line_what_it_reads(path: Path) -> None:
    assert re.match(r"# .{20,}\.\n", path.read_text(encoding="utf-8"))


def test_the_version_is_the_newest_dated_release_of_the_changelog_below_what_is_unreleased() -> None:
    version = tomllib.loads(text("pyproject.toml"))["project"]["version"]
    sections = re.findall(r"^## (.*)$", text("CHANGELOG.md"), re.MULTILINE)
    assert sections[0] == "[Unreleased]"
    assert re.fullmatch(rf"\[{re.escape(version)}\] - \d{{4}}-\d\d-\d\d", sections[1])


def test_every_part_of_the_changelog_is_one_of_keep_a_changelog() -> None:
    parts = set(re.findall(r"^### (\w+)", text("CHANGELOG.md"), re.MULTILINE))
    assert parts <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


def test_no_guide_holds_the_marks_of_an_unfinished_merge() -> None:
    guides = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "data").rglob("*.md")]
    marked = {path.name for path in guides if re.search(r"^(<{7} |={7}$|>{7} )", path.read_text("utf-8"), re.MULTILINE)}
    assert len(guides) > 20
    assert marked == set()
