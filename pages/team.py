"""这个班组强在哪里，弱在哪里？ Where is this team strong, and where is it weak?"""

from servq.ui.components import drill
from servq.ui.shell import shell
from servq.ui.team import coaching, funnels, peers, team

view = shell.open_page("team")
name = team.choose(view)
team.headline(view, name)
funnels.in_one_line(view, name)
coaching.talk(view, name)
team.week_cards(view, name)
funnels.among_all(view, name)
peers.beside_the_others(view, name)
team.development(view, name)
drill.show(view)
