"""The page 数据健康: whether the loads add up, and the freshness of each source."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from markupsafe import Markup

from servq.query.data.inventory import Held, held
from servq.ui.components import matched
from servq.ui.components.verbatims import moment
from servq.ui.health import quarantine
from servq.ui.health.loads import newest_loads
from servq.ui.shell import filters, shell
from servq.ui.shell.language import name_of, say
from servq.ui.shell.markup import draw, joined, piece
from servq.ui.shell.view import View, kept_per_view
from servq.weeks import monday_of, week_key

WEEKS_SHOWN = 26

_SHEET = (
    f"<style>{matched.SHEET}{quarantine.SHEET}{filters.HIDDEN}"
    + """
.sq-held{display:grid;grid-template-columns:repeat(auto-fit,minmax(16.5rem,1fr));gap:1rem;margin:.7rem 0 0}
.sq-held>div{border:1px solid #E2E4E0;border-radius:6px;padding:.85rem 1rem .8rem}
.sq-held h3{font-size:.86rem;font-weight:500;color:#4A5157;margin:0;padding:0;line-height:1.4}
.sq-held .big{font-size:1.6rem;font-weight:700;line-height:1.3}
.sq-held .big small{font-size:.84rem;font-weight:500;color:#5C6369}
.sq-held dl{display:grid;grid-template-columns:auto 1fr;gap:.05rem .8rem;font-size:.82rem;margin:.35rem 0 0;padding:0}
.sq-held dt{color:#5C6369;margin:0;font-weight:400}.sq-held dd{margin:0;text-align:right;color:#4A5157}
.sq-weeks{display:flex;align-items:flex-end;gap:2px;height:2.6rem;margin-top:.6rem;border-bottom:1px solid #A9AEB2}
.sq-weeks i{flex:1;background:#1F5673;border-radius:1px 1px 0 0;min-height:2px}
.sq-weeks i.gap{height:100%;min-height:0;
 background:repeating-linear-gradient(45deg,#fff,#fff 2px,#E2A98C 2px,#E2A98C 4px)}
.sq-ends{display:flex;justify-content:space-between;font-size:.74rem;color:#5C6369;margin-top:.15rem}
.sq-sum td.op{color:#5C6369;padding-left:0;padding-right:0}
.sq-sum td.zero{color:#5C6369}
.sq-sum td b{font-weight:650}
.sq-reasons{display:flex;flex-wrap:wrap;gap:.4rem .6rem;margin:.6rem 0 .3rem;font-size:.88rem}
.sq-reasons span{background:#F4F5F3;border-radius:4px;padding:.2rem .6rem}
.sq-reasons b{font-weight:650}.sq-reasons small{color:#5C6369}
.sq-sum .left{white-space:nowrap}
</style>"""
)


def headline(view: View) -> None:
    """Whether the loads add up, the last day with data, the number of rows in quarantine."""
    draw(Markup(_SHEET))
    listed, found = newest_loads(view), _held(view)
    if not listed:
        shell.title(
            say("还没有载入任何文件", "No file has been loaded yet"),
            say(
                "载入后，这里显示每个来源的新鲜度、每次载入的对账与隔离区",
                "Once loaded: freshness, sums and quarantine",
            ),
        )
        shell.how_to_begin()
        return
    wrong = [load for load in listed if not load.adds_up]
    waits = sum(one.waiting for one in found)
    newest = max((one.newest for one in found if one.newest), default=None)
    if wrong:
        text = say(f"{len(wrong)} 次载入对不上账", f"{len(wrong)} loads do not add up")
    else:
        text = say(f"{len(listed)} 次载入都对得上账", f"All {len(listed)} loads add up")
    text += say(f"，{waits:,} 行在隔离区", f"; rows in quarantine: {waits:,}")
    reach = say("还没有数据", "no data yet") if newest is None else say(f"数据到 {newest}", f"data up to {newest}")
    shell.title(text, reach)


def freshness(view: View) -> None:
    """One card per source: its rows, its last day, its last load, week by week."""
    shell.section(
        say("每个来源有多新", "How fresh each source is"),
        say(
            f"柱为近 {WEEKS_SHOWN} 周每周行数，斜纹是没有数据的周",
            f"Bars: the last {WEEKS_SHOWN} weeks; hatched: a week without data",
        ),
    )
    draw(_cards(view))


@kept_per_view
def _cards(view: View) -> Markup:
    found = _held(view)
    days = [one.newest for one in found if one.newest]
    last = monday_of(max(days)) if days else view.week
    mondays = [last - timedelta(weeks=back) for back in range(WEEKS_SHOWN - 1, -1, -1)]
    return piece(
        '<div class="sq sq-held">{cards}</div>',
        cards=joined(_card(one, mondays, max(days, default=None)) for one in found),
    )


def _card(one: Held, mondays: Sequence[date], newest: date | None) -> Markup:
    head = piece("<h3>{label} <code>{name}</code></h3>", label=name_of(one.source.label), name=one.source.name)
    if one.last_loaded_at is None:
        return _not_loaded(one, head)
    facts = [
        (say("最新一天", "newest day"), "—" if one.newest is None else f"{one.newest}{_behind(one.newest, newest)}"),
        (say("最近载入", "last loaded"), moment(one.last_loaded_at)),
        (say("载入次数", "loads"), f"{one.loads:,}"),
        (say("隔离等待", "in quarantine"), say(f"{one.waiting:,} 行", f"{one.waiting:,} rows")),
    ]
    return piece(
        '<div>{head}<div class="big">{count} <small>{things}</small></div>{weeks}<dl>{facts}</dl></div>',
        head=head,
        count=f"{one.count:,}",
        things=name_of(one.source.things),
        weeks=_weeks(one, mondays),
        facts=joined(piece("<dt>{name}</dt><dd>{value}</dd>", name=name, value=value) for name, value in facts),
    )


def _not_loaded(one: Held, head: Markup) -> Markup:
    """A source that never came in is not one with nothing in it: say what its files need."""
    needed = say("、", ", ").join(name_of(one.source.column(name).label) for name in one.source.required)
    return piece(
        '<div>{head}<div class="big"><small>{word}</small></div><p class="sq-sub">{needs}</p></div>',
        head=head,
        word=say("尚未载入", "not loaded yet"),
        needs=say(f"必需列：{needed}", f"needed columns: {needed}"),
    )


def _behind(day: date, newest: date | None) -> str:
    """The days by which a source is behind the others."""
    days = (newest - day).days if newest else 0
    return say(f"（比其他来源晚 {days} 天）", f" ({days} days behind)") if days > 1 else ""


def _weeks(one: Held, mondays: Sequence[date]) -> Markup:
    most = max([one.weeks.get(monday, 0) for monday in mondays] + [1])
    bars = [
        piece(
            '<i style="height:{height}%" title="{title}"></i>',
            height=round(100 * n / most),
            title=f"{week_key(monday)}: {n:,}",
        )
        if (n := one.weeks.get(monday, 0))
        else piece('<i class="gap" title="{title}"></i>', title=f"{week_key(monday)}: —")
        for monday in mondays
    ]
    return piece(
        '<div class="sq-weeks">{bars}</div>'
        '<div class="sq-ends"><span>{first}</span><span>{most}</span><span>{last}</span></div>',
        bars=joined(bars if one.weeks else []),
        first=week_key(mondays[0]),
        most=say(f"最多 {most:,} / 周", f"at most {most:,} a week") if one.weeks else "",
        last=week_key(mondays[-1]),
    )


@kept_per_view
def _held(view: View) -> list[Held]:
    return held(view.snapshot)
