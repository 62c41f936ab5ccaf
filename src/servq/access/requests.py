"""Reading of a request: its path, its browser's cookie, the machine it comes from. Believes no stranger."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from starlette.requests import HTTPConnection
from starlette.types import Scope

from servq.access.way_in import is_among, is_loopback

COOKIE = "servq_session"
VIEWER_HEADER = "x-servq-viewer"
"""The header by which the door tells the pages whose session it is: the hash of its token."""


def without_headers(scope: Scope, *names: str) -> Scope:
    """The scope without these headers, in whatever spelling they came."""
    gone = {name.lower().replace("_", "-") for name in names}
    kept = [
        (name, value)
        for name, value in scope["headers"]
        if name.decode("latin-1").lower().replace("_", "-") not in gone
    ]
    return dict(scope) | {"headers": kept}


def with_viewer(scope: Scope, token_hash: str) -> Scope:
    """The scope with the one header that the pages believe."""
    return dict(scope) | {"headers": [*scope["headers"], (VIEWER_HEADER.encode(), token_hash.encode())]}


def path_of(scope: Scope, base: str) -> str | None:
    """The path below the base; None for one that is written in any way but the plain one, or lies elsewhere."""
    path: str = scope["path"]
    raw = scope.get("raw_path")
    if raw is not None and raw.split(b"?")[0] != path.encode("utf-8", "surrogatepass"):
        return None
    if not path.startswith(base):
        return None
    return path[len(base) :]


def token_in(scope: Scope) -> str:
    """The token in the browser's cookie; "" without one."""
    return HTTPConnection(scope).cookies.get(COOKIE, "")


def wants_html(scope: Scope) -> bool:
    """Whether this is a reader who opens a page, not a program that fetches something."""
    accepted = HTTPConnection(scope).headers.get("accept", "")
    return scope["type"] == "http" and scope["method"] in ("GET", "HEAD") and "text/html" in accepted


def peer_of(scope: Scope) -> str:
    """The machine at the other end of the connection."""
    client = scope.get("client")
    return str(client[0]) if client else ""


def client_of(scope: Scope, peers: tuple[str, ...]) -> str:
    """The machine of the reader: behind a named proxy, the last one that the proxy did not add itself."""
    peer = peer_of(scope)
    if not is_among(peer, peers):
        return peer
    said = ",".join(HTTPConnection(scope).headers.getlist("x-forwarded-for"))
    chain = [one.strip() for one in said.split(",") if one.strip()]
    return next((one[:64] for one in reversed(chain) if not is_among(one, peers)), peer)


def is_https(scope: Scope, peers: tuple[str, ...]) -> bool:
    """Whether the reader's browser speaks https, to us or to a named proxy."""
    told = HTTPConnection(scope).headers.get("x-forwarded-proto", "")
    return scope["scheme"] in ("https", "wss") or (told == "https" and is_among(peer_of(scope), peers))


def comes_to_this_machine(scope: Scope) -> bool:
    """Whether the connection was made to an address that only this machine has."""
    server = scope.get("server")
    return server is not None and (server[1] is None or is_loopback(server[0]))


def same_origin(scope: Scope) -> bool:
    """Whether a form was sent from a page of this very host; without an Origin nobody knows."""
    headers = HTTPConnection(scope).headers
    origin, host = headers.get("origin", ""), headers.get("host", "")
    return bool(host) and urlsplit(origin).netloc.lower() == host.lower()


def here_of(scope: Scope) -> str:
    """The address that was asked for, as a path to come back to."""
    query = scope.get("query_string", b"").decode("latin-1")
    return quote(scope["path"], safe="/") + (f"?{query}" if query else "")


def safe_next(said: str, base: str) -> str:
    """Where to go after signing in: a path below the base on this host, or the first page.

    >>> safe_next("/causes?week=2026-W39", ""), safe_next("//example.com/x", ""), safe_next("javascript:alert(1)", "")
    ('/causes?week=2026-W39', '/', '/')
    >>> safe_next("/elsewhere", "/servq"), safe_next("/\\\\example.com", ""), safe_next("/a\\nb", "")
    ('/servq/', '/', '/')
    """
    plain = said.isascii() and said.isprintable() and "\\" not in said and " " not in said
    here = said.startswith(f"{base}/") and not said.startswith("//")
    return said if plain and here and len(said) <= 2_000 else f"{base}/"
