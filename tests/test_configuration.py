"""The configuration servq.toml: its keys, and the error for a wrong line."""

from pathlib import Path

import pytest

from servq.configuration import Configuration, read_configuration
from servq.errors import UsageError


def written(home: Path, text: str) -> Configuration:
    (home / "servq.toml").write_text(text, encoding="utf-8")
    return read_configuration(home)


@pytest.fixture(autouse=True)
def _no_other_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SERVQ_CONFIG", raising=False)


def test_without_a_file_everything_is_as_usual(tmp_path: Path) -> None:
    usual = read_configuration(tmp_path)
    assert (usual.loading.bad_share, usual.limits.columns, usual.retention.surveys) == (0.5, 500, 0)
    assert usual.path == tmp_path / "servq.toml"


def test_what_the_file_says_wins_and_the_rest_stays_as_usual(tmp_path: Path) -> None:
    own = written(tmp_path, "[limits]\nrows = 10\n[loading]\nbad_share = 0.1\n[[source]]\nname = 'crm'\n")
    assert (own.limits.rows, own.limits.columns) == (10, 500)
    assert own.loading.bad_share == 0.1
    assert [dict(source) for source in own.sources] == [{"name": "crm"}]


def test_another_place_is_named_by_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "own.toml").write_text("[retention]\nsurveys = 365\n", encoding="utf-8")
    monkeypatch.setenv("SERVQ_CONFIG", str(tmp_path / "own.toml"))
    assert read_configuration(tmp_path / "elsewhere").retention.surveys == 365


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[limit]\nrows = 1", "limits"),
        ("[limits]\nrow = 1", "rows"),
        ("[limits]\nrows = -1", "rows"),
        ("[limits]\nrows = 'many'", "rows"),
        ("[limits]\nrows = 1.5", "rows"),
        ("[limits]\nrows = true", "rows"),
        ("limits = 3", "limits"),
        ("[limits", "servq.toml"),
        ("source = 3", "source"),
        ("[text]\nword = 'x'", "words"),
        ("[text]\nwords = 3", "words"),
        ("[text]\nwords = ' '", "words"),
    ],
)
def test_a_wrong_line_is_refused_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(UsageError) as refused:
        written(tmp_path, text)
    assert said in refused.value.message
    assert "servq.toml" in refused.value.where
