"""The guide docs/cli.md against the program: what exists is described, and what is described exists."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main

from servq.cli.program import app
from servq.loaders.sources.catalog import SOURCES
from servq.metrics.catalog import METRICS
from servq.records import DIMENSIONS

DOCS = Path(__file__).parents[2] / "docs"
GUIDE = (DOCS / "cli.md").read_text(encoding="utf-8")


def commands(group: Any, path: str = "servq") -> Iterator[tuple[str, Any]]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            if [one for one in command.params if one.name != "help"]:  # it does something without a sub-command too
                yield f"{path} {name}", command
            yield from commands(command, f"{path} {name}")
        else:
            yield f"{path} {name}", command


COMMANDS = dict(commands(typer.main.get_command(app)))


def section(path: str) -> str:
    found = re.search(rf"^### `{path}(?: [A-Z…. ]+)?`\n(.*?)(?=^##|\Z)", GUIDE, re.MULTILINE | re.DOTALL)
    assert found, f"docs/cli.md has no section `{path}`"
    return found[1]


@pytest.mark.parametrize("path", COMMANDS)
def test_every_command_has_its_section_and_every_option_its_place_in_it(path: str) -> None:
    text = section(path)
    for parameter in COMMANDS[path].params:
        for option in parameter.opts + parameter.secondary_opts:
            if option.startswith("--") and option not in ("--database", "--help"):
                assert f"`{option}" in text, f"{option} of {path} is not in docs/cli.md"


def test_no_section_describes_a_command_that_does_not_exist() -> None:
    described = re.findall(r"^### `(servq [a-z ]*[a-z])", GUIDE, re.MULTILINE)
    assert sorted(described) == sorted(COMMANDS)


def test_no_option_is_described_that_does_not_exist() -> None:
    exists = {option for command in COMMANDS.values() for parameter in command.params for option in parameter.opts} | {
        option for command in COMMANDS.values() for parameter in command.params for option in parameter.secondary_opts
    }
    assert set(re.findall(r"`(--[a-z-]+)", GUIDE)) <= exists | {"--version", "--help"}


@pytest.mark.parametrize("name", SOURCES)
def test_every_source_is_named(name: str) -> None:
    assert f"`{name}`" in section("servq load")


@pytest.mark.parametrize("name", METRICS)
def test_every_metric_is_documented(name: str) -> None:
    assert f"`{name}`" in (DOCS / "metrics.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", DIMENSIONS)
def test_every_dimension_is_named(name: str) -> None:
    assert re.search(rf"\b{name}\b", GUIDE)


@pytest.mark.parametrize("variable", ["SERVQ_HOME", "SERVQ_DATABASE_URL", "SERVQ_DATA"])
def test_every_variable_of_the_environment_is_documented(variable: str) -> None:
    assert f"`{variable}`" in GUIDE
