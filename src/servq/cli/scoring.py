"""The filter behind `servq score`: one sentiment for each line of stdin, in order.

Owns reading the lines, printing the answers, and the usual forms of the command's arguments. Imports no other command
and not typer: its start would be half of the time for some ten thousand texts.
"""

from __future__ import annotations

import os
import sys
from functools import cache
from typing import TYPE_CHECKING

from servq.cli.terminal.output import Form, json_line, printable, write_csv, write_while_read
from servq.text.sentiment.named_scorers import ScorerName, scorer_named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servq.text.sentiment.scorer import Sentiment

FIELDS = ("polarity", "label", "language", "model")

_AT_ONCE = 1 << 16


def read_choices(arguments: list[str]) -> tuple[Form, ScorerName] | None:
    """The choices of a command line that only scores; None for any other, a wrong one included.

    >>> read_choices(["score", "--format", "csv"])
    (<Form.CSV: 'csv'>, <ScorerName.SERVQ: 'servq'>)
    >>> read_choices(["score", "--help"]), read_choices(["measure"])
    (None, None)
    """
    if arguments[:1] != ["score"] or len(arguments) % 2 == 0:
        return None
    given = dict(zip(arguments[1::2], arguments[2::2], strict=True))
    form, model = given.pop("--format", Form.TABLE), given.pop("--model", ScorerName.SERVQ)
    if given or form not in tuple(Form) or model not in tuple(ScorerName):
        return None
    return Form(form), ScorerName(model)


def score_lines(form: Form, model: ScorerName = ScorerName.SERVQ) -> None:
    """Score the lines of stdin, as many at once as have come, until it ends."""
    # numpy's matrix products, which no scorer uses, would start a thread for each core
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    scorer, first = scorer_named(model), True
    for texts in _lines():
        found = scorer.score(texts)
        if form is Form.JSON:
            write_while_read("".join(f"{json_line(_fields(sentiment))}\n" for sentiment in found))
        elif form is Form.CSV:
            rows = [[*_fields(sentiment).values(), text] for sentiment, text in zip(found, texts, strict=True)]
            _write_csv_part(rows, header=first)
        else:
            write_while_read("".join(map(_line, found, texts)))
        first = False


def _lines() -> Iterator[list[str]]:
    """The lines of stdin, as many at once as have come: a program at the other end may wait for each answer.

    Lines end with LF; a CR before it and a mark at the start of the stream are not part of the text, and bytes
    that are no UTF-8 become U+FFFD.
    """
    held, started = b"", False
    while piece := os.read(sys.stdin.fileno(), _AT_ONCE):
        held += piece
        whole, end, rest = held.rpartition(b"\n")
        if end:
            held = rest
            yield [_text(line, first=not started and not place) for place, line in enumerate(whole.split(b"\n"))]
            started = True
    if held:
        yield [_text(held, first=not started)]


def _text(line: bytes, *, first: bool) -> str:
    text = line.removesuffix(b"\r").decode("utf-8", errors="replace")
    return text.removeprefix("\ufeff") if first else text


def _fields(sentiment: Sentiment) -> dict[str, object]:
    return {name: getattr(sentiment, name) for name in FIELDS}


def _line(sentiment: Sentiment, text: str) -> str:
    polarity = "  —  " if sentiment.polarity is None else f"{sentiment.polarity:.3f}"
    return f"{polarity}  {_word(sentiment.label)}  {printable(text)}\n"


@cache
def _word(label: str) -> str:
    """The word for a label, as wide as the widest."""
    from servq.records import SENTIMENT_LABELS

    return SENTIMENT_LABELS[label].zh.ljust(3, "　")


def _write_csv_part(rows: list[list[object]], *, header: bool) -> None:
    from servq.exports import csv_text

    if header:
        write_csv([*FIELDS, "text"], rows)
    else:
        write_while_read(csv_text([], rows).removeprefix("\r\n"))
