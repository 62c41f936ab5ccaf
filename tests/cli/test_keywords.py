"""The command keywords: jieba's keywords of the lines of stdin, with the operator's own words."""

import json
from pathlib import Path

from tests.cli.conftest import Servq

TEXTS = "押金一直没有退\n押金退款太慢了\n领了青龙卡却用不了青龙卡\n".encode()


def test_keywords_come_with_part_of_speech_weight_and_number_of_texts(program: Servq) -> None:
    said = program("keywords", "--format", "json", stdin=TEXTS)
    assert (said.code, said.err) == (0, "")
    found = {one["word"]: one for one in json.loads(said.out)}
    assert (found["押金"]["kind"], found["押金"]["n"]) == ("n", 2)
    assert found["押金"]["weight"] > found["退款"]["weight"] > 0
    assert "一直" not in found  # an adverb


def test_a_word_of_ones_own_is_one_keyword(program: Servq, tmp_path: Path) -> None:
    (tmp_path / "words.txt").write_text("青龙卡 1000 nz\n", encoding="utf-8")
    said = program("keywords", "--format", "json", "--limit", "1", stdin=TEXTS, SERVQ_DATA=str(tmp_path))
    (first,) = json.loads(said.out)
    assert (first["word"], first["kind"], first["n"]) == ("青龙卡", "nz", 1)


def test_a_file_of_own_words_that_is_not_utf8_is_refused_in_a_sentence(program: Servq, tmp_path: Path) -> None:
    (tmp_path / "words.txt").write_bytes("青龙卡\n".encode("gbk"))
    said = program("keywords", stdin=TEXTS, SERVQ_DATA=str(tmp_path))
    assert said.code == 2
    assert "words.txt" in said.err


def test_no_text_has_no_keywords(program: Servq) -> None:
    assert json.loads(program("keywords", "--format", "json").out) == []
