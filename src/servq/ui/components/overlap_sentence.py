"""Channel overlap in one sentence: the customers who use several channels, and the rows that cannot be linked."""

from __future__ import annotations

from servq.formatting import NOTHING, format_interval, format_value
from servq.query.customers.channel_overlap import (
    Crossed,
    Unnamed,
    crossed,
    unnamed,
)
from servq.records import Label, Reading
from servq.ui.shell.language import joined_words, language, name_of, say
from servq.ui.shell.view import View, kept_per_view


@kept_per_view
def overlap_of(view: View, by: str) -> Crossed:
    """Customers (`by` "customer") or orders ("order") of the period over all channels."""
    return crossed(view.snapshot, view.period, by)


SOURCES = {"surveys": Label("答卷", "answers"), "complaints": Label("投诉", "complaints")}


@kept_per_view
def unlinked(view: View) -> list[Unnamed]:
    """The rows of each source that carry no id."""
    return unnamed(view.snapshot, view.period)


def in_one_sentence(view: View) -> str:
    """The number of customers who change channel, and the share of rows without an id; also for the executive's
    page."""
    one = overlap_of(view, "customer")
    blind = joined_words(_without(part) for part in unlinked(view) if part.customer.n)
    nobody = (
        say(f"；{blind}没有客户编号，无从认出", f"; {blind} carry no customer id and cannot be told") if blind else ""
    )
    if not one.total:
        return say("没有能认出的客户", "No customer is known here") + nobody
    share = full(one.across)
    return say(f"{share}的客户用过不止一个渠道{nobody}", f"{share} of customers used more than one channel{nobody}")


def _without(part: Unnamed) -> str:
    share, rows = format_value(part.customer.value, "percent", language()), name_of(SOURCES[part.source])
    return say(f"{share} 的{rows}", f"{share} of {rows}")


def full(one: Reading) -> str:
    """A share with its interval and n."""
    """A share with interval and n."""
    share, between = format_value(one.value, "percent", language()), format_interval(one, "percent", language())
    return say(f"{share}（{between}，n = {one.n:,}）", f"{share} ({between}, n = {one.n:,})")


def ends(one: Reading) -> str:
    """A share and its interval."""
    if one.value is None:
        return NOTHING
    return f"{format_value(one.value, 'percent', language())} ({format_interval(one, 'percent', language())})"
