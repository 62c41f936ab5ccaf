"""每个渠道是否兑现同样的承诺？ Does every channel keep the same promise?"""

from servq.ui.components import downloads, drill
from servq.ui.consistency import (
    channel_headline,
    consistency,
    evidence,
    further,
    lens_ranks,
    lenses,
    mode_mix,
    promise_history,
    promise_verdicts,
    promises,
    spreads,
)
from servq.ui.shell import shell

view = shell.open_page("consistency")
match view.part:
    case "consistency":
        channel_headline.headline(view)
        downloads.this_page(view, "consistency")
        promise_verdicts.online_and_offline(view)
        consistency.channel_matrix(view)
        further.pages_behind(view)
        promises.promised_and_delivered(view)
        mode_mix.asked_otherwise(view)
        spreads.side_by_side(view)
        drill.show(view, evidence.above)
    case "promises":
        promise_verdicts.headline(view)
        promise_verdicts.every_promise(view)
        promise_history.versions_and_changes(view)
        promises.promised_and_delivered(view)
        drill.show(view, promise_verdicts.above)
    case "lenses":
        lenses.headline(view)
        lenses.side_by_side(view)
        lens_ranks.rank_correlations(view)
        drill.show(view)
