"""客户换了渠道，我们还认得吗？ When customers change channel, do we still know them?"""

from servq.ui.components import drill
from servq.ui.journey import silo_boards, silos
from servq.ui.shell import shell

view = shell.open_page("silos")
silos.headline(view)
silo_boards.overlap(view)
silo_boards.same_scores(view)
silos.same_orders(view)
silos.not_known(view)
drill.show(view)
