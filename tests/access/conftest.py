"""Fixtures of the way in: accounts on both stores, a real server that asks for a sign-in, and requests as written."""

from __future__ import annotations

import http.client
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from urllib.parse import urlencode

import pytest

from servq.access import accounts
from servq.access.gate import Gate
from servq.access.roles import Role
from servq.configuration import Access
from servq.warehouse.store.engine import Warehouse
from tests.browser.dashboard import running_dashboard
from tests.stores import WAREHOUSE, copied

PASSWORD = "three unrelated words"
PATIENCE_SECONDS = 300
_readers = count()


@dataclass(frozen=True)
class Answer:
    """The answer to a request."""

    status: int
    headers: dict[str, str]
    body: str

    @property
    def cookie(self) -> str:
        """The session's cookie as a browser sends it back; "" where none was set."""
        said = self.headers.get("set-cookie", "")
        return said.partition(";")[0] if said.startswith("servq_session=") else ""


@dataclass(frozen=True)
class Server:
    """A running dashboard: its port and its home."""

    port: int
    home: Path

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def warehouse(self) -> Warehouse:
        return Warehouse(f"sqlite:///{self.home / WAREHOUSE}")

    def ask(self, path: str, method: str = "GET", body: str = "", **headers: str) -> Answer:
        """Send a request whose path goes out letter by letter; `_` in a header's name stands for `-`."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        connection.putrequest(method, path, skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        sent = body.encode()
        if method in ("POST", "PUT"):
            connection.putheader("content-length", str(len(sent)))
        connection.endheaders(sent or None)
        answer = connection.getresponse()
        told = {name.lower(): value for name, value in answer.getheaders()}
        text = answer.read().decode("utf-8", "replace")
        connection.close()
        return Answer(answer.status, told, text)

    def sign_in(self, name: str, password: str = PASSWORD, **headers: str) -> Answer:
        """Send the form as a browser does."""
        usual = {"origin": f"http://{self.host}", "content_type": "application/x-www-form-urlencoded"}
        usual["x_forwarded_for"] = f"192.0.2.{next(_readers) % 250}"  # each from another place, so that none waits
        return self.ask("/sign-in", "POST", urlencode({"name": name, "password": password}), **usual | headers)


@contextmanager
def served(home: Path, configuration: str, database: str = "") -> Iterator[Server]:
    """A dashboard of its own on the warehouse in `home`, or on another database."""
    (home / "servq.toml").write_text(configuration, encoding="utf-8")
    with running_dashboard(home, prepare=(), database=database) as address:
        yield Server(int(address.rpartition(":")[2]), home)


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Server]:
    """A dashboard with local accounts behind a proxy on this machine: anna (admin), leo (lead), mia (reader)."""
    home = tmp_path_factory.mktemp("team")
    warehouse = Warehouse(copied(sqlite_template, home))
    accounts.add(warehouse, accounts.LOCAL, "anna", "安娜", Role.ADMIN, PASSWORD, "test")
    accounts.add(warehouse, accounts.LOCAL, "leo", "", Role.LEAD, PASSWORD, "test")
    accounts.add(warehouse, accounts.LOCAL, "mia", "", Role.READER, PASSWORD, "test")
    warehouse.close()
    with served(home, '[access]\nsign_in = "local"\nproxy_peers = ["127.0.0.1"]\n') as found:
        yield found


@pytest.fixture
def gate(each_warehouse: Warehouse) -> Gate:
    """A gate with local accounts on each store, with one account: anna, quality manager."""
    accounts.add(each_warehouse, accounts.LOCAL, "anna", "", Role.QUALITY, PASSWORD, "test")
    return Gate(Access("local", idle_minutes=10, longest_hours=2), each_warehouse)


@pytest.fixture
def wait(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Let seconds pass for sessions."""
    from servq.access import gate as module

    passed, real = [0], module.time.time

    class Clock:
        @staticmethod
        def time() -> float:
            return real() + passed[0]

    monkeypatch.setattr(module, "time", Clock)

    def let_pass(seconds: int) -> None:
        passed[0] += seconds

    return let_pass
