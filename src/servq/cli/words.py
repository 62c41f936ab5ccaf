"""Commands on texts without a warehouse: score."""

from __future__ import annotations

from servq.cli.scoring import score_lines
from servq.cli.terminal.options import FormOption
from servq.cli.terminal.output import Form


def score(form: FormOption = Form.TABLE) -> None:
    """给每行文字打情感分 / sentiment of each line of stdin."""
    score_lines(form)
