"""客户有了哪些新说法，原因树认得出来吗？ What do customers say that is new, and does the cause tree know it?"""

from servq.ui.causes import clerks, novel, own_leaves
from servq.ui.components import drill
from servq.ui.shell import shell

view = shell.open_page("tree")
novel.headline(view)
novel.rising(view)
own_leaves.accepted(view)
clerks.both_ways(view)
drill.show(view)
