"""客户为什么投诉，哪个原因代价最大？ Why do customers complain, and which cause costs most?"""

from servq.ui.causes import cause_opened, causes, emerging_phrases, named_causes, waits
from servq.ui.shell import shell

view = shell.open_page("causes")
causes.headline(view)
named_causes.named(view)
emerging_phrases.beside(view)
causes.rising(view)
causes.paretos(view)
waits.waiting(view)
cause_opened.show(view)
