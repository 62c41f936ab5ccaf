"""The headline of 投诉根因: causes named more often, the one named most, and the recorded category as a check.

One taxonomy leads: the causes in the customers' own words, as the chart beneath counts them. The category that the
clerks recorded stands in the second line, called what it is.
"""

from __future__ import annotations

from servq.formatting import format_value
from servq.metrics.verdicts import Verdict
from servq.query.causes.cause_counts import CauseChange
from servq.text.causes.labels import cause_label
from servq.ui.causes import cause_changes, causes, named_causes
from servq.ui.components import drill
from servq.ui.components.figures import reading
from servq.ui.shell import shell
from servq.ui.shell.language import joined_words, language, name_of, say
from servq.ui.shell.view import View

MOST_NAMED = 2
"""Changed causes that the headline names; the list under the chart names all."""


def headline(view: View) -> None:
    """What is named more or less often than before, what is named most, and what the clerks recorded."""
    total = reading(view, "complaints", view.period)
    if not total.n:
        without = say("这段时间没有投诉", "No complaints in this period")
        shell.title(name_of(total.reason) if total.reason else without, drill.describe(view.period))
        return
    found = [*_changes(view), _most(view, total.n)]
    recorded = causes.recorded(view, total.n)
    beneath = [drill.describe(view.period), say(f"共 {total.n:,} 件投诉", f"{total.n:,} complaints")]
    if any(found):
        beneath.append(say("登记分类（核对用）：", "as recorded (a check): ") + recorded)
    title = say("；", "; ").join(part for part in found if part) or say("登记最多：", "recorded most: ") + recorded
    shell.title(title, " · ".join(beneath))


def _changes(view: View) -> list[str]:
    """Causes with a significant change against the period before, those that grew first."""
    changed = cause_changes.changed_since_before(view)
    grew, fell = ([one for one in changed if one.change.verdict == kind] for kind in (Verdict.WORSE, Verdict.BETTER))
    return [
        part
        for part in (
            _told(grew, say("明显增多", "named more often")),
            _told(fell, say("明显减少", "named less often")),
        )
        if part
    ]


def _told(changed: list[CauseChange], how: str) -> str:
    if not changed:
        return ""
    named = joined_words(_course(one) for one in changed[:MOST_NAMED])
    more = (
        say(f" 等 {len(changed)} 个原因", f" and {len(changed) - MOST_NAMED} more") if len(changed) > MOST_NAMED else ""
    )
    return say(f"{how}：{named}{more}", f"{how}: {named}{more}")


def _course(one: CauseChange) -> str:
    before, now = (format_value(share.value, "percent", language()) for share in (one.against, one.now))
    return f"{name_of(cause_label(one.code))} {before} → {now}"


def _most(view: View, total: int) -> str:
    """The cause that most complaints name; "" where the words name none."""
    counted = named_causes.counted(view)
    if not counted:
        return ""
    name, n = name_of(cause_label(counted[0].code)), counted[0].n
    return say(f"说得最多：{name} {n:,} / {total:,} 件", f"named most: {name}, {n:,} of {total:,}")
