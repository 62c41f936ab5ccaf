"""Streams that end early or cannot be written: the command is done, or its exit code says otherwise."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import time
from pathlib import Path

import pytest

from tests.cli.conftest import PROGRAM, Servq, write_surveys

ROW = ["1", "2026-04-29 10:00:00", "OTA", "甲", 9, 5, ""]
PATIENCE_SECONDS = 300
"""A loaded machine is no failure."""


@pytest.fixture
def two_files(tmp_path: Path) -> str:
    """Two files of one answer each, as words of a shell."""
    first, second = (write_surveys(tmp_path / f"{name}.csv", [[name, *ROW[1:]]]) for name in "ab")
    return f"'{first}' '{second}'"


def bash(command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, check=False, timeout=PATIENCE_SECONDS
    )


def answers_in(servq: Servq) -> int:
    said = servq("measure", "responses", "--format", "json")
    return int(json.loads(said.out)["rows"][0]["n"])


@pytest.mark.parametrize("reader", ["true", "head -1", "head -c 1"])
@pytest.mark.parametrize("form", ["", "--json"])
def test_a_load_whose_reader_has_gone_is_finished(empty: Servq, two_files: str, reader: str, form: str) -> None:
    said = bash(f"'{PROGRAM}' load surveys {two_files} {form} | {reader} >/dev/null; echo ${{PIPESTATUS[0]}}")
    assert said.stdout == "0\n"
    assert said.stderr == ""
    assert answers_in(empty) == 2


def test_a_load_whose_report_finds_no_room_is_finished_and_the_exit_code_is_not_0(empty: Servq, two_files: str) -> None:
    said = bash(f"'{PROGRAM}' load surveys {two_files} >/dev/full")
    assert said.returncode == 1
    assert "输出没有写完" in said.stderr
    assert "内部错误" not in said.stderr
    assert answers_in(empty) == 2


def test_figures_that_find_no_room_are_no_success(full: Servq) -> None:
    said = bash(f"'{PROGRAM}' measure nps >/dev/full")
    assert said.returncode == 1
    assert "输出没有写完" in said.stderr


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "2>/dev/full"])
def test_a_load_without_a_stream_is_finished(empty: Servq, two_files: str, closed: str) -> None:
    said = bash(f"'{PROGRAM}' load surveys {two_files} {closed}")
    assert said.returncode == 0
    assert answers_in(empty) == 2


def test_a_refused_file_says_so_by_its_code_though_nobody_reads_the_reason(empty: Servq, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes(b"%PDF")
    said = bash(f"'{PROGRAM}' load surveys '{tmp_path / 'x.csv'}' 2>&1 | true; echo ${{PIPESTATUS[0]}}")
    assert said.stdout == "3\n"


def test_a_register_for_which_there_is_no_room_leaves_no_file(
    full: Servq, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "write_text", no_room)
    said = full("promises", "export", tmp_path / "p.toml")
    assert said.code == 2
    assert "No space left on device" in said.err
    assert not (tmp_path / "p.toml").exists()


@pytest.mark.parametrize("command", ["score", "mask"])
def test_a_filter_whose_reader_has_gone_ends_though_its_input_does_not(servq: Servq, command: str) -> None:
    with subprocess.Popen(
        ["bash", "-c", f"yes 很好 | '{PROGRAM}' {command} | head -1; echo ${{PIPESTATUS[1]}}"],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as running:
        until = time.monotonic() + PATIENCE_SECONDS
        while running.poll() is None and time.monotonic() < until:
            time.sleep(0.1)
        ended = running.poll()
        if ended is None:
            os.killpg(running.pid, 9)
    assert ended == 0
