"""数据齐全、对得上、够新吗？ Are the data complete, adding up and fresh?"""

from servq.ui.health import health, loads, quarantine, quarantine_editor
from servq.ui.shell import shell

view = shell.open_page("health")
health.headline(view)
health.freshness(view)
loads.log(view)
loads.matching(view)
quarantine.in_quarantine(view)
quarantine_editor.one_row(view)
