"""The commands promises list, history, export and import."""

import json
import tomllib
from pathlib import Path

from tests.cli.conftest import Servq

NAMES = ["first-response", "one-rule-book", "call-back", "friendly", "ten-minutes", "barrier-free"]


def test_the_register_goes_out_is_changed_and_comes_back_with_its_history(full: Servq, tmp_path: Path) -> None:
    assert [line["name"] for line in json.loads(full("promises", "list", "--format", "json").out)] == NAMES
    assert "还没有改动" in full("promises", "history").out
    file = tmp_path / "register.toml"
    assert full("promises", "export", file).code == 0
    assert full("promises", "export", file).code == 2, "an existing file is not overwritten"
    file.write_text(file.read_text(encoding="utf-8").replace("at_least = 4.0", "at_least = 4.2"), encoding="utf-8")
    assert full("promises", "import", file, "--reason", "质量会决定").out == "✓ friendly 2026-01-01: 微笑服务\n"
    assert "没有改动" in full("promises", "import", file, "--reason", "再来一次").err
    newest, first = json.loads(full("promises", "history", "friendly", "--format", "json").out)
    assert (newest["number"], newest["changes"], newest["reason"]) == (2, "界限 ≥ 4 → ≥ 4.2", "质量会决定")
    assert (first["number"], first["kind"]) == (1, "文件原有 as in the file")
    homes = {line["name"]: line["home"] for line in json.loads(full("promises", "list", "--format", "json").out)}
    assert homes == dict.fromkeys(NAMES, "file") | {"friendly": "warehouse"}


def test_a_register_with_an_unknown_channel_is_refused_whole(full: Servq, tmp_path: Path) -> None:
    file = tmp_path / "register.toml"
    full("promises", "export", file)
    wrong = file.read_text(encoding="utf-8").replace('"呼叫中心"', '"呼叫中心 "').replace("= 25.0", "= 20.0")
    assert len(tomllib.loads(wrong)["promise"]) == 6
    file.write_text(wrong, encoding="utf-8")
    said = full("promises", "import", file, "--reason", "整批")
    assert said.code == 2
    assert "first-response: 没有名为“呼叫中心 ”的渠道。是否想用 呼叫中心？" in said.err
    assert "还没有改动" in full("promises", "history").out


def test_what_is_not_there_is_said(full: Servq, tmp_path: Path) -> None:
    assert "没有这个文件" in full("promises", "import", tmp_path / "x.toml", "--reason", "x").err
    said = full("promises", "history", "freindly")
    assert (said.code, "是否想用 friendly" in said.err) == (2, True)
    assert full("promises").code == 2
