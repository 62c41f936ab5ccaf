"""A runner for commands of servq in forked children of a warmed interpreter, which can be killed at a given moment.

    python -m tests.proofs.children ROWS_PER_CHUNK

One order a line on stdin, one answer a line on stdout, both JSON; several commands of an order run at once. Chunks are
small, so that even a small file takes many steps.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import resource
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, NoReturn

import psycopg

from servq.cli import main, run
from servq.loaders.cells import chunks

WARMED = (psycopg,)
"""What servq imports when it needs it, beside what it needs on SQLite."""


def obey(order: dict[str, Any]) -> list[dict[str, Any]]:
    """Run the commands of an order at once; what became of each."""
    pids, began = [], []
    for place, words in enumerate(order["commands"]):
        pid, read_end = _fork(order, words, place)
        pids.append(pid)
        began.append(read_end)
    for read_end in began:  # a moment counts from when all run, however late a busy machine lets them
        os.read(read_end, 1)
        os.close(read_end)
    started = time.monotonic()
    if order["signal"]:
        time.sleep(order["after"])
        for pid in pids:
            os.kill(pid, order["signal"])
    return [_wait(pid, started, Path(f"{order['said']}{place}")) for place, pid in enumerate(pids)]


def _wait(pid: int, started: float, said: Path) -> dict[str, Any]:
    _, status = os.waitpid(pid, 0)
    code, seconds = os.waitstatus_to_exitcode(status), time.monotonic() - started
    return {"code": code, "seconds": seconds, "said": said.read_text(encoding="utf-8")}


def _fork(order: dict[str, Any], words: list[str], place: int) -> tuple[int, int]:
    """The child, and where it says that it begins."""
    read_end, write_end = os.pipe()
    pid = os.fork()
    if pid == 0:
        _become(order, words, place, write_end)
    os.close(write_end)
    return pid, read_end


def _become(order: dict[str, Any], words: list[str], place: int, begins: int) -> NoReturn:
    """The child: a command like any other, as this user, with so much room on the disk."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    out = os.open(f"{order['said']}{place}", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    os.dup2(out, 1)
    os.dup2(out, 2)
    os.environ["SERVQ_HOME"] = order["home"]
    if order["file_bytes"]:
        resource.setrlimit(resource.RLIMIT_FSIZE, (order["file_bytes"], order["file_bytes"]))
    if order["user"] and os.geteuid() == 0:
        os.setgroups([])
        os.setgid(order["user"])
        os.setuid(order["user"])
    sys.argv = ["servq", *words]
    code = 1
    try:
        os.close(begins)
        main()
    except SystemExit as end:
        code = int(end.code or 0)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def warm() -> None:
    """Run each kind of command once: no child shall lose its time with what all need, or miss what it may not read."""
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
        os.environ["SERVQ_HOME"] = folder
        file = Path(folder) / "warm.csv"
        file.write_text("response_id,answered_at,channel,team,likelihood,comment\n1,2026-03-05,官网,甲,9,服务很好\n")
        backup = str(Path(folder) / "backup.sqlite")
        for words in (["init"], ["load", "surveys", str(file)], ["measure", "nps"], ["doctor"], ["backup", backup]):
            assert run(words) == 0, words


if __name__ == "__main__":
    chunks.CHUNK_ROWS = int(sys.argv[1])
    warm()
    for line in sys.stdin:
        print(json.dumps(obey(json.loads(line))), flush=True)
