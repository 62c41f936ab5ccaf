"""我们承诺了什么，哪些兑现了？ What have we promised, and what of it is kept?"""

from servq.ui.components import drill
from servq.ui.consistency import promises, register, register_history
from servq.ui.shell import shell

view = shell.open_page("promises")
register.headline(view)
register.every_promise(view)
register_history.versions_and_changes(view)
promises.promised_and_delivered(view)
drill.show(view, register.above)
