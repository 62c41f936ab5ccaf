"""Fixtures of the command line: a small warehouse, and servq called in this process or as the real program.

channel   team   likelihood                      csat        comments
OTA       甲     10 10 10 10 10  8 8 8  3 3      5 … / 2 2   two complain, one holds a formula and an escape
APP       乙     9 × 40                          5           none
门店      丙     10, none                        5           -
"""

import csv
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest

from servq.cli import run

PROGRAM = Path(sys.executable).with_name("servq")
HEADERS = ["答卷编号", "提交时间", "渠道", "班组", "推荐意愿", "满意度", "评论"]
DANGEROUS = '=HYPERLINK("http://x") \x1b[31m[red]太差了[/red]\x9b2J'


@dataclass(frozen=True)
class Said:
    """The output of a command."""

    code: int
    out: str
    err: str


Servq = Callable[..., Said]


def write_surveys(path: Path, rows: Iterable[Iterable[object]], headers: list[str] = HEADERS) -> Path:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(headers)
        writer.writerows(rows)
    return path


def answers() -> list[list[object]]:
    """The survey answers of the docstring, all on Wednesday of 2026-W18."""
    comments = {8: DANGEROUS, 9: "等了半小时没人理，电话 13812345678"}
    ota = [10] * 5 + [8] * 3 + [3] * 2
    rows: list[list[object]] = [
        [f"o{place}", "2026-04-29 10:00:00", "OTA", "甲", score, 5 if score > 3 else 2, comments.get(place, "")]
        for place, score in enumerate(ota)
    ]
    rows += [[f"a{place}", "2026-04-29 11:00:00", "APP", "乙", 9, 5, ""] for place in range(40)]
    return [
        *rows,
        ["m0", "2026-05-06 09:00:00", "门店", "丙", 10, 5, ""],
        ["m1", "2026-05-06 09:30:00", "门店", "丙", "", 5, ""],
    ]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home of servq, for commands in this process and in others."""
    for name in ("SERVQ_DATABASE_URL", "SERVQ_DATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SERVQ_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def servq(home: Path, capfd: pytest.CaptureFixture[str]) -> Servq:
    """Run a command in this process."""

    def call(*arguments: object) -> Said:
        capfd.readouterr()
        code = run([str(argument) for argument in arguments])
        return Said(code, *capfd.readouterr())

    return call


@pytest.fixture
def program(home: Path) -> Servq:
    """Run the real program, as a shell does."""

    def call(*arguments: object, stdin: bytes = b"", **environment: str) -> Said:
        done = subprocess.run(
            [PROGRAM, *map(str, arguments)],
            input=stdin,
            capture_output=True,
            env=os.environ | environment,
            check=False,
            timeout=300,
        )
        return Said(done.returncode, done.stdout.decode(), done.stderr.decode())

    return call


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two homes that tests copy: `empty` is initialised, `full` has the answers of the docstring."""
    folder = tmp_path_factory.mktemp("prepared")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("SERVQ_DATABASE_URL", raising=False)
        patch.setenv("SERVQ_HOME", str(folder / "empty"))
        assert run(["init"]) == 0
        shutil.copytree(folder / "empty", folder / "full")
        patch.setenv("SERVQ_HOME", str(folder / "full"))
        assert run(["load", "surveys", str(write_surveys(folder / "answers.csv", answers()))]) == 0
    return folder


@pytest.fixture
def empty(servq: Servq, home: Path, prepared: Path) -> Servq:
    """The same as `servq`, with a warehouse that holds nothing."""
    shutil.copytree(prepared / "empty", home)
    return servq


@pytest.fixture
def full(servq: Servq, home: Path, prepared: Path) -> Servq:
    """The same as `servq`, with the answers of the docstring loaded from answers.csv; figures of few are shown."""
    shutil.copytree(prepared / "full", home)
    (home / "servq.toml").write_text("[viewing]\nminimum = 0\n", encoding="utf-8")
    return servq
