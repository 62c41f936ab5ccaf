"""Commands on texts without a warehouse: score."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from servq.cli.terminal.options import FormOption
from servq.cli.terminal.output import Form, json_line, printable, write_csv, write_while_read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servq.text.sentiment.scorer import Sentiment

FIELDS = ("polarity", "label", "language", "model")

_AT_ONCE = 1 << 16


def score(form: FormOption = Form.TABLE) -> None:
    """给每行文字打情感分 / sentiment of each line of stdin."""
    from servq.text.sentiment.scorer import default_scorer

    scorer, first = default_scorer(), True
    for texts in _lines():
        found = scorer.score(texts)
        if form is Form.JSON:
            write_while_read("".join(f"{json_line(_fields(sentiment))}\n" for sentiment in found))
        elif form is Form.CSV:
            rows = [[*_fields(sentiment).values(), text] for sentiment, text in zip(found, texts, strict=True)]
            _write_csv_part(rows, header=first)
        else:
            write_while_read(
                "".join(
                    f"{_told(sentiment)}  {printable(text)}\n" for sentiment, text in zip(found, texts, strict=True)
                )
            )
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


def _told(sentiment: Sentiment) -> str:
    from servq.records import SENTIMENT_LABELS

    polarity = "  —  " if sentiment.polarity is None else f"{sentiment.polarity:.3f}"
    word = SENTIMENT_LABELS[sentiment.label].zh
    return f"{polarity}  {word}{'　' * (3 - len(word))}"


def _write_csv_part(rows: list[list[object]], *, header: bool) -> None:
    from servq.exports import csv_text

    if header:
        write_csv([*FIELDS, "text"], rows)
    else:
        write_while_read(csv_text([], rows).removeprefix("\r\n"))
