"""客户为什么投诉，哪个原因代价最大？ Why do customers complain, and which cause costs most?"""

from servq.ui import causes, drill, named_causes, shell, waits

view = shell.open_page("causes")
causes.headline(view)
causes.paretos(view)
named_causes.named(view)
causes.rising(view)
waits.waiting(view)
drill.show(view)
