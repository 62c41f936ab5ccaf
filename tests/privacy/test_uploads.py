"""The remains of an upload after a killed dashboard: removed by the next start of any servq process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from servq.cli import run
from servq.ingest.uploads import FOLDER, clear_away, own_folder
from servq.ui.shell import store

_HOLDS = """
import sys, time
from pathlib import Path
from servq.ingest.uploads import own_folder
with own_folder(Path(sys.argv[1])) as folder:
    (folder / "a.csv").write_text("13812345678")
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SERVQ_HOME", str(tmp_path))
    monkeypatch.delenv("SERVQ_DATABASE_URL", raising=False)
    return tmp_path


def left_in(home: Path) -> list[str]:
    return sorted(path.name for path in (home / FOLDER).rglob("*") if path.is_file())


def hold(home: Path) -> subprocess.Popen[str]:
    """Another process with an upload in its hands."""
    holder = subprocess.Popen([sys.executable, "-c", _HOLDS, str(home)], stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    return holder


def kill(holder: subprocess.Popen[str]) -> None:
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    assert holder.stdout is not None
    holder.stdout.close()


@pytest.mark.parametrize("command", [["init"], ["doctor"], ["loads"], ["measure", "nps"]])
def test_every_command_that_opens_the_warehouse_clears_it_away(home: Path, command: list[str]) -> None:
    kill(hold(home))
    assert left_in(home) == ["a.csv"]
    run(command)
    assert left_in(home) == []


def test_so_do_the_pages_when_they_start(home: Path) -> None:
    kill(hold(home))
    store.answers()
    assert left_in(home) == []


def test_what_somebody_still_reads_stays(home: Path) -> None:
    holder = hold(home)
    with own_folder(home) as own:
        (own / "b.csv").write_text("x")
        clear_away(home)
        assert left_in(home) == ["a.csv", "b.csv"]
    assert left_in(home) == ["a.csv"]
    kill(holder)
    clear_away(home)
    assert left_in(home) == []


def test_a_number_that_another_process_has_now_protects_nothing(home: Path) -> None:
    """In a container the next dashboard has the number of the last one."""
    left = home / FOLDER / f"{os.getpid()}-x"
    left.mkdir(parents=True)
    (left / "a.csv").write_text("13812345678")
    clear_away(home)
    assert left_in(home) == []
