"""The editable fields of a promise, which depend on the way it is tested."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import streamlit as st

from servq.formatting import unit_label
from servq.records import Label
from servq.standards import Promise
from servq.standards.checking import LONGEST, Known
from servq.standards.promise import JUDGED
from servq.standards.promise_text import TESTED_BY
from servq.text.visible import visible
from servq.ui.components.figures import get_metric
from servq.ui.shell.language import language, name_of, say, shown
from servq.weeks import today

_SIDES = {"higher": Label("至少", "at least"), "lower": Label("至多", "at most")}
_SUBJECTS = {
    "question": Label("问卷指标", "Survey metric"),
    "cause": Label("投诉子类", "Complaint subcategory"),
    "checklist": Label("检查项", "Checklist item"),
}


def fields(key: str, promise: Promise, known: Known) -> Promise:
    """Draw the fields with the promise's values; returns their present content."""
    text = st.text_input(
        say("承诺原文（必填）", "The promise's text (required)"), promise.text, key=f"{key}-text", max_chars=LONGEST
    )
    left, right = st.columns(2)
    with left:
        text_en = st.text_input(
            say("英文（可留空）", "In English (may stay empty)"),
            promise.text_en,
            key=f"{key}-text-en",
            max_chars=LONGEST,
        )
        where = st.text_input(
            say("公布在哪里（必填）", "Where it was published (required)"),
            promise.published_where,
            key=f"{key}-where",
            max_chars=LONGEST,
        )
    with right:
        channels = st.multiselect(
            say("渠道（必填）", "Channels (required)"),
            list(dict.fromkeys([*known.channels, *promise.channels])),
            list(promise.channels),
            key=f"{key}-channels",
            format_func=shown,
            placeholder=say("选择渠道", "choose channels"),
        )
        on = _day(say("公布日", "Published on"), promise.published_on, f"{key}-on")
    given = replace(promise, text=text, text_en=text_en, published_where=where, channels=tuple(channels))
    said = replace(given, published_on=on)
    return _tested(key, said, known)


def _tested(key: str, promise: Promise, known: Known) -> Promise:
    """The fields of the test and of its first day."""
    left, right = st.columns(2)
    kinds = list(TESTED_BY)
    with left:
        by: str = st.selectbox(
            say("用什么检验", "Tested by"),
            kinds,
            kinds.index(promise.tested_by),
            key=f"{key}-by",
            format_func=lambda kind: name_of(TESTED_BY[kind]),
        )
    said = replace(promise, tested_by=by)
    with right:
        since = _day(say("自哪天起这样判定", "Judged so from"), promise.valid_from, f"{key}-since")
    said = replace(said, valid_from=since)
    return _threshold(key, said, known) if by in JUDGED else replace(said, subject="", threshold=None)


def _threshold(key: str, promise: Promise, known: Known) -> Promise:
    """The fields of the subject and of its threshold."""
    kind, usual = promise.tested_by, "lower" if promise.tested_by == "cause" else promise.better
    choices = list(dict.fromkeys([*known.subjects(kind), *filter(None, [promise.subject])]))
    left, side, number = st.columns([2, 1, 1])
    own = promise.subject in known.subjects(kind)
    subject = left.selectbox(
        name_of(_SUBJECTS[kind]),
        choices if own else list(known.subjects(kind)),
        choices.index(promise.subject) if own else None,
        key=f"{key}-{kind}",
        format_func=lambda name: name_of(get_metric(name).label) if kind == "question" else visible(name),
        placeholder=say("选择", "choose"),
    )
    better = side.selectbox(
        say("界限", "Threshold"),
        list(_SIDES),
        list(_SIDES).index(usual),
        key=f"{key}-{kind}-side",
        format_func=lambda code: name_of(_SIDES[code]),
    )
    unit = get_metric(subject).unit if kind == "question" and subject else "percent"
    threshold = number.number_input(
        unit_label(unit, language()), value=promise.threshold, key=f"{key}-{kind}-threshold", step=None
    )
    return replace(promise, subject=subject or "", better=better, threshold=threshold)


def withdrawal(key: str, promise: Promise) -> Promise:
    """The day from which the promise no longer holds."""
    day = _day(say("自哪天起不再承诺", "No longer promised from"), max(promise.valid_from, today()), f"{key}-since")
    return replace(promise, valid_from=day, withdrawn=True)


def _day(label: str, usual: date, key: str) -> date:
    return st.date_input(label, usual, key=key, format="YYYY-MM-DD") or usual
