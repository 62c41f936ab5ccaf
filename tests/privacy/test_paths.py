"""Paths of outside texts into SQL, into widget labels and past the masking: none is open."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "servq"

STATEMENTS = {"text", "exec_driver_sql", "execute", "executemany"}
OUR_OWN = {"pragma", "tables"}
"""What may be put into a statement besides constants: settings from a list of ours, names from our own schema."""

WRITTEN_BY_THE_KEEPER = {"loaders/feeds/queries.py"}
"""The query of a source stands in servq.toml as its administrator wrote it; its watermark is bound."""


def calls(path: Path) -> Iterator[ast.Call]:
    tree = ast.parse(path.read_text(encoding="utf-8"), filename=path.name)
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def name_of(call: ast.Call) -> str:
    return ast.unparse(call.func).rpartition(".")[2]


def put_in(argument: ast.expr) -> Iterator[str]:
    """What a text is put together from besides what stands there."""
    for part in ast.walk(argument):
        if isinstance(part, ast.FormattedValue):
            yield ast.unparse(part.value)
        elif isinstance(part, ast.BinOp) and isinstance(part.op, ast.Mod):
            yield ast.unparse(part)


def test_values_reach_the_database_as_bound_parameters_only() -> None:
    found = [
        f"{path.relative_to(SRC)}: {said}"
        for path in SRC.rglob("*.py")
        if path.relative_to(SRC).as_posix() not in WRITTEN_BY_THE_KEEPER
        for call in calls(path)
        if name_of(call) in STATEMENTS and call.args
        for said in put_in(call.args[0])
        if said not in OUR_OWN and not re.match(r"_?[A-Z]", said)
    ]
    assert found == []


MARKDOWN_LABELS = {
    "button",
    "checkbox",
    "toggle",
    "expander",
    "popover",
    "download_button",
    "dialog",
    "form_submit_button",
}
"""Widgets whose first argument Streamlit reads as Markdown."""


def test_labels_that_read_markdown_say_words_of_ours() -> None:
    """A label is `say(…)`, with at most numbers put in; `who` of a drill's button is escaped where it is made."""
    found = []
    for path in sorted((SRC / "ui").rglob("*.py")):
        for call in calls(path):
            if not (ast.unparse(call.func).startswith("st.") and name_of(call) in MARKDOWN_LABELS and call.args):
                continue
            for said in put_in(call.args[0]):
                if not said.isidentifier() and not said.startswith(("len(", "say(")):
                    found.append(f"{path.name}:{call.lineno} {said}")
    assert found == []


def test_nothing_is_scored_stored_or_set_aside_before_it_was_hidden() -> None:
    """Whoever writes facts or quarantine has called the hiding first: only the corridor in does either."""
    users = {
        path.relative_to(SRC).as_posix()
        for path in SRC.rglob("*.py")
        for call in calls(path)
        if name_of(call) == "write_facts"
    }
    assert users == {"ingest/load_run.py"}
    corridor = (SRC / "ingest" / "load_run.py").read_text(encoding="utf-8")
    assert corridor.index("hide_in_frame(") < corridor.index("write_facts(")
    assert corridor.index("hide_in_row(") < corridor.index("terms.aside(")
