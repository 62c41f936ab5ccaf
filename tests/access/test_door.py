"""The door of a real server, from outside: what strangers reach, and what a forged, stolen or foreign request gets."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from unittest.mock import MagicMock

import pytest
from streamlit.web.server.starlette.starlette_app import create_streamlit_routes
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from servq.access import accounts
from servq.access.door import HEALTH, SIGN_IN
from servq.access.gate import hash_of
from servq.ui.shell.menu import PAGES, PARTS
from servq.warehouse.books.audit import newest
from tests.access.conftest import PASSWORD, Server

PLATFORM = sorted(
    {re.sub(r"\{[^}]*\}", "x", getattr(route, "path", "")) or "/" for route in create_streamlit_routes(MagicMock())}
)
"""Every path that Streamlit answers, as its own list of routes has it."""

OURS = [f"/{name}" for name in dict.fromkeys([*PAGES, *(part for parts in PARTS.values() for part in parts)])]

ODD = [
    "//sign-in",
    "/sign-in/",
    "/SIGN-IN",
    "/sign%2din",
    "/sign-in%00",
    "/sign-in/../weekly",
    "/./sign-in",
    "/sign-in;x",
    "/_stcore/health/../metrics",
    "/_stcore/health%2f..%2fmetrics",
    "/_stcore/health/",
    "/_stcore/healthz",
    "/_stcore//health",
    "/%5fstcore/health",
    "/_stcore/script-health-check",
    "/%",
    "/static/../app.py",
    "/index.html",
    "/favicon.png",
]


def test_streamlit_has_the_paths_that_this_probe_knows_it_by() -> None:
    assert {"/_stcore/metrics", "/_stcore/host-config", "/media/x", "/_stcore/stream"} <= set(PLATFORM)


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "PUT", "POST", "DELETE"])
def test_a_stranger_reaches_nothing_but_health_and_sign_in(team: Server, method: str) -> None:
    open_ = {path for path in {*PLATFORM, *OURS, *ODD} if team.ask(path, method).status != 401}
    assert open_ <= {HEALTH, SIGN_IN}
    if method == "GET":
        assert team.ask(HEALTH).status == team.ask(SIGN_IN).status == 200
    if method == "POST":
        assert team.ask(SIGN_IN, "POST").status == 403, "a form without Origin"


def test_a_stranger_who_opens_a_page_is_led_to_sign_in_and_back(team: Server) -> None:
    answer = team.ask("/causes?week=2026-W39&x=%26", accept="text/html,*/*")
    assert answer.status == 303
    assert answer.headers["location"] == "/sign-in?next=%2Fcauses%3Fweek%3D2026-W39%26x%3D%2526"
    assert answer.headers["cache-control"] == "no-store"
    page = team.ask(answer.headers["location"]).body
    assert 'name="next" value="/causes?week=2026-W39&amp;x=%26"' in page


@pytest.mark.parametrize("there", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_nobody_is_led_to_another_host(team: Server, there: str) -> None:
    from urllib.parse import quote

    assert 'name="next" value="/"' in team.ask(f"/sign-in?next={quote(there, safe='')}").body


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"cookie": "servq_session=" + "A" * 43},
        {"x_servq_viewer": "1"},
        {"X-SERVQ-VIEWER": "1"},
        {"x_remote_user": "anna"},
        {"origin": "http://evil.example"},
    ],
)
def test_a_stranger_s_websocket_is_refused_whatever_it_says_of_itself(team: Server, headers: dict[str, str]) -> None:
    more = {name.replace("_", "-"): value for name, value in headers.items()}
    with pytest.raises(InvalidStatus) as refused:
        connect(f"ws://{team.host}/_stcore/stream", additional_headers=more, subprotocols=["streamlit"])  # type: ignore[list-item]
    assert refused.value.response.status_code == 403


def test_a_forged_header_opens_nothing_even_with_the_hash_of_a_real_session(team: Server) -> None:
    cookie = team.sign_in("anna").cookie
    forged = hash_of(cookie.partition("=")[2])
    for name in ("x-servq-viewer", "X-Servq-Viewer", "x_servq_viewer"):
        assert team.ask("/_stcore/metrics", **{name: forged}).status == 401


def test_signing_in_sets_a_cookie_that_no_script_reads_and_opens_what_was_shut(team: Server) -> None:
    answer = team.sign_in("Anna")
    assert answer.status == 303
    told = answer.headers["set-cookie"].lower()
    assert "httponly" in told
    assert "samesite=lax" in told
    assert "path=/" in told
    assert "secure" not in told, "this server speaks http"
    assert team.ask("/_stcore/metrics", cookie=answer.cookie).status == 200
    with connect(
        f"ws://{team.host}/_stcore/stream",
        additional_headers={"cookie": answer.cookie},
        subprotocols=["streamlit"],  # type: ignore[list-item]
    ):
        pass


def test_a_page_of_another_host_gets_no_websocket_even_with_the_reader_s_cookie(team: Server) -> None:
    headers = {"cookie": team.sign_in("anna").cookie, "origin": "http://evil.example"}
    with pytest.raises(InvalidStatus) as refused:
        connect(f"ws://{team.host}/_stcore/stream", additional_headers=headers, subprotocols=["streamlit"])  # type: ignore[list-item]
    assert refused.value.response.status_code == 403


def test_two_who_sign_in_and_one_who_does_so_twice_never_share_a_token(team: Server) -> None:
    assert len({team.sign_in(name).cookie for name in ("anna", "leo", "anna")}) == 3


def test_a_cookie_set_by_somebody_else_is_worth_nothing_after_signing_in(team: Server) -> None:
    fixed = "servq_session=" + "B" * 43
    own = team.sign_in("anna", cookie=fixed).cookie
    assert own != fixed
    assert team.ask("/_stcore/metrics", cookie=fixed).status == 401


def test_a_stolen_cookie_opens_nothing_after_the_session_was_ended(team: Server) -> None:
    from servq.access.gate import Gate
    from servq.configuration import Access

    stolen = team.sign_in("leo").cookie
    assert team.ask("/media/x", cookie=stolen).status == 404
    warehouse = team.warehouse
    gate = Gate(Access("local"), warehouse)
    gate.end(gate.viewer(hash_of(stolen.partition("=")[2])))
    warehouse.close()
    assert team.ask("/media/x", cookie=stolen).status == 401


def test_an_account_switched_off_is_out_with_its_next_request_and_cannot_sign_in(team: Server) -> None:
    kept, warehouse = team.sign_in("leo").cookie, team.warehouse
    accounts.disable(warehouse, "leo", "test")
    assert team.ask("/", cookie=kept).status == 401
    assert team.sign_in("leo").status == 403
    accounts.enable(warehouse, "leo", "test")
    warehouse.close()
    assert team.sign_in("leo").status == 303


@pytest.mark.parametrize("origin", [None, "http://evil.example", "null", "http://127.0.0.1:1", "http://127.0.0.1"])
def test_a_form_sent_from_elsewhere_is_refused_with_the_right_password(team: Server, origin: str | None) -> None:
    headers = {"content_type": "application/x-www-form-urlencoded"} | ({"origin": origin} if origin else {})
    answer = team.ask("/sign-in", "POST", f"name=anna&password={PASSWORD.replace(' ', '+')}", **headers)
    assert (answer.status, answer.cookie) == (403, "")


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(team: Server) -> None:
    def told(name: str) -> tuple[int, str]:
        answer = team.sign_in(name, "not the password")
        return answer.status, re.sub(r'nonce="[^"]*"', "", answer.body).replace(name, "")

    assert told("anna") == told("nobody")
    assert told("anna")[0] == 403
    assert team.sign_in("anna").status == 303, "and the right one takes the failures back"


@pytest.mark.parametrize("body", ["", "name=anna", "password=x", "x" * 5_000, "name=%ff&password=%00", "&" * 100])
def test_a_form_that_is_none_is_a_wrong_password_and_no_fault(team: Server, body: str) -> None:
    assert team.ask("/sign-in", "POST", body, origin=f"http://{team.host}").status in (403, 429)
    team.sign_in("anna")


def test_the_sign_in_page_has_its_own_policy_and_no_script_and_shows_what_was_typed_as_text(team: Server) -> None:
    answer = team.sign_in('"><script>alert(1)</script>')
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "<script" not in answer.body
    assert "&gt;&lt;script&gt;" in answer.body
    assert (answer.headers["x-content-type-options"], answer.headers["cache-control"]) == ("nosniff", "no-store")
    assert "登录" in answer.body
    assert "Sign in" in answer.body


def test_the_audit_trail_names_known_persons_only_and_no_password(team: Server) -> None:
    team.sign_in("hunter2-typed-into-the-wrong-field", "whatever it is")
    warehouse = team.warehouse
    with warehouse.read() as connection:
        lines = newest(connection, 0)
    warehouse.close()
    refused = [line for line in lines if line.action == "refused"]
    assert {line.who for line in refused} <= {"", "anna", "leo", "mia"}
    assert refused[0].address.startswith("192.0.2."), "as the proxy in front says"
    assert "hunter2" not in repr(lines)


def test_brute_force_soon_waits_opens_nothing_and_leaves_others_alone(team: Server) -> None:
    kept = team.sign_in("leo").cookie

    def attempt(place: int) -> int:
        return team.sign_in("mia", f"wrong password {place}").status

    with ThreadPoolExecutor(10) as many:
        statuses = list(many.map(attempt, range(60)))
    assert set(statuses) == {403, 429}
    assert statuses.count(403) < statuses.count(429), "five attempts are free; then one after each wait"
    assert team.ask("/_stcore/metrics", cookie=kept).status == 200
    assert team.sign_in("anna").status == 303


def test_one_address_that_tries_many_names_is_told_to_wait(team: Server) -> None:
    answers = [team.sign_in(f"name{place}", "wrong password", x_forwarded_for="198.51.100.9") for place in range(15)]
    told = next(answer for answer in answers if answer.status == 429)
    assert int(told.headers["retry-after"]) >= 1
    assert "尝试次数过多" in told.body
    assert "Too many attempts" in told.body
