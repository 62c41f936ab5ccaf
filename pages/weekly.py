"""上周真正变了什么，哪些只是波动？ What really changed last week, and what is only noise?"""

from servq.ui import drill, shell, weekly

view = shell.open_page("weekly")
weekly.headline(view)
weekly.six_cards(view)
weekly.who_changed(view)
weekly.trends(view)
drill.show(view)
