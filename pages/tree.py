"""客户有了哪些新说法，原因树认得出来吗？ What do customers say that is new, and does the cause tree know it?"""

from servq.ui import clerks, drill, novel, own_leaves, shell

view = shell.open_page("tree")
novel.headline(view)
novel.rising(view)
own_leaves.accepted(view)
clerks.both_ways(view)
drill.show(view)
