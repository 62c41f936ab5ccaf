"""Addresses: without a configured way in only this machine is served, however the server is started."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from servq.access import accounts, requests
from servq.access.door import Door
from servq.access.gate import Gate
from servq.access.roles import Role
from servq.access.way_in import insist_on_a_way_in
from servq.cli import run
from servq.configuration import Access, read_configuration
from servq.errors import UsageError
from servq.warehouse.books.audit import newest
from servq.warehouse.store.engine import Warehouse
from tests.access.conftest import PASSWORD, PATIENCE_SECONDS, served
from tests.stores import copied

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "192.0.2.7", "example.com", ""])
def test_an_address_of_other_machines_needs_a_way_in(address: str) -> None:
    with pytest.raises(UsageError) as refused:
        insist_on_a_way_in(Access(), address, "--address")
    assert "没有设置登录" in refused.value.zh
    assert 'sign_in = "local"' in refused.value.hint_zh
    insist_on_a_way_in(Access("local"), address, "--address")


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "localhost"])
def test_this_machine_needs_none(address: str) -> None:
    insist_on_a_way_in(Access(), address, "--address")


@pytest.fixture
def home(tmp_path: Path, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copied(sqlite_template, tmp_path)
    monkeypatch.setenv("SERVQ_HOME", str(tmp_path))
    monkeypatch.delenv("SERVQ_DATABASE_URL", raising=False)
    return tmp_path


def test_serve_refuses_to_start_and_says_what_to_set(home: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["serve", "--address", "0.0.0.0", "--port", "1"]) == 2
    said = capfd.readouterr().err
    assert "--address 0.0.0.0" in said
    assert "servq accounts add" in said
    assert "nobody signs in" in said


def test_the_server_started_past_the_command_refuses_too(home: Path) -> None:
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.address=0.0.0.0", "--server.port=0"]
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False
    )
    assert done.returncode != 0
    assert "没有设置登录" in done.stdout + done.stderr


def answered(door: Door, server: tuple[str, int | None], **scope: Any) -> int:
    """The status that the door gives a request to this address of ours; 200 is what lies behind."""
    got: list[int] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request"}

    async def send(message: dict[str, Any]) -> None:
        if "status" in message:
            got.append(message["status"])

    asked = {"type": "http", "method": "GET", "path": "/", "raw_path": b"/", "headers": [], "scheme": "http"}
    asyncio.run(door(asked | {"server": server, "query_string": b""} | scope, receive, send))  # type: ignore[arg-type]
    return got[0]


async def behind(scope: Any, receive: Any, send: Any) -> None:
    """What lies behind the door: it answers with the viewer that it is told."""
    assert [value for name, value in scope["headers"] if name == b"x-servq-viewer"] == scope.get("expected", [])
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})


@pytest.mark.parametrize(
    ("server", "status"),
    [(("127.0.0.1", 80), 200), (("::1", 80), 200), (("/run/servq.sock", None), 200), (("192.0.2.7", 80), 403)],
)
def test_a_connection_from_outside_is_answered_by_nothing_but_the_reason(
    tmp_path: Path, server: tuple[str, int | None], status: int
) -> None:
    gate = Gate(Access(), Warehouse(f"sqlite:///{tmp_path / 'none.sqlite'}"))
    assert answered(Door(behind, gate), server, headers=[(b"X-Servq-Viewer", b"1")]) == status


class TestDoor:
    """The door alone, where a server would add nothing."""

    @pytest.fixture
    def warehouse(self, tmp_path: Path, sqlite_template: Path) -> Warehouse:
        found = Warehouse(copied(sqlite_template, tmp_path))
        accounts.add(found, accounts.LOCAL, "anna", "", Role.READER, "three unrelated words", "test")
        return found

    @staticmethod
    def ask(door: Door, path: str, **scope: Any) -> int:
        return answered(door, ("192.0.2.7", 80), path=path, raw_path=path.encode(), **scope)

    def test_below_a_base_only_its_own_two_paths_are_open(self, warehouse: Warehouse) -> None:
        door = Door(behind, Gate(Access("local"), warehouse), base="servq")
        assert [self.ask(door, path) for path in ("/servq/sign-in", "/servq/_stcore/health")] == [200, 200]
        for path in ("/sign-in", "/_stcore/health", "/servq", "/servq/", "/servqx/sign-in", "/servq/servq/sign-in"):
            assert self.ask(door, path) == 401

    def test_a_path_that_is_open_once_decoded_is_not_open(self, warehouse: Warehouse) -> None:
        door = Door(behind, Gate(Access("local"), warehouse))
        assert answered(door, ("192.0.2.7", 80), path="/sign-in", raw_path=b"/sign%2din") == 401
        assert answered(door, ("192.0.2.7", 80), path="/_stcore/health", raw_path=b"/_stcore/%68ealth") == 401

    def test_while_the_warehouse_is_away_nobody_comes_in(self, tmp_path: Path) -> None:
        door = Door(behind, Gate(Access("local"), Warehouse(f"sqlite:///{tmp_path / 'none.sqlite'}")))
        assert self.ask(door, "/", headers=[(b"cookie", b"servq_session=x")]) == 503
        assert self.ask(door, "/") == 401

    def test_a_session_of_another_way_in_is_none(self, warehouse: Warehouse) -> None:
        gate = Gate(Access("local"), warehouse)
        (person,) = accounts.every(warehouse)
        cookie = [(b"cookie", f"servq_session={gate.begin(person, 'proxy', '')}".encode())]
        assert self.ask(Door(behind, gate), "/", headers=cookie) == 401

    @pytest.mark.parametrize(
        ("access", "scheme", "secure"),
        [
            (Access("local"), "http", False),
            (Access("local"), "https", True),
            (Access("local", https=True), "http", True),
        ],
    )
    def test_the_cookie_is_secure_where_browsers_come_by_https(
        self, warehouse: Warehouse, access: Access, scheme: str, secure: bool
    ) -> None:
        door = Door(behind, Gate(access, warehouse))
        (person,) = accounts.every(warehouse)
        scope = {"type": "http", "headers": [], "scheme": scheme, "client": ("192.0.2.1", 1)}
        answer = asyncio.run(door._begin(scope, person, "/"))
        assert ("secure" in answer.headers["set-cookie"].lower()) is secure


def test_a_real_server_behind_a_proxy_believes_the_proxy_and_ends_the_session_with_the_account(
    tmp_path: Path, sqlite_template: Path
) -> None:
    warehouse = Warehouse(copied(sqlite_template, tmp_path))
    accounts.add(warehouse, accounts.PROXY, "anna", "", Role.READER, None, "test")
    with served(tmp_path, '[access]\nsign_in = "proxy"\nproxy_peers = ["127.0.0.1"]\n') as server:
        named = {"x_remote_user": "Anna", "x_forwarded_for": "10.9.8.7"}
        begun = server.ask("/causes?span=4", accept="text/html", **named)
        assert (begun.status, begun.headers["location"]) == (303, "/causes?span=4")
        assert server.ask("/_stcore/metrics", cookie=begun.cookie, **named).status == 200
        assert server.ask("/_stcore/metrics", cookie=begun.cookie).status == 401
        assert server.ask("/", accept="text/html", x_remote_user="bob", x_forwarded_for="10.9.8.7").status == 403
        accounts.disable(warehouse, "anna", "test")
        assert server.ask("/_stcore/metrics", cookie=begun.cookie, **named).status == 401
        assert server.ask("/", accept="text/html", **named).status == 403
    with warehouse.read() as connection:
        refused = [(line.who, line.address, line.what) for line in newest(connection, 0, action="refused")]
    assert refused == [("anna", "10.9.8.7", "disabled"), ("bob", "10.9.8.7", "unknown")]
    warehouse.close()


def test_a_real_server_on_postgresql_lets_people_in_while_a_load_writes(tmp_path: Path, postgres_url: str) -> None:
    warehouse = Warehouse(postgres_url)
    accounts.add(warehouse, accounts.LOCAL, "anna", "", Role.READER, PASSWORD, "test")
    with served(tmp_path, '[access]\nsign_in = "local"\n', postgres_url) as server, warehouse.write():
        begun = server.sign_in("anna")
        assert begun.status == 303
        assert server.ask("/_stcore/metrics", cookie=begun.cookie).status == 200
    warehouse.close()


class TestProxy:
    """A trusted proxy names the person; nobody else can."""

    @pytest.fixture
    def door(self, tmp_path: Path, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch) -> Door:
        monkeypatch.setenv("FORWARDED_ALLOW_IPS", "")
        warehouse = Warehouse(copied(sqlite_template, tmp_path))
        accounts.add(warehouse, accounts.PROXY, "anna", "", Role.READER, None, "test")
        accounts.add(warehouse, accounts.LOCAL, "leo", "", Role.ADMIN, "three unrelated words", "test")
        return Door(behind, Gate(Access("proxy", ("10.0.0.0/24",)), warehouse))

    def ask(self, door: Door, peer: str, *headers: tuple[bytes, bytes]) -> int:
        accept = (b"accept", b"text/html")
        return answered(door, ("10.0.0.9", 80), client=(peer, 5), headers=[accept, *headers])

    def test_a_person_whom_a_named_peer_vouches_for_gets_a_session(self, door: Door) -> None:
        assert self.ask(door, "10.0.0.5", (b"x-remote-user", b"Anna")) == 303

    @pytest.mark.parametrize("peer", ["10.0.1.5", "127.0.0.1", "192.0.2.1", ""])
    def test_the_same_header_from_anybody_else_is_worth_nothing(self, door: Door, peer: str) -> None:
        assert self.ask(door, peer, (b"x-remote-user", b"anna")) == 403

    def test_a_peer_that_only_claims_to_be_named_is_not(self, door: Door) -> None:
        forged = (b"x-forwarded-for", b"10.0.0.5")
        assert self.ask(door, "192.0.2.1", (b"x-remote-user", b"anna"), forged) == 403

    @pytest.mark.parametrize("names", [(b"nobody",), (b"leo",), (b"",), (b"anna", b"anna"), ()])
    def test_unknown_persons_local_accounts_and_two_names_are_refused(self, door: Door, names: tuple[bytes]) -> None:
        assert self.ask(door, "10.0.0.5", *((b"x-remote-user", name) for name in names)) == 403

    def test_a_session_counts_only_with_the_proxy_s_word_for_the_same_person(self, door: Door) -> None:
        from servq.warehouse.books import accounts as book

        gate = door._gate
        with gate.warehouse.read() as connection:
            person = book.find(connection, accounts.PROXY, "anna")
        assert person is not None
        token = gate.begin(person, "proxy", "")
        cookie, anna = (b"cookie", f"servq_session={token}".encode()), (b"x-remote-user", b"anna")
        from servq.access.gate import hash_of

        told = [hash_of(token).encode()]

        def ask(peer: str, *headers: tuple[bytes, bytes]) -> int:
            return answered(door, ("10.0.0.9", 80), client=(peer, 5), headers=[cookie, *headers], expected=told)

        assert ask("10.0.0.5", anna) == 200
        assert ask("10.0.0.5") == 401
        assert ask("10.0.0.5", (b"x-remote-user", b"bob")) == 401
        assert ask("192.0.2.1", anna) == 401

    def test_it_does_not_start_where_the_server_would_rewrite_the_peer(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("FORWARDED_ALLOW_IPS", raising=False)
        gate = Gate(Access("proxy", ("10.0.0.1",)), Warehouse(f"sqlite:///{tmp_path / 'x.sqlite'}"))
        with pytest.raises(UsageError, match="servq serve"):
            Door(behind, gate)


def test_the_reader_s_address_is_the_last_that_the_named_proxies_did_not_add() -> None:
    def client(peer: str, forwarded: str) -> str:
        scope = {"type": "http", "client": (peer, 1), "headers": [(b"x-forwarded-for", forwarded.encode())]}
        return requests.client_of(scope, ("10.0.0.1", "10.0.0.2"))

    assert client("10.0.0.1", "203.0.113.9, 198.51.100.7, 10.0.0.2") == "198.51.100.7"
    assert client("10.0.0.1", "") == "10.0.0.1"
    assert client("192.0.2.1", "203.0.113.9") == "192.0.2.1", "nobody else is believed"


class TestConfiguration:
    @staticmethod
    def read(home: Path, text: str) -> Access:
        (home / "servq.toml").write_text(f"[access]\n{text}\n", encoding="utf-8")
        return read_configuration(home).access

    def test_what_it_says_is_read(self, tmp_path: Path) -> None:
        said = 'sign_in = "proxy"\nproxy_peers = ["10.0.0.1", "10.1.0.0/16"]\nidle_minutes = 30\nhttps = false'
        found = self.read(tmp_path, said)
        assert (found.sign_in, found.proxy_peers, found.idle_minutes, found.https) == (
            "proxy",
            ("10.0.0.1", "10.1.0.0/16"),
            30,
            False,
        )

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ('sign_in = "open"', "none, local, proxy"),
            ("sign_in = true", "sign_in"),
            ('sign_in = "proxy"', "proxy_peers"),
            ('sign_in = "proxy"\nproxy_peers = ["0.0.0.0/0"]', "proxy_peers"),
            ('proxy_peers = ["proxy.example.com"]', "proxy_peers"),
            ('proxy_peers = "10.0.0.1"', "proxy_peers"),
            ("idle_minutes = 0", "idle_minutes"),
            ("idle_minutes = true", "idle_minutes"),
            ("longest_hours = -1", "longest_hours"),
            ('proxy_header = ""', "proxy_header"),
            ('sign_inn = "local"', "sign_in"),
        ],
    )
    def test_a_wrong_line_is_refused_and_never_read_as_no_sign_in(self, tmp_path: Path, text: str, said: str) -> None:
        with pytest.raises(UsageError) as refused:
            self.read(tmp_path, text)
        assert said in refused.value.message
