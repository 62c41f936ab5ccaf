"""The command that serves the dashboard: runs the pages as a child process and ends with it."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from servq.cli.terminal.options import DatabaseOption, open_warehouse, settings_of
from servq.cli.terminal.output import note, write
from servq.errors import ServqError, UsageError

if TYPE_CHECKING:
    import subprocess
    from types import FrameType

    from servq.settings import Settings
    from servq.warehouse.store.engine import Warehouse

ADDRESS = "127.0.0.1"
PORT = 8501
APP = Path(__file__).resolve().parents[3] / "app.py"

_SQLITE = "sqlite:///"
_PATIENCE = 60
"""Seconds until the pages must answer."""

_GRACE = 10
"""Seconds that the pages have to end: a browser that holds its connection would keep them for ever."""


def serve(
    ctx: typer.Context,
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="端口 / the port")] = PORT,
    address: Annotated[
        str, typer.Option("--address", metavar="ADDRESS", help="监听的地址 / the address to listen to")
    ] = ADDRESS,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="在桌面上打开浏览器 / open a browser on a desktop")
    ] = True,
    database: DatabaseOption = None,
) -> None:
    """打开看板，Ctrl-C 结束 / the dashboard; Ctrl-C ends it."""
    import subprocess

    settings, warehouse = settings_of(ctx, database), open_warehouse(ctx, database)
    warehouse.check()
    signs_in = _check_way_in(settings, warehouse, address)
    warehouse.close()  # the dashboard has its own connections, and this process waits for a long time
    if not APP.is_file():
        raise ServqError("找不到看板页面", "the pages are not there", where=str(APP))
    _check_free(address, port)
    environment = _environment(settings) | ({"FORWARDED_ALLOW_IPS": ""} if signs_in else {})
    child = subprocess.Popen(
        _command(address, port), cwd=APP.parent, env=environment, stdout=subprocess.DEVNULL, start_new_session=True
    )
    asked_to_end = _pass_on_signals(child)
    _say_when_ready(child, address, port, browser)
    code = _end_of(child, asked_to_end)
    if asked_to_end:
        raise typer.Exit(0 if asked_to_end[0] == signal.SIGINT else 128 + asked_to_end[0])
    if code:
        note(f"看板意外结束（{code}），原因见上\nthe dashboard ended by itself ({code}); see above")
    raise typer.Exit(1 if code else 0)


def _check_way_in(settings: Settings, warehouse: Warehouse, address: str) -> bool:
    """Whether readers sign in; without that only this machine is served."""
    from servq.access import accounts
    from servq.access.way_in import insist_on_a_way_in
    from servq.configuration import read_configuration

    chosen = read_configuration(settings.home)
    insist_on_a_way_in(chosen.access, address, f"--address {address}")
    signs_in = chosen.access.sign_in != "none"
    if signs_in and not any(one.disabled_at is None for one in accounts.every(warehouse)):
        note("还没有账号，谁也进不来：servq accounts add\nno account yet, nobody can come in: servq accounts add")
    return signs_in


def _command(address: str, port: int) -> list[str]:
    """The pages' own settings stand in .streamlit/config.toml; here only what this start decides."""
    options = {"server.address": address, "server.port": port, "server.headless": "true", "logger.level": "warning"}
    given = [f"--{name}={value}" for name, value in options.items()]
    return [sys.executable, "-m", "streamlit", "run", str(APP), *given]


def _environment(settings: Settings) -> dict[str, str]:
    """The child works in the project's folder, so places must not depend on where the command was typed."""
    url = settings.database_url
    if url.startswith(_SQLITE) and not url.startswith((f"{_SQLITE}/", f"{_SQLITE}:memory:")):
        url = f"{_SQLITE}{Path(url.removeprefix(_SQLITE)).resolve()}"
    places = {"SERVQ_HOME": settings.home, "SERVQ_DATA": settings.data}
    if chosen := os.environ.get("SERVQ_CONFIG"):  # with another configuration there might be another way in
        places["SERVQ_CONFIG"] = Path(chosen)
    return os.environ | {"SERVQ_DATABASE_URL": url} | {name: str(path.resolve()) for name, path in places.items()}


def _check_free(address: str, port: int) -> None:
    import errno
    import socket

    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
                raise UsageError(
                    "这台机器没有这个地址", "this machine has no such address", where=f"--address {address}"
                ) from error
            raise UsageError(
                f"端口 {port} 不可用（可能已有看板在运行）",
                f"the port {port} cannot be used (a dashboard may be running there)",
                where="--port",
                hint_zh=f"换一个：servq serve --port {port + 1}",
                hint_en=f"Take another: servq serve --port {port + 1}",
            ) from error


def _pass_on_signals(child: subprocess.Popen[bytes]) -> list[int]:
    """Let Ctrl-C, SIGTERM and a closed terminal end the child, whoever they were sent to; returns what came."""
    came: list[int] = []

    def end(number: int, _frame: FrameType | None) -> None:
        came.append(number)
        child.terminate()

    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), end)
    return came


def _end_of(child: subprocess.Popen[bytes], asked_to_end: list[int]) -> int:
    """Wait until the pages end, of themselves or because they were asked to; returns their code."""
    from subprocess import TimeoutExpired

    left = _GRACE
    while True:
        try:
            return child.wait(1)
        except TimeoutExpired:
            left -= bool(asked_to_end)
        if left <= 0:
            child.kill()


def _say_when_ready(child: subprocess.Popen[bytes], address: str, port: int, browser: bool) -> None:
    """Print the address once the pages answer, not before."""
    # who listens to every address answers on this machine's own too
    host = {"0.0.0.0": ADDRESS, "::": "[::1]"}.get(address, f"[{address}]" if ":" in address else address)
    url = f"http://{host}:{port}"
    until = time.monotonic() + _PATIENCE
    while child.poll() is None and not _answers(url) and time.monotonic() < until:
        time.sleep(0.1)
    if child.poll() is not None:
        return
    write(f"看板已就绪，Ctrl-C 结束 / the dashboard is ready, Ctrl-C ends it: {url}\n")
    if (
        browser
        and sys.stdout.isatty()
        and (sys.platform != "linux" or os.environ.keys() & {"DISPLAY", "WAYLAND_DISPLAY"})
    ):
        import webbrowser

        webbrowser.open(url)


def _answers(address: str) -> bool:
    import urllib.request

    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # a proxy knows nothing of this machine
    try:
        with direct.open(f"{address}/_stcore/health", timeout=1) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False
