"""本周真正变了什么，哪些只是波动？ What really changed this week, and what is only noise?"""

from servq.ui.components import control_chart, downloads, drill
from servq.ui.shell import shell
from servq.ui.weekly import change_matrix, drivers, expectations, headline, trends, typical, weekly

view = shell.open_page("weekly")
match view.part:
    case "weekly":
        against = weekly.compared_with()
        headline.headline(view, against)
        downloads.this_page(view, "weekly", against)
        weekly.six_cards(view, against)
        weekly.four_questions(view, against)
        expectations.gaps(view)
        change_matrix.who_changed(view, against)
        trends.trends(view)
        typical.this_week(view)
        control_chart.show(view)
        drill.show(view)
    case "drivers":
        drivers.headline(view)
        drivers.importance_and_performance(view)
        drill.show(view)
