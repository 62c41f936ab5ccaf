"""The command score: one answer per line of stdin, in order."""

import json
import subprocess

import pytest

from tests.cli.conftest import PROGRAM, Servq


def scored(program: Servq, text: bytes) -> list[dict[str, object]]:
    said = program("score", "--format", "json", stdin=text)
    assert said.code == 0, said.err
    return [json.loads(line) for line in said.out.splitlines()]


def test_each_line_gets_one_object_with_exactly_four_keys(program: Servq) -> None:
    good, bad = scored(program, "服务很好，非常满意，下次还来\nterrible, rude and slow service\n".encode())
    assert list(good) == ["polarity", "label", "language", "model"]
    assert (good["label"], good["language"]) == ("positive", "zh")
    assert (bad["label"], bad["language"]) == ("negative", "en")
    assert 0 <= float(str(bad["polarity"])) < float(str(good["polarity"])) <= 1


@pytest.mark.parametrize(
    ("text", "lines"),
    [("", 0), ("\n", 1), ("很好\n\n很差", 3), ("很好\r\n\r\n", 2), ("一行\u2028还是这一行\x85\x0c\n", 1)],
)
def test_blank_lines_count_and_only_a_line_feed_ends_a_line(program: Servq, text: str, lines: int) -> None:
    assert len(scored(program, text.encode())) == lines


def test_a_line_without_words_has_no_polarity(program: Servq) -> None:
    blank, emoji = scored(program, "\n👍\n".encode())
    assert blank["polarity"] is emoji["polarity"] is None
    assert blank["label"] == emoji["label"] == "uncertain"


def test_a_mark_at_the_start_and_broken_bytes_are_no_reason_to_stop(program: Servq) -> None:
    marked, broken = scored(program, "\ufeff很好\n".encode() + b"\xff\xfe\xb0\n")
    assert marked == scored(program, "很好\n".encode())[0]
    assert broken["language"] == "none"


def test_a_program_may_wait_for_each_answer_before_it_asks_again(home: object) -> None:
    talk = subprocess.Popen([PROGRAM, "score", "--format", "json"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert talk.stdin is not None
    assert talk.stdout is not None
    for text in ("很好", "很差"):
        talk.stdin.write(f"{text}\n".encode())
        talk.stdin.flush()
        assert json.loads(talk.stdout.readline())["language"] == "zh"
    talk.communicate(timeout=300)
    assert talk.returncode == 0


def test_people_read_a_word_and_the_text_and_csv_has_a_header_once(program: Servq) -> None:
    said = program("score", stdin="太差了，不会再来\n\x1b[2J\n".encode())
    assert "负面" in said.out.splitlines()[0]
    assert "\x1b" not in said.out
    table = program("score", "--format", "csv", stdin="很好\n=1+1\n".encode()).out.splitlines()
    assert table[0] == "polarity,label,language,model,text"
    assert table[2].endswith(",'=1+1")


def test_snownlp_scores_when_it_is_asked_for_by_name(program: Servq) -> None:
    said = program("score", "--model", "snownlp", "--format", "json", stdin="服务很好\nok\n".encode())
    good, english = (json.loads(line) for line in said.out.splitlines())
    assert (good["model"], good["label"], english["polarity"]) == ("snownlp", "positive", None)


def test_a_model_of_another_name_is_a_usage_error(program: Servq) -> None:
    assert program("score", "--model", "bert", stdin=b"ok\n").code == 2
