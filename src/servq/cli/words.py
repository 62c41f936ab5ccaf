"""Commands on texts without a warehouse: score."""

from __future__ import annotations

from typing import Annotated

import typer

from servq.cli.scoring import score_lines
from servq.cli.terminal.options import FormOption
from servq.cli.terminal.output import Form
from servq.text.sentiment.named_scorers import ScorerName


def score(
    form: FormOption = Form.TABLE,
    model: Annotated[
        ScorerName, typer.Option("--model", help="用哪个模型 / which model: servq's, or SnowNLP's to compare")
    ] = ScorerName.SERVQ,
) -> None:
    """给每行文字打情感分 / sentiment of each line of stdin."""
    score_lines(form, model)
