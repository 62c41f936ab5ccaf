"""The commands train and rescore."""

import json
from pathlib import Path

from tests.cli.conftest import Servq, write_surveys


def told(path: Path) -> Path:
    """Sixty comments for each class, distinguished by a word that only these customers use."""
    rows: list[list[object]] = [
        [
            f"r{at}",
            "2026-04-29 10:00",
            "OTA",
            "甲",
            10 if at % 2 else 2,
            5,
            f"第{at}次领{'青龙卡' if at % 2 else '白虎卡'}",
        ]
        for at in range(240)
    ]
    return write_surveys(path, rows)


def test_too_few_comments_change_nothing_and_are_no_failure(full: Servq) -> None:
    said = full("train")
    assert said.code == 0
    assert "评分评论 scored comments 1: 满意 0 · 不满意 1" in said.out
    assert "不足 50 条" in said.out


def test_the_whole_way_from_comments_to_their_own_scores(empty: Servq, tmp_path: Path) -> None:
    assert empty("load", "surveys", told(tmp_path / "told.csv")).code == 0
    tried = empty("train", "--dry-run", "--format", "csv")
    assert [line.split(",")[0] for line in tried.out.splitlines()] == ["kind", "in_force", "cuts", "mix"]
    said = empty("train")
    assert "新模型已启用" in said.out
    assert "servq rescore" in said.err
    waiting = empty("doctor")
    assert (waiting.code, "240 段文字来自别的版本，请运行 servq rescore" in waiting.out) == (0, True)
    done = empty("rescore")
    assert "240 条文字" in done.out
    assert "没有旧版本的分数" in empty("rescore").out
    rows = json.loads(empty("verbatims", "--limit", 0, "--format", "json").out)["rows"]
    right = sum((row["sentiment"] == "positive") == (row["likelihood"] == 10) for row in rows)
    assert right >= 0.95 * len(rows) == 228
    assert empty("doctor").code == 0


def test_json_has_the_whole_report(full: Servq) -> None:
    report = json.loads(full("train", "--format", "json").out)
    assert (report["outcome"], report["labels"], report["scores"]) == ("too_few_labels", 1, [])


def test_what_was_put_into_force_can_be_withdrawn(empty: Servq, tmp_path: Path) -> None:
    assert "没有自有模型在用" in empty("train", "--back").out
    empty("load", "surveys", told(tmp_path / "told.csv"))
    empty("train")
    assert "已撤回" in empty("train", "--back").out
    assert empty("train", "--back", "--dry-run").code == 2


def test_two_scorers_are_compared_on_ones_own_comments_and_no_model_is_put_into_force(
    empty: Servq, tmp_path: Path
) -> None:
    comments = ("服务很好，非常满意", "房间干净，很舒服", "太差了，态度恶劣", "垃圾，再也不来了")
    scores = (10, 9, 2, 0)
    rows: list[list[object]] = [
        [f"c{at}", "2026-04-29 10:00", "OTA", "甲", score, 5, comment]
        for at, (score, comment) in enumerate(zip(scores, comments, strict=True))
    ]
    empty("load", "surveys", write_surveys(tmp_path / "c.csv", rows))
    ours, other = json.loads(empty("train", "--compare", "--format", "json").out)
    assert (ours["scorer"], other["scorer"], ours["n"], other["n"]) == ("servq", "snownlp", 4, 4)
    assert (ours["accuracy"], ours["praise_found"], ours["complaints_found"]) == (1.0, 1.0, 1.0)
    assert "没有自有模型在用" in empty("train", "--back").out
    assert "两者都没有学过" in empty("train", "--compare").out


def test_comments_of_one_class_alone_are_not_compared(full: Servq) -> None:
    assert "没有可比的评论" in full("train", "--compare").out
    assert full("train", "--compare", "--back").code == 2
