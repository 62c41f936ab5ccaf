"""The modules that `servq score` imports before its first answer; its time is in the benchmarks."""

import json
import subprocess
import sys

import pytest

from servq.cli.scoring import read_choices

PROGRAM = """
import atexit, json, sys
atexit.register(lambda: print(json.dumps(sorted(sys.modules)), file=sys.stderr))
from servq.cli import main
main()
"""
HEAVY = {
    *("pandas", "scipy", "sqlalchemy", "alembic", "sklearn", "openpyxl", "streamlit", "plotly", "rich"),
    *("typer", "pydantic", "platformdirs", "importlib.metadata", "jieba", "snownlp", "nltk", "difflib"),
}


def modules_of(arguments: list[str], text: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments], input=text, capture_output=True, text=True, check=True
    )
    return set(json.loads(done.stderr.splitlines()[-1]))


@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_scoring_chinese_imports_no_other_command_and_nothing_that_starts_slowly(form: str) -> None:
    found = modules_of(["score", "--format", form], "服务很好\n等太久了\n")
    assert "rjieba" in found
    assert {name for name in found if name.startswith("servq.cli.")} <= {
        "servq.cli.scoring",
        "servq.cli.terminal",
        "servq.cli.terminal.output",
    }
    assert (HEAVY | {"textblob"}) & found == set()


def test_scoring_english_reads_textblobs_list_without_nltk() -> None:
    found = modules_of(["score"], "terrible and rude\n")
    assert (HEAVY - {"importlib.metadata"}) & found == set()


def test_a_score_of_nothing_reads_no_model_and_no_dictionary() -> None:
    assert {"rjieba", "textblob"} & modules_of(["score"], "") == set()


@pytest.mark.parametrize(
    "arguments", [["score", "--help"], ["score", "--format", "xml"], ["score", "a"], ["--version"]]
)
def test_any_other_form_of_the_command_is_left_to_the_whole_command_line(arguments: list[str]) -> None:
    assert read_choices(arguments) is None


def test_textblob_is_whole_for_whoever_imports_it_after_a_score() -> None:
    code = (
        "from servq.text.sentiment import english; before = english.polarity('ok but late');"
        "import sys; assert 'textblob' not in sys.modules;"
        "from textblob import TextBlob; print(TextBlob('ok but late').polarity);"
        "print(english.polarity('ok but late') == before)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert float(said[0]) == pytest.approx(0.1)
    assert said[1] == "True"
