"""Commands on texts without a warehouse: score, keywords."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from servq.cli.scoring import score_lines
from servq.cli.terminal.options import FormOption, LimitOption
from servq.cli.terminal.output import Form, write_lines
from servq.cli.terminal.tables import TableColumn, write_table
from servq.settings import read_settings
from servq.text.sentiment.named_scorers import ScorerName

_KEYWORDS = (
    TableColumn("word", "关键词", "word"),
    TableColumn("kind", "词性", "part of speech"),
    TableColumn("weight", "权重", "weight", right=True),
    TableColumn("n", "条数", "texts", right=True),
)


def score(
    form: FormOption = Form.TABLE,
    model: Annotated[
        ScorerName, typer.Option("--model", help="用哪个模型 / which model: servq's, or SnowNLP's to compare")
    ] = ScorerName.SERVQ,
) -> None:
    """给每行文字打情感分 / sentiment of each line of stdin."""
    score_lines(form, model)


def keywords(limit: LimitOption = 20, form: FormOption = Form.TABLE) -> None:
    """提取关键词：标准输入每行一段文字 / keywords of the texts on stdin, one a line."""
    from servq.configuration import read_configuration
    from servq.text.quotes.keywords import keywords
    from servq.text.quotes.own_words import configured_words

    settings = read_settings()
    own = configured_words(read_configuration(settings.home), settings.data)
    texts = sys.stdin.buffer.read().decode("utf-8-sig", errors="replace").splitlines()
    found = keywords(texts, limit, own)
    if form is not Form.TABLE:
        write_lines(form, [column.name for column in _KEYWORDS], [one._asdict() for one in found])
        return
    write_table(_KEYWORDS, [[one.word, one.kind, f"{one.weight:.3f}", f"{one.n:,}"] for one in found])
