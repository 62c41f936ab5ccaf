"""Measured accuracy of the cause finder on the labelled sets."""

from __future__ import annotations

from servq.records import Label
from servq.text.causes.measured import MeasuredSet, cause_figures
from servq.ui.components.tables import table
from servq.ui.shell import shell
from servq.ui.shell.language import name_of, say
from servq.ui.shell.markup import draw, piece
from servq.ui.shell.view import View

_SETS = {"own sentences": Label("自写的句子", "own sentences"), "real": Label("真实评论", "real reviews")}
_DRAWS = {
    name: Label(zh, f"{name} draw")
    for name, zh in zip(
        ("first", "second", "third", "fourth", "fifth", "sixth"),
        ("第一批", "第二批", "第三批", "第四批", "第五批", "第六批"),
        strict=True,
    )
}


def causes(view: View) -> None:
    """Precision, recall and micro-F1 of the finder on every labelled part; parts that were never tuned on first."""
    version, found = cause_figures()
    unseen, score = found[-1], found[-1].score
    shell.section(
        say(
            f"原因查找：没见过的评论上，找到的 {score.precision:.0%} 是对的，该找的找到 {score.recall:.0%}",
            f"Causes: on unseen reviews {score.precision:.0%} of what is found is right, {score.recall:.0%} is found",
        ),
        say(
            f"原因树 {version}；最后一批标注后不再改树，只看这一行；其余改过树或读过，会偏高；自己收入的原因没有测过",
            f"Tree {version}; after the last draw the tree was not changed: this line counts; the others flatter; "
            "causes of your own were never measured",
        ),
    )
    heads = (
        say("评测集", "Set"),
        say("用途", "Part"),
        say("标注的原因", "Labelled"),
        say("精确率", "Precision"),
        say("召回率", "Recall"),
        say("微平均 F1", "Micro-F1"),
    )
    draw(table(heads, [_row(one, one is unseen) for one in reversed(found)], words=(1,)))


def _row(one: MeasuredSet, counts: bool) -> tuple[object, ...]:
    kind, _, draw_name = one.name.partition(", ")
    name = name_of(_SETS[kind])
    if draw_name:
        name += say("，", ", ") + name_of(_DRAWS[draw_name.partition(" ")[0]])
    part = say("报告", "report") if one.part == "report" else say("改进用", "choice")
    figures = (f"{one.score.precision:.3f}", f"{one.score.recall:.3f}", f"{one.score.f1:.3f}")
    shown = [piece("<b>{figure}</b>", figure=figure) if counts else figure for figure in figures]
    return (name, part, f"{one.score.n:,}", *shown)
