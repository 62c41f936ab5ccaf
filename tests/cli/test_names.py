"""File names as systems give them: bytes that are no UTF-8, a folder, an empty name."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.cli.conftest import Servq, write_surveys

GBK_NAME = "四月满意度.csv".encode("gbk")  # as `unzip` leaves it: \xcb\xc4\xd4\xc2…
ROW = ["1", "2026-04-29 10:00:00", "OTA", "甲", 9, 5, ""]


def named_in_gbk(folder: Path) -> Path:
    """A survey file whose name is no UTF-8."""
    folder.mkdir(parents=True, exist_ok=True)
    path = Path(os.fsdecode(os.fsencode(folder) + b"/" + GBK_NAME))
    return write_surveys(path, [ROW])


def test_a_name_that_is_no_utf8_is_shown_escaped_and_its_file_is_loaded(empty: Servq, tmp_path: Path) -> None:
    other = write_surveys(tmp_path / "b.csv", [["2", *ROW[1:]]])
    said = empty("load", "surveys", named_in_gbk(tmp_path / "in"), other, "--json")
    assert said.code == 0, said.err
    first, second = (json.loads(line) for line in said.out.splitlines())
    assert (first["status"], first["loaded"], second["loaded"]) == ("loaded", 1, 1)
    assert first["file"].endswith(r"\xcb\xc4\xd4\xc2\xc2\xfa\xd2\xe2\xb6\xc8.csv")
    assert empty("loads").code == 0


def test_a_folder_whose_name_is_no_utf8_is_no_fault_either(empty: Servq, tmp_path: Path) -> None:
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xcb\xc4"))
    folder.mkdir()
    said = empty("load", "surveys", write_surveys(folder / "a.csv", [ROW]), "--json")
    assert (said.code, json.loads(said.out)["loaded"]) == (0, 1)
    assert json.loads(said.out)["file"].endswith(r"\xcb\xc4/a.csv")


def test_a_refused_file_with_such_a_name_holds_up_no_other(empty: Servq, tmp_path: Path) -> None:
    bad = named_in_gbk(tmp_path / "in")
    bad.write_bytes(b"%PDF-1.7")
    said = empty("load", "surveys", bad, write_surveys(tmp_path / "b.csv", [ROW]))
    assert said.code == 3
    assert "已载入" in said.out
    assert r"\xcb\xc4" in said.err


def test_a_drop_folder_with_such_a_name_is_pulled_and_the_feeds_after_it_too(
    empty: Servq, home: Path, tmp_path: Path
) -> None:
    named_in_gbk(tmp_path / "in")
    (tmp_path / "next").mkdir()
    write_surveys(tmp_path / "next" / "b.csv", [["2", *ROW[1:]]])
    feeds = [
        f'[[source]]\nname = "{name}"\nkind = "folder"\nsource = "surveys"\n'
        f'path = "{tmp_path / name}"\nsettle_seconds = 0\n'
        for name in ("in", "next")
    ]
    (home / "servq.toml").write_text("".join(feeds), encoding="utf-8")
    said = empty("sync", "--json")
    assert said.code == 0, said.err
    assert [json.loads(line)["status"] for line in said.out.splitlines()] == ["loaded", "loaded"]
    assert '"nothing_new"' in empty("sync", "--json").out


@pytest.mark.parametrize("name", ["", ".", "/", ".."])
def test_what_names_no_file_is_refused_in_a_sentence(name: str, empty: Servq) -> None:
    said = empty("load", "surveys", name)
    assert said.code == 3
    assert "不是普通文件" in said.err
    assert "内部错误" not in said.err
