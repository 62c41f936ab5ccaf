"""The door: ASGI middleware in front of pages, websocket, media, uploads and metrics.

    every request       our own header is taken out, whoever sent it
    health              open
    sign-in             open (GET, and POST with the Origin of this host)
    a session in force  goes on, with our header naming it
    a stranger          303 to sign-in for a page, 401 else, 1008 for the websocket

Without a configured way in nobody signs in, and only connections to this machine's own addresses are answered.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable
from typing import TypeVar
from urllib.parse import parse_qs, quote

from anyio import CapacityLimiter, to_thread
from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from servq.access import requests, sign_in_page
from servq.access.accounts import PROXY, subject_of
from servq.access.gate import Gate, hash_of
from servq.access.sign_in import SignIn
from servq.access.way_in import insist_on_a_way_in, is_among
from servq.errors import ServqError, UsageError
from servq.records.account import Account, Session
from servq.warehouse.books import accounts

_LOG = logging.getLogger("servq")

SIGN_IN, HEALTH = "/sign-in", "/_stcore/health"
"""The only paths that are open to strangers; each is meant letter by letter."""

LONGEST_FORM = 4_096
LISTED_AGAIN_SECONDS = 600
"""A person without account is written down at most once in so long."""

_LOOKUPS = 8
_POLICY_VIOLATION, _TRY_LATER = 1008, 1013
_Found = TypeVar("_Found")


class Door:
    """The middleware.

    Args:
        app: what lies behind.
        gate: the sessions.
        base: `server.baseUrlPath`, "" or like "servq".
    """

    def __init__(self, app: ASGIApp, gate: Gate, base: str = "") -> None:
        self._app, self._gate, self._access = app, gate, gate.access
        self._base = f"/{base.strip('/')}" if base.strip("/") else ""
        self._sign_in = SignIn(gate)
        self._lookups = CapacityLimiter(_LOOKUPS)
        self._listed: dict[str, float] = {}
        if self._access.sign_in == "proxy" and os.environ.get("FORWARDED_ALLOW_IPS") != "":
            raise UsageError(
                "sign_in 为 proxy 时请用 servq serve 启动",
                "with sign_in = proxy, start it by servq serve",
                where="FORWARDED_ALLOW_IPS",
                hint_zh="否则服务器会先改写对方的地址",
                hint_en="The server would rewrite the peer's address before it is looked at",
            )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or hand it on."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        asked, scope = scope, requests.without_headers(scope, requests.VIEWER_HEADER, self._access.proxy_header)
        if self._gate.open_to_all:
            await self._only_from_here(scope, receive, send)
            return
        path = requests.path_of(scope, self._base)
        send = _guarded(send, path or "")
        if path == HEALTH and scope["type"] == "http":
            await self._app(scope, receive, send)
            return
        try:
            found = await self._in_thread(lambda: self._session(asked))
            if found is not None:
                scope = requests.with_viewer(scope, found.token_hash)
            elif scope["type"] == "websocket":
                await _close(receive, send, _POLICY_VIOLATION)
                return
            if found is None or (path == SIGN_IN and scope["type"] == "http"):
                answer = await self._answer(asked, path, receive)
                await answer(scope, receive, send)
                return
        except ServqError as error:
            _LOG.warning("the door: %s", error.en)
            await self._not_now(scope, receive, send)
            return
        await self._app(scope, receive, send)

    async def _only_from_here(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Nobody signs in: as before, on this machine's own addresses."""
        if requests.comes_to_this_machine(scope):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await _close(receive, send, _POLICY_VIOLATION)
        else:
            server = scope.get("server")
            try:
                insist_on_a_way_in(self._access, server[0] if server else None, "servq serve")
            except UsageError as error:
                await PlainTextResponse(error.message, 403)(scope, receive, send)

    def _session(self, asked: Scope) -> Session | None:
        """The session of a request, if it is in force and came by the way that is configured."""
        token = requests.token_in(asked)
        found = self._gate.session(hash_of(token)) if token else None
        if found is None or found.way != self._access.sign_in:
            return None
        if self._access.sign_in == PROXY and self._named_by_proxy(asked) != found.account.subject:
            return None
        return found

    def _named_by_proxy(self, asked: Scope) -> str:
        """The person whom a named proxy vouches for; "" from everybody else, and where two are named."""
        if not is_among(requests.peer_of(asked), self._access.proxy_peers):
            return ""
        said = HTTPConnection(asked).headers.getlist(self._access.proxy_header)
        return subject_of(said[0]) if len(said) == 1 else ""

    async def _answer(self, asked: Scope, path: str | None, receive: Receive) -> Response:
        """The answer to a stranger, and to everybody on the sign-in page."""
        if self._access.sign_in == PROXY:
            return await self._by_proxy(asked, path)
        if path == SIGN_IN and asked["method"] in ("GET", "HEAD"):
            said = HTTPConnection(asked).query_params.get("next", "")
            page, headers = sign_in_page.form_page(f"{self._base}{SIGN_IN}", requests.safe_next(said, self._base))
            return HTMLResponse(page, 200, headers)
        if path == SIGN_IN and asked["method"] == "POST":
            return await self._by_password(asked, receive)
        if requests.wants_html(asked):
            here = quote(requests.here_of(asked), safe="")
            return RedirectResponse(f"{self._base}{SIGN_IN}?next={here}", 303)
        return PlainTextResponse("请登录 / sign in\n", 401)

    async def _by_password(self, asked: Scope, receive: Receive) -> Response:
        """The answer to the form."""
        if not requests.same_origin(asked):
            page, headers = sign_in_page.message_page(sign_in_page.FOREIGN, f"{self._base}{SIGN_IN}")
            return HTMLResponse(page, 403, headers)
        said = await _form(Request(asked, receive))
        next_ = requests.safe_next(said.get("next", ""), self._base)
        address = requests.client_of(asked, self._access.proxy_peers)
        found = await self._sign_in.attempt(said.get("name", ""), said.get("password", ""), address)
        if found.account is not None:
            return await self._begin(asked, found.account, next_)
        message = sign_in_page.wait_message(found.wait) if found.wait else sign_in_page.WRONG
        page, headers = sign_in_page.form_page(f"{self._base}{SIGN_IN}", next_, message, said.get("name", ""))
        if found.wait:
            return HTMLResponse(page, 429, headers | {"retry-after": str(int(found.wait) + 1)})
        return HTMLResponse(page, 403, headers)

    async def _by_proxy(self, asked: Scope, path: str | None) -> Response:
        """The answer to whom a proxy names, or does not name."""
        subject = self._named_by_proxy(asked)
        if not requests.wants_html(asked):
            return PlainTextResponse("请登录 / sign in\n", 401)
        if not subject:
            page, headers = sign_in_page.message_page(sign_in_page.PORTAL)
            return HTMLResponse(page, 403, headers)
        person = await self._in_thread(lambda: self._known(subject, asked))
        if person is None:
            page, headers = sign_in_page.message_page(sign_in_page.STRANGER)
            return HTMLResponse(page, 403, headers)
        back = f"{self._base}/" if path == SIGN_IN else requests.safe_next(requests.here_of(asked), self._base)
        return await self._begin(asked, person, back)

    def _known(self, subject: str, asked: Scope) -> Account | None:
        """The account of a person whom the proxy names; a stranger is written down for the administrator."""
        with self._gate.warehouse.read() as connection:
            person = accounts.find(connection, PROXY, subject)
        if person is not None and person.disabled_at is None:
            return person
        now = time.monotonic()
        if now - self._listed.get(subject, -LISTED_AGAIN_SECONDS) >= LISTED_AGAIN_SECONDS:
            if len(self._listed) > 1_000:
                self._listed.clear()
            self._listed[subject] = now
            address = requests.client_of(asked, self._access.proxy_peers)
            self._gate.record(subject[:64], PROXY, address, "refused", "disabled" if person else "unknown")
        return None

    async def _begin(self, asked: Scope, person: Account, next_: str) -> Response:
        """A new session; whatever cookie the browser came with is worth nothing from here on."""
        address = requests.client_of(asked, self._access.proxy_peers)
        before = hash_of(old) if (old := requests.token_in(asked)) else ""
        token = await self._in_thread(lambda: self._gate.begin(person, self._access.sign_in, address, before))
        answer = RedirectResponse(next_, 303)
        answer.set_cookie(
            requests.COOKIE,
            token,
            max_age=self._access.longest_hours * 3_600,
            path=self._base or "/",
            secure=self._access.https or requests.is_https(asked, self._access.proxy_peers),
            httponly=True,
            samesite="lax",
        )
        return answer

    async def _not_now(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The warehouse does not answer: nobody comes in."""
        if scope["type"] == "websocket":
            await _close(receive, send, _TRY_LATER)
            return
        page, headers = sign_in_page.message_page(sign_in_page.FAILED, requests.here_of(scope))
        await HTMLResponse(page, 503, headers | {"retry-after": "5"})(scope, receive, send)

    async def _in_thread(self, work: Callable[[], _Found]) -> _Found:
        return await to_thread.run_sync(work, limiter=self._lookups)


async def _form(request: Request) -> dict[str, str]:
    """The fields of the sign-in form; one that is too long for it has none."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LONGEST_FORM:
            return {}
    try:
        return {name: values[0] for name, values in parse_qs(body.decode("ascii"), max_num_fields=8).items()}
    except ValueError:
        return {}


async def _close(receive: Receive, send: Send, code: int) -> None:
    """Refuse a websocket before it is open."""
    await receive()
    await send({"type": "websocket.close", "code": code})


def _guarded(send: Send, path: str) -> Send:
    """The answers with the headers that every answer has; what the door says and what was downloaded is not kept."""

    async def send_on(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers["x-content-type-options"] = "nosniff"
            headers["referrer-policy"] = "same-origin"
            headers.setdefault("x-frame-options", "SAMEORIGIN")
            if message["status"] == 303 or message["status"] >= 400 or path == SIGN_IN or path.startswith("/media/"):
                headers["cache-control"] = "no-store"
        await send(message)

    return send_on
