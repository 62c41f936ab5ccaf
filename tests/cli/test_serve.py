"""serve: the dashboard as a child, and how it ends."""

import os
import signal
import socket
import subprocess
import urllib.request
from collections.abc import Iterator

import pytest

from tests.cli.conftest import PROGRAM, Servq

PATIENCE_SECONDS = 90
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
