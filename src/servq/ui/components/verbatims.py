"""Verbatims as shown: customers' texts without any markup, with their place and time."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Any

import pandas as pd
from markupsafe import Markup

from servq.formatting import format_value
from servq.measures import MISMATCHES
from servq.metrics.catalog import get_metric
from servq.query import Behind
from servq.records import DIMENSIONS, SENTIMENT_LABELS, Label
from servq.records.search_terms import read_terms
from servq.settings import BUSINESS_ZONE
from servq.ui.components.answer_scales import on_other_scales
from servq.ui.shell.language import language, name_of, say, shown
from servq.ui.shell.markup import draw, joined, piece

NOTHING = Markup("")

Places = Mapping[str, Sequence[tuple[int, int]]]
"""Id of a row -> from where to where in its text, in order."""

NOWHERE: Places = {}

MISMATCH_LISTS = dict(zip(("high_score_negative", "low_score_positive"), MISMATCHES, strict=True))
"""Metric -> the list on the page of verbatims that shows the same rows."""

FITS: dict[str, Label] = {fit: get_metric(name).label for name, fit in MISMATCH_LISTS.items()}
"""The contradictions by which the page of verbatims can be filtered."""


def listed(behind: Behind, places: Places = NOWHERE, below: Callable[[dict[str, Any]], Markup] | None = None) -> None:
    """The rows behind a figure, newest first.

    Args:
        places: id of a row -> what to mark in its text.
        below: what stands under a complaint.
    """
    rows = [_with_marks(row, places) for row in rows_of(behind.frame)] if places else rows_of(behind.frame)
    if behind.kind in ("customers", "orders"):
        pieces = [
            _person(behind.kind, number, list(said)) for number, said in groupby(rows, key=lambda row: row["customer"])
        ]
    elif behind.kind == "visits":
        pieces = [visit(list(items)) for _, items in groupby(rows, key=lambda row: row["visit_id"])]
    elif behind.kind == "responses":
        pieces = [response(row) for row in rows]
    else:
        pieces = [complaint(row, NOTHING if below is None else below(row)) for row in rows]
    draw(piece('<div class="sq">{rows}</div>', rows=joined(pieces)))


def rows_of(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The frame's rows as plain values, missing ones as None."""
    plain = frame.astype(object)
    plain = plain.where(plain.notna(), None)
    names = [str(name) for name in plain.columns]
    return [dict(zip(names, values, strict=True)) for values in plain.itertuples(index=False, name=None)]


def _person(kind: str, number: int, said: list[dict[str, Any]]) -> Markup:
    """One customer or order, by a number of this list only: every answer and complaint meant, oldest first."""
    complaints = sum(row.get("source") == "complaints" for row in said)
    answers = len(said) - complaints
    who_zh, who_en = ("客户", "Customer") if kind == "customers" else ("订单", "Order")
    counts = [say(f"{answers} 份答卷", f"{answers} answers")] if answers else []
    counts += [say(f"{complaints} 件投诉", f"{complaints} complaints")] if complaints else []
    head = say(f"{who_zh} {number}：", f"{who_en} {number}: ") + say("、", ", ").join(counts)
    rows = ((complaint if row.get("source") == "complaints" else response)(row) for row in said)
    return piece('<div class="sq-person"><b>{head}</b>{rows}</div>', head=head, rows=joined(rows))


def response(row: dict[str, Any], why: Markup = NOTHING) -> Markup:
    """One survey answer: the comment, then score, sentiment and origin, and the reasons of the sentiment."""
    about = [moment(row["answered_at"]), row["channel"], row["team"]]
    if row["likelihood"] is not None:
        about.append(say(f"推荐意愿 {int(row['likelihood'])}", f"likelihood {int(row['likelihood'])}"))
    if row["csat"] is not None:
        about.append(say(f"满意度 {row['csat']:g}", f"satisfaction {row['csat']:g}"))
    about += on_other_scales(row)
    if row.get("repurchased") is not None:
        about.append(bought_again(row["repurchased"]))
    if row.get("sentiment") is not None and row["polarity"] is not None:
        about.append(_sounds(row["sentiment"], row["polarity"]))
    about += [shown(row[name]) for name in ("segment", "touchpoint", "survey_mode", "product") if row[name]]
    return _quote(row["comment"], about, say("（未留评论）", "(no comment)"), why)


