"""Rater severity and agreement on the page: how strictly each shopper marks, and the agreement on doubled visits."""

from __future__ import annotations

from markupsafe import Markup

from servq.formatting import format_difference, format_interval
from servq.metrics.verdicts import HANDS, Hand
from servq.query.teams.shopping import FEWEST_OCCASIONS, TRUSTED_FROM, Doubled, Pair, Shopper, doubled
from servq.query.teams.shopping import shoppers as all_shoppers
from servq.records import NOT_GIVEN, Reading, Slice, State
from servq.ui.charts import canvas
from servq.ui.charts.canvas import plain
from servq.ui.charts.dots import Dot, dots
from servq.ui.charts.doubles import Double, doubles
from servq.ui.charts.lines import MOST_LINES, brief, small_n
from servq.ui.shell import shell
from servq.ui.shell.language import joined_words, language, name_of, say, shown
from servq.ui.shell.markup import piece
from servq.ui.shell.theme import ACCENT, FAINT, WORSE
from servq.ui.shell.view import View, kept_per_view

UNLIKE = (Hand.HARSH, Hand.MILD)

LOOKED_BACK = 26
"""Weeks over which shoppers are compared: hands change slowly, and a month holds too few visits of each."""


@kept_per_view
def found(view: View) -> list[Shopper]:
    """Every shopper of the last half year against the others, the most different first."""
    return all_shoppers(view.snapshot, view.weeks_back(0, LOOKED_BACK))


@kept_per_view
def _doubled(view: View) -> Doubled:
    return doubled(view.snapshot, view.weeks_back(0, LOOKED_BACK))


def ranks(view: View) -> bool:
    """Whether the shoppers agree well enough for groups to be ranked."""
    return _doubled(view).alpha.ranks


def unlike(view: View) -> list[str]:
    """The names of shoppers who mark significantly more strictly or leniently than the others."""
    return [shown(one.name) for one in found(view) if one.severity.hand in UNLIKE]


def finding(view: View) -> str:
    """The shoppers who mark differently from all others, in words."""
    told = [one for one in found(view) if one.severity.hand in UNLIKE]
    if not told:
        firm = sum(one.severity.state == State.JUDGEABLE for one in found(view))
        if firm < 2:
            return say(
                "访客的访问次数太少，谁打分偏严暂无定论", "Too few visits per shopper to tell whose hand is heavy"
            )
        return say(f"{firm} 位访客打分松紧无显著差别", f"No significant difference between {firm} shoppers' severity")
    return joined_words(_told(one) for one in told)


def _told(one: Shopper) -> str:
    found = one.severity
    size = format_difference(abs(found.difference or 0.0), "percent", language())
    who, n = shown(one.name), f"{found.n:,}"
    if found.hand == Hand.HARSH:
        return say(
            f"访客 {who} 打分偏严：同班组、同检查项比其他访客低 {size}（近 26 周，n = {n}）",
            f"Shopper {who} marks harder: {size} below the others on the same items and teams (26 weeks, n = {n})",
        )
    return say(
        f"访客 {who} 打分偏松：同班组、同检查项比其他访客高 {size}（近 26 周，n = {n}）",
        f"Shopper {who} marks milder: {size} above the others on the same items and teams (26 weeks, n = {n})",
    )


def agreement_line(view: View) -> Markup:
    """α with its interval, and its consequence for rankings."""
    return piece(
        '<li><span class="mark"><span class="sq-chip">{word}</span></span><span>{text}</span></li>',
        word=say("可排名 ✓", "may rank ✓") if ranks(view) else say("不排名 ○", "no ranking ○"),
        text=_agreement(view),
    )


def _agreement(view: View) -> str:
    alpha = _doubled(view).alpha
    n = alpha.occasions
    if alpha.value is None or n < FEWEST_OCCASIONS:
        return say(
            f"双访只有 {n} 处（少于 {FEWEST_OCCASIONS}），不知道访客之间是否一致；班组不按得分排名",
            f"Only {n} doubled visits (fewer than {FEWEST_OCCASIONS}): whether shoppers agree is not known; teams are "
            "not ranked",
        )
    told = f"α = {_two(alpha.value)}"
    if alpha.low is not None and alpha.high is not None:
        told += say(f"（95% {_two(alpha.low)} – {_two(alpha.high)}）", f" (95% {_two(alpha.low)} – {_two(alpha.high)})")
    if ranks(view):
        return say(
            f"{n} 处双访的一致性 {told}，区间不低于 {TRUSTED_FROM}：班组可以按得分排列",
            f"{n} doubled visits agree with {told}, all of it at least {TRUSTED_FROM}: teams may be put in order",
        )
    if alpha.value >= TRUSTED_FROM:
        return say(
            f"{n} 处双访的一致性 {told}，区间下端低于 {TRUSTED_FROM}：还要更多双访，才能给班组排名",
            f"{n} doubled visits agree with {told}, which reaches below {TRUSTED_FROM}: more of them are needed before "
            "teams are ranked",
        )
    return say(
        f"{n} 处双访的一致性 {told}，低于 {TRUSTED_FROM}：得分不足以给班组排名",
        f"{n} doubled visits agree with {told}, below {TRUSTED_FROM}: scores are no basis for ranking teams",
    )


