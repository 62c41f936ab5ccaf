"""客户旅程在哪里断了？ Where does the customer's journey break?"""

from servq.ui import drill, journey, shell

view = shell.open_page("journey")
score = journey.choose_score(view)
journey.headline(view, score)
journey.steps(view, score)
drill.show(view)
