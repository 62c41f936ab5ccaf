"""Addresses of earlier releases: each leads to the tab that its page has become, with everything in the link."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from starlette.applications import Starlette

from servq.ui.shell import old_addresses

KEPT = "week=2026-W30&channel=%E5%B0%8F%E7%A8%8B%E5%BA%8F&channel=OTA&lang=English"
"""A week, two channels (小程序, OTA) and a language."""


def answer(path: str, query: str = "") -> tuple[int, str]:
    """Status and target of what the server says to a browser that asks for this address."""
    said: list[dict[str, Any]] = []

    async def ask() -> None:
        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": b""}

        async def send(message: Any) -> None:
            said.append(message)

        scope = {
            "type": "http", "method": "GET", "path": path, "raw_path": path.encode(), "query_string": query.encode(),
            "headers": [(b"host", b"127.0.0.1")], "server": ("127.0.0.1", 8501), "scheme": "http", "root_path": "",
        }  # fmt: skip
        await Starlette(routes=old_addresses.routes())(scope, receive, send)

    asyncio.run(ask())
    return said[0]["status"], dict(said[0]["headers"]).get(b"location", b"").decode()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/drivers", "./?part=drivers"),
        ("/tree", "causes?part=tree"),
        ("/contradictions", "causes?part=contradictions"),
        ("/promises", "consistency?part=promises"),
        ("/lenses", "consistency?part=lenses"),
        ("/silos", "journey?part=silos"),
        ("/upload", "health?part=upload"),
        ("/model", "definitions?part=model"),
    ],
)
def test_an_old_address_leads_to_its_tab_with_all_that_stood_in_the_link(old: str, new: str) -> None:
    assert answer(old) == (307, new)
    assert answer(old, KEPT) == (307, f"{new}&{KEPT}")


def test_the_first_page_is_found_under_its_name_too() -> None:
    assert answer("/weekly") == (307, "./")
    assert answer("/weekly", KEPT) == (307, f"./?{KEPT}")


def test_a_page_that_is_still_one_is_led_nowhere() -> None:
    assert answer("/consistency") == (404, "")
