"""The command serve: the dashboard as a child process, and its end."""

import os
import signal
import socket
import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import PROGRAM, Servq

PATIENCE_SECONDS = 300
"""A loaded machine is no failure."""


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def dashboard(full: Servq, port: int) -> Iterator[subprocess.Popen[str]]:
    child = subprocess.Popen(
        [PROGRAM, "serve", "--port", str(port)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    yield child
    if child.poll() is None:
        child.send_signal(signal.SIGTERM)
    child.communicate(timeout=PATIENCE_SECONDS)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 0), (signal.SIGTERM, 143)])
def test_the_dashboard_says_its_address_once_it_answers_and_ends_with_the_command(
    dashboard: subprocess.Popen[str], port: int, number: int, code: int
) -> None:
    assert dashboard.stdout is not None
    line = dashboard.stdout.readline()
    assert "看板已就绪" in line
    assert f"http://127.0.0.1:{port}" in line
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with direct.open(f"http://127.0.0.1:{port}/_stcore/health", timeout=PATIENCE_SECONDS) as answer:
        assert answer.status == 200
    dashboard.send_signal(number)
    out, err = dashboard.communicate(timeout=PATIENCE_SECONDS)
    assert (dashboard.returncode, out) == (code, "")
    assert "Traceback" not in err
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="the pages' process is looked up in /proc")
def test_it_ends_although_the_pages_do_not_hear(dashboard: subprocess.Popen[str]) -> None:
    # as pages that wait for a browser's connection to close
    assert dashboard.stdout is not None
    assert "看板已就绪" in dashboard.stdout.readline()
    (pages,) = Path(f"/proc/{dashboard.pid}/task/{dashboard.pid}/children").read_text().split()
    os.kill(int(pages), signal.SIGSTOP)
    dashboard.send_signal(signal.SIGTERM)
    dashboard.communicate(timeout=PATIENCE_SECONDS)
    assert dashboard.returncode == 143
    assert not Path(f"/proc/{pages}").exists()


def test_a_port_in_use_is_a_clear_sentence(full: Servq) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        said = full("serve", "--port", str(taken))
    assert said.code == 2
    assert f"端口 {taken} 不可用" in said.err
    assert f"--port {taken + 1}" in said.err


def test_places_do_not_depend_on_where_the_command_was_typed(home: object, monkeypatch: pytest.MonkeyPatch) -> None:
    from servq.cli.serve import _environment
    from servq.settings import read_settings

    monkeypatch.setenv("SERVQ_HOME", "here")
    found = _environment(read_settings("sqlite:///a/b.sqlite"))
    assert found["SERVQ_DATABASE_URL"] == f"sqlite:///{os.getcwd()}/a/b.sqlite"
    assert found["SERVQ_HOME"] == f"{os.getcwd()}/here"
    assert _environment(read_settings("postgresql://x/y"))["SERVQ_DATABASE_URL"] == "postgresql://x/y"
