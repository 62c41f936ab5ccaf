"""The commands accounts and audit: no password in an argument, an echo or a message."""

from pathlib import Path

import pytest

from servq.cli.program import app
from tests.cli.conftest import Servq

PASSWORD = "three unrelated words"


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    file = tmp_path / "password"
    file.write_text(f"{PASSWORD}\n", encoding="utf-8")
    return file


def test_an_account_is_added_listed_changed_and_switched_off(empty: Servq, secret: Path) -> None:
    said = empty("accounts", "add", "Zhang.Wei", "--role", "质量经理", "--called", "张伟", "--password-file", secret)
    assert (said.code, "zhang.wei · 质量经理 Quality manager · 启用 on" in said.out) == (0, True)
    assert "只读 Reader" in empty("accounts", "role", "zhang.wei", "reader").out
    assert "停用 off" in empty("accounts", "disable", "zhang.wei").out
    assert "启用 on" in empty("accounts", "enable", "zhang.wei").out
    assert empty("accounts", "passwd", "zhang.wei", "--password-file", secret).code == 0
    listed = empty("accounts", "list", "--format", "csv").out
    assert "zhang.wei,张伟,只读 Reader,local,启用 on," in listed
    told = empty("audit", "--format", "csv", "--limit", "0").out
    assert [line.split(",")[4] for line in told.splitlines()[1:]] == [
        "password_changed",
        "enabled",
        "disabled",
        "role_changed",
        "account_added",
    ]
    assert PASSWORD not in listed + told


def test_a_password_comes_from_a_pipe_or_a_file_and_no_option_takes_one(program: Servq, empty: Servq) -> None:
    said = program("accounts", "add", "anna", "--role", "admin", stdin=f"{PASSWORD}\n".encode())
    assert said.code == 0, said.err
    import typer.main

    group = typer.main.get_command(app).commands["accounts"]  # type: ignore[attr-defined]
    options = {option for command in group.commands.values() for one in command.params for option in one.opts}
    assert {option for option in options if "pass" in option} == {"--password-file"}


def test_a_person_of_the_proxy_has_no_password(empty: Servq) -> None:
    assert empty("accounts", "add", "anna", "--role", "lead", "--proxy").code == 0
    refused = empty("accounts", "passwd", "anna", "--password-file", "/dev/null")
    assert refused.code == 2


def test_a_short_password_an_unknown_role_and_an_unknown_name_say_what_to_do(empty: Servq, tmp_path: Path) -> None:
    (tmp_path / "short").write_text("geheim", encoding="utf-8")
    short = empty("accounts", "add", "anna", "--role", "admin", "--password-file", tmp_path / "short")
    assert short.code == 2
    assert "密码需要 12 至 200 个字符" in short.err
    assert "geheim" not in short.err
    assert "没有名为“boss”的角色" in empty("accounts", "add", "anna", "--role", "boss").err
    assert "没有名为“anna”的账号" in empty("accounts", "disable", "anna").err


def test_serve_says_that_nobody_can_come_in_yet(empty: Servq, home: Path) -> None:
    (home / "servq.toml").write_text('[access]\nsign_in = "local"\n', encoding="utf-8")
    said = empty("serve", "--address", "203.0.113.77", "--port", "8999")
    assert said.code == 2, "this machine has no such address"
    assert "还没有账号" in said.err
    assert "这台机器没有这个地址" in said.err


def test_nothing_recorded_is_said(empty: Servq) -> None:
    assert "没有记录" in empty("audit").out