def complaint(row: dict[str, Any], why: Markup = NOTHING) -> Markup:
    """One complaint: its text, then cause, clocks and origin, and the reasons of the sentiment."""
    cause = " › ".join(row[name] for name in ("category", "subcategory") if row[name])
    about = [moment(row["opened_at"]), row["complaint_id"], row["channel"], row["team"], cause]
    about += [part for part in (row["severity"], row["status"], row["product"], row["partner"]) if part]
    about.append(_waited(row, "first_response_at", say("首次响应", "first response")))
    about.append(_waited(row, "resolved_at", say("解决", "resolved")))
    return _quote(row["text"], about, say("（无投诉内容）", "(no text)"), why)


def visit(items: list[dict[str, Any]]) -> Markup:
    """One visit: its place and shopper, then the item, the points, the remark."""
    first = items[0]
    about = [moment(first["visited_at"]), first["visit_id"], first["channel"], first["team"], first["outlet"]]
    if first["shopper_id"]:
        about.append(f"{name_of(DIMENSIONS['shopper_id'])} {first['shopper_id']}")
    lines = joined(
        piece(
            '<tr><td>{item}</td><td>{points} / {most}</td><td class="left">{remark}</td></tr>',
            item=row["item"],
            points=f"{row['points']:g}",
            most=f"{row['points_possible']:g}",
            remark=row["remark"] or "",
        )
        for row in items
    )
    return piece(
        '<div class="sq-quote"><div class="sq-meta">{about}</div><div class="sq-scroll"><table class="sq-table">{lines}'
        "</table></div></div>",
        about=joined(piece("<span>{part}</span>", part=part) for part in about if part),
        lines=lines,
    )


def bought_again(flag: float) -> str:
    """The known repurchase of a customer after the answer: bought again, or did not."""
    return say("已复购", "bought again") if flag else say("未复购", "did not buy again")


def yes_or_no(flag: float) -> str:
    """A flag as text, in a form that can be loaded again."""
    return say("是", "yes") if flag else say("否", "no")


def _sounds(label: str, polarity: float) -> str:
    """The sentiment of a text with its probability of a satisfied author."""
    share = f"{polarity:.0%}"
    return sentiment_name(label) + say(f"（满意概率 {share}）", f" (satisfied: {share})")


def sentiment_name(label: str) -> str:
    """A sentiment's label in the reader's language."""
    return name_of(SENTIMENT_LABELS[label])


def moment(seconds: int) -> str:
    """A moment in Shanghai time."""
    return f"{pd.Timestamp(int(seconds), unit='s', tz='UTC').tz_convert(BUSINESS_ZONE):%Y-%m-%d %H:%M}"


def _waited(row: dict[str, Any], end: str, name: str) -> str:
    if row[end] is None:
        return name + say("：尚无", ": not yet")
    return f"{name} {format_value((row[end] - row['opened_at']) / 3600, 'hours', language())}"


def _quote(text: str | None, about: list[Any], otherwise: str, why: Markup) -> Markup:
    return piece(
        '<div class="sq-quote"><p class="{kind}">{text}</p><div class="sq-meta">{about}</div>{why}</div>',
        kind="" if text else "none",
        text=text or otherwise,
        about=joined(piece("<span>{part}</span>", part=part) for part in about),
        why=why,
    )


def _with_marks(row: dict[str, Any], places: Places) -> dict[str, Any]:
    """The row with its places marked in its text; the text stays text."""
    column, name = ("text", "complaint_id") if "complaint_id" in row else ("comment", "response_id")
    text, at = row[column], 0
    if not text:
        return row
    parts = []
    for start, end in places.get(row[name], ()):
        parts += [piece("{before}<mark>{part}</mark>", before=text[at:start], part=text[start:end])]
        at = end
    return row | {column: joined([*parts, piece("{rest}", rest=text[at:])])}


def marked(row: dict[str, Any], column: str, typed: str) -> dict[str, Any]:
    """The row with the searched words marked in its text; the text stays text."""
    text, words = row[column], read_terms(typed).words
    if not words or not text:
        return row
    found = re.split(f"({'|'.join(map(re.escape, words))})", text, flags=re.IGNORECASE)
    parts = [piece("<mark>{part}</mark>" if place % 2 else "{part}", part=part) for place, part in enumerate(found)]
    return row | {column: joined(parts)}