def _two(value: float) -> str:
    return f"{value:.2f}".replace("-", "−")


def severity_and_agreement(view: View) -> None:
    """Every shopper against the others; every doubled visit as a point."""
    left, right = shell.two_columns()
    with left:
        shell.section(
            say("每位访客与其他访客之差", "Each shopper against the others"),
            say(
                "百分点，同班组、同检查项相比，近 26 周；横线为 95% 区间（按访问）；灰点 n < 30，不判断；点圆点看访问",
                "Percentage points on the same items of the same teams, 26 weeks; 95% interval across visits; "
                "grey: n < 30, not judged; click a point for the visits",
            ),
        )
        _show(_severity(view), "shoppers", say("没有可以相比的访客。", "No shoppers to compare."))
    with right:
        shell.section(
            say("双访：同一天同一处，两位访客各打多少分", "Doubled visits: two shoppers, one place, one day"),
            say(
                "同日、同渠道、同班组、同网点（未记网点时看班组）的两位访客；横轴先到者，纵轴后到者；点圆点看这几次访问",
                "Two shoppers on one day at one outlet (or team, where no outlet is recorded); right: the first, "
                "up: the second; click a point for the visits",
            ),
        )
        _show(_pairs(view), "doubled", say("近 26 周没有双访，一致性无从得知。", "No doubled visits in 26 weeks."))


def _show(chart: canvas.Chart, key: str, otherwise: str) -> None:
    if chart.empty:
        shell.note(otherwise)
    else:
        canvas.show(chart, key)


@kept_per_view
def _severity(view: View) -> canvas.Chart:
    days = view.weeks_back(0, LOOKED_BACK)
    lines = [_dot(view, one, days) for one in found(view)[:MOST_LINES]]
    return dots(lines, say("访客松紧", "how hard shoppers mark"), zero=True)


def _dot(view: View, one: Shopper, days: Slice) -> Dot:
    severity = one.severity
    known = severity.state != State.TOO_FEW
    difference = severity.difference if known else None
    size = "—" if difference is None else format_difference(difference, "percent", view.language)
    interval = Reading(None, severity.n, State.JUDGEABLE, low=severity.low, high=severity.high)
    colour = {Hand.HARSH: WORSE, Hand.MILD: WORSE, Hand.ALIKE: ACCENT}.get(severity.hand, FAINT)
    hover = [plain(shown(one.name)), name_of(HANDS[severity.hand]), f"<b>{size}</b>", f"n = {severity.n:,}"]
    if known:
        hover.insert(3, format_interval(interval, "percent", view.language).removesuffix("%"))
    return Dot(
        f"{brief(shown(one.name))} <b>{size.split(' ')[0]}</b>" + (small_n(severity.n) if known else ""),
        difference,
        severity.low,
        severity.high,
        colour,
        "<br>".join(hover),
        ("visit_score", days.and_(shopper_id=one.name)),
        f"{say('样本不足', 'too few')} n={severity.n:,}",
    )


@kept_per_view
def _pairs(view: View) -> canvas.Chart:
    return doubles([_double(pair) for pair in _doubled(view).pairs])


def _double(pair: Pair) -> Double:
    place = pair.outlet if pair.outlet != NOT_GIVEN else pair.team
    first, second = (f"{plain(shown(who))} {score:.1f}%" for who, score in zip(pair.shoppers, pair.scores, strict=True))
    kept = Slice.of(pair.day, pair.day, channel=[pair.channel], team=[pair.team], outlet=[pair.outlet])
    return Double(*pair.scores, f"{pair.day:%Y-%m-%d} {plain(shown(place))}<br>{first}<br>{second}", kept)
