"""客户为什么投诉，哪个原因代价最大？ Why do customers complain, and which cause costs most?"""

from servq.ui import causes, drill, shell

view = shell.open_page("causes")
causes.headline(view)
causes.paretos(view)
causes.rising(view)
causes.waiting(view)
drill.show(view)
