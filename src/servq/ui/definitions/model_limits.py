"""Limits of the sentiment model: the meaning of its labels, and its errors on example texts, scored on each run."""

from __future__ import annotations

from markupsafe import Markup

from servq.query.data.model import InForce
from servq.records import Label
from servq.text.sentiment.explain import explain
from servq.text.sentiment.scorer import CUTS, Sentiment
from servq.text.training.pitfalls import PITFALLS, Pitfall
from servq.ui.components.tables import table
from servq.ui.components.verbatims import sentiment_name
from servq.ui.shell import shell
from servq.ui.shell.language import name_of, say
from servq.ui.shell.markup import draw, joined, piece
from servq.ui.shell.view import View

WORDS_SHOWN = 3

_SHEET = """<style>
.sq-hards{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,26rem),1fr));gap:0 2.4rem}
.sq-hards .sq-chip{margin-right:.35rem}
</style>"""


def labels(view: View, model: InForce) -> None:
    """The three labels, the two cuts between them, and the meaning of the probability."""
    crowd = say("假定满意与不满意的客户各半", "if half of all writers are")
    if model.training is not None:
        crowd = say("按自己客户中的比例", "in your own customers' proportions")
    shell.section(
        say("三个标签与两条分界", "Three labels and two cuts"),
        say(
            f"分数是作者满意的概率（{crowd}）；分界选在能让标签十次对九次的最窄处，英文为五次对四次",
            f"A score is the probability that the writer is satisfied, {crowd}; the cuts are the narrowest that make "
            "labels right nine times in ten, English four in five",
        ),
    )
    heads = (say("语言", "Language"), *map(sentiment_name, ("negative", "uncertain", "positive")))
    rows = [
        (name_of(language), f"< {below:.2f}", f"{below:.2f} – {upwards:.2f}", f"≥ {upwards:.2f}")
        for language, (below, upwards) in (
            (Label("中文", "Chinese"), model.cuts),
            (Label("英文", "English"), CUTS["en"]),
        )
    ]
    draw(table(heads, rows))
    shell.note(
        say(
            "没有可读文字的（空白、只有表情）和平台代填的（默认好评）没有分数，也不计入占比。",
            "What has no word to read (blank, emoji only) or was filled in by a platform has no score.",
        )
    )


def errors(view: View, model: InForce) -> None:
    """Texts written for this project, scored by the model in force."""
    told = model.scorer.score([one.text for one in PITFALLS])
    wrong = sum(_verdict(one, found) == "wrong" for one, found in zip(PITFALLS, told, strict=True))
    shell.section(
        say(
            f"它在哪里会错：{len(PITFALLS)} 条难句错 {wrong} 条",
            f"Where it errs: {wrong} of {len(PITFALLS)} hard texts",
        ),
        say(
            "为本项目自写，挑的就是难处，不代表平常的错误率；此刻由在用的模型现判，附起作用最大的词",
            "Written for this project and chosen to be hard: no usual error rate; told just now by the model in force, "
            "with the words that weighed most",
        ),
    )
    draw(Markup(_SHEET))
    rows = [_row(one, found, model) for one, found in zip(PITFALLS, told, strict=True)]
    draw(piece('<div class="sq sq-hards">{rows}</div>', rows=joined(rows)))


def _row(one: Pitfall, found: Sentiment, model: InForce) -> Markup:
    moved = explain(one.text, model.model)[:WORDS_SHOWN]
    words = " ".join(f"{'▲' if weight > 0 else '▼'}{word}" for word, weight in moved)
    reads = sentiment_name("positive" if one.satisfied else "negative")
    share = "—" if found.polarity is None else f"{found.polarity:.0%}"
    about = (
        say(f"人读：{reads}", f"people read: {reads}"),
        say(f"满意概率 {share}", f"satisfied: {share}"),
        words or say("没有认得的词", "no word that it knows"),
        name_of(one.why),
    )
    return piece(
        '<div class="sq-quote"><p>{chip} {text}</p><div class="sq-meta">{about}</div></div>',
        chip=_chip(one, found),
        text=one.text,
        about=joined(piece("<span>{part}</span>", part=part) for part in about),
    )


def _chip(one: Pitfall, found: Sentiment) -> Markup:
    kind, mark = {"right": ("better", "✓"), "wrong": ("worse", "✗"), "open": ("", "○")}[_verdict(one, found)]
    return piece(
        '<span class="sq-chip {kind}">{mark} {label}</span>', kind=kind, mark=mark, label=sentiment_name(found.label)
    )


def _verdict(one: Pitfall, found: Sentiment) -> str:
    """Whether a label agrees with what people read; an uncertain one is neither right nor wrong."""
    if found.label == "uncertain":
        return "open"
    return "right" if (found.label == "positive") == one.satisfied else "wrong"
