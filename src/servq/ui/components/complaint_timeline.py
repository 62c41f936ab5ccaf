"""The timeline of one complaint: opened, answered, reopened, resolved, with durations and promised limits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import streamlit as st
from markupsafe import Markup

from servq.formatting import format_value
from servq.metrics.verdicts import Standing
from servq.query.customers.verbatims import ComplaintTimeline, Event, timeline_of
from servq.ui.components.verbatims import moment
from servq.ui.shell import shell
from servq.ui.shell.language import language, say
from servq.ui.shell.markup import draw, joined, piece
from servq.ui.shell.numbers import standing_chip
from servq.ui.shell.view import View, kept_per_view

IN_LINK = "case"
"""The complaint that is open stands in the link under this name."""

_SHEET = """<style>
.sq-steps .other{color:#5C6369;font-size:.86rem}
.sq-steps p{margin:.12rem 0 0;line-height:1.6;white-space:pre-wrap;overflow-wrap:anywhere}
.sq-steps b{font-weight:650}
.sq-steps .wait{color:#B3400A}
</style>"""


@dataclass(frozen=True)
class TimelineStep:
    """One moment of the timeline: the event, its text, and whether it belongs to another matter of the customer."""

    at: int
    head: Markup
    text: str
    other: bool = False


def button(complaint_id: str) -> None:
    """A button under a complaint that opens its timeline."""
    st.button(
        say("一件投诉的经过 ›", "Its course in time ›"),
        key=f"course-{complaint_id}",
        on_click=_open,
        args=(complaint_id,),
        type="tertiary",
    )


def show(view: View) -> None:
    """Open the complaint that the link names."""
    case = st.query_params.get(IN_LINK)
    if case:
        heading = say("一件投诉的经过", "One complaint's course in time")
        st.dialog(heading, width="large", on_dismiss=_close)(shell.plainly(_drawn))(view, case)


def _open(complaint_id: str) -> None:
    st.query_params[IN_LINK] = complaint_id


def _close() -> None:
    st.query_params.pop(IN_LINK, None)


def _drawn(view: View, case: str) -> None:
    draw(Markup(_SHEET))
    found = _course(view, case)
    if found is None:
        shell.note(say(f"没有编号为“{case}”的投诉。", f"There is no complaint “{case}”."))
        return
    draw(
        piece('<div class="sq">{head}<div class="sq-steps">{steps}</div></div>', head=_head(found), steps=_steps(found))
    )


@kept_per_view
def _course(view: View, case: str) -> ComplaintTimeline | None:
    return timeline_of(view.snapshot, case)


def _head(found: ComplaintTimeline) -> Markup:
    row = found.row
    about = [row["complaint_id"], row["channel"], row["team"], row["category"], row["subcategory"], row["severity"]]
    about += [row["status"], row["product"], row["partner"]]
    return piece(
        '<p class="sq-sub">{about}</p><p class="sq-sub">{promise} {chip}</p>',
        about=" · ".join(str(part) for part in about if part),
        promise=_promise(found),
        chip=_kept(found),
    )


def _promise(found: ComplaintTimeline) -> str:
    limit = _hours(found.limit_hours)
    if found.promise is None:
        return say(f"该渠道没有公开承诺，按 {limit} 计", f"No promise of this channel is known; {limit} is used")
    return say(f"承诺：{found.promise.text or limit}", f"Promise: {found.promise.text_en or limit}")


def _kept(found: ComplaintTimeline) -> Markup:
    if found.within_limit is None:
        word = say("暂无定论 ○", "inconclusive ○")
        return piece('<span class="sq-chip">{word}</span>', word=word)
    return standing_chip(Standing.MET if found.within_limit else Standing.MISSED)


def _steps(found: ComplaintTimeline) -> Markup:
    steps = sorted([*_own(found), *(_other(event) for event in found.others)], key=lambda step: step.at)
    return joined(
        piece(
            '<div class="{kind}"><time>{at}</time>{head}<p>{text}</p></div>',
            kind="other" if step.other else "",
            at=moment(step.at),
            head=step.head,
            text=step.text,
        )
        for step in steps
    )


def _own(found: ComplaintTimeline) -> Iterator[TimelineStep]:
    row, words = found.row, found.row["text"] or say("（无投诉内容）", "(no text)")
    opened = row["opened_at"]
    yield TimelineStep(opened, piece("<b>{word}</b>", word=say("受理", "Opened")), words)
    if row["first_response_at"] is not None:
        yield TimelineStep(
            row["first_response_at"],
            _after(say("首次响应", "First response"), opened, row["first_response_at"]),
            _over(found),
        )
    if row["reopened_at"] is not None:
        yield TimelineStep(row["reopened_at"], _after(say("重开", "Reopened"), opened, row["reopened_at"]), "")
    if row["resolved_at"] is not None:
        word = say("办结", "Resolved")
        yield TimelineStep(row["resolved_at"], _after(word, opened, row["resolved_at"]), row["resolution_text"] or "")
    if found.is_open:
        waited = say("数据截止时仍未结", "Still open as of the newest data")
        unanswered = say("，尚无首次响应", ", no first response yet") if row["first_response_at"] is None else ""
        head = _after(waited + unanswered, opened, found.as_of)
        yield TimelineStep(found.as_of, head, "")


def _after(word: str, opened: int, at: int) -> Markup:
    waited = _hours((at - opened) / 3600)
    return piece("<b>{word}</b> · {waited}", word=word, waited=say(f"受理后 {waited}", f"{waited} after opening"))


def _over(found: ComplaintTimeline) -> str:
    """By how much the promised limit was missed, where it was."""
    if found.within_limit or found.first_response_hours is None:
        return ""
    over = _hours(found.first_response_hours - found.limit_hours)
    return say(f"超出时限 {over}", f"{over} past the limit")


def _other(event: Event) -> TimelineStep:
    row = event.row
    link = say("同一订单", "same order") if event.same_order else say("同一客户", "same customer")
    return TimelineStep(
        event.at, piece("{word}", word=f"{link}{say('：', ': ')}{_named(event, row)}"), _said(event), other=True
    )


def _named(event: Event, row: dict[str, Any]) -> str:
    where = f"{row['channel']} · {row['team']}"
    if event.kind == "surveys":
        score = (
            ""
            if row["likelihood"] is None
            else say(f" · 推荐意愿 {row['likelihood']}", f" · likelihood {row['likelihood']}")
        )
        return say("答卷", "survey answer") + f" · {where}{score}"
    cause = " › ".join(part for part in (row["category"], row["subcategory"]) if part)
    return say("投诉", "complaint") + f" {row['complaint_id']} · {where} · {cause}"


def _said(event: Event) -> str:
    return event.row["comment" if event.kind == "surveys" else "text"] or ""


def _hours(hours: float) -> str:
    return format_value(hours, "hours", language())
