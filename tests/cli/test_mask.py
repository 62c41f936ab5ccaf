"""The command mask: the same masking as in a load, for any text from a pipe."""

import subprocess

from tests.cli.conftest import PROGRAM, Servq


def test_lines_come_out_masked_with_their_own_endings(program: Servq) -> None:
    said = program("mask", stdin="电话13812345678\r\n王先生，订单SQ20260405001234\n\n没有换行".encode())
    assert (said.code, said.out) == (0, "电话[手机]\r\n[姓名]先生，订单SQ20260405001234\n\n没有换行")


def test_many_lines_and_empty_input(program: Servq) -> None:
    said = program("mask", stdin="手机 138 1234 5678\n".encode() * 5000)
    assert said.out == "手机 [手机]\n" * 5000
    assert program("mask").out == ""


def test_what_is_not_utf8_is_said_with_its_line_after_the_lines_before_it(program: Servq) -> None:
    said = program("mask", stdin="好\n".encode() + "经理".encode("gb18030") + b"\n")
    assert (said.code, said.out) == (2, "好\n")
    assert "第 2 行不是 UTF-8" in said.err
    assert "line 2 is not UTF-8" in said.err


def test_a_program_may_wait_for_each_line(home: object) -> None:
    talk = subprocess.Popen([PROGRAM, "mask"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert talk.stdin is not None
    assert talk.stdout is not None
    for text, answer in (("我叫李雷\n", "我叫[姓名]\n"), ("京A12345\n", "[车牌]\n")):
        talk.stdin.write(text.encode())
        talk.stdin.flush()
        assert talk.stdout.readline().decode() == answer
    talk.communicate(timeout=300)
    assert talk.returncode == 0
