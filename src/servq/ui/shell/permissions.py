"""The viewer of this run and what they may do: the only place that the pages ask.

The session is looked up when a page opens, when a dialog is drawn again, and before anything is changed or exported:
who was signed out, switched off or given another role notices it at the next click.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from threading import local
from typing import Any, NoReturn

import streamlit as st

from servq.access import way_in
from servq.access.roles import NAMES, Role
from servq.access.viewer import NotPermitted, NotSignedIn, Scope, Viewer
from servq.errors import ServqError, UsageError
from servq.ingest.load import acting_as, who_runs
from servq.ui.shell.language import name_of, say
from servq.ui.shell.markup import draw, piece

Make = Callable[..., bytes]
"""Turns headers and rows into a file."""

_JUST_NOW = 0.1
"""Seconds: from the menu to the page in one run."""

_run = local()
"""The viewer of this run; a thread runs for one reader only, and every run begins by looking the session up."""


def admit() -> Viewer:
    """Look the session up and remember whose it is, for this run.

    Raises:
        NotSignedIn: there is none in force.
        WarehouseUnavailable: nobody can say.
    """
    _run.viewer = None
    gate = way_in.gate_in_force()
    if gate.open_to_all:
        # nobody signs in, as before: whoever sits at this machine; from another one nothing can be changed
        here = way_in.is_loopback(st.get_option("server.address"))
        found = Viewer(who_runs(), "", Role.ADMIN, Scope.EVERYTHING, "none", here=here)
    else:
        found = gate.viewer(str(st.user.get("viewer") or ""))
        acting_as(found.who)
    _run.viewer, _run.at = found, time.monotonic()
    return found


def admitted() -> Viewer:
    """The viewer that the menu has just been made for; where there is no menu, or it took its time, looked up anew.

    Raises:
        NotSignedIn: there is no session in force.
        WarehouseUnavailable: nobody can say.
    """
    found: Viewer | None = getattr(_run, "viewer", None)
    return found if found is not None and time.monotonic() - _run.at < _JUST_NOW else admit()


def viewer() -> Viewer:
    """The viewer of this run.

    Raises:
        NotSignedIn: nobody was admitted.
    """
    found: Viewer | None = getattr(_run, "viewer", None)
    return found if found is not None else admit()


def may(surface: str) -> bool:
    """Whether this reader may open a surface, such as `page:health`, `action:promise` or `download:rows`."""
    return viewer().may(surface)


def may_open(page: str, part: str) -> bool:
    """Whether this reader may open a page at one of its parts."""
    return may(f"page:{page}") and (part == page or may(f"tab:{part}"))


def insist(surface: str) -> None:
    """Refuse a change by a reader without permission, whatever was drawn for them; the session is looked up again.

    Raises:
        NotSignedIn: the session has ended meanwhile.
        NotPermitted: the role does not allow it.
        UsageError: nobody signs in, and other machines are served.
    """
    found = admit()
    if not found.here:
        raise UsageError(
            "您不能在这里修改数据",
            "you may change nothing here",
            hint_zh="请在命令行操作",
            hint_en="Use the command line",
        )
    if not found.may(surface):
        raise NotPermitted


def still_may(surface: str) -> bool:
    """The same as an answer, for a widget's callback: the page that is drawn after it says why."""
    try:
        insist(surface)
    except ServqError:
        return False
    return True


def file(surface: str, what: str, build: Callable[[Make], bytes], make: Make) -> Callable[[], bytes]:
    """A file that is made when it is asked for, by a reader who still may have it; the audit trail gets its rows.

    Args:
        surface: such as `download:rows`.
        what: the file's kind, for the audit trail; nothing of its content.
        build: makes the file by the `make` that it is given.
        make: turns headers and rows into bytes.
    """
    reader, gate = viewer(), way_in.gate_in_force()

    def made() -> bytes:
        now = gate.viewer(reader.session) if reader.session else reader
        if not now.may(surface):
            raise NotPermitted
        counted = 0

        def counting(headers: Sequence[str], rows: Iterable[Any]) -> bytes:
            def passing() -> Iterator[Any]:
                nonlocal counted
                for row in rows:
                    counted += 1
                    yield row

            return make(headers, passing())

        content = build(counting)
        if now.session:
            gate.record(now.who, now.way, "", "exported", what, counted)
        return content

    return made


def sign_out() -> None:
    """End this browser's session (a widget's callback)."""
    try:
        way_in.gate_in_force().end(admit())
    except NotSignedIn:
        pass
    except ServqError:  # on SQLite a load is being written
        said = say("暂时无法退出，请稍后再试", "Signing out is not possible right now: try again later")
        draw(piece('<div class="sq sq-note bad">{said}</div>', said=said))
    _run.viewer = None


def signed_in_as() -> None:
    """Name, role and the way out, in the sidebar; nothing where nobody signs in."""
    found = viewer()
    if not found.session:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="signed-in"):
        draw(
            piece(
                '<div class="sq sq-sub"><b>{name}</b> · {role}</div>', name=found.name, role=name_of(NAMES[found.role])
            )
        )
        st.button(say("退出", "Sign out"), key="sign-out", on_click=sign_out, type="tertiary")


def turn_away() -> NoReturn:
    """The sentence for whoever is not, or no longer, signed in; ends the run and leaves nothing of the page."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    draw(
        piece(
            '<div class="sq sq-note"><b>{what}</b><br><a class="sq-link" href="{to}" target="_self">{go}</a></div>',
            what=say("您已退出，或登录已失效", "You are signed out, or your session has ended"),
            to=f"/{base}/sign-in".replace("//", "/"),
            go=say("去登录 ›", "Sign in ›"),
        )
    )
    st.stop()


def not_here() -> None:
    """The reason why nothing can be loaded or corrected here, and the alternative."""
    if viewer().session:
        said = say(
            "您的角色不能在这里修改数据；如有需要，请联系管理员。",
            "Your role changes nothing here; ask your administrator if you need it.",
        )
    else:
        said = say(
            "本看板可从其他机器打开，又没有登录：请在命令行操作（servq load、servq quarantine retry），"
            "或让看板只监听 127.0.0.1。",
            "This dashboard can be opened from other machines and nobody signs in: use the command line "
            "(servq load, servq quarantine retry), or let it listen to 127.0.0.1 only.",
        )
    draw(piece('<div class="sq sq-note">{said}</div>', said=said))
