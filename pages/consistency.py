"""每个渠道是否兑现同样的承诺？ Does every channel keep the same promise?"""

from servq.ui.components import drill
from servq.ui.consistency import (
    channel_headline,
    consistency,
    evidence,
    further,
    mode_mix,
    promise_verdicts,
    promises,
    spreads,
)
from servq.ui.shell import shell

view = shell.open_page("consistency")
channel_headline.headline(view)
promise_verdicts.online_and_offline(view)
consistency.channel_matrix(view)
further.pages_behind(view)
promises.promised_and_delivered(view)
mode_mix.asked_otherwise(view)
spreads.side_by_side(view)
drill.show(view, evidence.above)
