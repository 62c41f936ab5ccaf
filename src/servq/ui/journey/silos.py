"""Channel overlap in words: customers of several channels, orders with several contacts, rows that cannot be linked."""

from __future__ import annotations

from servq.formatting import format_value
from servq.ui.charts import canvas
from servq.ui.components import drill
from servq.ui.components.overlap_sentence import SOURCES, ends, full, in_one_sentence, overlap_of, unlinked
from servq.ui.components.tables import table
from servq.ui.journey.silo_boards import shares
from servq.ui.shell import shell
from servq.ui.shell.language import language, name_of, say
from servq.ui.shell.markup import draw
from servq.ui.shell.view import View

_METRICS = {"surveys": "responses", "complaints": "complaints"}
"""Source -> the count that opens its rows."""


def headline(view: View) -> None:
    """The share of customers who use several channels, and the share of rows that cannot be linked."""
    about = say("编号入库前已散列，这里只有人数", "ids are hashed before they are stored; only numbers are shown here")
    shell.title(in_one_sentence(view), f"{drill.describe(view.period)} · {about}")


def same_orders(view: View) -> None:
    """The share of orders with several contacts, and of those in several channels, above the board of channel pairs."""
    one = overlap_of(view, "order")
    heading = say("同一订单，反复联系", "Several contacts about one order")
    explained = say(
        "一个订单的答卷与投诉合在一起数；区间 Wilson，n 为有订单号的订单",
        "answers and complaints of one order counted together; Wilson interval, n are orders with a number",
    )
    if not one.total:
        shell.section(heading, explained)
        shell.note(say("没有带订单号的答卷或投诉。", "No answer or complaint names an order."))
        return
    if not one.repeated.value:
        most = format_value(one.repeated.high, "percent", language())
        shell.section(say(f"{heading}：没有（至多 {most}）", f"{heading}: none (at most {most})"), explained)
        shell.note(
            say(
                f"{one.total:,} 个订单号没有一个出现第二次：问卷与投诉的订单对不上，或各用各的编号。",
                f"None of {one.total:,} order numbers appears twice: answers and complaints do not meet, or number "
                "orders differently.",
            )
        )
        return
    shell.section(
        say(
            f"{heading}：{full(one.repeated)}，其中跨渠道 {full(one.across)}",
            f"{heading}: {full(one.repeated)}; in several channels {full(one.across)}",
        ),
        explained,
    )
    if one.across.value:
        canvas.show(shares(view, "order"), "silo-orders", wide=True)


def not_known(view: View) -> None:
    """The share of each source's rows with neither a customer id nor an order."""
    shell.section(
        say("认不出的那一部分", "What cannot be told"),
        say(
            "没有客户编号的行不在以上任何数字里；补上编号的办法：在映射里接上会员号或手机号一列（docs/maps.md）",
            "rows without a customer id are in no figure above; to mend it, map a column with a member or phone number "
            "(docs/maps.md)",
        ),
    )
    parts = [part for part in unlinked(view) if part.customer.n]
    if not parts:
        shell.note(say("所选范围没有答卷，也没有投诉。", "There are neither answers nor complaints in this slice."))
        return
    heads = [
        say("来源", "Source"),
        say("没有客户编号", "Without a customer id"),
        say("没有订单号", "Without an order"),
        "n",
    ]
    draw(
        table(
            heads,
            [[name_of(SOURCES[p.source]), ends(p.customer), ends(p.order), f"{p.customer.n:,}"] for p in parts],
            words=(0,),
        )
    )
    for part in parts:
        drill.button(_METRICS[part.source], view.period, part.customer.n, f"unnamed-{part.source}")
