"""每个渠道是否兑现同样的承诺？ Does every channel keep the same promise?"""

from servq.ui import consistency, drill, shell

view = shell.open_page("consistency")
consistency.headline(view)
consistency.channel_matrix(view)
consistency.promised_and_delivered(view)
consistency.side_by_side(view)
drill.show(view)
