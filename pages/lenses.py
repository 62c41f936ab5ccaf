"""问卷、投诉、神秘访客说的是同一回事吗？ Do survey, complaints and mystery shopping tell the same?"""

from servq.ui.components import drill
from servq.ui.consistency import lens_ranks, lenses
from servq.ui.shell import shell

view = shell.open_page("lenses")
lenses.headline(view)
lenses.side_by_side(view)
lens_ranks.rank_correlations(view)
drill.show(view)
