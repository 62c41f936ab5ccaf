"""客户旅程在哪里断了？ Where does the customer's journey break?"""

from servq.ui.components import drill
from servq.ui.journey import journey, loyalty
from servq.ui.shell import shell

view = shell.open_page("journey")
score = journey.choose_score(view)
journey.headline(view, score)
journey.steps(view, score)
loyalty.words_and_deeds(view)
drill.show(view)
