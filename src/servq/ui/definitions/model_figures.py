"""Measured accuracy of the sentiment model: named sets beside SnowNLP and TextBlob, and the effect of own labels."""

from __future__ import annotations

from markupsafe import Markup

from servq.query.data.model import InForce
from servq.records import Label
from servq.text.training.evaluation import ConfusionMatrix
from servq.text.training.measured import Measured, measured
from servq.ui.charts import canvas
from servq.ui.charts.curve import curve
from servq.ui.components.tables import table
from servq.ui.components.verbatims import moment
from servq.ui.shell import shell
from servq.ui.shell.language import name_of, say
from servq.ui.shell.markup import draw, piece
from servq.ui.shell.view import View, kept_per_view

SETS: dict[str, Label] = {
    "waimai": Label("外卖 waimai", "waimai: food deliveries"),
    "dianping": Label("餐馆 dianping", "dianping: restaurants"),
    "homestay": Label("民宿 homestay", "homestay: flats and guest houses"),
    "skytrax": Label("英文 skytrax", "skytrax: lounges and seats"),
}
SCORERS = {"servq": "servq", "snownlp": "SnowNLP", "textblob": "TextBlob"}

AIM = 0.9
"""The accuracy to be reached with 9,000 own labels."""


def how_well(view: View) -> None:
    """Every named set on its report half: servq, SnowNLP and TextBlob on the same texts in the same run."""
    found = measured()
    first = found.of("waimai", "report", "servq")
    other = found.of("waimai", "report", "snownlp")
    assert first is not None
    assert other is not None
    shell.section(
        say(
            f"没见过的外卖评论：判对 {first.counts.accuracy:.1%}，SnowNLP {other.counts.accuracy:.1%}",
            f"Unseen food-delivery reviews: right on {first.counts.accuracy:.1%}, SnowNLP {other.counts.accuracy:.1%}",
        ),
        say(
            f"自带模型 {found.version}；只列没有用来选任何常数的一半；从 .5 分界；校准误差按两类等权；"
            "TextBlob 不识中文，一律 0 分，即全当好评；民宿为 ≥ 4.5 星对 ≤ 3 星",
            f"The model that ships, {found.version}; only the halves on which nothing was chosen; cut at .5; ECE with "
            "both classes weighing the same; TextBlob reads no Chinese and gives 0, which counts as praise here; "
            "homestay: ≥ 4.5 stars against ≤ 3",
        ),
    )
    draw(_sets(view))


def own_comments(model: InForce) -> None:
    """The scorers on the installation's own scored comments, as `servq train --compare` last stored them."""
    found = model.compared
    if found is None:
        shell.section(
            say("自己的评论上：还没有比较过", "On your own comments: not compared yet"),
            say(
                "servq train --compare 用自己的带评分评论比较 servq 与 SnowNLP，结果列在这里",
                "servq train --compare judges servq and SnowNLP on your own scored comments and keeps the figures here",
            ),
        )
        return
    accuracy = {one.scorer: f"{one.counts.accuracy:.1%}" for one in found.scorers}
    shell.section(
        say(
            f"自己的评论上：判对 {accuracy['servq']}，SnowNLP {accuracy['snownlp']}",
            f"On your own comments: right on {accuracy['servq']}, SnowNLP {accuracy['snownlp']}",
        ),
        say(
            f"{moment(found.made_at)} 由 {found.made_by} 运行 servq train --compare；最新的带评分评论，9–10 分为好评、"
            "0–6 分为差评；两者都是自带的样子，没有学过这些评论；从 .5 分界",
            f"servq train --compare, {moment(found.made_at)}, by {found.made_by}; the newest scored comments, 9–10 "
            "praise, 0–6 complaint; both as they ship, neither has learned from them; cut at .5",
        ),
    )
    heads = (say("模型", "Model"), *_heads(), say("版本", "Version"))
    rows = [(*_figures(one.scorer, one.counts, one.ece), one.version) for one in found.scorers]
    draw(table(heads, rows, words=(len(heads) - 1,)))


def _heads() -> tuple[str, ...]:
    return (
        say("准确率", "Accuracy"),
        say("宏平均 F1", "Macro-F1"),
        say("校准误差", "ECE"),
        "n",
        say("好评认出", "Praise found"),
        say("好评误作差评", "Praise missed"),
        say("差评认出", "Complaints found"),
        say("差评误作好评", "Taken for praise"),
    )


@kept_per_view
def _sets(view: View) -> Markup:
    heads = (say("评测集与模型", "Set and model"), *_heads())
    rows: list[tuple[object, ...]] = []
    for one in measured().told:
        if one.part == "report":
            if one.scorer == "servq":
                rows.append((name_of(SETS[one.name]), *[""] * (len(heads) - 1)))
            rows.append(_figures(one.scorer, one.counts, one.ece, "　"))
    return table(heads, rows)


def _figures(scorer: str, counts: ConfusionMatrix, ece: float, indent: str = "") -> tuple[object, ...]:
    ours = scorer == "servq"
    figures = (f"{counts.accuracy:.1%}", f"{counts.macro_f1:.3f}", f"{ece:.3f}")
    return (
        _weighed(f"{indent}{SCORERS[scorer]}", ours),
        *(_weighed(figure, ours) for figure in figures),
        f"{counts.n:,}",
        f"{counts.praise_found:,}",
        f"{counts.praise_missed:,}",
        f"{counts.complaints_found:,}",
        f"{counts.complaints_missed:,}",
    )


def _weighed(text: str, heavy: bool) -> object:
    return piece("<b>{text}</b>", text=text) if heavy else text


def own_labels(view: View) -> None:
    """The effect of own labels in `servq train`, simulated on two sets."""
    best = max(measured().curve, key=lambda point: (point.labels, point.accuracy))
    shell.section(
        say(
            f"自己的标注能添多少：{best.labels:,} 条后 {best.accuracy:.1%}",
            f"What own labels add: {best.accuracy:.1%} after {best.labels:,}",
        ),
        say(
            "模拟 servq train：在未抽中的文字上评判；五次抽样的平均，色带为最低到最高；横轴为自有标注数，虚线为 90%",
            "servq train simulated, judged on texts that were not drawn; means of five draws, band: lowest to highest; "
            "x: own labels; dashed: 90%",
        ),
    )
    canvas.show(_curve(view, measured()), "model-curve")


@kept_per_view
def _curve(view: View, found: Measured) -> canvas.Chart:
    names = dict.fromkeys(point.name for point in found.curve)
    sets = {name_of(SETS[name]).partition(":")[0]: [one for one in found.curve if one.name == name] for name in names}
    return curve(sets, AIM)
