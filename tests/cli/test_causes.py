"""The commands causes list, new, accept and withdraw."""

import json

from tests.cli.conftest import Servq

CODE = "system.刷脸闸机故障"


def codes(servq: Servq) -> dict[str, str]:
    return {line["code"]: line["home"] for line in json.loads(servq("causes", "list", "--format", "json").out)}


def test_a_cause_is_tried_taken_in_listed_and_withdrawn(full: Servq) -> None:
    asked = ("causes", "accept", "刷脸闸机故障", "--category", "system", "--word", "闸机", "--word", "刷脸")
    shipped = codes(full)
    assert set(shipped.values()) == {"file"}
    tried = full(*asked, "--dry-run")
    assert (tried.code, "会找到 0 /" in tried.out) == (0, True)
    assert codes(full) == shipped
    done = full(*asked)
    assert (done.code, f"✓ {CODE}" in done.out) == (0, True)
    assert codes(full) == shipped | {CODE: "warehouse"}
    assert "刷脸闸机故障" in full("causes", "list").out
    assert "都是在用的版本" in full("doctor").out
    assert full("causes", "withdraw", CODE).code == 0
    assert codes(full) == shipped


def test_what_cannot_be_done_is_said(full: Servq) -> None:
    said = full("causes", "accept", "刷脸", "--category", "sistem", "--word", "闸机")
    assert (said.code, "是否想用 system" in said.err) == (2, True)
    assert full("causes", "withdraw", CODE).code == 2
    assert full("causes").code == 2


def test_nothing_new_is_an_answer_too(full: Servq) -> None:
    assert "未发现显著的新说法" in full("causes", "new").out
    assert json.loads(full("causes", "new", "--where", "channel=OTA", "--format", "json").out) == []


def test_an_empty_warehouse_has_nothing_to_compare(empty: Servq) -> None:
    assert empty("causes", "new").code == 2
