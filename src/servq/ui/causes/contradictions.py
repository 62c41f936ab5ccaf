"""The headline of the tab 反复与矛盾. Its parts own their figures."""

from __future__ import annotations

from servq.formatting import format_value
from servq.records import Reading, State
from servq.ui.causes.mismatch import SHARE
from servq.ui.causes.repeats import CUSTOMER, repeats_of
from servq.ui.components import drill
from servq.ui.components.figures import get_metric, reading
from servq.ui.shell import shell
from servq.ui.shell.language import language, say
from servq.ui.shell.numbers import value_text
from servq.ui.shell.view import View


def headline(view: View) -> None:
    """The number of complaints from repeat complainers, and the share of answers whose score and words contradict."""
    found, odd = repeats_of(view, CUSTOMER), reading(view, SHARE, view.period)
    again = None if found is None else found.reading
    shell.title(
        say("，", "; ").join([_again(again), _odd(odd)]),
        say(
            f"{drill.describe(view.period)} · 能认出客户的投诉 {again.n if again else 0:,} 件 · "
            f"能比较分数与文字的答卷 {odd.n:,} 份 · 不显示是谁",
            f"{drill.describe(view.period)} · {again.n if again else 0:,} complaints whose customer is known · "
            f"{odd.n:,} answers with score and words · nobody is named",
        ),
    )


def _again(share: Reading | None) -> str:
    if share is None or share.value is None:
        return say("没有能认出客户的投诉", "No complaint says whose it is")
    if share.state == State.TOO_FEW:
        return say("投诉太少，看不出多少人反复投诉", "Too few complaints to tell how many come again")
    value = format_value(share.value, "percent", language())
    return say(f"{value} 的投诉来自反复投诉的客户", f"{value} of complaints come from customers who complain again")


def _odd(share: Reading) -> str:
    value = value_text(get_metric(SHARE), share)
    if value == "—":
        return say("分数与文字尚不能比较", "score and words cannot be compared yet")
    return say(f"{value} 的分数与文字不符", f"{value} of scores contradict their words")
