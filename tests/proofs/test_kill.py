"""Killed loads: at any moment nothing or everything is stored, and the same command then finishes the job."""

from __future__ import annotations

import signal
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from servq.warehouse.store.engine import Warehouse
from servq.warehouse.upkeep.doctor import examine
from tests.proofs.conftest import Children, fingerprint

KILLS = 32
"""How often a load must have been cut off on each store before it is believed."""


def load(url: str, export: Path) -> list[str]:
    return ["--database", url, "load", "surveys", str(export)]


def faults(url: str) -> list[str]:
    warehouse = Warehouse(url)
    found = [check.found.en for check in examine(warehouse) if not check.ok]
    warehouse.close()
    return found


def cut_off_again_and_again(
    children: Children, command: Callable[[str], list[str]], ready: Callable[[], str], seed: int
) -> tuple[str, str]:
    """Kill a command at random moments, KILLS times; what it works on is then as before it or as after it.

    Args:
        ready: makes a warehouse on which the command has work to do.

    Returns:
        The URL of a warehouse on which it was killed, and the fingerprint after the whole of it.
    """
    url = ready()
    before = fingerprint(url)
    undisturbed = children.run(*command(url))
    assert undisturbed.code == 0, undisturbed.said
    after, seconds = fingerprint(url), undisturbed.seconds
    assert after != before

    random, found, tried = Random(seed), list[str](), 0
    url = ready()
    while len(found) < KILLS:
        tried += 1
        assert tried < 20 * KILLS, f"of {tried} only {len(found)} could be killed"
        ended = children.run(*command(url), signal=signal.SIGKILL, after=random.uniform(0, seconds))
        state = fingerprint(url)
        assert state in (before, after)
        if ended.code == -signal.SIGKILL:
            found.append(state)
        else:
            assert (ended.code, state) == (0, after), ended.said
            seconds = min(seconds, ended.seconds)  # the first may have had to share the machine
        if state == after:
            url = ready()
    assert found.count(before) > KILLS / 2, "most were killed before their end, or this proves nothing"
    return url, after


def test_a_load_killed_at_any_moment_leaves_the_state_before_or_the_state_after(
    children: Children, begun: Callable[[], str], export: Path
) -> None:
    url, after = cut_off_again_and_again(children, lambda url: load(url, export), begun, 20261122)
    finished = children.run(*load(url, export))
    assert finished.code == 0, finished.said
    assert fingerprint(url) == after
    assert faults(url) == []


def test_an_undo_killed_at_any_moment_took_out_all_of_a_load_or_nothing(
    children: Children, begun: Callable[[], str], fresh: Path
) -> None:
    def loaded() -> str:
        url = begun()
        assert children.run(*load(url, fresh)).code == 0
        return url

    def undo(url: str) -> list[str]:
        return ["--database", url, "loads", "undo", "2", "--yes"]

    url, after = cut_off_again_and_again(children, undo, loaded, 20261129)
    finished = children.run(*undo(url))
    assert finished.code == 0, finished.said
    assert fingerprint(url) == after
    assert faults(url) == []


def test_the_same_load_gives_the_same_content_on_both_stores(
    children: Children, sqlite_url: str, postgres_url: str, earlier: Path, export: Path
) -> None:
    found = set()
    for url in (sqlite_url, postgres_url):
        for file in (earlier, export):
            assert children.run(*load(url, file)).code == 0
        found.add(fingerprint(url))
    assert len(found) == 1


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_load_that_is_asked_to_end_says_so_by_its_code_and_leaves_nothing(
    children: Children, begun: Callable[[], str], export: Path, number: int, code: int
) -> None:
    random, url, codes = Random(7), begun(), list[int]()
    before = fingerprint(url)
    whole = children.run(*load(begun(), export)).seconds
    while code not in codes:
        assert len(codes) < 60, f"none of these was interrupted: {codes}"
        ended = children.run(*load(url, export), signal=number, after=random.uniform(0.1, 0.8) * whole)
        assert "Traceback" not in ended.said
        codes.append(ended.code)
        if ended.code:
            assert (ended.code, fingerprint(url)) == (code, before), ended.said
            assert ("已中断" in ended.said) == (number == signal.SIGINT)
        else:
            url = begun()
