"""我们承诺了什么，哪些兑现了？ What have we promised, and what of it is kept?"""

from servq.ui.components import drill
from servq.ui.consistency import promise_history, promise_verdicts, promises
from servq.ui.shell import shell

view = shell.open_page("promises")
promise_verdicts.headline(view)
promise_verdicts.every_promise(view)
promise_history.versions_and_changes(view)
promises.promised_and_delivered(view)
drill.show(view, promise_verdicts.above)
