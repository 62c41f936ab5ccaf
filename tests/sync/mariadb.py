"""A real MariaDB for tests, where one is installed: in a folder of its own, reachable through a socket only."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import tempfile
import time
from functools import partial
from itertools import count
from pathlib import Path

import pymysql
import pytest

from tests.stores import PATIENCE_SECONDS, _end_with_parent

PASSWORD = "p@ss:w/rd?#%40 密码"
"""Every character that means something in a URL."""

_PLACES = ("/usr/sbin", "/usr/libexec", "/usr/local/sbin", "/usr/bin")


class MariaDB:
    """A running server; `reader` may read everything and needs the password."""

    def __init__(self, program: str, install: str) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="servq-maria-"))
        self._program, self._install = program, install
        self._process: subprocess.Popen[bytes] | None = None
        self._names = count(1)

    def start(self) -> None:
        """Make the server's files, start it and wait until it answers."""
        here = [f"--datadir={self.folder / 'data'}", "--user=root"]
        made = subprocess.run(
            [self._install, "--no-defaults", "--auth-root-authentication-method=normal", "--skip-test-db", *here],
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE_SECONDS,
        )
        assert made.returncode == 0, made.stderr
        light = ["--innodb-buffer-pool-size=16M", "--innodb-flush-log-at-trx-commit=0", "--skip-networking"]
        zone = ["--default-time-zone=+05:30"]  # neither ours nor UTC: moments must not care
        with (self.folder / "log").open("wb") as log:
            self._process = subprocess.Popen(
                [self._program, "--no-defaults", *here, f"--socket={self.socket}", *light, *zone],
                stdout=log,
                stderr=log,
                preexec_fn=partial(_end_with_parent, signal.SIGTERM),  # it does not hear SIGINT
            )
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not self._answers():
            told = (self.folder / "log").read_text(encoding="utf-8", errors="replace")
            assert self._process.poll() is None, told
            assert time.monotonic() < deadline, told
            time.sleep(0.05)
        self.say(f"CREATE USER reader IDENTIFIED BY '{PASSWORD}'", "GRANT SELECT ON *.* TO reader")

    @property
    def socket(self) -> Path:
        return self.folder / "socket"

    def url(self, database: str, user: str = "reader") -> str:
        """The address of one of its databases, without a password."""
        return f"mariadb://{user}@localhost/{database}?unix_socket={self.socket}"

    def create(self) -> str:
        """Make a new database; returns its name."""
        name = f"crm_{next(self._names)}"
        self.say(f"CREATE DATABASE {name} CHARACTER SET utf8mb4")
        return name

    def say(self, *statements: str) -> None:
        with pymysql.connect(unix_socket=str(self.socket), user="root", autocommit=True) as connection:
            for statement in statements:
                connection.cursor().execute(statement)

    def stop(self) -> None:
        """Stop the server and leave nothing of it behind."""
        if self._process is not None:
            self._process.send_signal(signal.SIGTERM)
            self._process.wait(PATIENCE_SECONDS)
        shutil.rmtree(self.folder)

    def _answers(self) -> bool:
        # the driver leaves a socket behind that nobody listens to, so it is not asked before somebody does
        with socket.socket(socket.AF_UNIX) as listening:
            if listening.connect_ex(str(self.socket)):
                return False
        pymysql.connect(unix_socket=str(self.socket), user="root").close()
        return True


def installed_mariadb() -> MariaDB:
    """A server that is not started yet; skips the test where none is installed."""
    path = ":".join(_PLACES)
    program = shutil.which("mariadbd") or shutil.which("mariadbd", path=path)
    install = shutil.which("mariadb-install-db") or shutil.which("mariadb-install-db", path=path)
    if program is None or install is None:
        pytest.skip("no MariaDB is installed here (Debian: apt-get install mariadb-server)")
    return MariaDB(program, install)
