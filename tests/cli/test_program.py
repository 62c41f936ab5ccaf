"""The real program: exit codes, signals, streams, pipes and terminals."""

import json
import os
import pty
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.cli.conftest import PROGRAM, Servq, write_surveys

HEAVY = {"pandas", "scipy", "sqlalchemy", "alembic", "rich", "openpyxl", "streamlit", "plotly", "jieba", "snownlp"}


def test_the_program_starts_without_anything_heavy() -> None:
    code = f"import servq.cli, sys; print(sorted({HEAVY!r} & set(sys.modules)))"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"


def test_python_m_servq_is_the_same_program(home: Path) -> None:
    said = subprocess.run([sys.executable, "-m", "servq", "--version"], capture_output=True, text=True, check=True)
    assert said.stdout.startswith("servq ")


def test_help_lists_every_command_and_is_no_error(program: Servq) -> None:
    said = program("--help")
    assert (said.code, said.err) == (0, "")
    for command in ("init", "demo", "load", "measure", "verbatims", "quarantine", "score", "doctor", "serve"):
        assert f"  {command} " in said.out


@pytest.mark.parametrize("words", [[], ["quarantine"]])
def test_no_command_at_all_shows_the_help_and_is_a_usage_error(program: Servq, words: list[str]) -> None:
    said = program(*words)
    assert said.code == 2
    assert "Usage: servq" in said.out


@pytest.mark.parametrize(
    "words", [["measure"], ["measur", "nps"], ["measure", "nps", "--format", "xml"], ["measure", "nps", "--nothing"]]
)
def test_words_that_the_command_line_does_not_know_are_two_lines_and_exit_2(program: Servq, words: list[str]) -> None:
    said = program(*words)
    assert (said.code, said.out) == (2, "")
    chinese, english = said.err.splitlines()
    assert chinese.startswith("命令写法不对")
    assert english.startswith("usage:")


def test_an_unexpected_error_is_one_sentence_and_its_trace_is_in_the_log(
    full: Servq, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("in the middle")

    monkeypatch.setattr("servq.query.take_snapshot", broken)
    said = full("measure", "nps")
    assert (said.code, said.out) == (1, "")
    assert "Traceback" not in said.err
    assert str(home / "servq.log") in said.err
    assert "ZeroDivisionError: in the middle" in (home / "servq.log").read_text(encoding="utf-8")
    assert (home / "servq.log").stat().st_mode & 0o777 == 0o600


def test_expected_errors_leave_no_log(servq: Servq, home: Path) -> None:
    assert servq("measure", "nps").code == 4
    assert not (home / "servq.log").exists()


def test_output_in_a_pipe_is_utf8_whatever_the_locale(full: Servq, program: Servq) -> None:
    for locale in ({"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}, {"PYTHONIOENCODING": "gb18030"}):
        said = program("measure", "nps", "--by", "channel", "--format", "csv", **locale)
        assert "门店" in said.out


def test_a_pipe_gets_no_colours_no_progress_and_one_line_per_row(full: Servq, program: Servq, tmp_path: Path) -> None:
    long = [["long", "2026-04-29 10:00:00", "OTA", "甲", 1, 1, "等了很久" * 200]]
    said = program("load", "surveys", write_surveys(tmp_path / "b.csv", long))
    assert (said.code, said.err) == (0, "")
    table = program("verbatims").out
    assert "\x1b" not in table
    assert any("等了很久" * 200 in line for line in table.splitlines())


def test_a_reader_that_has_seen_enough_ends_the_command_quietly(full: Servq) -> None:
    command = f"'{PROGRAM}' verbatims --metric nps --limit 0 --format csv | head -n 1; echo ${{PIPESTATUS[0]}}"
    said = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    assert said.stdout.splitlines()[-1] == "0"
    assert said.stderr.count("\n") <= 2
    assert "Traceback" not in said.stderr


def on_a_terminal(words: list[str], columns: int = 100) -> str:
    """The text of both streams, as on a terminal."""
    leader, follower = pty.openpty()
    seen: list[bytes] = []

    def watch() -> None:
        try:
            while piece := os.read(leader, 4096):
                seen.append(piece)
        except OSError:  # the terminal is gone with its last program
            return

    watching = threading.Thread(target=watch)
    watching.start()
    environment = os.environ | {"COLUMNS": str(columns), "TERM": "xterm-256color"}
    environment.pop("NO_COLOR", None)
    subprocess.run([PROGRAM, *words], stdin=follower, stdout=follower, stderr=follower, env=environment, check=True)
    os.close(follower)
    watching.join()
    os.close(leader)
    return b"".join(seen).decode()


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_no_word_of_a_customer_steers_a_terminal(full: Servq, form: str) -> None:
    seen = on_a_terminal(["verbatims", "--format", form])
    assert "太差了" in seen
    assert "\x1b[31m" not in seen
    assert "\x9b" not in seen


def test_a_narrow_terminal_cuts_nothing_out_of_a_figure(full: Servq) -> None:
    seen = on_a_terminal(["measure", "nps", "--by", "channel,week"], columns=40)
    line = next(line for line in seen.splitlines() if line.startswith("OTA"))
    for part in ("2026-W18 (4/27–5/3)", "30 点", "10", "仅供参考"):
        assert part in line


def test_a_terminal_shows_how_many_rows_were_read(empty: Servq, tmp_path: Path) -> None:
    rows = [[f"r{n}", "2026-04-29 10:00:00", "OTA", "甲", n % 11, 5, ""] for n in range(3000)]
    seen = on_a_terminal(["load", "surveys", str(write_surveys(tmp_path / "many.csv", rows))])
    assert "行 rows" in seen
    assert "✓ many.csv" in seen


def _listens_to_ctrl_c() -> None:
    """A test run in the background has Ctrl-C switched off, and its children would inherit that."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupted_load_leaves_nothing_half_done(
    empty: Servq, home: Path, tmp_path: Path, number: int, code: int
) -> None:
    rows = [
        [f"r{n}", "2026-04-29 10:00:00", "OTA", "甲", n % 11, 5, f"第{n}号客人等了{n % 97}分钟没人理，态度也不好"]
        for n in range(60_000)  # seconds of work on any machine
    ]
    file = write_surveys(tmp_path / "many.csv", rows)
    key = home / "customer.key"
    key.unlink(missing_ok=True)
    loading = subprocess.Popen(
        [PROGRAM, "load", "surveys", file],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=_listens_to_ctrl_c,
    )
    until = time.monotonic() + 300
    while not key.exists() and time.monotonic() < until:
        time.sleep(0.05)
    time.sleep(0.5)  # reading, masking and scoring are under way
    loading.send_signal(number)
    out, err = loading.communicate(timeout=300)
    assert loading.returncode == code
    assert "已载入".encode() not in out  # only how the file is read was said
    assert b"Traceback" not in err
    assert ("已中断".encode() in err) == (number == signal.SIGINT)
    assert empty("loads", "--format", "json").out == "[]\n"
    assert json.loads(empty("measure", "responses", "--format", "json").out)["rows"][0]["value"] in (None, 0)
    assert empty("doctor").code == 0
