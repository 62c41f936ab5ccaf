"""神秘访客看到了什么，能信到什么程度？ What do mystery shoppers see, and how far can it be trusted?"""

from servq.ui.components import drill
from servq.ui.mystery import mystery, shoppers, visits_planned
from servq.ui.shell import shell

view = shell.open_page("mystery")
mystery.headline(view)
mystery.what_was_seen(view)
shoppers.severity_and_agreement(view)
visits_planned.planned_and_made(view)
drill.show(view)
