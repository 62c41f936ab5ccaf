"""哪一项服务与推荐意愿最相关，又做得如何？ Which item goes with recommending most, and how well is it done?"""

from servq.ui.components import drill
from servq.ui.shell import shell
from servq.ui.weekly import drivers

view = shell.open_page("drivers")
drivers.headline(view)
drivers.importance_and_performance(view)
drill.show(view)
