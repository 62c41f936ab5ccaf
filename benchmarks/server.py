"""A Streamlit page as a child process, for the time of a measurement."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
APP = ROOT / "app.py"
PLAIN_PAGE = ROOT / "benchmarks" / "plain_page.py"
PATIENCE_SECONDS = 120


@dataclass(frozen=True)
class Server:
    """A running page: its address and its process."""

    port: int
    pid: int

    @property
    def address(self) -> str:
        """The address for a browser."""
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def running(script: Path, home: Path, log: str) -> Iterator[Server]:
    """Serve a script on the warehouse in `home` with the project's own settings; ended with the block."""
    port = _free_port()
    env = os.environ | {"SERVQ_HOME": str(home)}
    env.pop("SERVQ_DATABASE_URL", None)
    command = [sys.executable, "-m", "streamlit", "run", str(script), f"--server.port={port}", "--logger.level=error"]
    with (
        (home / log).open("w") as out,
        subprocess.Popen(command, cwd=ROOT, env=env, stdout=out, stderr=out, stdin=subprocess.DEVNULL) as run,
    ):
        try:
            _wait_until_it_answers(port, run)
            yield Server(port, run.pid)
        finally:
            _end(run)


def _end(run: subprocess.Popen[bytes]) -> None:
    run.terminate()
    try:
        run.wait(15)
    except subprocess.TimeoutExpired:
        run.kill()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_it_answers(port: int, run: subprocess.Popen[bytes]) -> None:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        if run.poll() is not None:
            raise RuntimeError(f"the page ended by itself ({run.returncode})")
        try:
            with direct.open(f"http://127.0.0.1:{port}/_stcore/health", timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"no answer on port {port}")
