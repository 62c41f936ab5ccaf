"""本周真正变了什么，哪些只是波动？ What really changed this week, and what is only noise?"""

from servq.ui.components import courses, drill
from servq.ui.shell import shell
from servq.ui.weekly import expectations, news, trends, typical, weekly, who_changed

view = shell.open_page("weekly")
against = weekly.compared_with()
news.headline(view, against)
weekly.six_cards(view, against)
weekly.four_questions(view, against)
expectations.gaps(view)
who_changed.who_changed(view, against)
trends.trends(view)
typical.this_week(view)
courses.show(view)
drill.show(view)
