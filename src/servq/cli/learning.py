"""Commands on the sentiment model: train on own scored comments, rescore texts that another version scored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from servq.cli.terminal.options import DatabaseOption, FormOption, open_warehouse
from servq.cli.terminal.output import Form, counting_rows, note, write, write_csv, write_json, write_lines
from servq.cli.terminal.tables import TableColumn, write_table
from servq.errors import UsageError

if TYPE_CHECKING:
    from servq.text.training.learning import Score, TrainingReport
    from servq.warehouse.store.engine import Warehouse

_KINDS = {
    "in_force": "在用的模型 in force",
    "cuts": "只调分界 cuts moved",
    "mix": "自带模型加自有文字 mixed",
    "alone": "只用自有文字 own alone",
}
_COLUMNS = (
    TableColumn("kind", "模型", "model"),
    TableColumn("n", "评判条数", "judged", right=True),
    TableColumn("accuracy", "准确率", "accuracy", right=True),
    TableColumn("praise_found", "找到的好评", "praise found", right=True),
    TableColumn("complaints_found", "找到的差评", "complaints found", right=True),
    TableColumn("macro_f1", "宏平均F1", "macro-F1", right=True),
    TableColumn("ece", "校准误差", "ECE", right=True),
    TableColumn("brier", "Brier分", "Brier", right=True),
    TableColumn("errors", "领先标准误", "gain (s.e.)", right=True),
)
_COMPARED = (TableColumn("scorer", "模型", "model"), TableColumn("version", "版本", "version"), *_COLUMNS[1:6])
_OUTCOMES = {
    "too_few_labels": ("评分评论不足 50 条，模型不变", "fewer than 50 scored comments: nothing changes"),
    "too_few_of_a_class": (
        "满意或不满意的一方不足 10 条（有自有模型时只数其后新增的），模型不变",
        "fewer than 10 of one class (with an own model: of those since): nothing changes",
    ),
    "no_win": ("新模型没有明确胜过在用的模型，模型不变", "no model clearly beats the one in force: nothing changes"),
    "accepted": ("新模型已启用", "the new model is in force"),
}
_LEFT_OUT = {
    "contradicting": "评分自相矛盾 contradicting",
    "not_chinese": "非中文 not Chinese",
    "not_written": "平台代填 platform's",
}


def train(
    ctx: typer.Context,
    trial: Annotated[bool, typer.Option("--dry-run", help="只报告，不启用 / report, keep nothing")] = False,
    back: Annotated[bool, typer.Option("--back", help="撤回在用的自有模型 / withdraw the own model in force")] = False,
    compare: Annotated[
        bool, typer.Option("--compare", help="只与 SnowNLP 比较，不训练 / compare with SnowNLP, learn nothing")
    ] = False,
    form: FormOption = Form.TABLE,
    database: DatabaseOption = None,
) -> None:
    """从自己的带评分评论学习情感 / learn sentiment from your own scored comments."""
    from servq.ingest.models import training

    warehouse = open_warehouse(ctx, database)
    if trial + back + compare > 1:
        raise UsageError(
            "--back、--dry-run、--compare 只能用一个",
            "--back, --dry-run and --compare exclude each other",
            where="train",
        )
    if compare:
        _print_comparison(warehouse, form)
        return
    if back:
        _say_withdrawn(training.go_back(warehouse))
        return
    report = training.train(warehouse, trial)
    if form is Form.JSON:
        write_json(report.as_json())
    elif form is Form.CSV:
        write_csv([column.name for column in _COLUMNS], [[getattr(s, c.name) for c in _COLUMNS] for s in report.scores])
    else:
        _print(report)
    if report.outcome == "accepted" and not trial:
        note("请运行 servq rescore，让已有评论也用新模型\nrun servq rescore: earlier comments need its scores too")


def rescore(ctx: typer.Context, database: DatabaseOption = None) -> None:
    """用当前模型重算旧版本的情感分 / score again what another version scored."""
    from servq.ingest.models.rescoring import rescore as score_again

    warehouse = open_warehouse(ctx, database)
    warehouse.check()
    with counting_rows("servq rescore") as progress:
        done = score_again(warehouse, progress)
    if done.searched:
        write(f"✓ {done.searched:,} 条文字按现行原因树重新查找 texts searched by the present cause tree\n")
    if not done.texts:
        write(f"没有旧版本的分数 / nothing to score again: {done.version}\n")
        return
    write(
        f"✓ {done.texts:,} 条文字 texts，{done.changed:,} 条换了判断 have another label，"
        f"{done.weeks:,} 周重新汇总 weeks counted anew: {done.version}\n"
    )


def _print(report: TrainingReport) -> None:
    write(f"评分评论 scored comments {report.labels:,}: 满意 {report.satisfied:,} · 不满意 {report.dissatisfied:,}\n")
    if report.left_out:
        told = " · ".join(f"{_LEFT_OUT[name]} {count:,}" for name, count in report.left_out.items())
        write(f"未采用 left out: {told}\n")
    if report.scores:
        foot = "每条评论都由没有学过它的模型评判 / each comment is judged by a model that never saw it"
        write_table(_COLUMNS, [_line(score) for score in report.scores], foot=foot)
    zh, en = _OUTCOMES[report.outcome]
    write(f"{zh} / {en}\n")
    if report.accepted:
        below, upwards = report.cuts
        write(f"{_KINDS[report.accepted]}: {report.version}, 分界 cuts {below:.2f} / {upwards:.2f}\n")


def _line(score: Score) -> list[str]:
    shares = (score.accuracy, score.praise_found, score.complaints_found, score.macro_f1, score.ece, score.brier)
    lead = "" if score.kind == "in_force" else f"{score.errors:+.1f}"
    return [_KINDS[score.kind], f"{score.n:,}", *(f"{share:.3f}" for share in shares), lead]


def _print_comparison(warehouse: Warehouse, form: Form) -> None:
    """The scorers as they ship, side by side on one's own comments."""
    from servq.ingest.models.model_comparison import compare_scorers

    lines: list[dict[str, object]] = [
        {
            "scorer": one.scorer,
            "version": one.version,
            "n": one.counts.n,
            "accuracy": one.counts.accuracy,
            "praise_found": one.counts.found[0],
            "complaints_found": one.counts.found[1],
            "macro_f1": one.counts.macro_f1,
        }
        for one in compare_scorers(warehouse)
    ]
    if form is not Form.TABLE:
        write_lines(form, [column.name for column in _COMPARED], lines)
        return
    if not lines:
        write("没有可比的评论：满意、不满意都要有 / nothing to compare: comments of both classes are needed\n")
        return
    shown = [[f"{one:.3f}" if isinstance(one, float) else str(one) for one in line.values()] for line in lines]
    write_table(_COMPARED, shown, foot="两者都没有学过这些评论 / neither has learned from these comments")


def _say_withdrawn(version: str | None) -> None:
    if version is None:
        write("没有自有模型在用 / no own model is in force\n")
        return
    write(f"已撤回 withdrawn: {version}\n")
    note("请运行 servq rescore\nrun servq rescore")
