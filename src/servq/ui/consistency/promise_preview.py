"""The preview of a changed promise: its verdicts channel by channel, before it is saved."""

from __future__ import annotations

from servq.metrics.verdicts import PROMISE_OUTCOMES, UNTESTED, Standing
from servq.query.promises.promise_editing import Preview, preview
from servq.query.promises.promise_verdicts import Tested
from servq.standards import Promise
from servq.ui.components import drill
from servq.ui.components.tables import table
from servq.ui.consistency.promise_verdicts import figure
from servq.ui.shell import shell
from servq.ui.shell.language import joined_words, name_of, say, shown
from servq.ui.shell.markup import draw
from servq.ui.shell.view import View, kept_per_view

_MARKS = {Standing.MET: "✓", Standing.MISSED: "✕"}


def before_saving(view: View, promise: Promise) -> None:
    """The verdicts of the rows in view, now and after; those that would change are named first."""
    found = _previewed(view, promise)
    later = promise.valid_from > view.week
    when = say("假如当时已是这样", "Had it been so then") if later else say("保存后", "Once saved")
    about = drill.describe(view.period)
    if later:
        about += say(
            f"；实际自 {promise.valid_from} 起生效，所看的这一周仍按旧版",
            f"; in fact it holds from {promise.valid_from}, and the week looked at stays as it is",
        )
    shell.section(f"{when}{say('，', ', ')}{_said(found)}", about)
    heads = (say("渠道", "Channel"), say("现在", "Now"), when)
    rows = [(shown(one.channel), _told(one.before), _told(one.after)) for one in found]
    draw(table(heads, rows, words=(0, 1, 2)))


@kept_per_view
def _previewed(view: View, promise: Promise) -> list[Preview]:
    return preview(view.snapshot, promise, view.period, view.week)


def _said(found: list[Preview]) -> str:
    changed = [one for one in found if _word(one.before) != _word(one.after)]
    if not changed:
        return say("判定不变", "no verdict would change")
    told = [f"{shown(one.channel)} {_word(one.before)} → {_word(one.after)}" for one in changed]
    return say(f"{len(changed)} 格会变：", f"{len(changed)} would change: ") + joined_words(told)


def _told(one: Tested | None) -> str:
    return _word(one) if one is None or one.reading.n == 0 else f"{_word(one)} · {figure(one, subject=False)}"


def _word(one: Tested | None) -> str:
    if one is None:
        return say("不承诺", "not promised")
    word = name_of(UNTESTED if one.untested else PROMISE_OUTCOMES[one.standing])
    return f"{_MARKS.get(one.standing, '○')} {word}"
