"""Redirects to a tab from the address that it had as a page of its own.

/promises?week=2026-W39  ->  /consistency?part=promises&week=2026-W39

The server answers before any page runs, so a link works right after a start, and Back does not come upon it again.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.routing import Route

from servq.ui.shell.menu import FIRST, PARTS, path_of


def routes() -> list[Route]:
    """One route for each part that is not the first of its page, and one for the first page, which lives at /."""
    names = [part for parts in PARTS.values() for part in parts[1:]]
    return [Route(f"/{name}", _lead_on) for name in (*names, FIRST)]


async def _lead_on(request: Request) -> RedirectResponse:
    """To where this address lives now, with all that stood in the link."""
    name = request.url.path.rpartition("/")[2]
    target = path_of(name)
    if request.url.query:
        target += ("&" if "?" in target else "?") + request.url.query
    return RedirectResponse(target)
